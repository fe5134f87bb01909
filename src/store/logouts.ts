// Single logouts under way: whom to tell, what they said, and where the browser goes in the end. Each step
// is one statement, so that two tabs or processes tell a site once and count its answer once.

import type { Database } from './engine.ts'
import type { LogoutRecord, LogoutStep, Logouts } from './logout-records.ts'
import type { LogoutStepTable, LogoutTable } from './tables.ts'
import { orNull, orUndefined } from './values.ts'

/** Logouts kept in `db`. */
export function createLogouts(db: Database): Logouts {
  return {
    start: (logout, steps) => start(db, logout, steps),
    find: (id, now) => find(db, id, now),
    claim: (id, browserHash) => claim(db, id, browserHash),
    ...createTelling(db),
    take: async (id, now) => {
      const row = await db
        .deleteFrom('logout')
        .where('id', '=', id)
        .where('expires_at_ms', '>', now.getTime())
        .returning('id')
        .executeTakeFirst()
      return row !== undefined
    },
  }
}

async function start(
  db: Database,
  logout: LogoutRecord,
  steps: readonly LogoutStep[],
): Promise<void> {
  const { askedBy } = logout
  const expiresAtMs = logout.expiresAt.getTime()
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('logout')
      .values({
        id: logout.id,
        browser_hash: orNull(logout.browserHash),
        issuer: orNull(askedBy?.issuer),
        request_id: orNull(askedBy?.requestId),
        relay_state: orNull(askedBy?.relayState),
        expires_at_ms: expiresAtMs,
      })
      .execute()
    const rows = steps.map((step) => toRow(step, logout.id, expiresAtMs))
    await transaction.insertInto('logout_step').values(rows).execute()
  })
}

async function find(db: Database, id: string, now: Date): ReturnType<Logouts['find']> {
  const row = await db
    .selectFrom('logout')
    .selectAll()
    .where('id', '=', id)
    .where('expires_at_ms', '>', now.getTime())
    .executeTakeFirst()
  if (row === undefined) return undefined
  const steps = await db
    .selectFrom('logout_step')
    .selectAll()
    .where('logout_id', '=', id)
    .orderBy('issuer')
    .execute()
  return { ...toRecord(row), steps: steps.map(toStep) }
}

async function claim(db: Database, id: string, browserHash: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('logout')
    .set({ browser_hash: browserHash })
    .where('id', '=', id)
    .where((is) => is.or([is('browser_hash', 'is', null), is('browser_hash', '=', browserHash)]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

function createTelling(db: Database): Pick<Logouts, 'tell' | 'skip' | 'giveUp' | 'settle'> {
  return {
    tell: async ({ id, issuer }, requestId) => {
      const { numUpdatedRows } = await db
        .updateTable('logout_step')
        .set({ outcome: 'told', request_id: requestId })
        .where('logout_id', '=', id)
        .where('issuer', '=', issuer)
        .where('outcome', '=', 'waiting')
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
    skip: async ({ id, issuer }) => {
      await db
        .updateTable('logout_step')
        .set({ outcome: 'untold' })
        .where('logout_id', '=', id)
        .where('issuer', '=', issuer)
        .where('outcome', '=', 'waiting')
        .execute()
    },
    giveUp: async (id) => {
      await db
        .updateTable('logout_step')
        .set({ outcome: 'silent' })
        .where('logout_id', '=', id)
        .where('outcome', '=', 'told')
        .execute()
    },
    settle: async ({ issuer, requestId }, outcome, now) => {
      const row = await db
        .updateTable('logout_step')
        .set({ outcome })
        .where('request_id', '=', requestId)
        .where('issuer', '=', issuer)
        // An answer that comes when nobody waits for it any more is still true.
        .where('outcome', 'in', ['told', 'silent'])
        .where('expires_at_ms', '>', now.getTime())
        .returning('logout_id')
        .executeTakeFirst()
      return row?.logout_id
    },
  }
}

function toRow(step: LogoutStep, logoutId: string, expiresAtMs: number): LogoutStepTable {
  return {
    logout_id: logoutId,
    issuer: step.issuer,
    account_id: step.accountId,
    name_id: step.nameId,
    session_index: step.sessionIndex,
    outcome: step.outcome,
    request_id: null,
    expires_at_ms: expiresAtMs,
  }
}

function toStep(row: LogoutStepTable): LogoutStep {
  return {
    issuer: row.issuer,
    accountId: row.account_id,
    nameId: row.name_id,
    sessionIndex: row.session_index,
    outcome: row.outcome,
  }
}

function toRecord(row: LogoutTable): LogoutRecord {
  const { issuer, request_id: requestId, relay_state: relayState } = row
  const isAsked = issuer !== null && requestId !== null
  return {
    id: row.id,
    browserHash: orUndefined(row.browser_hash),
    askedBy: isAsked ? { issuer, requestId, relayState: orUndefined(relayState) } : undefined,
    expiresAt: new Date(row.expires_at_ms),
  }
}
