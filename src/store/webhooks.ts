// Addresses that want to be told: records in, rows of `webhook` out, and back.

import type { WebhookTable } from './api-tables.ts'
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

async function set(db: Database, webhook: Parameters<Webhooks['set']>[0]) {
  const { name, id, url, createdAt } = webhook
  const given = { url, kinds: JSON.stringify(webhook.kinds) }
  const fine = { failing_since_ms: null, problem: null, ended_at_ms: null }
  const row = await db
    .insertInto('webhook')
    .values({
      name,
      id,
      ...given,
      ...fine,
      generation: 1,
      previous_until_ms: null,
      created_at_ms: createdAt.getTime(),
      delivered_at_ms: null,
    })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ ...given, ...fine }))
    .returningAll()
    .executeTakeFirstOrThrow()
  return { webhook: toRecord(row), isNew: row.id === id }
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
