// Single logout (Core §3.7) as identity provider: a signed LogoutRequest in, a signed LogoutResponse out.

import { type Check, runChecks } from '../base/check.ts'
import { addSeconds } from '../base/clock.ts'
import type { SamlStatus } from '../base/error-description.ts'
import { Refusal } from '../base/errors.ts'
import { newMessageId, type Random } from '../base/random.ts'
import { type AcceptanceRules, HEAD_CHECKS, type HeadSubject } from './accept.ts'
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

/** What a LogoutRequest says; nothing has been compared yet. */
export type LogoutRequestFacts = LogoutFacts &
  HeadSubject['facts'] & { readonly notOnOrAfter: string | undefined }

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
  const facts = readLogoutRequest(message)
  runChecks(LOGOUT_CHECKS, { facts, party, rules: { ...rules, ssoUrl: rules.sloUrl } })
  const { id, issuer, nameId, sessionIndex } = facts
  return { id, issuer, nameId, sessionIndex }
}

/** Reads the facts. Throws `SAML_BAD_REQUEST`, naming what is missing or wrong. */
export function readLogoutRequest({ root, isSigned }: CheckedMessage): LogoutRequestFacts {
  if (!isNamed(root, NAMESPACES.saml2p, 'LogoutRequest')) {
    throw new Refusal('SAML_BAD_REQUEST', { problem: 'not a LogoutRequest', found: root.localName })
  }
  const head = readHead(root)
  const nameId = findChild(root, NAMESPACES.saml2, 'NameID')
  if (nameId === undefined) {
    throw new Refusal('SAML_BAD_REQUEST', { problem: 'an element is missing', element: 'NameID' })
  }
  const [index] = childrenOf(root, NAMESPACES.saml2p, 'SessionIndex')
  return {
    ...head,
    isSigned,
    nameId: textOf(nameId),
    sessionIndex: index && textOf(index),
    notOnOrAfter: attributeOf(root, 'NotOnOrAfter'),
  }
}

/** The keys were picked by a hint; what the signature covers must say the same. */
export const ISSUER_COVERED: Check<{
  readonly facts: { readonly issuer: string }
  readonly party: RelyingParty
}> = {
  id: 'issuer-covered',
  title: 'What is signed names the same issuer as the keys',
  section: 'Core §3.2.1',
  expected: ({ party }) => party.entityId,
  found: ({ facts }) => facts.issuer,
  run: ({ facts: { issuer }, party }) => {
    if (issuer === party.entityId) return
    throw new Refusal('SAML_UNKNOWN_ISSUER', { issuer: issuer.slice(0, 256) })
  },
}

/** THE checks of a LogoutRequest. `rules.ssoUrl` is our SingleLogoutService here. */
export const LOGOUT_CHECKS: readonly Check<
  HeadSubject & { readonly facts: LogoutRequestFacts; readonly party: RelyingParty }
>[] = [
  ISSUER_COVERED,
  ...HEAD_CHECKS,
  {
    id: 'still-meant',
    title: 'It is still meant',
    section: 'Core §3.7.1',
    expected: ({ rules: { now, clockSkewSeconds } }) =>
      `none, or after ${addSeconds(now, -clockSkewSeconds).toISOString()}`,
    found: ({ facts }) => facts.notOnOrAfter ?? 'none',
    run: ({ facts, rules }) => checkStillMeant(facts.notOnOrAfter, rules),
  },
]

function checkStillMeant(notOnOrAfter: string | undefined, rules: AcceptanceRules): void {
  if (notOnOrAfter === undefined) return
  const { now, clockSkewSeconds } = rules
  const end = readInstant(notOnOrAfter)
  if (end === undefined || end <= addSeconds(now, -clockSkewSeconds))
    throw new Refusal('SAML_EXPIRED', { notOnOrAfter: end, now })
}

/** Where and how a party takes messages of single logout; `undefined` when it has none. */
export function findLogoutService(party: RelyingParty): LogoutService | undefined {
  return party.logouts.find(({ binding }) => binding === 'redirect') ?? party.logouts[0]
}

/** The same for the LogoutResponse. Throws `SAML_NO_LOGOUT` without such a place. */
export function getLogoutReturn(party: RelyingParty): LogoutService {
  const service = findLogoutService(party)
  if (service === undefined) throw new Refusal('SAML_NO_LOGOUT', { issuer: party.entityId })
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
    buildStatus(status, sayOf(status)),
  ])
}

function sayOf({ top, second }: Parameters<typeof buildLogoutResponse>[1]): string {
  if (top !== 'Success') return 'Nobody was signed out.'
  return second === undefined ? 'Signed out.' : 'Signed out here, but not everywhere.'
}
