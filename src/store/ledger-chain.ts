// How entries of the ledger hang together: an entry and the place before it in, its hash out. The
// encoding is public (docs/records.md, "The ledger"): whoever has the rows can check them.

import { createHash } from 'node:crypto'
import type { LedgerEntry, LedgerPlace, LedgerProblem } from './ledger-records.ts'

/** The place before the first entry. */
export const BEFORE_FIRST: LedgerPlace = { sequence: 0, hash: '0'.repeat(64) }

/** An entry before it has a place in the chain. */
export type Unchained = Omit<LedgerEntry, 'sequence' | 'previousHash' | 'hash'>

/** The entry that comes right after `place`. */
export function chain(entry: Unchained, place: LedgerPlace): LedgerEntry {
  const placed = { ...entry, sequence: place.sequence + 1, previousHash: place.hash }
  return { ...placed, hash: hashEntry(placed) }
}

/** What is wrong with an entry that should come right after `place`; `undefined` when nothing is. */
export function findProblem(entry: LedgerEntry, place: LedgerPlace): LedgerProblem | undefined {
  if (entry.sequence > place.sequence + 1) return 'missing'
  const isWhole = entry.hash === hashEntry(entry)
  const follows = entry.sequence === place.sequence + 1 && entry.previousHash === place.hash
  if (isWhole) return follows ? undefined : 'forked'
  return follows ? 'altered' : 'reordered'
}

// Changing a name or the order here breaks every chain that exists; a new encoding needs a new name.
const ENCODING = 'partner-idp-ledger-1'

function hashEntry(entry: Omit<LedgerEntry, 'hash'>): string {
  const fields = [
    ENCODING,
    `${entry.sequence}`,
    entry.previousHash,
    entry.assertionId,
    entry.issuer,
    entry.requestId,
    entry.accountId,
    entry.sessionIndex,
    `${entry.issuedAt.getTime()}`,
    entry.digest,
  ]
  return createHash('sha256').update(fields.map(netstring).join(''), 'utf8').digest('hex')
}

// With its length in front a value can hold anything without looking like the next one.
function netstring(value: string): string {
  return `${Buffer.byteLength(value, 'utf8')}:${value},`
}
