// How accounts of ours are connected to Huawei Cloud accounts, and the notifications that said so.

import type { BindingMove, BindingState, Evidence, MovedBy } from './binding-move-records.ts'
import type { Page } from './page-records.ts'

export type BindingSource = 'notice' | 'created' | 'query'

/** What Huawei has frozen of an account. */
export type Frozen = 'account' | 'account-and-resources'

/** A genuine notice that the partner API has not confirmed yet. */
export type HeldNotice = {
  readonly noticeId: string
  readonly domainId: string
  readonly domainName: string | undefined
  readonly receivedAt: Date
}

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
  /** What Huawei has frozen, as it was when they were last compared. */
  readonly frozen?: Frozen
  /** association_type of query customers, likewise. */
  readonly association?: string
  /** The first notice that waits for the partner API; only where no domain is connected. */
  readonly held?: HeldNotice
}

/** What became of a bind attempt. `move` is on record already; a repeat that adds nothing has none. */
export type BindResult =
  | {
      readonly outcome: 'applied' | 'repeat'
      readonly binding: BindingRecord
      readonly move: BindingMove | undefined
    }
  | {
      readonly outcome: 'conflict'
      readonly binding: BindingRecord
      readonly move: BindingMove
      /** The account that has the domain, when it is another one of ours. */
      readonly heldBy: string | undefined
    }

export type Bindings = {
  /** State `none` for an account that has no row. */
  readonly find: (accountId: string) => Promise<BindingRecord>
  readonly findByDomain: (domainId: string) => Promise<BindingRecord | undefined>
  /** Remembers that the customer was sent to connect an account: none or released → asked. */
  readonly ask: (accountId: string, now: Date) => Promise<void>
  /**
   * Connects the account to the domain in one transaction. The same pair again is a `repeat`. When
   * the account has another domain, or the domain another account, nothing is overwritten: the
   * account is flagged `conflict` with what was claimed. A notice that is the evidence has its
   * outcome in the same transaction. Throws a fault for a move that `MOVES` does not allow.
   */
  readonly bind: (claim: {
    readonly accountId: string
    readonly domainId: string
    readonly domainName: string | undefined
    readonly source: BindingSource
    readonly isConfirmed: boolean
    /** By the source unless it says otherwise: Huawei for a notice, the activation for `created`. */
    readonly actor?: MovedBy['actor']
    readonly evidence?: Evidence
    readonly now: Date
  }) => Promise<BindResult>
  /** Notes that the partner API agrees; nothing when it did before, or the pair is another one. */
  readonly confirm: (
    pair: { readonly accountId: string; readonly domainId: string },
    how: MovedBy & { readonly now: Date },
  ) => Promise<BindingMove | undefined>
  /** Flags what the partner API contradicted; the binding that is there is kept. */
  readonly flag: (
    claimed: {
      readonly accountId: string
      readonly domainId: string
      readonly domainName: string | undefined
    },
    how: MovedBy & { readonly now: Date },
  ) => Promise<BindingMove>
  /**
   * Gives up the connection of an account, and with it the domain: bound or conflict → released. Notices
   * that are held count no more. `undefined` when there is no connection to give up.
   */
  readonly release: (
    accountId: string,
    how: MovedBy & { readonly now: Date },
  ) => Promise<BindingMove | undefined>
  /** Ends a conflict in favour of the domain that is kept; `undefined` when that is not how it stands. */
  readonly settle: (
    pair: { readonly accountId: string; readonly domainId: string },
    how: MovedBy & { readonly now: Date },
  ) => Promise<BindingMove | undefined>
  /** The last moves of an account, oldest first. */
  readonly listMoves: (accountId: string, limit: number) => Promise<readonly BindingMove[]>
  readonly list: (
    page: Page & { readonly state?: BindingState; readonly isConfirmed?: boolean },
  ) => Promise<readonly BindingRecord[]>
}

/** `held` waits for the partner API; `unproven` waited, and the API never knew the customer. */
export type NoticeOutcome =
  | 'applied'
  | 'held'
  | 'unproven'
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
  /**
   * Keeps a notice, or counts it when its digest is there; the newest outcome stands. Answers the id
   * under which it is kept: that of its first time.
   */
  readonly save: (notice: NoticeRecord) => Promise<string>
  /** Gives a held notice its outcome; nothing when it has one. */
  readonly settle: (id: string, outcome: NoticeOutcome) => Promise<void>
  /** Those that wait for the partner API, oldest first; `after` is a notice id. */
  readonly listHeld: (page: Omit<Page, 'matching'>) => Promise<readonly NoticeRecord[]>
  readonly findByDigest: (digest: string) => Promise<NoticeRecord | undefined>
  /** Newest first; `after` is a notice id. */
  readonly list: (page: Page) => Promise<readonly NoticeRecord[]>
}
