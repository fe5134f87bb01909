// Rules for the assertion, read from the bytes its signature covers: who, for whom, until when.

import { addSeconds } from '../base/clock.ts'
import { differs, instant, type Rule, type SignedEvidence, shown, unless } from './evidence.ts'
import { find, findAll, NAMESPACES, SAML } from './saml-names.ts'
import { attributeIn, type XmlElement } from './xml-tree.ts'

const CONFIRMATION = 'saml2:Subject/saml2:SubjectConfirmation'
const CONFIRMATION_FACTS = `${CONFIRMATION}/saml2:SubjectConfirmationData`

// Children in the order of Huawei's sample; the signature is gone from what it covers.
const ORDER: readonly (readonly [parent: string, children: readonly string[]])[] = [
  ['', ['Issuer', 'Subject', 'Conditions', 'AttributeStatement', 'AuthnStatement']],
  ['saml2:Subject', ['NameID', 'SubjectConfirmation']],
]

const REQUIRED = ['xUserId', 'xAccountId', 'bpId']
const OPTIONAL = ['email', 'name', 'mobile']

/** Every rule for the assertion, in the order of its elements. */
export const ASSERTION_RULES: readonly Rule<SignedEvidence>[] = [
  {
    id: 'signed-assertion',
    says: 'What the signature covers is the assertion of this Response.',
    check: ({ assertion, response }) =>
      differs(
        assertion.attributes.get('ID'),
        find(response, 'saml2:Assertion')?.attributes.get('ID') ?? '',
      ),
  },
  {
    id: 'element-order',
    says: 'Elements come in the order of Huawei’s sample.',
    check: ({ assertion, response }) => {
      const outside = differs(names(response), 'Issuer, Status, Assertion')
      if (outside !== undefined) return outside
      for (const [path, children] of ORDER) {
        const parent = path === '' ? assertion : find(assertion, path)
        const wrong = differs(parent === undefined ? undefined : names(parent), children.join(', '))
        if (wrong !== undefined) return wrong
      }
      return undefined
    },
  },
  {
    id: 'assertion-issuer',
    says: 'The assertion’s Issuer is the entityID of the identity provider’s metadata.',
    check: ({ assertion, expected }) =>
      differs(find(assertion, 'saml2:Issuer')?.text, expected.idp.entityId),
  },
  {
    id: 'name-id',
    says: 'NameID is transient and not empty.',
    check: ({ assertion }) => {
      const nameId = find(assertion, 'saml2:Subject/saml2:NameID')
      return (
        differs(nameId?.attributes.get('Format'), SAML.transient) ??
        unless(nameId !== undefined && nameId.text.trim() !== '', 'found no text')
      )
    },
  },
  {
    id: 'name-qualifier',
    says: 'The NameQualifier of NameID is our entityID.',
    check: ({ assertion, expected }) =>
      differs(
        find(assertion, 'saml2:Subject/saml2:NameID')?.attributes.get('NameQualifier'),
        expected.entityId,
      ),
  },
  {
    id: 'bearer',
    says: 'There is one SubjectConfirmation, and it is bearer.',
    check: ({ assertion }) =>
      differs(
        findAll(assertion, CONFIRMATION)
          .map((one) => one.attributes.get('Method') ?? '')
          .join(', '),
        SAML.bearer,
      ),
  },
  {
    id: 'confirmation-in-response-to',
    says: 'InResponseTo of the SubjectConfirmationData is the ID of our request.',
    check: (evidence) =>
      evidence.expected.request === undefined
        ? undefined
        : differs(confirmation(evidence, 'InResponseTo'), evidence.expected.request.id),
  },
  {
    id: 'recipient',
    says: 'Recipient is the address of our AssertionConsumerService.',
    check: (evidence) => differs(confirmation(evidence, 'Recipient'), evidence.expected.acs),
  },
  {
    id: 'confirmation-window',
    says: 'The SubjectConfirmationData has a NotOnOrAfter in the future, and no NotBefore.',
    check: (evidence) => {
      const until = confirmation(evidence, 'NotOnOrAfter')
      const from = confirmation(evidence, 'NotBefore')
      const end = instant(until)
      return unless(
        end !== undefined && end > evidence.expected.now && from === undefined,
        `found NotOnOrAfter ${shown(until)} and NotBefore ${shown(from)}`,
      )
    },
  },
  {
    id: 'conditions-window',
    says: 'The Conditions hold now: NotBefore has passed and NotOnOrAfter has not.',
    check: ({ assertion, expected }) => {
      const conditions = find(assertion, 'saml2:Conditions')?.attributes
      const from = instant(conditions?.get('NotBefore'))
      const until = instant(conditions?.get('NotOnOrAfter'))
      const holds =
        from !== undefined && until !== undefined && from <= expected.now && expected.now < until
      const window = `${shown(conditions?.get('NotBefore'))} to ${shown(conditions?.get('NotOnOrAfter'))}`
      return unless(holds, `found ${window} at ${expected.now.toISOString()}`)
    },
  },
  {
    id: 'audience',
    says: 'The only Audience is our entityID.',
    check: ({ assertion, expected }) =>
      differs(
        findAll(assertion, 'saml2:Conditions/saml2:AudienceRestriction/saml2:Audience')
          .map((audience) => audience.text)
          .join(', '),
        expected.entityId,
      ),
  },
  {
    id: 'authn-statement',
    says: 'There is one AuthnStatement, with a SessionIndex and an AuthnInstant that has passed.',
    check: ({ assertion, expected }) => {
      const statements = findAll(assertion, 'saml2:AuthnStatement')
      const [only] = statements
      const at = instant(only?.attributes.get('AuthnInstant'))
      const holds =
        statements.length === 1 &&
        (only?.attributes.get('SessionIndex') ?? '') !== '' &&
        at !== undefined &&
        at <= addSeconds(expected.now, 60)
      return unless(
        holds,
        `found ${statements.length}, SessionIndex ${shown(only?.attributes.get('SessionIndex'))}, AuthnInstant ${shown(only?.attributes.get('AuthnInstant'))}`,
      )
    },
  },
  {
    id: 'attribute-names',
    says: `The attributes are ${REQUIRED.join(', ')} and, when known, ${OPTIONAL.join(', ')}, in this order and once each.`,
    check: ({ assertion }) => {
      const found = attributeElements(assertion).map((one) => one.attributes.get('Name') ?? '')
      const wanted = [...REQUIRED, ...OPTIONAL.filter((name) => found.includes(name))]
      return differs(found.join(', '), wanted.join(', '))
    },
  },
  {
    id: 'attribute-form',
    says: 'Each attribute has NameFormat uri, FriendlyName equal to Name, and one value.',
    check: ({ assertion }) => {
      const odd = attributeElements(assertion).find(
        (one) =>
          one.attributes.get('NameFormat') !== SAML.uriName ||
          one.attributes.get('FriendlyName') !== one.attributes.get('Name') ||
          one.children.length !== 1,
      )
      return odd === undefined ? undefined : `found ${JSON.stringify([...odd.attributes])}`
    },
  },
  {
    id: 'attribute-type',
    says: 'Each value is written with xsi:type="xsd:string".',
    check: ({ assertion }) => {
      const odd = values(assertion).find(
        (value) =>
          attributeIn(value, NAMESPACES.xsi, 'type') !== 'xsd:string' ||
          value.scope.get('xsd') !== NAMESPACES.xsd,
      )
      return odd === undefined ? undefined : `found ${JSON.stringify([...odd.attributes])}`
    },
  },
  {
    id: 'attribute-value',
    says: 'No attribute is sent empty: one that is not known is left out.',
    check: ({ assertion }) =>
      unless(
        values(assertion).every((value) => value.text.trim() !== '' && value.children.length === 0),
        'found an empty one',
      ),
  },
  {
    id: 'same-account',
    says: 'xUserId and xAccountId are the same.',
    check: ({ assertion }) =>
      differs(
        attributeValue(assertion, 'xUserId'),
        attributeValue(assertion, 'xAccountId') ?? 'an xAccountId',
      ),
  },
  {
    id: 'partner',
    says: 'bpId is the id of the partner.',
    check: ({ assertion, expected }) =>
      differs(attributeValue(assertion, 'bpId'), expected.partnerId),
  },
]

/** The attributes of an assertion, by name, in their order. */
export function attributesOf(assertion: XmlElement): readonly (readonly [string, string])[] {
  return attributeElements(assertion).map((attribute) => [
    attribute.attributes.get('Name') ?? '',
    find(attribute, 'saml2:AttributeValue')?.text ?? '',
  ])
}

function attributeValue(assertion: XmlElement, name: string): string | undefined {
  return attributesOf(assertion).find(([found]) => found === name)?.[1]
}

function attributeElements(assertion: XmlElement): readonly XmlElement[] {
  return findAll(assertion, 'saml2:AttributeStatement/saml2:Attribute')
}

function values(assertion: XmlElement): readonly XmlElement[] {
  return attributeElements(assertion).flatMap((one) => findAll(one, 'saml2:AttributeValue'))
}

function confirmation({ assertion }: SignedEvidence, name: string): string | undefined {
  return find(assertion, CONFIRMATION_FACTS)?.attributes.get(name)
}

function names(parent: XmlElement): string {
  return parent.children.map((child) => child.localName).join(', ')
}
