// The ledger for its readers: what is asked in, entries and proofs out. Nothing here changes an entry;
// finish.ts appends them.

import type { Database } from './engine.ts'
import type { Ledger, LedgerAnchor, LedgerEntry, LedgerPlace } from './ledger-records.ts'
import { keepDays } from './ledger-retention.ts'
import { toEntry } from './ledger-row.ts'
import { verifyLedger } from './ledger-verify.ts'
import { toDate } from './values.ts'

/** The ledger kept in `db`. */
export function createLedger(db: Database): Ledger {
  return {
    find: (assertionId) => find(db, assertionId),
    anchor: () => readAnchor(db),
    head: () => readHead(db),
    verify: (noted) => verifyLedger(db, noted),
    keepDays: (days, now) => keepDays(db, days, now),
  }
}

async function find(db: Database, assertionId: string): Promise<LedgerEntry | undefined> {
  const row = await db
    .selectFrom('ledger')
    .selectAll()
    .where('assertion_id', '=', assertionId)
    .executeTakeFirst()
  return row === undefined ? undefined : toEntry(row)
}

async function readAnchor(db: Database): Promise<LedgerAnchor> {
  const { sequence, hash, issued_before_ms } = await db
    .selectFrom('ledger_anchor')
    .selectAll()
    .executeTakeFirstOrThrow()
  return { sequence, hash, issuedBefore: toDate(issued_before_ms) }
}

async function readHead(db: Database): Promise<LedgerPlace> {
  const { sequence, hash } = await db
    .selectFrom('ledger_head')
    .selectAll()
    .executeTakeFirstOrThrow()
  return { sequence, hash }
}
