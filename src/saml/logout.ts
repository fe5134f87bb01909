// Single logout (Core §3.7) as identity provider: a signed LogoutRequest in, a signed LogoutResponse out.

import type { SamlStatus } from '../base/error-codes.ts'
import { Refusal } from '../base/errors.ts'
import { newMessageId, type Random } from '../base/random.ts'
import { type AcceptanceRules, checkInstant } from './accept.ts'
import { type CheckedMessage, readHead } from './authn-request.ts'
import { readInstant, writeInstant } from './instant.ts'
import { NAME_ID_FORMATS, NAMESPACES } from './names.ts'
import type { LogoutService, RelyingParty } from './relying-party.ts'
import { buildStatus } from './response.ts'
import { attributeOf, childrenOf, findChild, isNamed, textOf } from './xml-read.ts'
import { element, type XmlTree } from './xml-write.ts'

/** Whose sign-in is to end. */
export type LogoutFacts = {
  readonly id: string
  readonly issuer: string
  readonly nameId: string
  readonly sessionIndex: string | undefined
}

/**
 * Reads and checks a LogoutRequest that `verifyMessage` passed with a signature demanded. Throws
 * `SAML_BAD_REQUEST`, `SAML_UNKNOWN_ISSUER`, `SAML_WRONG_VERSION`, `SAML_EXPIRED`,
 * `SAML_NOT_YET_VALID` and `SAML_WRONG_DESTINATION`.
 */
export function acceptLogoutRequest(
  message: CheckedMessage,
  party: RelyingParty,
  rules: AcceptanceRules & { readonly sloUrl: string },
): LogoutFacts {
  const { root } = message
  if (!isNamed(root, NAMESPACES.saml2p, 'LogoutRequest')) {
    throw new Refusal('SAML_BAD_REQUEST', { problem: 'not a LogoutRequest', found: root.localName })
  }
  const { id, version, issueInstant, issuer, destination } = readHead(root)
  if (issuer !== party.entityId) {
    throw new Refusal('SAML_UNKNOWN_ISSUER', { issuer: issuer.slice(0, 256) })
  }
  if (version !== '2.0') throw new Refusal('SAML_WRONG_VERSION', { version: version.slice(0, 20) })
  checkInstant(issueInstant, rules)
  checkStillMeant(attributeOf(root, 'NotOnOrAfter'), rules.now)
  if (destination !== rules.sloUrl) {
    const found = destination?.slice(0, 256)
    throw new Refusal('SAML_WRONG_DESTINATION', { expected: rules.sloUrl, found })
  }
  const nameId = findChild(root, NAMESPACES.saml2, 'NameID')
  if (nameId === undefined) {
    throw new Refusal('SAML_BAD_REQUEST', { problem: 'an element is missing', element: 'NameID' })
  }
  const [index] = childrenOf(root, NAMESPACES.saml2p, 'SessionIndex')
  return { id, issuer, nameId: textOf(nameId), sessionIndex: index && textOf(index) }
}

function checkStillMeant(notOnOrAfter: string | undefined, now: Date): void {
  if (notOnOrAfter === undefined) return
  const end = readInstant(notOnOrAfter)
  if (end === undefined || end <= now) throw new Refusal('SAML_EXPIRED', { notOnOrAfter: end, now })
}

/** Where and how the LogoutResponse goes. Throws `SAML_UNSUPPORTED_BINDING` without such a place. */
export function getLogoutReturn(party: RelyingParty): LogoutService {
  const service = party.logouts.find(({ binding }) => binding === 'redirect') ?? party.logouts[0]
  if (service === undefined) {
    throw new Refusal('SAML_UNSUPPORTED_BINDING', { problem: 'no SLO endpoint in the metadata' })
  }
  return service
}

/** The LogoutResponse, unsigned: the binding says how it is signed. */
export function buildLogoutResponse(
  to: { readonly requestId: string; readonly destination: string },
  status: { readonly top: 'Success' | SamlStatus['top']; readonly second?: string },
  deps: { readonly entityId: string; readonly random: Random; readonly now: Date },
): XmlTree {
  const attributes = {
    Destination: to.destination,
    ID: newMessageId(deps.random),
    InResponseTo: to.requestId,
    IssueInstant: writeInstant(deps.now),
    Version: '2.0',
  }
  return element('saml2p:LogoutResponse', attributes, [
    element('saml2:Issuer', { Format: NAME_ID_FORMATS.entity }, [deps.entityId]),
    buildStatus(status, status.top === 'Success' ? 'Signed out.' : 'Nobody was signed out.'),
  ])
}
