// Requests that may come twice: of all attempts one at a time is given the work, and whoever comes after
// the answer is given the answer.

import type { Attempt, Begun, Idempotency, RepeatableRequest } from './api-key-records.ts'
import type { Database } from './engine.ts'

/** Requests and answers kept in `db`. */
export function createIdempotency(db: Database): Idempotency {
  return {
    begin: (request) => begin(db, request),
    finish: async (attempt, answer) => {
      await db
        .updateTable('idempotency')
        .set({ answer })
        .where('key_id', '=', attempt.keyId)
        .where('idempotency_key', '=', attempt.idempotencyKey)
        .where('holder', '=', attempt.holder)
        .where('answer', 'is', null)
        .execute()
    },
    release: (attempt) => release(db, attempt),
  }
}

// One transaction, because the start of an attempt that died has to be read before it is written over.
function begin(db: Database, request: RepeatableRequest): Promise<Begun> {
  const { keyId, idempotencyKey, now } = request
  return db.transaction().execute(async (transaction) => {
    await removeExpired(transaction, request)
    if (await insert(transaction, request)) return { kind: 'begin', since: undefined }
    const there = await transaction
      .selectFrom('idempotency')
      .selectAll()
      .where('key_id', '=', keyId)
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirst()
    // Swept this moment: its next attempt begins it.
    if (there === undefined) return { kind: 'under-way' }
    if (there.request_hash !== request.requestHash) return { kind: 'mismatch' }
    if (there.answer !== null) return { kind: 'answered', answer: there.answer }
    const { numUpdatedRows } = await transaction
      .updateTable('idempotency')
      .set({ holder: request.holder, held_until_ms: request.heldUntil.getTime() })
      .where('key_id', '=', keyId)
      .where('idempotency_key', '=', idempotencyKey)
      .where('answer', 'is', null)
      .where('held_until_ms', '<=', now.getTime())
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return { kind: 'under-way' }
    return { kind: 'begin', since: new Date(there.started_at_ms) }
  })
}

async function removeExpired(db: Database, request: RepeatableRequest): Promise<void> {
  await db
    .deleteFrom('idempotency')
    .where('key_id', '=', request.keyId)
    .where('idempotency_key', '=', request.idempotencyKey)
    .where('expires_at_ms', '<=', request.now.getTime())
    .execute()
}

async function insert(db: Database, request: RepeatableRequest): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('idempotency')
    .values({
      key_id: request.keyId,
      idempotency_key: request.idempotencyKey,
      request_hash: request.requestHash,
      holder: request.holder,
      held_until_ms: request.heldUntil.getTime(),
      started_at_ms: request.now.getTime(),
      answer: null,
      expires_at_ms: request.expiresAt.getTime(),
    })
    .onConflict((conflict) => conflict.columns(['key_id', 'idempotency_key']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

// It stays, so that the next attempt learns that there was one.
async function release(db: Database, attempt: Attempt): Promise<void> {
  await db
    .updateTable('idempotency')
    .set({ held_until_ms: 0 })
    .where('key_id', '=', attempt.keyId)
    .where('idempotency_key', '=', attempt.idempotencyKey)
    .where('holder', '=', attempt.holder)
    .where('answer', 'is', null)
    .execute()
}
