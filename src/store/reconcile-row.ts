// Rows of the reconcile tables, and the records they stand for.

import type { CustomerAnswer } from './binding-move-records.ts'
import type { Finding, OurView, ReconcileRun } from './reconcile-records.ts'
import type { ReconcileFindingTable, ReconcileRunTable } from './reconcile-tables.ts'
import { orUndefined, toDate } from './values.ts'

/** A run as its readers know it. */
export function toRun(row: ReconcileRunTable): ReconcileRun {
  return {
    id: row.id,
    state: row.state,
    isDryRun: row.is_dry_run === 1,
    position: row.position,
    total: orUndefined(row.total),
    counts: JSON.parse(row.counts) as Readonly<Record<string, number>>, // Written here only.
    startedAt: new Date(row.started_at_ms),
    movedAt: new Date(row.moved_at_ms),
    finishedAt: toDate(row.finished_at_ms),
  }
}

/** A finding as its readers know it. */
export function toFinding(row: ReconcileFindingTable): Finding {
  // The casts hold because savePage wrote the texts.
  const theirs = JSON.parse(row.theirs) as CustomerAnswer | null
  return {
    id: row.id,
    state: row.state,
    kind: row.kind,
    proposal: row.proposal,
    accountId: row.account_id,
    domainId: row.domain_id,
    ours: JSON.parse(row.ours) as OurView,
    theirs: orUndefined(theirs),
    runId: row.run_id,
    foundAt: new Date(row.found_at_ms),
    seenAt: new Date(row.seen_at_ms),
    decidedBy: orUndefined(row.decided_by),
    decidedAt: toDate(row.decided_at_ms),
    note: orUndefined(row.note),
  }
}
