// An answer that we sent → whether it is ours, for whom, until when, and whether it says what Huawei
// Cloud asks for. Reading it is for people only: nothing of the house takes answers.

import type { KeyObject } from 'node:crypto'
import { brief, type Check } from '../base/check.ts'
import { Refusal } from '../base/errors.ts'
import { readInstant } from '../saml/instant.ts'
import { NAMESPACES, STATUS_PREFIX } from '../saml/names.ts'
import type { DecodedMessage } from '../saml/redirect-binding.ts'
import type { RelyingParty } from '../saml/relying-party.ts'
import { hasSignature, verifyEnveloped } from '../saml/signature.ts'
import {
  attributeOf,
  childrenOf,
  elementsIn,
  everyElement,
  isNamed,
  MESSAGE_LIMITS,
  readXml,
  textOf,
  type XmlElement,
} from '../saml/xml-read.ts'
import { ATTRIBUTES } from '../sso/attributes.ts'
import type { House } from './house.ts'
import { conclude, createTrail, type Explanation, type Step } from './trail.ts'

const DECODE: Step = {
  id: 'decode',
  title: 'It can be decoded, and is a Response',
  section: 'Bindings §3.5.4, Core §3.3.3',
  expected: 'a Response in Base64',
}
const STATUS: Step = {
  id: 'status',
  title: 'It says that somebody is signed in',
  section: 'Core §3.2.2.2',
  expected: 'Success',
}
const SIGNATURE: Step = {
  id: 'signature',
  title: 'It is ours, and unchanged',
  section: 'Core §5.4',
  expected: 'a signature by a certificate of our metadata',
}

type Answer = {
  readonly issuer: string
  readonly destination: string
  readonly inResponseTo: string | undefined
  /** `undefined` while it is encrypted, or there is none. */
  readonly assertion: XmlElement | undefined
}

type Subject = {
  readonly answer: Answer & { readonly assertion: XmlElement }
  readonly party: RelyingParty | undefined
  readonly house: House
}

/** THE checks of what an assertion says. */
export const ANSWER_CHECKS: readonly Check<Subject>[] = [
  {
    id: 'issuer',
    title: 'It names this service',
    section: 'Profiles §4.1.4.2',
    expected: ({ house }) => house.entityId,
    found: ({ answer }) => answer.issuer,
    run: ({ answer, house }) => must(answer.issuer === house.entityId, 'ANSWER_NOT_OURS'),
  },
  {
    id: 'audience',
    title: 'It is for a site that is trusted',
    section: 'Core §2.5.1.4',
    expected: ({ house }) =>
      house.parties
        .all()
        .map(({ entityId }) => entityId)
        .join(' or '),
    found: ({ answer }) => textIn(answer.assertion, 'Audience'),
    run: ({ party }) => must(party !== undefined, 'ANSWER_MISADDRESSED'),
  },
  {
    id: 'recipient',
    title: 'It goes to a registered address, and says so twice',
    section: 'Profiles §4.1.4.2',
    expected: ({ party }) => party?.consumers.map(({ url }) => url).join(' or ') ?? '',
    found: ({ answer }) => `${answer.destination} and ${recipientOf(answer.assertion)}`,
    run: ({ answer, party }) => {
      const isRegistered = party?.consumers.some(({ url }) => url === answer.destination) === true
      const isSame = recipientOf(answer.assertion) === answer.destination
      must(isRegistered && isSame, 'ANSWER_MISADDRESSED')
    },
  },
  {
    id: 'conditions',
    title: 'It is within its time',
    section: 'Core §2.5.1, Profiles §4.1.4.2',
    expected: ({ house }) => `a window around ${house.now.toISOString()}`,
    found: ({ answer }) => windowOf(answer.assertion).join(' to '),
    run: ({ answer, house }) => {
      const [from = '', to = ''] = windowOf(answer.assertion)
      const [start, end] = [readInstant(from), readInstant(to)]
      const isWithin =
        start !== undefined && end !== undefined && start <= house.now && house.now < end
      must(isWithin, 'ANSWER_EXPIRED')
    },
  },
  {
    id: 'attributes',
    title: 'It says who the customer and the partner are',
    section: 'Partner Center API §3.2',
    expected: ({ party, house }) =>
      `${REQUIRED.join(', ')}; bpId ${party?.options.partnerId ?? house.partnerId}`,
    found: ({ answer }) =>
      [...attributesOf(answer.assertion)].map(([name, value]) => `${name} ${value}`).join(', '),
    run: ({ answer, party, house }) => {
      const said = attributesOf(answer.assertion)
      const isComplete = REQUIRED.every((name) => (said.get(name) ?? '') !== '')
      const isSame = said.get('xUserId') === said.get('xAccountId')
      const isPartner = said.get('bpId') === (party?.options.partnerId ?? house.partnerId)
      must(isComplete && isSame && isPartner, 'ANSWER_INCOMPLETE')
    },
  },
]

const REQUIRED = ATTRIBUTES.filter(({ isRequired }) => isRequired).map(({ name }) => name)

type AnswerCode = 'ANSWER_NOT_OURS' | 'ANSWER_MISADDRESSED' | 'ANSWER_EXPIRED' | 'ANSWER_INCOMPLETE'

function must(isRight: boolean, code: AnswerCode): void {
  if (!isRight) throw new Refusal(code)
}

/** The checks of an answer. `decode` may throw. */
export function explainResponse(
  decode: () => DecodedMessage,
  house: House,
  ownKeys: readonly KeyObject[],
): Explanation {
  const trail = createTrail()
  const message = trail.step(
    DECODE,
    () => readable(decode),
    ({ root }) => root.localName,
  )
  const root = message?.root
  const status =
    root &&
    trail.step(
      STATUS,
      () => checkStatus(root),
      (found) => found,
    )
  const hasProof = message !== undefined && !isSealed(message)
  const proof =
    hasProof &&
    trail.step(
      SIGNATURE,
      () => checkSignature(message, ownKeys),
      (of) => `of the ${of}`,
    )
  if (message !== undefined && !hasProof) trail.skip([SIGNATURE])
  if (message === undefined) trail.skip([STATUS, SIGNATURE])
  const answer = root && readAnswer(root)
  const { assertion } = answer ?? {}
  if (answer === undefined || assertion === undefined) {
    trail.skip(ANSWER_CHECKS)
  } else {
    const audience = textIn(assertion, 'Audience')
    const party = house.parties.all().find(({ entityId }) => entityId === audience)
    trail.judge(ANSWER_CHECKS, { answer: { ...answer, assertion }, party, house })
  }
  const isEncrypted = status !== undefined && assertion === undefined
  return conclude(trail, {
    kind: 'response',
    accepted: isEncrypted
      ? 'This answer is encrypted: what it says, its addressee alone can read.'
      : 'This answer passes every check.',
    issuer: answer && brief(answer.issuer),
    requestId: answer?.inResponseTo,
    relayStateBytes: undefined,
    isProven: typeof proof === 'string',
  })
}

type Readable = { readonly xml: string; readonly root: XmlElement }

function readable(decode: () => DecodedMessage): Readable {
  try {
    const { xml } = decode()
    const root = readXml(xml, MESSAGE_LIMITS)
    if (isNamed(root, NAMESPACES.saml2p, 'Response')) return { xml, root }
    throw new Refusal('ANSWER_UNREADABLE', { problem: 'not a Response', element: root.localName })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal('ANSWER_UNREADABLE', error.facts, error)
  }
}

function checkStatus(root: XmlElement): string {
  const codes = everyElement(root)
    .filter((each) => isNamed(each, NAMESPACES.saml2p, 'StatusCode'))
    .map((each) => (attributeOf(each, 'Value') ?? '').replace(STATUS_PREFIX, ''))
  if (codes[0] === 'Success') return 'Success'
  const problem = `${codes.join('/')}: ${textIn(root, 'StatusMessage')}`
  throw new Refusal('ANSWER_REFUSAL', { problem: brief(problem) })
}

// The signature may be inside what is encrypted.
function isSealed({ root }: Readable): boolean {
  const sealed = childrenOf(root, NAMESPACES.saml2, 'EncryptedAssertion')
  return sealed.length > 0 && !hasSignature(root)
}

// The assertion's own signature proves all that matters; without one the Response's must cover it.
function checkSignature({ xml, root }: Readable, ownKeys: readonly KeyObject[]): string {
  const [assertion] = childrenOf(root, NAMESPACES.saml2, 'Assertion')
  const signed = assertion !== undefined && hasSignature(assertion) ? assertion : root
  try {
    verifyEnveloped(xml, signed, ownKeys)
    return signed.localName
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal('ANSWER_NOT_OURS', error.facts, error)
  }
}

function readAnswer(root: XmlElement): Answer {
  return {
    issuer: textIn(root, 'Issuer'),
    destination: attributeOf(root, 'Destination') ?? '',
    inResponseTo: attributeOf(root, 'InResponseTo'),
    assertion: childrenOf(root, NAMESPACES.saml2, 'Assertion')[0],
  }
}

// The first element of a name; whoever changed the message has been told of by the signature.
function findElement(root: XmlElement, local: string): XmlElement | undefined {
  return everyElement(root).find((each) => each.localName === local)
}

function textIn(root: XmlElement, local: string): string {
  const found = findElement(root, local)
  return found === undefined || elementsIn(found).length > 0 ? '' : textOf(found)
}

function recipientOf(assertion: XmlElement): string {
  const data = findElement(assertion, 'SubjectConfirmationData')
  return (data && attributeOf(data, 'Recipient')) ?? ''
}

function windowOf(assertion: XmlElement): readonly string[] {
  const conditions = findElement(assertion, 'Conditions')
  return ['NotBefore', 'NotOnOrAfter'].map((name) => {
    return (conditions && attributeOf(conditions, name)) ?? ''
  })
}

function attributesOf(assertion: XmlElement): ReadonlyMap<string, string> {
  const attributes = everyElement(assertion).filter((each) => each.localName === 'Attribute')
  return new Map(
    attributes.map((each) => [attributeOf(each, 'Name') ?? '', textIn(each, 'AttributeValue')]),
  )
}
