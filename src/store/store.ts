// What is kept, and what may be asked of the keeper. Types only: every room depends on this file and
// none on how it is done. Times are `Date` here and integers (…_at_ms) in the tables.

import type { TraceRecord } from '../base/trace.ts'
import type { Activations } from './activation-records.ts'
import type { ApiKeys, Idempotency } from './api-key-records.ts'
import type { ApiTurns } from './api-turn-records.ts'
import type { Audit } from './audit-records.ts'
import type { Bindings, Notices } from './binding-records.ts'
import type { Factors } from './factor-records.ts'
import type { Imports } from './file-records.ts'
import type { Handoffs } from './handoff-records.ts'
import type { Identities, Identity } from './identity-records.ts'
import type { Leases } from './lease-records.ts'
import type { Ledger } from './ledger-records.ts'
import type { Logouts } from './logout-records.ts'
import type { Metadata } from './metadata-records.ts'
import type { OperatorRole } from './operator-records.ts'
import type { Page } from './page-records.ts'
import type { Devices, Passwords } from './password-records.ts'
import type { Reconciles } from './reconcile-records.ts'
import type { Requests } from './request-records.ts'
import type { Sessions, SignIns } from './session-records.ts'
import type { Deliveries, Webhooks } from './webhook-records.ts'

/** Why an account could not be added. */
export type Taken = 'login' | 'account-id' | 'email' | 'identity'

/** A customer of the partner. `accountId` never changes and is never given to somebody else. */
export type AccountRecord = {
  readonly accountId: string
  readonly login: string
  readonly email: string | undefined
  readonly name: string | undefined
  readonly mobile: string | undefined
  /** An argon2id hash; without one the person can come by hand-off only. */
  readonly passwordHash: string | undefined
  readonly isEnabled: boolean
  readonly createdAt: Date
  /** When the person was erased; only the id is left, so that nobody else is given it. */
  readonly erasedAt?: Date | undefined
}

/** Somebody of the partner's staff, who may use the console. */
export type OperatorRecord = {
  readonly login: string
  readonly passwordHash: string
  readonly isEnabled: boolean
  readonly createdAt: Date
  /** An editor unless it says otherwise. */
  readonly role?: OperatorRole
}

export type Accounts = {
  /**
   * Adds the account, or says which of its names is taken. Logins and addresses ignore case. With an
   * identity, which is linked to it, both are added or none.
   */
  readonly add: (account: AccountRecord, identity?: Identity) => Promise<'added' | Taken>
  readonly find: (accountId: string) => Promise<AccountRecord | undefined>
  readonly findByLogin: (login: string) => Promise<AccountRecord | undefined>
  readonly findByEmail: (email: string) => Promise<AccountRecord | undefined>
  /** In the order of logins; `after` is a login, `matching` a part of login, account id or e-mail. */
  readonly list: (page: Page) => Promise<readonly AccountRecord[]>
  /**
   * Both answer whether there is such an account, and whoever was erased is none. Sessions of somebody
   * disabled open nothing, and end for good when the account is enabled again.
   */
  readonly setEnabled: (accountId: string, isEnabled: boolean) => Promise<boolean>
  readonly setPassword: (accountId: string, passwordHash: string) => Promise<boolean>
  /** Writes the fields of an account that is there, or says which of its names is taken. */
  readonly update: (account: AccountRecord) => Promise<'updated' | 'unknown' | Taken>
  /** Writes the given fields and leaves the others as they are, whoever else is changing them. */
  readonly change: (
    accountId: string,
    details: Partial<Pick<AccountRecord, 'login' | 'email' | 'name' | 'mobile'>>,
  ) => Promise<'updated' | 'unknown' | Taken>
  /** Removes everything personal; see store/erase.ts. Answers whether there was somebody to erase. */
  readonly erase: (accountId: string, pseudonym: string, now: Date) => Promise<boolean>
}

export type Operators = {
  readonly add: (operator: OperatorRecord) => Promise<boolean>
  readonly setPassword: (login: string, passwordHash: string) => Promise<boolean>
  /** Disabling ends all sessions of the operator in the same transaction. */
  readonly setEnabled: (login: string, isEnabled: boolean) => Promise<boolean>
  readonly setRole: (login: string, role: OperatorRole) => Promise<boolean>
  readonly find: (login: string) => Promise<OperatorRecord | undefined>
  readonly list: () => Promise<readonly OperatorRecord[]>
}

/** Counts of attempts, for throttling. */
export type Count = { readonly points: number; readonly expiresAt: Date }

export type Counters = {
  /** Adds points; a counter that has run out starts again and lives for `durationMs`. */
  readonly add: (key: string, points: number, durationMs: number, now: Date) => Promise<Count>
  readonly find: (key: string, now: Date) => Promise<Count | undefined>
  readonly remove: (key: string) => Promise<boolean>
}

export type Traces = {
  /** Keeps all of them or none; the first trace of a reference stands. */
  readonly save: (traces: readonly TraceRecord[]) => Promise<void>
  readonly find: (reference: string) => Promise<TraceRecord | undefined>
  /** Newest first; `after` is a reference. */
  readonly listRefused: (page: Page) => Promise<readonly TraceRecord[]>
  /** Removes refused ones from before a time, and of both kinds all but the newest. */
  readonly sweep: (limits: {
    readonly keep: number
    readonly keepRefused: number
    readonly refusedSince: Date
  }) => Promise<void>
}

export type Settings = {
  readonly find: (name: string) => Promise<string | undefined>
  /** Keeps the first value ever written under the name, and answers it. */
  readonly keepFirst: (name: string, value: string) => Promise<string>
}

/** The sandbox's SP metadata; real ones are files of METADATA_DIR. */
export type Parties = {
  readonly save: (entityId: string, xml: string, now: Date) => Promise<void>
  readonly list: () => Promise<readonly { readonly entityId: string; readonly xml: string }[]>
}

/** Everything that is kept. A call that has returned is durable. */
export type Store = {
  readonly accounts: Accounts
  readonly operators: Operators
  readonly sessions: Sessions
  readonly signIns: SignIns
  readonly audit: Audit
  readonly requests: Requests
  readonly ledger: Ledger
  readonly handoffs: Handoffs
  readonly identities: Identities
  readonly counters: Counters
  readonly apiTurns: ApiTurns
  readonly apiKeys: ApiKeys
  readonly idempotency: Idempotency
  readonly webhooks: Webhooks
  readonly deliveries: Deliveries
  readonly bindings: Bindings
  readonly notices: Notices
  readonly reconciles: Reconciles
  readonly activations: Activations
  readonly leases: Leases
  readonly settings: Settings
  readonly traces: Traces
  readonly parties: Parties
  readonly metadata: Metadata
  readonly logouts: Logouts
  readonly imports: Imports
  readonly factors: Factors
  readonly passwords: Passwords
  readonly devices: Devices
  /** Removes what has run out: sessions, trips, tickets, tokens, counters, logouts, old requests. */
  readonly sweep: (now: Date) => Promise<void>
  /** Throws `STORE_UNAVAILABLE` when the database does not answer or its tables are not current. */
  readonly check: () => Promise<void>
  readonly close: () => Promise<void>
}
