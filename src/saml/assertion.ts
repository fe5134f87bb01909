// The assertion, element by element in the order and with the prefixes of Huawei's sample (Partner Center
// API §3.2). Built here, signed in response.ts.

import { writeInstant } from './instant.ts'
import type { NameId } from './name-id.ts'
import { ATTRIBUTE_NAME_URI, CONFIRMATION_BEARER } from './names.ts'
import { element, type XmlTree } from './xml-write.ts'

/** An attribute; Huawei's FriendlyName is its Name. */
export type SamlAttribute = { readonly name: string; readonly value: string }

/** Everything an assertion says. */
export type AssertionFacts = {
  readonly id: string
  readonly entityId: string
  readonly audience: string
  readonly recipient: string
  readonly inResponseTo: string
  readonly name: NameId
  readonly sessionIndex: string
  /** When the person proved who they are, which may be long before this answer. */
  readonly authnInstant: Date
  /** The Address of SubjectLocality; left out when absent. */
  readonly locality: string | undefined
  /** The AuthnContextClassRef: how they proved it, as far as we say. */
  readonly contextClass: string
  readonly issuedAt: Date
  readonly notBefore: Date
  readonly notOnOrAfter: Date
  readonly attributes: readonly SamlAttribute[]
}

/** The unsigned assertion. */
export function buildAssertion(facts: AssertionFacts): XmlTree {
  const head = { ID: facts.id, IssueInstant: writeInstant(facts.issuedAt), Version: '2.0' }
  return {
    name: 'saml2:Assertion',
    attributes: head,
    declares: ['xsd'], // Used in the values of xsi:type only.
    children: [
      element('saml2:Issuer', {}, [facts.entityId]),
      buildSubject(facts),
      buildConditions(facts),
      element('saml2:AttributeStatement', {}, facts.attributes.map(buildAttribute)),
      buildAuthnStatement(facts),
    ],
  }
}

function buildSubject(facts: AssertionFacts): XmlTree {
  // Profiles §4.1.4.2: Recipient, InResponseTo and NotOnOrAfter, and no NotBefore (Huawei's sample has
  // one; the profile forbids it).
  const confirmation = {
    InResponseTo: facts.inResponseTo,
    NotOnOrAfter: writeInstant(facts.notOnOrAfter),
    Recipient: facts.recipient,
  }
  return element('saml2:Subject', {}, [
    buildNameId(facts.name),
    element('saml2:SubjectConfirmation', { Method: CONFIRMATION_BEARER }, [
      element('saml2:SubjectConfirmationData', confirmation),
    ]),
  ])
}

function buildNameId({ format, value, nameQualifier, spNameQualifier }: NameId): XmlTree {
  const attributes = {
    Format: format,
    ...(nameQualifier === undefined ? {} : { NameQualifier: nameQualifier }),
    ...(spNameQualifier === undefined ? {} : { SPNameQualifier: spNameQualifier }),
  }
  return element('saml2:NameID', attributes, [value])
}

function buildConditions(facts: AssertionFacts): XmlTree {
  const window = {
    NotBefore: writeInstant(facts.notBefore),
    NotOnOrAfter: writeInstant(facts.notOnOrAfter),
  }
  return element('saml2:Conditions', window, [
    element('saml2:AudienceRestriction', {}, [element('saml2:Audience', {}, [facts.audience])]),
  ])
}

function buildAttribute({ name, value }: SamlAttribute): XmlTree {
  const attributes = { FriendlyName: name, Name: name, NameFormat: ATTRIBUTE_NAME_URI }
  return element('saml2:Attribute', attributes, [
    element('saml2:AttributeValue', { 'xsi:type': 'xsd:string' }, [value]),
  ])
}

function buildAuthnStatement(facts: AssertionFacts): XmlTree {
  const statement = {
    AuthnInstant: writeInstant(facts.authnInstant),
    SessionIndex: facts.sessionIndex,
  }
  const { locality } = facts
  return element('saml2:AuthnStatement', statement, [
    ...(locality === undefined ? [] : [element('saml2:SubjectLocality', { Address: locality })]),
    element('saml2:AuthnContext', {}, [
      element('saml2:AuthnContextClassRef', {}, [facts.contextClass]),
    ]),
  ])
}
