// Retention: days in, the oldest entries of the ledger out, and with them the answers they tell of. The
// anchor remembers the last one that went, so that the rest still proves itself.

import { addDays } from '../base/clock.ts'
import type { Database } from './engine.ts'
import type { Ledger } from './ledger-records.ts'

// A transaction that removes holds up those who append; a few thousand rows take no time.
const MOST_AT_ONCE = 2000

const DAY_MS = 24 * 3600 * 1000

/** See `Ledger`. Whole days go, so that the anchor moves once a day and a proof can run meanwhile. */
export async function keepDays(
  db: Database,
  ...[days, now]: Parameters<Ledger['keepDays']>
): Promise<number> {
  if (days === 0) return 0
  const beforeMs = Math.floor(addDays(now, -days).getTime() / DAY_MS) * DAY_MS
  let removed = 0
  for (;;) {
    const count = await removeSome(db, beforeMs)
    removed += count
    if (count < MOST_AT_ONCE) return removed
  }
}

function removeSome(db: Database, beforeMs: number): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const oldest = await transaction
      .selectFrom('ledger')
      .select(['sequence', 'hash', 'issued_at_ms'])
      .orderBy('sequence')
      .limit(MOST_AT_ONCE)
      .execute()
    // A prefix, even where clocks differ: an entry is kept with everything after it.
    const firstKept = oldest.findIndex((row) => row.issued_at_ms >= beforeMs)
    const count = firstKept === -1 ? oldest.length : firstKept
    const last = oldest[count - 1]
    if (last === undefined) return 0
    const { sequence, hash } = last
    const { numUpdatedRows } = await transaction
      .updateTable('ledger_anchor')
      .set({ sequence, hash, issued_before_ms: beforeMs })
      .where('sequence', '<', sequence)
      .executeTakeFirstOrThrow()
    // Another process was faster.
    if (numUpdatedRows === 0n) return 0
    const gone = transaction
      .selectFrom('ledger')
      .select('assertion_id')
      .where('sequence', '<=', sequence)
    await transaction.deleteFrom('answer').where('assertion_id', 'in', gone).execute()
    await transaction.deleteFrom('ledger').where('sequence', '<=', sequence).execute()
    return count
  })
}
