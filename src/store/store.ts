// What is kept, and what may be asked of the keeper. Types only: every room depends on this file and
// none on how it is done. Times are `Date` here and integers (…_at_ms) in the tables.

import type { TraceRecord } from '../base/trace.ts'
import type { WantedContext } from '../base/wanted-context.ts'
import type { AssertionDigest, Ledger } from './ledger-records.ts'
import type { Logouts } from './logout-records.ts'

/** Why an account could not be added. */
export type Taken = 'login' | 'account-id' | 'email'

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
}

/** Somebody of the partner's staff, who may use the console. */
export type OperatorRecord = {
  readonly login: string
  readonly passwordHash: string
  readonly isEnabled: boolean
  readonly createdAt: Date
}

/** One page of a long list, in the order of `after`'s field. */
export type Page = { readonly after?: string; readonly limit: number; readonly matching?: string }

export type Accounts = {
  /** Adds the account, or says which of its names is taken. Logins and addresses ignore case. */
  readonly add: (account: AccountRecord) => Promise<'added' | Taken>
  readonly find: (accountId: string) => Promise<AccountRecord | undefined>
  readonly findByLogin: (login: string) => Promise<AccountRecord | undefined>
  /** In the order of logins; `after` is a login, `matching` a part of login, account id or e-mail. */
  readonly list: (page: Page) => Promise<readonly AccountRecord[]>
  /** Both answer whether there is such an account. */
  readonly setEnabled: (accountId: string, isEnabled: boolean) => Promise<boolean>
  readonly setPassword: (accountId: string, passwordHash: string) => Promise<boolean>
}

export type Operators = {
  readonly add: (operator: OperatorRecord) => Promise<boolean>
  readonly setPassword: (login: string, passwordHash: string) => Promise<boolean>
  readonly find: (login: string) => Promise<OperatorRecord | undefined>
  readonly list: () => Promise<readonly OperatorRecord[]>
}

/** A browser's session. Its id is a secret: the store knows the fingerprint only. */
export type Sessions = {
  readonly find: (idHash: string, now: Date) => Promise<string | undefined>
  readonly save: (idHash: string, body: string, expiresAt: Date) => Promise<void>
  /** Writes a session that is still there; one that has gone meanwhile stays gone. */
  readonly extend: (idHash: string, body: string, expiresAt: Date) => Promise<void>
  readonly remove: (idHash: string) => Promise<void>
}

/** An accepted AuthnRequest that waits for its person. */
export type ParkedRequest = {
  /** Ours, unguessable. */
  readonly id: string
  /** The browser it belongs to; `undefined` until one claims it (arrival by HTTP-POST). */
  readonly browserHash: string | undefined
  readonly issuer: string
  readonly requestId: string
  readonly acsUrl: string
  readonly relayState: string | undefined
  /** ForceAuthn: a sign-in from before the arrival does not do. */
  readonly wantsFreshSignIn: boolean
  /** IsPassive: nothing may be shown to the person. */
  readonly isPassive: boolean
  /** The Format of its NameIDPolicy. */
  readonly nameIdFormat: string | undefined
  readonly wantedContext: WantedContext | undefined
  readonly arrivedAt: Date
  readonly expiresAt: Date
  readonly answeredAt: Date | undefined
}

/** One signed answer that left this house. */
export type AnswerRecord = {
  readonly assertionId: string
  readonly issuer: string
  readonly requestId: string
  readonly accountId: string
  readonly nameId: string
  readonly sessionIndex: string
  /** The session that earned it; single logout ends that one. */
  readonly sessionHash: string
  readonly answeredAt: Date
}

/** An answer that is about to leave. */
export type IssuedAnswer = AnswerRecord & AssertionDigest

export type Requests = {
  /**
   * Parks a request unless its (issuer, requestId) came before, which is remembered until
   * `expiresAt`: then the request that is there already comes back.
   */
  readonly park: (request: ParkedRequest) => Promise<'parked' | ParkedRequest>
  readonly find: (id: string, now: Date) => Promise<ParkedRequest | undefined>
  /** What is still remembered of a request that arrived, answered or not. */
  readonly findArrived: (issuer: string, requestId: string) => Promise<ParkedRequest | undefined>
  /** Gives an unclaimed request to a browser; false when another one has it. */
  readonly claim: (id: string, browserHash: string) => Promise<boolean>
  /**
   * Marks the request answered and, in the same transaction, puts the answer on record (a refusal
   * has none). False when it was answered before: exactly one caller gets true.
   */
  readonly finish: (id: string, answer: IssuedAnswer | undefined, now: Date) => Promise<boolean>
  /** The newest answer that a LogoutRequest of `issuer` can mean. */
  readonly findAnswer: (named: {
    readonly issuer: string
    readonly nameId: string
    readonly sessionIndex: string | undefined
  }) => Promise<AnswerRecord | undefined>
  /** The newest answer to each site in one sign-in, by its SessionIndex. */
  readonly listSignIn: (sessionIndex: string) => Promise<readonly AnswerRecord[]>
  /** The answers of a session that goes on under another id follow it. */
  readonly follow: (fromSessionHash: string, toSessionHash: string) => Promise<void>
  /** The newest answers for an account. */
  readonly listAnswers: (accountId: string, limit: number) => Promise<readonly AnswerRecord[]>
}

/** A person who was sent to the portal, and where they go when they are back. */
export type Trip = {
  /** Fingerprint of the `state` in the return address. */
  readonly stateHash: string
  readonly browserHash: string
  /** A path of ours. */
  readonly next: string
  readonly expiresAt: Date
}

/** A verified hand-off that waits for the browser's own GET (the POST carried no cookie). */
export type HandoffTicket = {
  readonly ticketHash: string
  readonly accountId: string
  readonly stateHash: string | undefined
  readonly expiresAt: Date
}

export type Handoffs = {
  readonly startTrip: (trip: Trip) => Promise<void>
  /** Gives a trip to exactly one caller, and only in the browser that started it. */
  readonly takeTrip: (
    stateHash: string,
    browserHash: string,
    now: Date,
  ) => Promise<Trip | undefined>
  readonly saveTicket: (ticket: HandoffTicket) => Promise<void>
  /** Gives a ticket to exactly one caller. */
  readonly takeTicket: (ticketHash: string, now: Date) => Promise<HandoffTicket | undefined>
  /** True for the first caller who brings this token, across all processes. */
  readonly useToken: (tokenHash: string, expiresAt: Date) => Promise<boolean>
}

/** Counts of attempts, for throttling. */
export type Count = { readonly points: number; readonly expiresAt: Date }

export type Counters = {
  /** Adds points; a counter that has run out starts again and lives for `durationMs`. */
  readonly add: (key: string, points: number, durationMs: number, now: Date) => Promise<Count>
  readonly find: (key: string, now: Date) => Promise<Count | undefined>
  readonly remove: (key: string) => Promise<boolean>
}

export type BindingState = 'none' | 'asked' | 'bound' | 'conflict'
export type BindingSource = 'notice' | 'created' | 'query'

/** How an account of ours is connected to a Huawei Cloud account. */
export type BindingRecord = {
  readonly accountId: string
  readonly state: BindingState
  /** customer_id of the BSS API. The first one known is kept, whatever is claimed later. */
  readonly domainId: string | undefined
  readonly domainName: string | undefined
  /** The last time the customer was sent to connect an account. */
  readonly askedAt: Date | undefined
  readonly boundAt: Date | undefined
  readonly source: BindingSource | undefined
  /** When the partner API agreed; `undefined` means not yet. */
  readonly confirmedAt: Date | undefined
  /** What contradicts, when the state is `conflict`. */
  readonly conflictDomainId: string | undefined
  readonly conflictDomainName: string | undefined
}

/** What became of a bind attempt. */
export type BindResult =
  | { readonly outcome: 'applied' | 'repeat'; readonly binding: BindingRecord }
  | {
      readonly outcome: 'conflict'
      readonly binding: BindingRecord
      /** The account that has the domain, when it is another one of ours. */
      readonly heldBy: string | undefined
    }

export type Bindings = {
  /** State `none` for an account that has no row. */
  readonly find: (accountId: string) => Promise<BindingRecord>
  readonly findByDomain: (domainId: string) => Promise<BindingRecord | undefined>
  /** Remembers that the customer was sent to connect an account: none → asked. */
  readonly ask: (accountId: string, now: Date) => Promise<void>
  /**
   * Connects the account to the domain in one transaction. The same pair again is a `repeat`. When
   * the account has another domain, or the domain another account, nothing is overwritten: the
   * account is flagged `conflict` with what was claimed.
   */
  readonly bind: (claim: {
    readonly accountId: string
    readonly domainId: string
    readonly domainName: string | undefined
    readonly source: BindingSource
    readonly isConfirmed: boolean
    readonly now: Date
  }) => Promise<BindResult>
  readonly confirm: (accountId: string, domainId: string, now: Date) => Promise<void>
  /** Flags what the partner API contradicted; the binding that is there is kept. */
  readonly flag: (
    accountId: string,
    claimed: { readonly domainId: string; readonly domainName: string | undefined },
  ) => Promise<void>
  readonly list: (
    page: Page & { readonly state?: BindingState; readonly isConfirmed?: boolean },
  ) => Promise<readonly BindingRecord[]>
}

export type NoticeOutcome =
  | 'applied'
  | 'repeat'
  | 'conflict'
  | 'unknown-action'
  | 'unknown-account'
  | 'not-started'

/** A bind notification whose signature held, kept word for word. */
export type NoticeRecord = {
  readonly id: string
  /** Fingerprint of (xUserId, domainId, bindAction): a repeat has the same. */
  readonly digest: string
  readonly bindRequest: string
  readonly sigAlg: string
  readonly signature: string
  readonly xUserId: string
  readonly domainId: string
  readonly domainName: string | undefined
  readonly bindAction: string
  readonly outcome: NoticeOutcome
  readonly receivedAt: Date
  /** How often it came, counting the first time. */
  readonly times: number
  readonly lastReceivedAt: Date
}

export type Notices = {
  /** Keeps a notice, or counts it when its digest is there; the newest outcome stands. */
  readonly save: (notice: NoticeRecord) => Promise<void>
  readonly findByDigest: (digest: string) => Promise<NoticeRecord | undefined>
  /** Newest first; `after` is a notice id. */
  readonly list: (page: Page) => Promise<readonly NoticeRecord[]>
}

/**
 * Where the opening of an account stands. `create-asked` is written before Huawei is asked, so that
 * a crash or time-out leaves `unknown`, which only a query settles.
 */
export type ActivationStep = 'code-sent' | 'create-asked' | 'unknown' | 'created' | 'refused'

export type ActivationRecord = {
  readonly accountId: string
  readonly step: ActivationStep
  readonly domainName: string
  readonly email: string
  readonly area: string
  readonly domainId: string | undefined
  /** The refusal code of the last attempt. */
  readonly problem: string | undefined
  readonly startedAt: Date
  readonly changedAt: Date
}

export type Activations = {
  readonly find: (accountId: string) => Promise<ActivationRecord | undefined>
  /**
   * Writes the record when the stored step is one of `from` (`undefined` in it: no record yet).
   * False when it is not: somebody else moved it. This is what makes "asked once" true.
   */
  readonly move: (
    from: readonly (ActivationStep | undefined)[],
    to: ActivationRecord,
  ) => Promise<boolean>
  /** Newest change first. */
  readonly list: (limit: number) => Promise<readonly ActivationRecord[]>
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

/** SP metadata as it was fetched, and how the fetching goes. */
export type MetadataCopy = {
  /** The name of the site's file of options, without `.json`. */
  readonly name: string
  readonly url: string
  /** The last good document, word for word; `undefined` until there was one. */
  readonly xml: string | undefined
  readonly etag: string | undefined
  readonly lastModified: string | undefined
  /** When `xml` came into effect. */
  readonly takenAt: Date | undefined
  /** When the site last answered with a good document, or with "not modified". */
  readonly checkedAt: Date | undefined
  readonly triedAt: Date
  readonly nextAt: Date
  /** Why the last attempt failed. */
  readonly problem: string | undefined
  /** A changed document that waits for an operator; what changes is one sentence each. */
  readonly pending:
    | { readonly xml: string; readonly changes: readonly string[]; readonly at: Date }
    | undefined
}

/** What an attempt changes of a copy; what is not named stays. */
export type MetadataChange = Partial<Omit<MetadataCopy, 'name' | 'url' | 'triedAt'>>

type Named = Pick<MetadataCopy, 'name' | 'url'>

export type Metadata = {
  readonly find: (name: string) => Promise<MetadataCopy | undefined>
  /** In the order of names. */
  readonly list: () => Promise<readonly MetadataCopy[]>
  /**
   * True for one caller when the next attempt is due or `isForced`; the one after is due at `until`.
   * A name that has a new URL forgets the copy of the old one.
   */
  readonly claim: (
    named: Named,
    asked: { readonly now: Date; readonly until: Date; readonly isForced: boolean },
  ) => Promise<boolean>
  /** Writes what an attempt brought, unless the name has another URL meanwhile. */
  readonly change: (named: Named, change: MetadataChange) => Promise<void>
  /** Puts the document that waits since `pendingAt` into effect; false when it waits no more. */
  readonly accept: (name: string, pendingAt: Date, now: Date) => Promise<boolean>
}

/** Everything that is kept. A call that has returned is durable. */
export type Store = {
  readonly accounts: Accounts
  readonly operators: Operators
  readonly sessions: Sessions
  readonly requests: Requests
  readonly ledger: Ledger
  readonly handoffs: Handoffs
  readonly counters: Counters
  readonly bindings: Bindings
  readonly notices: Notices
  readonly activations: Activations
  readonly settings: Settings
  readonly traces: Traces
  readonly parties: Parties
  readonly metadata: Metadata
  readonly logouts: Logouts
  /** Removes what has run out: sessions, trips, tickets, tokens, counters, logouts, old requests. */
  readonly sweep: (now: Date) => Promise<void>
  /** Throws `STORE_UNAVAILABLE` when the database does not answer or its tables are not current. */
  readonly check: () => Promise<void>
  readonly close: () => Promise<void>
}
