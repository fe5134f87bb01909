// The tables of the history of connections and of comparisons with Huawei, as Kysely sees them: part of
// tables.ts.

import type { Actor } from '../base/audit.ts'
import type { BindingState, MoveReason } from './binding-move-records.ts'
import type { DriftKind, FindingState, Proposal, RunState } from './reconcile-records.ts'

/** Append-only: triggers refuse what would change a row. `answer` is JSON. */
export type BindingMoveTable = {
  readonly account_id: string
  readonly entry: number
  readonly from_state: BindingState
  readonly to_state: BindingState
  readonly actor_kind: Actor['kind']
  readonly actor_id: string
  readonly reason: MoveReason
  readonly note: string | null
  readonly domain_id: string | null
  readonly notice_id: string | null
  readonly answer: string | null
  readonly at_ms: number
}

/** `counts` is an object of numbers as JSON. */
export type ReconcileRunTable = {
  readonly id: string
  readonly state: RunState
  readonly is_dry_run: number
  readonly position: number
  readonly total: number | null
  readonly counts: string
  readonly started_at_ms: number
  readonly moved_at_ms: number
  readonly finished_at_ms: number | null
}

/** `seen` is `c:` and a customer_id, or `a:` and an account id of ours. */
export type ReconcileSeenTable = { readonly run_id: string; readonly seen: string }

/** `ours` and `theirs` are objects of texts as JSON. */
export type ReconcileFindingTable = {
  readonly id: string
  readonly state: FindingState
  readonly kind: DriftKind
  readonly proposal: Proposal
  readonly account_id: string
  readonly domain_id: string
  readonly ours: string
  readonly theirs: string
  readonly run_id: string
  readonly found_at_ms: number
  readonly seen_at_ms: number
  readonly decided_by: string | null
  readonly decided_at_ms: number | null
  readonly note: string | null
}
