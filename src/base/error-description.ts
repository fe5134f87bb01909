// What a code of the table says, and the sentences that many of them share.

/** SAML Core §3.2.2.2: the top-level status and, inside it, what exactly was wrong. */
export type SamlStatus = {
  readonly top: 'Requester' | 'Responder' | 'VersionMismatch'
  readonly second?: SecondStatus
}

export type SecondStatus =
  | 'AuthnFailed'
  | 'InvalidNameIDPolicy'
  | 'NoAuthnContext'
  | 'NoPassive'
  | 'RequestDenied'
  | 'UnknownPrincipal'
  | 'UnsupportedBinding'

export type ErrorDescription = {
  /** What a person may read: what happened. */
  readonly say: string
  /** What that person can do next. */
  readonly hint: string
  /** What the operator or platform engineer should do; for the log and the documentation only. */
  readonly remedy?: string
  /** What happened, for somebody who called the operation themselves and reads `remedy` below it. */
  readonly toCaller?: string
  readonly http: number
  /** The status sent to the relying party when its return address is proven. */
  readonly saml?: SamlStatus
}

export const START_AGAIN = 'Go back to your portal and open Huawei Cloud again.'
export const CALL_SUPPORT = 'Tell your support team the reference below.'
export const TRY_LATER =
  'Wait a moment and try again. If it keeps happening, tell support the reference.'

export const DENIED: SamlStatus = { top: 'Requester', second: 'RequestDenied' }
