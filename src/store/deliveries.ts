// What waits to be told to the portal: events in, rows of `webhook_delivery` out, one process at a time for
// each, until it has arrived or is given up.

import { fingerprint } from '../base/random.ts'
import type { WebhookDeliveryTable } from './api-tables.ts'
import type { Database } from './engine.ts'
import type { Deliveries, DeliveryOutcome, DeliveryRecord } from './webhook-records.ts'

/** Deliveries kept in `db`. */
export function createDeliveries(db: Database): Deliveries {
  return {
    enqueue: (event) => db.transaction().execute((within) => enqueueWithin(within, event)),
    take: (turn) => take(db, turn),
    settle: (delivery, holder, outcome) =>
      db.transaction().execute((transaction) => settle(transaction, { delivery, holder, outcome })),
    count: async (webhook) => {
      const rows = await db
        .selectFrom('webhook_delivery')
        .select(['state', (is) => is.fn.countAll<number | string>().as('many')])
        .where('webhook', '=', webhook)
        .groupBy('state')
        .execute()
      const many = (state: string) => Number(rows.find((row) => row.state === state)?.many ?? 0)
      return { waiting: many('waiting'), dead: many('dead') }
    },
  }
}

/** The same as `enqueue`, in the caller's transaction. */
export async function enqueueWithin(
  db: Database,
  event: Parameters<Deliveries['enqueue']>[0],
): Promise<void> {
  const { eventId, kind, body, now, expiresAt } = event
  const webhooks = await db
    .selectFrom('webhook')
    .select(['name', 'kinds'])
    .where('ended_at_ms', 'is', null)
    .execute()
  const wanting = webhooks.filter(({ kinds }) => (JSON.parse(kinds) as string[]).includes(kind))
  for (const { name } of wanting) {
    await db
      .insertInto('webhook_delivery')
      .values({
        id: fingerprint(`${name}\n${eventId}`),
        webhook: name,
        event_id: eventId,
        kind,
        body,
        state: 'waiting',
        attempts: 0,
        next_at_ms: now.getTime(),
        holder: null,
        held_until_ms: 0,
        created_at_ms: now.getTime(),
        problem: null,
        expires_at_ms: expiresAt.getTime(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

async function take(
  db: Database,
  turn: Parameters<Deliveries['take']>[0],
): Promise<readonly DeliveryRecord[]> {
  const { holder, heldUntil, limit } = turn
  const nowMs = turn.now.getTime()
  const due = db
    .selectFrom('webhook_delivery')
    .select('id')
    .where('state', '=', 'waiting')
    .where('next_at_ms', '<=', nowMs)
    .where('held_until_ms', '<=', nowMs)
    .orderBy('next_at_ms')
    .orderBy('id')
    .limit(limit)
  const rows = await db
    .updateTable('webhook_delivery')
    .set({ holder, held_until_ms: heldUntil.getTime() })
    .where('id', 'in', due)
    // Of two that chose the same row PostgreSQL lets the second look at it again; this is what it sees.
    .where('held_until_ms', '<=', nowMs)
    .where('state', '=', 'waiting')
    .returningAll()
    .execute()
  return rows.map(toRecord)
}

type Settled = {
  readonly delivery: Pick<DeliveryRecord, 'id' | 'webhook'>
  readonly holder: string
  readonly outcome: DeliveryOutcome
}

async function settle(db: Database, { delivery, holder, outcome }: Settled): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('webhook_delivery')
    .set((is) => ({
      ...changeOf(outcome),
      attempts: is('attempts', '+', outcome.kind === 'delivered' ? 0 : 1),
      holder: null,
      held_until_ms: 0,
    }))
    .where('id', '=', delivery.id)
    .where('holder', '=', holder)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return
  await noteAtWebhook(db, delivery.webhook, outcome)
}

function changeOf(outcome: DeliveryOutcome): Partial<WebhookDeliveryTable> {
  if (outcome.kind === 'delivered') return { state: 'delivered', problem: null }
  const { problem } = outcome
  if (outcome.kind === 'gone' || outcome.nextAt === undefined) return { state: 'dead', problem }
  return { problem, next_at_ms: outcome.nextAt.getTime() }
}

async function noteAtWebhook(db: Database, name: string, outcome: DeliveryOutcome): Promise<void> {
  const nowMs = outcome.now.getTime()
  const webhook = db.updateTable('webhook').where('name', '=', name)
  if (outcome.kind === 'delivered') {
    const fine = { failing_since_ms: null, problem: null }
    await webhook.set({ delivered_at_ms: nowMs, ...fine }).execute()
    return
  }
  const { problem } = outcome
  await webhook
    .set((is) => ({
      problem,
      failing_since_ms: is.fn.coalesce('failing_since_ms', is.val(nowMs)),
      ...(outcome.kind === 'gone' ? { ended_at_ms: nowMs } : {}),
    }))
    .execute()
  if (outcome.kind === 'gone') await giveUpWaiting(db, name, problem)
}

/** Nothing that waits for an address is tried again. */
export async function giveUpWaiting(db: Database, name: string, problem: string): Promise<void> {
  await db
    .updateTable('webhook_delivery')
    .set({ state: 'dead', problem })
    .where('webhook', '=', name)
    .where('state', '=', 'waiting')
    .execute()
}

function toRecord(row: WebhookDeliveryTable): DeliveryRecord {
  return {
    id: row.id,
    webhook: row.webhook,
    eventId: row.event_id,
    kind: row.kind,
    body: row.body,
    attempts: row.attempts,
    createdAt: new Date(row.created_at_ms),
  }
}
