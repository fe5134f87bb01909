// A walk along the ledger, page by page: what hangs together in, the first entry that does not out. It
// takes no lock, so sign-ins go on meanwhile.

import type { Database } from './engine.ts'
import { findProblem } from './ledger-chain.ts'
import type { LedgerEntry, LedgerPlace, LedgerReport } from './ledger-records.ts'
import { toEntry } from './ledger-row.ts'
import { toDate } from './values.ts'

const PAGE = 1000

type Marks = Pick<LedgerReport, 'anchor' | 'head'> & {
  /** The highest sequence there is, whatever the head says. */
  readonly newest: number
}

type Walk = {
  place: LedgerPlace
  count: number
  first?: LedgerEntry
  last?: LedgerEntry
  broken?: LedgerReport['broken']
  noted?: LedgerReport['noted']
}

/** Proves the entries from the anchor to the head, and compares the place noted outside with them. */
export async function verifyLedger(
  db: Database,
  noted: LedgerPlace | undefined,
): Promise<LedgerReport> {
  const marks = await readMarks(db)
  const walk: Walk = { place: marks.anchor, count: 0 }
  compareNoted(walk, noted)
  if (noted !== undefined && noted.sequence < marks.anchor.sequence) walk.noted = 'removed'
  while (walk.broken === undefined) {
    const page = await readPage(db, walk.place.sequence, marks)
    for (const entry of page) step(walk, entry, noted)
    if (page.length < PAGE) break
  }
  walk.broken ??= judgeEnd(walk, marks)
  if (walk.broken !== undefined && (await readMarks(db)).anchor.sequence > marks.anchor.sequence) {
    // Retention has removed entries under our feet: what it left begins elsewhere.
    return verifyLedger(db, noted)
  }
  return reportOn(walk, marks, noted)
}

// One statement, so that the three belong to one moment.
async function readMarks(db: Database): Promise<Marks> {
  const row = await db
    .selectFrom('ledger_anchor')
    .innerJoin('ledger_head', 'ledger_head.id', 'ledger_anchor.id')
    .select((is) => [
      'ledger_anchor.sequence as anchor_sequence',
      'ledger_anchor.hash as anchor_hash',
      'ledger_anchor.issued_before_ms',
      'ledger_head.sequence as head_sequence',
      'ledger_head.hash as head_hash',
      is
        .selectFrom('ledger')
        .select((of) => of.fn.max('sequence').as('newest'))
        .as('newest'),
    ])
    .executeTakeFirstOrThrow()
  return {
    anchor: {
      sequence: row.anchor_sequence,
      hash: row.anchor_hash,
      issuedBefore: toDate(row.issued_before_ms),
    },
    head: { sequence: row.head_sequence, hash: row.head_hash },
    newest: row.newest ?? row.anchor_sequence,
  }
}

// Entries after the head of that moment are appended while we walk, and not judged.
async function readPage(
  db: Database,
  after: number,
  { newest }: Marks,
): Promise<readonly LedgerEntry[]> {
  const rows = await db
    .selectFrom('ledger')
    .selectAll()
    .where('sequence', '>', after)
    .where('sequence', '<=', newest)
    .orderBy('sequence')
    .limit(PAGE)
    .execute()
  return rows.map(toEntry)
}

function step(walk: Walk, entry: LedgerEntry, noted: LedgerPlace | undefined): void {
  if (walk.broken !== undefined) return
  const problem = findProblem(entry, walk.place)
  if (problem !== undefined) {
    const sequence = problem === 'missing' ? walk.place.sequence + 1 : entry.sequence
    walk.broken = { sequence, problem }
    return
  }
  walk.place = entry
  walk.count += 1
  walk.first ??= entry
  walk.last = entry
  compareNoted(walk, noted)
}

// Whoever rewrites the end of the chain can rehash it and move the head. The note is elsewhere.
function compareNoted(walk: Walk, noted: LedgerPlace | undefined): void {
  if (noted?.sequence !== walk.place.sequence) return
  walk.noted = noted.hash === walk.place.hash ? 'holds' : 'differs'
}

function judgeEnd({ place }: Walk, { head, newest }: Marks): LedgerReport['broken'] {
  if (place.sequence < head.sequence) return { sequence: place.sequence + 1, problem: 'missing' }
  if (newest > head.sequence) return { sequence: head.sequence + 1, problem: 'forked' }
  return place.hash === head.hash ? undefined : { sequence: place.sequence, problem: 'forked' }
}

function reportOn(walk: Walk, marks: Marks, noted: LedgerPlace | undefined): LedgerReport {
  const { count, first, last, broken } = walk
  const { anchor, head } = marks
  // A noted place that the whole chain does not reach: its end has been cut off.
  const isBeyond = noted !== undefined && walk.noted === undefined && broken === undefined
  return { anchor, head, count, first, last, broken, noted: isBeyond ? 'differs' : walk.noted }
}
