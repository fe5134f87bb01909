// What is kept of a message that arrived: who it claims to be from, what every check found, and how it
// ended. Support finds it by the reference that the person saw.

import type { CheckResult } from './check.ts'

/** A message whose arrival leaves a trace. */
export type TraceKind = 'request' | 'logout' | 'notice'

/** What became of one message that arrived. No XML, no assertion, no token, no cookie. */
export type TraceRecord = {
  /** The reference that the person saw. */
  readonly reference: string
  readonly arrivedAt: Date
  readonly kind: TraceKind
  /** Whose it claims to be; proven only when the check of its signature passed. */
  readonly issuer: string | undefined
  readonly requestId: string | undefined
  /** `accepted`, or the code of the refusal; a stored code may be of another version. */
  readonly verdict: string
  /** How long its RelayState was. Of the state itself nothing is kept. */
  readonly relayStateBytes: number | undefined
  readonly checks: readonly CheckResult[]
}
