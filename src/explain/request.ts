// A message from a site → its checks: an AuthnRequest or a LogoutRequest, from the first byte to the last
// wish. Every step is the product's own.

import { brief, type CheckName } from '../base/check.ts'
import { Refusal } from '../base/errors.ts'
import {
  type AcceptanceRules,
  type AnswerableRequest,
  HEAD_CHECKS,
  RETURN_CHECKS,
  WISH_CHECKS,
} from '../saml/accept.ts'
import {
  type AuthnRequestFacts,
  type CheckedMessage,
  peekIssuer,
  readAuthnRequest,
  verifyMessage,
} from '../saml/authn-request.ts'
import { LOGOUT_CHECKS, readLogoutRequest } from '../saml/logout.ts'
import type { DecodedMessage } from '../saml/redirect-binding.ts'
import type { RelyingParty } from '../saml/relying-party.ts'
import { hasSignature } from '../saml/signature.ts'
import { MESSAGE_LIMITS, readXml } from '../saml/xml-read.ts'
import type { MessageHouse } from './house.ts'
import { type ArrivedExplanation, conclude, createTrail, type Step, type Trail } from './trail.ts'

export const DECODE: Step = {
  id: 'decode',
  title: 'It can be decoded',
  section: 'Bindings §3.4.4.1, §3.5.4',
  expected: 'one SAMLRequest in Base64, within limits',
}
export const PLAIN_XML: Step = {
  id: 'xml',
  title: 'It is plain XML with an Issuer',
  section: 'Core §3.2.1',
  expected: 'no DTD, no comment, no entity of its own',
}
export const KNOWN_PARTY: Step = {
  id: 'party',
  title: 'Its issuer is a site that is trusted',
  section: 'Metadata §2.3',
  expected: 'an entity ID of the SP metadata, whose time is not over',
}
export const SIGNATURE: Step = {
  id: 'signature',
  title: 'It is from that site',
  section: 'Core §5.4, Bindings §3.4.4.1',
  expected: 'a signature by a certificate of the SP metadata',
}
export const CONTENT: Step = {
  id: 'content',
  title: 'It says what such a request must say',
  section: 'Core §3.4.1, §3.7.1',
  expected: 'every required element and attribute, once',
}

const ACCEPTED = {
  request: 'This sign-in request passes every check.',
  logout: 'This sign-out request passes every check.',
} as const

/** The checks of an AuthnRequest. `decode` may throw, and nothing else that is a refusal comes out. */
export function explainRequest(
  decode: () => DecodedMessage,
  house: MessageHouse,
): ArrivedExplanation {
  const trail = createTrail()
  const opened = open(trail, decode, house)
  const { checked, party } = opened
  const facts =
    checked &&
    trail.step(
      CONTENT,
      () => readAuthnRequest(checked),
      () => 'all of it',
    )
  judgeRequest(trail, facts, party, house)
  const claimed = { issuer: facts?.issuer ?? opened.issuer, requestId: facts?.id }
  return finish(trail, 'request', { ...opened, ...claimed })
}

function judgeRequest(
  trail: Trail,
  facts: AuthnRequestFacts | undefined,
  party: RelyingParty | undefined,
  rules: AcceptanceRules,
): void {
  if (facts === undefined) {
    trail.skip([...RETURN_CHECKS, ...WISH_CHECKS])
  } else if (party === undefined) {
    // The head needs no party. It stands behind the first check of the return address.
    const [first, ...others] = RETURN_CHECKS.filter((check) => !isOfHead(check))
    trail.skip(first === undefined ? [] : [first])
    trail.judge(HEAD_CHECKS, { facts, rules })
    trail.skip([...others, ...WISH_CHECKS])
  } else {
    trail.judge(RETURN_CHECKS, { facts, party, rules })
    trail.judge(WISH_CHECKS, { facts, party })
  }
}

function isOfHead({ id }: CheckName): boolean {
  return HEAD_CHECKS.some((check) => check.id === id)
}

/**
 * The same for a request that has proven its return address already, without verifying it again:
 * what had to pass to make one, and the checks of its facts.
 */
export function explainAnswerable(
  request: AnswerableRequest,
  rules: AcceptanceRules,
): ArrivedExplanation {
  const { facts, party } = request
  const trail = createTrail()
  for (const step of [DECODE, PLAIN_XML, KNOWN_PARTY, SIGNATURE, CONTENT]) {
    const found = step === SIGNATURE ? describeSignature(facts) : ''
    trail.add({ ...step, verdict: 'passed', found })
  }
  judgeRequest(trail, facts, party, rules)
  const { issuer, id: requestId, relayState } = facts
  return finish(trail, 'request', { issuer, requestId, relayState, isProven: true })
}

/** The checks of a LogoutRequest, which must be signed whatever the metadata says. */
export function explainLogout(
  decode: () => DecodedMessage,
  house: MessageHouse,
): ArrivedExplanation {
  const trail = createTrail()
  const opened = open(trail, decode, house, true)
  const { checked, party } = opened
  const facts =
    checked &&
    trail.step(
      CONTENT,
      () => readLogoutRequest(checked),
      () => 'all of it',
    )
  const rules = { ...house, ssoUrl: house.sloUrl }
  if (facts === undefined || party === undefined) trail.skip(LOGOUT_CHECKS)
  else trail.judge(LOGOUT_CHECKS, { facts, party, rules })
  const claimed = { issuer: facts?.issuer ?? opened.issuer, requestId: facts?.id }
  return finish(trail, 'logout', { ...opened, ...claimed })
}

type Opened = {
  readonly issuer: string | undefined
  readonly party: RelyingParty | undefined
  /** After a signature that does not hold: what the message claims. */
  readonly checked: CheckedMessage | undefined
  readonly isProven: boolean
  readonly relayState: string | undefined
}

function open(
  trail: Trail,
  decode: () => DecodedMessage,
  { parties, now }: MessageHouse,
  mustBeSigned?: boolean,
): Opened {
  const message = trail.step(DECODE, decode, ({ binding }) => `HTTP-${binding.toUpperCase()}`)
  const issuer =
    message &&
    trail.step(
      PLAIN_XML,
      () => peekIssuer(message),
      (found) => found,
    )
  const party =
    issuer === undefined
      ? undefined
      : trail.step(
          KNOWN_PARTY,
          () => parties.get(issuer, now),
          ({ source }) => source,
        )
  const relayState = message?.relayState
  if (message === undefined || issuer === undefined) {
    const missing = message === undefined ? [PLAIN_XML, KNOWN_PARTY] : [KNOWN_PARTY]
    trail.skip([...missing, SIGNATURE, CONTENT])
    return { issuer, party, checked: undefined, isProven: false, relayState }
  }
  if (party === undefined) trail.skip([SIGNATURE])
  const verified =
    party &&
    trail.step(SIGNATURE, () => verifyMessage(message, party, mustBeSigned), describeSignature)
  const checked = verified ?? readClaims(message)
  if (checked === undefined) trail.skip([CONTENT])
  return { issuer, party, checked, isProven: verified !== undefined, relayState }
}

function describeSignature({ isSigned }: Pick<CheckedMessage, 'isSigned'>): string {
  return isSigned ? 'a signature that holds' : 'no signature, and none is promised'
}

// Only for showing: nothing of it reaches the flow.
function readClaims({ xml, detached, relayState }: DecodedMessage): CheckedMessage | undefined {
  try {
    const root = readXml(xml, MESSAGE_LIMITS)
    return { root, isSigned: detached !== undefined || hasSignature(root), relayState }
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function finish(
  trail: Trail,
  kind: 'request' | 'logout',
  about: Pick<Opened, 'issuer' | 'isProven' | 'relayState'> & {
    readonly requestId: string | undefined
  },
): ArrivedExplanation {
  const { issuer, requestId, isProven, relayState } = about
  return conclude(trail, {
    kind,
    accepted: ACCEPTED[kind],
    issuer: issuer === undefined ? undefined : brief(issuer),
    requestId,
    isProven,
    relayStateBytes: relayState === undefined ? undefined : Buffer.byteLength(relayState),
  })
}
