// For whom a call is made: the partner itself unless a customer is named.

import type { AccessKey } from './ak-sk.ts'

/**
 * A customer who lets the partner act for them, by an agency. Huawei names the account by id or by
 * name; one of them is needed.
 */
export type AgencyCustomer = {
  readonly kind: 'agency'
  readonly domainId?: string
  readonly domainName?: string
  /** The name of the agency; the partner's platform id (xAccountType) unless the customer chose another. */
  readonly agency?: string
  /** The project the token is for, such as `eu-west-101`; the whole account without one. */
  readonly project?: string
  /** `token` (the default) asks for a token, `key` for a temporary access key. */
  readonly by?: 'token' | 'key'
}

/** A customer whose own access key, temporary or not, the caller holds. */
export type KeyCustomer = { readonly kind: 'key' } & AccessKey

/** A customer for whom a call is made. */
export type ActingFor = AgencyCustomer | KeyCustomer

/** What a call may be told besides its input. */
export type CallOptions = {
  /** The customer for whom the call is made; the partner calls for itself without one. */
  readonly as?: ActingFor
  /**
   * Ends the call, also while it waits for its turn or for a repeat; the call then rejects with the
   * reason of the signal. A write that has been sent may be done all the same: look before asking again.
   */
  readonly signal?: AbortSignal
  /** Whether the call may be repeated; the client's own patience without it. */
  readonly patience?: Patience
  /** The language of Huawei's texts; the client's own without it. */
  readonly language?: Language
  /** Told before the call waits to be repeated. */
  readonly onWait?: (wait: Wait) => void
  /** Told of every answer to the call, one that refuses included, before it is judged. */
  readonly onAnswer?: ((answer: AnswerFacts) => void) | undefined
}

/** What is known of an answer before anybody has read it. */
export type AnswerFacts = {
  readonly status: number
  /** Huawei's id of the request, which its support asks for; absent where Huawei gives none. */
  readonly requestId?: string
}

/** What the walk of a list may be told besides. */
export type WalkOptions = CallOptions & {
  /** Told after each page, before its items are given out. */
  readonly onPage?: (progress: Progress) => void
}

/**
 * `minutes`: a read that Huawei could not answer is repeated twice, a minute apart or as Huawei says.
 * `none`: somebody waits, so that an error is told at once.
 */
export type Patience = 'none' | 'minutes'

/** What Huawei writes its texts in. */
export type Language = 'en_US' | 'zh_CN'

/** A call is about to be repeated. */
export type Wait = {
  /** The code of the refusal that the last attempt ended with. */
  readonly code: string
  readonly waitMs: number
  /** The number of the attempt that comes then: 2 or 3. */
  readonly attempt: number
  readonly attempts: number
}

/** How far the walk of a list is. */
export type Progress = {
  /** The items that have been found so far. */
  readonly found: number
  /** The items of all pages, if Huawei says how many there are. */
  readonly total: number | undefined
}
