// Parked AuthnRequests: records in, rows of `parked_request` out, and back. How they get their answers is
// in finish.ts.

import type { WantedContext } from '../base/wanted-context.ts'
import { findAnswer, follow, listAnswers, listSignIn } from './answers.ts'
import type { Database } from './engine.ts'
import { createFinish } from './finish.ts'
import type { ParkedRequest, Requests } from './request-records.ts'
import type { ParkedRequestTable } from './tables.ts'
import { orNull, orUndefined, toDate, toFlag, toMs } from './values.ts'

/** Requests kept in `db`. */
export function createRequests(db: Database): Requests {
  const finish = createFinish(db)
  return {
    park: (request) => park(db, request),
    find: async (id, now) => {
      const row = await db
        .selectFrom('parked_request')
        .selectAll()
        .where('id', '=', id)
        .where('expires_at_ms', '>', now.getTime())
        .executeTakeFirst()
      return row === undefined ? undefined : toRecord(row)
    },
    findArrived: async (issuer, requestId) => {
      const row = await db
        .selectFrom('parked_request')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('request_id', '=', requestId)
        .executeTakeFirst()
      return row === undefined ? undefined : toRecord(row)
    },
    claim: async (id, browserHash) => {
      const { numUpdatedRows } = await db
        .updateTable('parked_request')
        .set({ browser_hash: browserHash })
        .where('id', '=', id)
        .where((is) =>
          is.or([is('browser_hash', 'is', null), is('browser_hash', '=', browserHash)]),
        )
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
    finish: (id, answer, now) =>
      answer === undefined ? finishEmpty(db, id, now) : finish({ parkedId: id, answer, now }),
    findAnswer: (named) => findAnswer(db, named),
    listSignIn: (sessionIndex) => listSignIn(db, sessionIndex),
    follow: (fromSessionHash, toSessionHash) => follow(db, fromSessionHash, toSessionHash),
    listAnswers: (accountId, limit) => listAnswers(db, accountId, limit),
  }
}

async function park(db: Database, request: ParkedRequest): Promise<'parked' | ParkedRequest> {
  const row = toRow(request)
  // One statement, so that of two arrivals of one request exactly one is parked. What has run out
  // counts as forgotten whether or not it has been swept yet.
  const parked = await db
    .insertInto('parked_request')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['issuer', 'request_id'])
        .doUpdateSet(row)
        .where('parked_request.expires_at_ms', '<=', row.arrived_at_ms),
    )
    .returning('id')
    .executeTakeFirst()
  if (parked !== undefined) return 'parked'

  const earlier = await db
    .selectFrom('parked_request')
    .selectAll()
    .where('issuer', '=', row.issuer)
    .where('request_id', '=', row.request_id)
    .executeTakeFirst()
  // A sweep may remove it between the two statements; then this one is the first again.
  return earlier === undefined ? park(db, request) : toRecord(earlier)
}

async function finishEmpty(db: Database, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('parked_request')
    .set({ answered_at_ms: now.getTime() })
    .where('id', '=', id)
    .where('answered_at_ms', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

function toRow(request: ParkedRequest): ParkedRequestTable {
  return {
    id: request.id,
    browser_hash: orNull(request.browserHash),
    issuer: request.issuer,
    request_id: request.requestId,
    acs_url: request.acsUrl,
    relay_state: orNull(request.relayState),
    wants_fresh_sign_in: toFlag(request.wantsFreshSignIn),
    is_passive: toFlag(request.isPassive),
    name_id_format: orNull(request.nameIdFormat),
    wanted_context:
      request.wantedContext === undefined ? null : JSON.stringify(request.wantedContext),
    arrived_at_ms: request.arrivedAt.getTime(),
    expires_at_ms: request.expiresAt.getTime(),
    answered_at_ms: toMs(request.answeredAt),
  }
}

function toRecord(row: ParkedRequestTable): ParkedRequest {
  return {
    id: row.id,
    browserHash: orUndefined(row.browser_hash),
    issuer: row.issuer,
    requestId: row.request_id,
    acsUrl: row.acs_url,
    relayState: orUndefined(row.relay_state),
    wantsFreshSignIn: row.wants_fresh_sign_in === 1,
    isPassive: row.is_passive === 1,
    nameIdFormat: orUndefined(row.name_id_format),
    wantedContext: readContext(row.wanted_context),
    arrivedAt: new Date(row.arrived_at_ms),
    expiresAt: new Date(row.expires_at_ms),
    answeredAt: toDate(row.answered_at_ms),
  }
}

function readContext(json: string | null): WantedContext | undefined {
  return json === null ? undefined : (JSON.parse(json) as WantedContext) // Written by toRow.
}
