// AuthnRequests that wait for their person, and the answers that left.

import type { WantedContext } from '../base/wanted-context.ts'
import type { AssertionDigest } from './ledger-records.ts'

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
