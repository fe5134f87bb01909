// A row of `ledger` and the entry it stands for.

import type { LedgerEntry } from './ledger-records.ts'
import type { LedgerTable } from './tables.ts'

/** An entry as it is written, once. */
export function toRow(entry: LedgerEntry): LedgerTable {
  return {
    sequence: entry.sequence,
    assertion_id: entry.assertionId,
    issuer: entry.issuer,
    request_id: entry.requestId,
    account_id: entry.accountId,
    session_index: entry.sessionIndex,
    issued_at_ms: entry.issuedAt.getTime(),
    digest: entry.digest,
    previous_hash: entry.previousHash,
    hash: entry.hash,
  }
}

/** A row as its readers know it. */
export function toEntry(row: LedgerTable): LedgerEntry {
  return {
    sequence: row.sequence,
    assertionId: row.assertion_id,
    issuer: row.issuer,
    requestId: row.request_id,
    accountId: row.account_id,
    sessionIndex: row.session_index,
    issuedAt: new Date(row.issued_at_ms),
    digest: row.digest,
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}
