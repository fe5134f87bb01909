// How accounts of ours are connected to Huawei Cloud accounts, and the notifications that said so.

import type { Page } from './page-records.ts'

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
