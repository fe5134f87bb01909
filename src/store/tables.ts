// The tables as Kysely sees them: the twin migrations in types. Times are whole milliseconds since
// 1970, truths are 0 or 1, so that one set of statements serves both engines.

import type { Generated } from 'kysely'
import type { TraceKind } from '../base/trace.ts'
import type { ActivationStep, JournalOutcome } from './activation-records.ts'
import type {
  ApiKeyTable,
  IdempotencyTable,
  WebhookDeliveryTable,
  WebhookTable,
} from './api-tables.ts'
import type { BindingState } from './binding-move-records.ts'
import type { BindingSource, Frozen, NoticeOutcome } from './binding-records.ts'
import type { FactorOwner, PasskeyChallenge, PendingSignIn } from './factor-records.ts'
import type { Subscription } from './file-records.ts'
import type { IdentityTable, OidcTripTable } from './identity-tables.ts'
import type { LogoutOutcome } from './logout-records.ts'
import type { OperatorRole } from './operator-records.ts'
import type {
  AuditHeadTable,
  AuditReaderTable,
  AuditTable,
  DeviceMarkTable,
  PasswordLinkTable,
  SessionPersonTable,
  SessionTable,
  SignInTable,
} from './people-tables.ts'
import type {
  BindingMoveTable,
  ReconcileFindingTable,
  ReconcileRunTable,
  ReconcileSeenTable,
} from './reconcile-tables.ts'

/** Every table. The names are those of the migrations, which a test compares on both engines. */
export type Tables = {
  readonly account: AccountTable
  readonly operator: OperatorTable
  readonly session: SessionTable
  readonly session_person: SessionPersonTable
  readonly sign_in: SignInTable
  readonly audit: AuditTable
  readonly audit_head: AuditHeadTable
  readonly audit_reader: AuditReaderTable
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
  readonly binding_move: BindingMoveTable
  readonly domain_holder: DomainHolderTable
  readonly notice: NoticeTable
  readonly activation: ActivationTable
  readonly activation_journal: ActivationJournalTable
  readonly reconcile_run: ReconcileRunTable
  readonly reconcile_seen: ReconcileSeenTable
  readonly reconcile_finding: ReconcileFindingTable
  readonly lease: LeaseTable
  readonly setting: SettingTable
  readonly trace: TraceTable
  readonly party: PartyTable
  readonly metadata_copy: MetadataCopyTable
  readonly logout: LogoutTable
  readonly logout_step: LogoutStepTable
  readonly api_turn: ApiTurnTable
  readonly api_key: ApiKeyTable
  readonly idempotency: IdempotencyTable
  readonly webhook: WebhookTable
  readonly webhook_delivery: WebhookDeliveryTable
  readonly file_import: FileImportTable
  readonly file_month: FileMonthTable
  readonly file_row: FileRowTable
  readonly file_total: FileTotalTable
  readonly totp_factor: TotpFactorTable
  readonly passkey: PasskeyTable
  readonly recovery_code: RecoveryCodeTable
  readonly pending_sign_in: PendingSignInTable
  readonly passkey_challenge: PasskeyChallengeTable
  readonly password_link: PasswordLinkTable
  readonly device_mark: DeviceMarkTable
  readonly identity: IdentityTable
  readonly oidc_trip: OidcTripTable
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
  readonly erased_at_ms: number | null
}

export type OperatorTable = {
  readonly login: string
  readonly login_key: string
  readonly password_hash: string
  readonly is_enabled: number
  readonly created_at_ms: number
  readonly role: OperatorRole
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
  readonly issuer: string | null
  readonly portal_session: string | null
  readonly target: string | null
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
  readonly frozen: Frozen | null
  readonly association: string | null
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
  readonly entry: number
  readonly attempt: number
  readonly create_asked_at_ms: number | null
  readonly resume_at_ms: number | null
}

/** Append-only: triggers refuse what would change a row. */
export type ActivationJournalTable = {
  readonly account_id: string
  readonly entry: number
  readonly attempt: number
  readonly step: ActivationStep
  readonly outcome: JournalOutcome
  readonly problem: string | null
  readonly request_id: string | null
  readonly at_ms: number
}

type LeaseTable = {
  readonly name: string
  readonly holder: string
  readonly held_until_ms: number
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

type ApiTurnTable = { readonly key: string; readonly free_at_ms: number }

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

/** An import is unfinished while `finished_at_ms` is null. */
type FileImportTable = {
  readonly id: Generated<number>
  readonly subscription: Subscription
  readonly month: string
  readonly file: string
  readonly made_on: string
  readonly sha256: string | null
  readonly row_count: number | null
  readonly touched_at_ms: number
  readonly finished_at_ms: number | null
}

type FileMonthTable = {
  readonly subscription: Subscription
  readonly month: string
  readonly made_on: string
  readonly import_id: number
}

/** Amounts are whole numbers of 10^-10 of the currency; `details` is an object of texts as JSON. */
export type FileRowTable = {
  readonly import_id: number
  readonly row_number: number
  readonly customer_id: string
  readonly service_type: string
  readonly region: string
  readonly bill_type: string
  readonly occurred_at_ms: number | null
  readonly amount: bigint
  readonly list_amount: bigint
  readonly tax_amount: bigint
  readonly details: string
}

export type FileTotalTable = Omit<FileRowTable, 'row_number' | 'occurred_at_ms' | 'details'> & {
  readonly row_count: number
}

type OwnerColumns = { readonly role: FactorOwner['role']; readonly owner: string }

type TotpFactorTable = OwnerColumns & {
  readonly sealed_secret: string
  readonly last_step: number
  readonly added_at_ms: number
}

/** `transports` is a list of texts as JSON. */
export type PasskeyTable = OwnerColumns & {
  readonly credential_id: string
  readonly public_key: string
  readonly counter: number
  readonly transports: string
  readonly name: string
  readonly added_at_ms: number
  readonly used_at_ms: number | null
}

type RecoveryCodeTable = OwnerColumns & { readonly code_hash: string }

export type PendingSignInTable = OwnerColumns & {
  readonly id_hash: string
  readonly browser_hash: string
  readonly method: PendingSignIn['method']
  readonly next: string
  readonly expires_at_ms: number
}

type PasskeyChallengeTable = {
  readonly challenge_hash: string
  readonly browser_hash: string
  readonly purpose: PasskeyChallenge['purpose']
  readonly expires_at_ms: number
}
