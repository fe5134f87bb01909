// What became of messages that arrived: records in, rows of `trace` out, and back. Old ones go: the
// accepted by number, the refused by age.

import type { CheckResult } from '../base/check.ts'
import type { TraceRecord } from '../base/trace.ts'
import type { Database } from './engine.ts'
import type { Page } from './page-records.ts'
import type { Traces } from './store.ts'
import type { TraceTable } from './tables.ts'
import { orNull, orUndefined, toFlag } from './values.ts'

/** Traces kept in `db`. */
export function createTraces(db: Database): Traces {
  return {
    save: async (traces) => {
      await db.transaction().execute(async (transaction) => {
        for (const trace of traces) {
          await transaction
            .insertInto('trace')
            .values(toRow(trace))
            .onConflict((conflict) => conflict.column('reference').doNothing())
            .execute()
        }
      })
    },
    find: async (reference) => {
      const row = await db
        .selectFrom('trace')
        .selectAll()
        .where('reference', '=', reference)
        .executeTakeFirst()
      return row === undefined ? undefined : toRecord(row)
    },
    listRefused: (page) => listRefused(db, page),
    sweep: async ({ keep, keepRefused, refusedSince }) => {
      await cut(db, 0, keep)
      await cut(db, 1, keepRefused)
      await db
        .deleteFrom('trace')
        .where('is_refused', '=', 1)
        .where('arrived_at_ms', '<', refusedSince.getTime())
        .execute()
    },
  }
}

async function listRefused(db: Database, page: Page): Promise<readonly TraceRecord[]> {
  let query = db.selectFrom('trace').selectAll().where('is_refused', '=', 1)
  if (page.after !== undefined) {
    const last = await db
      .selectFrom('trace')
      .select(['reference', 'arrived_at_ms'])
      .where('reference', '=', page.after)
      .executeTakeFirst()
    if (last === undefined) return []
    query = query.where((is) =>
      is.or([
        is('arrived_at_ms', '<', last.arrived_at_ms),
        is.and([
          is('arrived_at_ms', '=', last.arrived_at_ms),
          is('reference', '<', last.reference),
        ]),
      ]),
    )
  }
  const rows = await query
    .orderBy('arrived_at_ms', 'desc')
    .orderBy('reference', 'desc')
    .limit(page.limit)
    .execute()
  return rows.map(toRecord)
}

// Removes all but the newest `keep`; of those of the same millisecond as the last one, none.
async function cut(db: Database, isRefused: 0 | 1, keep: number): Promise<void> {
  const last = await db
    .selectFrom('trace')
    .select('arrived_at_ms')
    .where('is_refused', '=', isRefused)
    .orderBy('arrived_at_ms', 'desc')
    .orderBy('reference', 'desc')
    .offset(keep - 1)
    .limit(1)
    .executeTakeFirst()
  if (last === undefined) return
  await db
    .deleteFrom('trace')
    .where('is_refused', '=', isRefused)
    .where('arrived_at_ms', '<', last.arrived_at_ms)
    .execute()
}

function toRow(trace: TraceRecord): TraceTable {
  return {
    reference: trace.reference,
    arrived_at_ms: trace.arrivedAt.getTime(),
    kind: trace.kind,
    issuer: orNull(trace.issuer),
    request_id: orNull(trace.requestId),
    verdict: trace.verdict,
    is_refused: toFlag(trace.verdict !== 'accepted'),
    relay_state_bytes: orNull(trace.relayStateBytes),
    checks: JSON.stringify(trace.checks),
  }
}

function toRecord(row: TraceTable): TraceRecord {
  return {
    reference: row.reference,
    arrivedAt: new Date(row.arrived_at_ms),
    kind: row.kind,
    issuer: orUndefined(row.issuer),
    requestId: orUndefined(row.request_id),
    verdict: row.verdict,
    relayStateBytes: orUndefined(row.relay_state_bytes),
    // This file wrote it, and a CheckResult is plain values.
    checks: JSON.parse(row.checks) as readonly CheckResult[],
  }
}
