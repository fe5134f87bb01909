// An AuthnRequest arrives; the browser leaves for the next step. Up to the line that proves the return
// address whatever is thrown becomes a page; after it, a signed status for the relying party.

import { addMinutes } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import { newToken } from '../base/random.ts'
import { type AnswerableRequest, acceptRequest, proveReturnAddress } from '../saml/accept.ts'
import { peekIssuer, readAuthnRequest, verifyMessage } from '../saml/authn-request.ts'
import { decodePost } from '../saml/post-binding.ts'
import { type DecodedMessage, decodeRedirect } from '../saml/redirect-binding.ts'
import type { ParkedRequest } from '../store/request-records.ts'
import type { SsoDeps } from './deps.ts'

/** How a message came. */
export type Arrival = {
  readonly binding: 'redirect' | 'post'
  readonly parameters: Parameters
}

// Longer than a request stays fresh (5 minutes and the skew, 10 at most, both ways), so that a replay is
// either remembered or too old; and long enough to find one's password.
const PARKED_MINUTES = 30

/**
 * Decodes, verifies and proves. Throws every code of `saml/` up to `SAML_WRONG_ACS`; what comes back
 * may be answered.
 */
export function receiveRequest(arrival: Arrival, deps: SsoDeps): AnswerableRequest {
  const message = decodeArrival(arrival)
  const now = deps.clock.now()
  const party = deps.parties.get(peekIssuer(message), now)
  const facts = readAuthnRequest(verifyMessage(message, party))
  const { ssoUrl, clockSkewSeconds } = deps
  return proveReturnAddress(facts, party, { now, ssoUrl, clockSkewSeconds })
}

/** The message, with nothing verified. Throws what the decoders throw. */
export function decodeArrival({ binding, parameters }: Arrival): DecodedMessage {
  return binding === 'redirect'
    ? decodeRedirect(parameters, 'SAMLRequest')
    : decodePost(parameters, 'SAMLRequest')
}

/**
 * Parks an answerable request for a browser; `undefined` when the browser did not send its cookie. The
 * same request again in the same browser (a reload, the Back button) is the one that waits already.
 * Throws what `acceptRequest` throws, and `SAML_REPLAYED`.
 */
export async function parkRequest(
  request: AnswerableRequest,
  browserHash: string | undefined,
  deps: SsoDeps,
): Promise<ParkedRequest> {
  const { facts, party, returnTo } = acceptRequest(request)
  const now = deps.clock.now()
  const parked: ParkedRequest = {
    id: newToken(deps.random),
    browserHash,
    issuer: party.entityId,
    requestId: facts.id,
    acsUrl: returnTo,
    relayState: facts.relayState,
    wantsFreshSignIn: facts.wantsFreshSignIn,
    isPassive: facts.isPassive,
    nameIdFormat: facts.nameIdFormat,
    wantedContext: facts.wantedContext,
    arrivedAt: now,
    expiresAt: addMinutes(now, PARKED_MINUTES),
    answeredAt: undefined,
  }
  const before = await deps.store.requests.park(parked)
  if (before === 'parked') return parked
  const isSame = browserHash !== undefined && before.browserHash === browserHash
  if (isSame && before.answeredAt === undefined) return before
  throw new Refusal('SAML_REPLAYED', { issuer: party.entityId, requestId: facts.id })
}
