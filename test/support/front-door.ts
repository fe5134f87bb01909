// The way of a message through the protocol core, step after step, as the flow walks it: what came over
// the wire in, an accepted request out, or the refusal of the step that said no.

import { readParameters } from '../../src/base/parameters.ts'
import {
  type AcceptanceRules,
  type AcceptedRequest,
  acceptRequest,
  proveReturnAddress,
} from '../../src/saml/accept.ts'
import { peekIssuer, readAuthnRequest, verifyMessage } from '../../src/saml/authn-request.ts'
import { decodePost } from '../../src/saml/post-binding.ts'
import { type DecodedMessage, decodeRedirect } from '../../src/saml/redirect-binding.ts'
import type { Parties } from '../../src/saml/relying-party.ts'
import { HOUSE } from './build.ts'
import { NOW } from './fixed.ts'

/** What the checks of tests compare with. */
export const RULES: AcceptanceRules = { now: NOW, clockSkewSeconds: 180, ssoUrl: HOUSE.ssoUrl }

/** An AuthnRequest comes as a query string. */
export function arriveByRedirect(query: string, parties: Parties): AcceptedRequest {
  return accept(decodeRedirect(readParameters(query), 'SAMLRequest'), parties)
}

/** An AuthnRequest comes as the body of a form. */
export function arriveByPost(body: string, parties: Parties): AcceptedRequest {
  return accept(decodePost(readParameters(body), 'SAMLRequest'), parties)
}

function accept(message: DecodedMessage, parties: Parties): AcceptedRequest {
  const party = parties.get(peekIssuer(message), RULES.now)
  const facts = readAuthnRequest(verifyMessage(message, party))
  return acceptRequest(proveReturnAddress(facts, party, RULES))
}
