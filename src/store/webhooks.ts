// Addresses that want to be told: records in, rows of `webhook` out, and back.

import type { WebhookTable } from './api-tables.ts'
import { giveUpWaiting } from './deliveries.ts'
import type { Database } from './engine.ts'
import { toDate } from './values.ts'
import type { PortalEventKind, WebhookRecord, Webhooks } from './webhook-records.ts'

/** Addresses kept in `db`. */
export function createWebhooks(db: Database): Webhooks {
  return {
    set: (webhook) => set(db, webhook),
    find: async (name) => {
      const row = await find(db, name)
      return row && toRecord(row)
    },
    list: async () => {
      const rows = await db.selectFrom('webhook').selectAll().orderBy('name').execute()
      return rows.map(toRecord)
    },
    rotate: async (name, previousUntil) => {
      const row = await db
        .updateTable('webhook')
        .set((is) => ({
          generation: is('generation', '+', 1),
          previous_until_ms: previousUntil.getTime(),
        }))
        .where('name', '=', name)
        .returningAll()
        .executeTakeFirst()
      return row && toRecord(row)
    },
    stop: (name, why) => db.transaction().execute((within) => stop(within, name, why)),
    resume: (name, now) => db.transaction().execute((within) => resume(within, name, now)),
    remove: (name) =>
      db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('webhook_delivery').where('webhook', '=', name).execute()
        const { numDeletedRows } = await transaction
          .deleteFrom('webhook')
          .where('name', '=', name)
          .executeTakeFirstOrThrow()
        return numDeletedRows === 1n
      }),
  }
}

function find(db: Database, name: string): Promise<WebhookTable | undefined> {
  return db.selectFrom('webhook').selectAll().where('name', '=', name).executeTakeFirst()
}

const FINE = { failing_since_ms: null, problem: null, ended_at_ms: null } as const

async function set(db: Database, webhook: Parameters<Webhooks['set']>[0]) {
  const { name, id, url, createdAt } = webhook
  const given = { url, kinds: JSON.stringify(webhook.kinds) }
  const row = await db
    .insertInto('webhook')
    .values({
      name,
      id,
      ...given,
      ...FINE,
      generation: 1,
      previous_until_ms: null,
      created_at_ms: createdAt.getTime(),
      delivered_at_ms: null,
    })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ ...given, ...FINE }))
    .returningAll()
    .executeTakeFirstOrThrow()
  return { webhook: toRecord(row), isNew: row.id === id }
}

async function stop(
  db: Database,
  name: string,
  { now, problem }: Parameters<Webhooks['stop']>[1],
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('webhook')
    .set({ ended_at_ms: now.getTime(), problem })
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  await giveUpWaiting(db, name, problem)
  return numUpdatedRows === 1n
}

async function resume(db: Database, name: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('webhook')
    .set(FINE)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('webhook_delivery')
    .set({ state: 'waiting', attempts: 0, next_at_ms: now.getTime(), problem: null })
    .where('webhook', '=', name)
    .where('state', '=', 'dead')
    .execute()
  return numUpdatedRows === 1n
}

function toRecord(row: WebhookTable): WebhookRecord {
  return {
    name: row.name,
    id: row.id,
    url: row.url,
    kinds: JSON.parse(row.kinds) as readonly PortalEventKind[], // Written by set.
    generation: row.generation,
    previousUntil: toDate(row.previous_until_ms),
    createdAt: new Date(row.created_at_ms),
    deliveredAt: toDate(row.delivered_at_ms),
    failingSince: toDate(row.failing_since_ms),
    problem: row.problem ?? undefined,
    endedAt: toDate(row.ended_at_ms),
  }
}
