// The checks of an AuthnRequest, in the order in which a wrong answer would do the most harm. The first
// group proves the return address: until it has passed, a refusal is a page.

import { addMinutes, addSeconds } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { AuthnRequestFacts } from './authn-request.ts'
import { AUTHN_CONTEXTS, BINDINGS, NAME_ID_FORMATS } from './names.ts'
import type { ConsumerService, RelyingParty } from './relying-party.ts'

declare const proven: unique symbol

/** An address of the party's metadata at which this request may be answered. Only this file makes one. */
export type ProvenAcs = string & { readonly [proven]: 'acs' }

/** A request from a known party, for us, of now, that may be answered, if only with a refusal. */
export type AnswerableRequest = {
  readonly facts: AuthnRequestFacts
  readonly party: RelyingParty
  readonly returnTo: ProvenAcs
}

/** A request that passed every check. */
export type AcceptedRequest = AnswerableRequest & { readonly [proven]: 'policy' }

/** What the checks compare with. */
export type AcceptanceRules = {
  readonly now: Date
  readonly clockSkewSeconds: number
  /** Our SingleSignOnService, exactly as the metadata names it. */
  readonly ssoUrl: string
}

// How long a request may be under way: a person may be looking at a certificate warning meanwhile.
const FRESH_MINUTES = 5

/**
 * Proves that the request is the party's, for us, of now, and asks for an answer at an address of the
 * party's. Throws `SAML_UNKNOWN_ISSUER`, `SAML_WRONG_VERSION`, `SAML_EXPIRED`, `SAML_NOT_YET_VALID`,
 * `SAML_WRONG_DESTINATION` and `SAML_WRONG_ACS`.
 */
export function proveReturnAddress(
  facts: AuthnRequestFacts,
  party: RelyingParty,
  rules: AcceptanceRules,
): AnswerableRequest {
  // The keys were picked by a hint; what the signature covers must say the same.
  if (facts.issuer !== party.entityId) {
    const issuer = facts.issuer.slice(0, 256)
    throw new Refusal('SAML_UNKNOWN_ISSUER', { issuer, keysOf: party.entityId })
  }
  if (facts.version !== '2.0') {
    throw new Refusal('SAML_WRONG_VERSION', { version: facts.version.slice(0, 20) })
  }
  checkInstant(facts.issueInstant, rules)
  checkDestination(facts, rules.ssoUrl)
  const consumer = findConsumer(facts, party)
  if (consumer === undefined) {
    throw new Refusal('SAML_WRONG_ACS', {
      asked: facts.acsUrl?.slice(0, 256) ?? facts.acsIndex ?? 'the default',
      registered: party.consumers.map(({ url }) => url),
    })
  }
  return { facts, party, returnTo: consumer.url as ProvenAcs } // Proven by the lines above.
}

/**
 * Checks what the request wants. Throws `SAML_UNSUPPORTED_BINDING`, `SAML_NAME_ID_POLICY`,
 * `SAML_NO_AUTHN_CONTEXT` and `SAML_SUBJECT`, which travel back to the proven address as a signed status.
 */
export function acceptRequest(request: AnswerableRequest): AcceptedRequest {
  checkBinding(request.facts)
  checkNamePolicy(request.facts, request.party)
  checkContexts(request.facts)
  checkSubject(request.facts)
  return request as AcceptedRequest // Every check above has passed.
}

/** Refuses a message from the future or the past; also used for logout. */
export function checkInstant(instant: Date, rules: AcceptanceRules): void {
  const { now, clockSkewSeconds: skew } = rules
  if (instant > addSeconds(now, skew)) {
    throw new Refusal('SAML_NOT_YET_VALID', { issueInstant: instant, now, skewSeconds: skew })
  }
  if (instant < addMinutes(addSeconds(now, -skew), -FRESH_MINUTES)) {
    throw new Refusal('SAML_EXPIRED', { issueInstant: instant, now, skewSeconds: skew })
  }
}

function checkDestination(facts: AuthnRequestFacts, ssoUrl: string): void {
  // Bindings §3.4.5.2: a signed message must name the URL it was sent to. Without this, a request
  // signed for another identity provider could be replayed to us.
  const mustName = facts.isSigned || facts.destination !== undefined
  if (mustName && facts.destination !== ssoUrl) {
    const found = facts.destination?.slice(0, 256)
    throw new Refusal('SAML_WRONG_DESTINATION', { expected: ssoUrl, found })
  }
}

// Core §3.4.1: a URL or an index, not both; neither means the default of the metadata. Compared letter
// by letter: anything cleverer (case, port, encoding) is an open redirect waiting to happen.
function findConsumer(facts: AuthnRequestFacts, party: RelyingParty): ConsumerService | undefined {
  const { acsUrl, acsIndex } = facts
  if (acsUrl !== undefined && acsIndex !== undefined) {
    throw new Refusal('SAML_BAD_REQUEST', { problem: 'an ACS URL and an ACS index at once' })
  }
  if (acsUrl !== undefined) return party.consumers.find(({ url }) => url === acsUrl)
  if (acsIndex !== undefined) return party.consumers.find(({ index }) => index === acsIndex)
  return party.consumers.find(({ isDefault }) => isDefault) ?? party.consumers[0]
}

function checkBinding(facts: AuthnRequestFacts): void {
  if (facts.protocolBinding !== undefined && facts.protocolBinding !== BINDINGS.post) {
    throw new Refusal('SAML_UNSUPPORTED_BINDING', { asked: facts.protocolBinding.slice(0, 256) })
  }
}

function checkNamePolicy(facts: AuthnRequestFacts, party: RelyingParty): void {
  const format = facts.nameIdFormat ?? NAME_ID_FORMATS.unspecified
  const isOffered = format === NAME_ID_FORMATS.unspecified || format === NAME_ID_FORMATS.transient
  const qualifier = facts.spNameQualifier
  const isForItself = qualifier === undefined || qualifier === party.entityId
  if (!isOffered || !isForItself) {
    const asked = format.slice(0, 256)
    throw new Refusal('SAML_NAME_ID_POLICY', { asked, qualifier: qualifier?.slice(0, 256) })
  }
}

// What our answer can stand for. Any comparison other than "exact" is met by these as well.
const OFFERED_CONTEXTS: readonly string[] = Object.values(AUTHN_CONTEXTS)

function checkContexts(facts: AuthnRequestFacts): void {
  const { authnContexts: asked } = facts
  if (asked.length > 0 && !asked.some((each) => OFFERED_CONTEXTS.includes(each))) {
    const some = asked.slice(0, 10).map((each) => each.slice(0, 256))
    throw new Refusal('SAML_NO_AUTHN_CONTEXT', { asked: some })
  }
}

// Core §3.4.1.4: the answer must be about the named subject. Our names are made for each answer, so a
// request that names somebody can never mean whoever signs in here.
function checkSubject({ namesSubject }: AuthnRequestFacts): void {
  if (namesSubject) throw new Refusal('SAML_SUBJECT')
}
