// The checks of an AuthnRequest, in the order in which a wrong answer would do the most harm. The first
// group proves the return address: until it has passed, a refusal is a page.

import { type Check, runChecks } from '../base/check.ts'
import { addMinutes, addSeconds } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { isKnownContext, noContext } from './authn-context.ts'
import type { AuthnRequestFacts } from './authn-request.ts'
import { isOfferedFormat } from './name-id.ts'
import { BINDINGS } from './names.ts'
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
  runChecks(RETURN_CHECKS, { facts, party, rules })
  const { url } = getConsumer(facts, party)
  return { facts, party, returnTo: url as ProvenAcs } // Proven by the lines above.
}

/**
 * Checks what the request wants. Throws `SAML_UNSUPPORTED_BINDING`, `SAML_NAME_ID_POLICY`,
 * `SAML_NO_AUTHN_CONTEXT` and `SAML_SUBJECT`, which travel back to the proven address as a signed status.
 */
export function acceptRequest(request: AnswerableRequest): AcceptedRequest {
  runChecks(WISH_CHECKS, request)
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

function checkDestination(facts: HeadSubject['facts'], ssoUrl: string): void {
  // Bindings §3.4.5.2: a signed message must name the URL it was sent to. Without this, a request
  // signed for another identity provider could be replayed to us.
  const mustName = facts.isSigned || facts.destination !== undefined
  if (mustName && facts.destination !== ssoUrl) {
    const found = facts.destination?.slice(0, 256)
    throw new Refusal('SAML_WRONG_DESTINATION', { expected: ssoUrl, found })
  }
}

function getConsumer(facts: AuthnRequestFacts, party: RelyingParty): ConsumerService {
  const consumer = findConsumer(facts, party)
  if (consumer === undefined) {
    throw new Refusal('SAML_WRONG_ACS', {
      asked: facts.acsUrl?.slice(0, 256) ?? facts.acsIndex ?? 'the default',
      registered: party.consumers.map(({ url }) => url),
    })
  }
  return consumer
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
  const { nameIdFormat: format, spNameQualifier: qualifier } = facts
  const isForItself = qualifier === undefined || qualifier === party.entityId
  if (!isOfferedFormat(format) || !isForItself) {
    const asked = format?.slice(0, 256)
    throw new Refusal('SAML_NAME_ID_POLICY', { asked, qualifier: qualifier?.slice(0, 256) })
  }
}

// What nobody could do is refused before anybody is asked to sign in; what this person did is looked
// at when they are answered.
function checkContext({ wantedContext: wanted }: AuthnRequestFacts): void {
  if (wanted !== undefined && !isKnownContext(wanted)) throw noContext(wanted)
}

// Core §3.4.1.4: the answer must be about the named subject, and whoever signs in here is whoever
// signs in. No party is told beforehand who that will be.
function checkSubject({ namesSubject }: AuthnRequestFacts): void {
  if (namesSubject) throw new Refusal('SAML_SUBJECT')
}

/** What the checks of any request's head look at, a LogoutRequest's too. */
export type HeadSubject = {
  readonly facts: Pick<AuthnRequestFacts, 'version' | 'issueInstant' | 'destination' | 'isSigned'>
  readonly rules: AcceptanceRules
}

/** THE checks of a request's head: they need no party. */
export const HEAD_CHECKS: readonly Check<HeadSubject>[] = [
  {
    id: 'version',
    title: 'It speaks SAML 2.0',
    section: 'Core §3.2.1',
    expected: () => '2.0',
    found: ({ facts }) => facts.version,
    run: ({ facts: { version } }) => {
      if (version !== '2.0') {
        throw new Refusal('SAML_WRONG_VERSION', { version: version.slice(0, 20) })
      }
    },
  },
  {
    id: 'instant',
    title: 'It was made just now',
    section: 'Core §3.2.1',
    expected: ({ rules: { now, clockSkewSeconds: skew } }) =>
      `${addMinutes(addSeconds(now, -skew), -FRESH_MINUTES).toISOString()} to ${addSeconds(now, skew).toISOString()}`,
    found: ({ facts }) => facts.issueInstant.toISOString(),
    run: ({ facts, rules }) => checkInstant(facts.issueInstant, rules),
  },
  {
    id: 'destination',
    title: 'It is meant for this service',
    section: 'Bindings §3.4.5.2, §3.5.5.2',
    expected: ({ rules }) => rules.ssoUrl,
    found: ({ facts }) => facts.destination ?? 'none',
    run: ({ facts, rules }) => checkDestination(facts, rules.ssoUrl),
  },
]

/** What the checks of an AuthnRequest look at. */
export type RequestSubject = HeadSubject & {
  readonly facts: AuthnRequestFacts
  readonly party: RelyingParty
}

/** THE checks that prove the return address, in the order in which they are made. */
export const RETURN_CHECKS: readonly Check<RequestSubject>[] = [
  {
    id: 'issuer-covered',
    title: 'What is signed names the same issuer as the keys',
    section: 'Core §3.2.1',
    expected: ({ party }) => party.entityId,
    found: ({ facts }) => facts.issuer,
    // The keys were picked by a hint; what the signature covers must say the same.
    run: ({ facts, party }) => {
      if (facts.issuer === party.entityId) return
      const issuer = facts.issuer.slice(0, 256)
      throw new Refusal('SAML_UNKNOWN_ISSUER', { issuer, keysOf: party.entityId })
    },
  },
  ...HEAD_CHECKS,
  {
    id: 'return-address',
    title: 'It asks for the answer at a registered address',
    section: 'Profiles §4.1.4.1',
    expected: ({ party }) => party.consumers.map(({ url }) => url).join(' or '),
    found: ({ facts }) =>
      facts.acsUrl ?? (facts.acsIndex === undefined ? 'the default' : `index ${facts.acsIndex}`),
    run: ({ facts, party }) => {
      getConsumer(facts, party)
    },
  },
]

/** THE checks of what a request wants; a no to one of them travels as a signed status. */
export const WISH_CHECKS: readonly Check<Pick<RequestSubject, 'facts' | 'party'>>[] = [
  {
    id: 'answer-binding',
    title: 'It asks for an answer by HTTP-POST',
    section: 'Core §3.4.1',
    expected: () => BINDINGS.post,
    found: ({ facts }) => facts.protocolBinding ?? 'no wish',
    run: ({ facts }) => checkBinding(facts),
  },
  {
    id: 'name-policy',
    title: 'It asks for a kind of name that is offered',
    section: 'Core §3.4.1.1',
    expected: () => 'transient, persistent, emailAddress or unspecified, for the site itself',
    found: ({ facts: { nameIdFormat: format = 'no wish', spNameQualifier: qualifier } }) =>
      qualifier === undefined ? format : `${format}, for ${qualifier}`,
    run: ({ facts, party }) => checkNamePolicy(facts, party),
  },
  {
    id: 'authn-context',
    title: 'It asks for a kind of sign-in that is offered',
    section: 'Core §3.3.2.2.1',
    expected: () => 'no wish, or one that a sign-in here can satisfy',
    found: ({ facts: { wantedContext: wanted } }) =>
      wanted === undefined ? 'no wish' : `${wanted.comparison} ${wanted.classes.join(', ')}`,
    run: ({ facts }) => checkContext(facts),
  },
  {
    id: 'subject',
    title: 'It leaves open who signs in',
    section: 'Core §3.4.1.4',
    expected: () => 'no Subject',
    found: ({ facts }) => (facts.namesSubject ? 'a Subject' : 'no Subject'),
    run: ({ facts }) => checkSubject(facts),
  },
]
