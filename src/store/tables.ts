// The tables as Kysely sees them: the twin migrations in types. Times are whole milliseconds since
// 1970, truths are 0 or 1, so that one set of statements serves both engines.

import type { TraceKind } from '../base/trace.ts'
import type { LogoutOutcome } from './logout-records.ts'
import type { ActivationStep, BindingSource, BindingState, NoticeOutcome } from './store.ts'

/** Every table. The names are those of the migrations, which a test compares on both engines. */
export type Tables = {
  readonly account: AccountTable
  readonly operator: OperatorTable
  readonly session: SessionTable
  readonly parked_request: ParkedRequestTable
  readonly answer: AnswerTable
  readonly ledger: LedgerTable
  readonly ledger_head: LedgerHeadTable
  readonly ledger_anchor: LedgerAnchorTable
  readonly trip: TripTable
  readonly handoff_ticket: HandoffTicketTable
  readonly used_token: UsedTokenTable
  readonly counter: CounterTable
  readonly binding: BindingTable
  readonly domain_holder: DomainHolderTable
  readonly notice: NoticeTable
  readonly activation: ActivationTable
  readonly setting: SettingTable
  readonly trace: TraceTable
  readonly party: PartyTable
  readonly metadata_copy: MetadataCopyTable
  readonly logout: LogoutTable
  readonly logout_step: LogoutStepTable
}

/** `login_key` and `email_key` hold the folded name, which is what must be unique. */
export type AccountTable = {
  readonly account_id: string
  readonly login: string
  readonly login_key: string
  readonly email: string | null
  readonly email_key: string | null
  readonly name: string | null
  readonly mobile: string | null
  readonly password_hash: string | null
  readonly is_enabled: number
  readonly created_at_ms: number
}

export type OperatorTable = {
  readonly login: string
  readonly login_key: string
  readonly password_hash: string
  readonly is_enabled: number
  readonly created_at_ms: number
}

type SessionTable = {
  readonly id_hash: string
  readonly body: string
  readonly expires_at_ms: number
}

export type ParkedRequestTable = {
  readonly id: string
  readonly browser_hash: string | null
  readonly issuer: string
  readonly request_id: string
  readonly acs_url: string
  readonly relay_state: string | null
  readonly wants_fresh_sign_in: number
  readonly is_passive: number
  readonly name_id_format: string | null
  /** A `WantedContext` as JSON. */
  readonly wanted_context: string | null
  readonly arrived_at_ms: number
  readonly expires_at_ms: number
  readonly answered_at_ms: number | null
}

export type AnswerTable = {
  readonly assertion_id: string
  readonly issuer: string
  readonly request_id: string
  readonly account_id: string
  readonly name_id: string
  readonly session_index: string
  readonly session_hash: string
  readonly answered_at_ms: number
}

/** Append-only: triggers refuse what would change a row. */
export type LedgerTable = {
  readonly sequence: number
  readonly assertion_id: string
  readonly issuer: string
  readonly request_id: string
  readonly account_id: string
  readonly session_index: string
  readonly issued_at_ms: number
  readonly digest: string
  readonly previous_hash: string
  readonly hash: string
}

/** One row, whose id is 1. */
type LedgerHeadTable = { readonly id: number; readonly sequence: number; readonly hash: string }

/** One row likewise. */
type LedgerAnchorTable = LedgerHeadTable & { readonly issued_before_ms: number | null }

type TripTable = {
  readonly state_hash: string
  readonly browser_hash: string
  readonly next: string
  readonly expires_at_ms: number
}

type HandoffTicketTable = {
  readonly ticket_hash: string
  readonly account_id: string
  readonly state_hash: string | null
  readonly expires_at_ms: number
}

type UsedTokenTable = { readonly token_hash: string; readonly expires_at_ms: number }

export type CounterTable = {
  readonly key: string
  readonly points: number
  readonly expires_at_ms: number
}

export type BindingTable = {
  readonly account_id: string
  readonly state: BindingState
  readonly domain_id: string | null
  readonly domain_name: string | null
  readonly asked_at_ms: number | null
  readonly bound_at_ms: number | null
  readonly source: BindingSource | null
  readonly confirmed_at_ms: number | null
  readonly conflict_domain_id: string | null
  readonly conflict_domain_name: string | null
}

/** Who has a domain. Its primary key is what lets one of two accounts win. */
type DomainHolderTable = { readonly domain_id: string; readonly account_id: string }

export type NoticeTable = {
  readonly id: string
  readonly digest: string
  readonly bind_request: string
  readonly sig_alg: string
  readonly signature: string
  readonly x_user_id: string
  readonly domain_id: string
  readonly domain_name: string | null
  readonly bind_action: string
  readonly outcome: NoticeOutcome
  readonly received_at_ms: number
  readonly times: number
  readonly last_received_at_ms: number
}

export type ActivationTable = {
  readonly account_id: string
  readonly step: ActivationStep
  readonly domain_name: string
  readonly email: string
  readonly area: string
  readonly domain_id: string | null
  readonly problem: string | null
  readonly started_at_ms: number
  readonly changed_at_ms: number
}

/** `checks` is a list of check results as JSON. */
export type TraceTable = {
  readonly reference: string
  readonly arrived_at_ms: number
  readonly kind: TraceKind
  readonly issuer: string | null
  readonly request_id: string | null
  readonly verdict: string
  readonly is_refused: number
  readonly relay_state_bytes: number | null
  readonly checks: string
}

type SettingTable = { readonly name: string; readonly value: string }

type PartyTable = {
  readonly entity_id: string
  readonly xml: string
  readonly saved_at_ms: number
}

/** `pending_changes` holds one sentence on each line. */
export type MetadataCopyTable = {
  readonly name: string
  readonly url: string
  readonly xml: string | null
  readonly etag: string | null
  readonly last_modified: string | null
  readonly taken_at_ms: number | null
  readonly checked_at_ms: number | null
  readonly tried_at_ms: number
  readonly next_at_ms: number
  readonly problem: string | null
  readonly pending_xml: string | null
  readonly pending_changes: string | null
  readonly pending_at_ms: number | null
}

export type LogoutTable = {
  readonly id: string
  readonly browser_hash: string | null
  readonly issuer: string | null
  readonly request_id: string | null
  readonly relay_state: string | null
  readonly expires_at_ms: number
}

/** `request_id` is the ID of the LogoutRequest that went to the site. */
export type LogoutStepTable = {
  readonly logout_id: string
  readonly issuer: string
  readonly account_id: string
  readonly name_id: string
  readonly session_index: string
  readonly outcome: LogoutOutcome
  readonly request_id: string | null
  readonly expires_at_ms: number
}
