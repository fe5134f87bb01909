// A Response as interface.md asks for it, signed here with node:crypto, to be spoilt row by row. Built
// without the product, so that the judge is tested on its own.

import 'reflect-metadata'
import { createHash, createSign, KeyObject } from 'node:crypto'
import { X509CertificateGenerator } from '@peculiar/x509'
import { DOMParser } from '@xmldom/xmldom'
import { ExclusiveCanonicalization } from 'xml-crypto'
import type { Expected } from '../../src/sandbox/evidence.ts'
import { type IdpFacts, readIdpFacts } from '../../src/sandbox/idp-metadata.ts'
import type { RelyingParty } from '../../src/sandbox/relying-party.ts'

export const NOW = new Date('2026-03-01T12:00:00.000Z')
export const URL_OF_SANDBOX = 'http://127.0.0.1:4000'
export const ACS = `${URL_OF_SANDBOX}/authui/saml/SAMLAssertionConsumer`
export const IDP = 'http://localhost:3000'
export const REQUEST = { id: '_request-1', relayState: 'relay-state-1', isAnswered: false }

export type TestKey = { readonly privateKey: string; readonly certificate: string }

/** An RSA key with a certificate; a new one each time. */
export async function makeKey(): Promise<TestKey> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=test',
    notBefore: NOW,
    notAfter: new Date('2036-03-01T12:00:00Z'),
    signingAlgorithm: algorithm,
    keys,
  })
  return {
    privateKey: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: Buffer.from(certificate.rawData).toString('base64'),
  }
}

/** Metadata of an identity provider as Huawei's sample has it. */
export function idpMetadata(certificate: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${IDP}/saml/metadata"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${IDP}/saml/slo"/><md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${IDP}/saml/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`
}

export function idpFacts(key: TestKey): IdpFacts {
  return readIdpFacts(idpMetadata(key.certificate))
}

export function expected(key: TestKey): Expected {
  return {
    now: NOW,
    entityId: `${URL_OF_SANDBOX}/`,
    acs: ACS,
    partnerId: 'sandboxpartner0001',
    idp: idpFacts(key),
    request: REQUEST,
  }
}

export function partyOf(key: TestKey): RelyingParty {
  return { url: URL_OF_SANDBOX, certificate: key.certificate, privateKey: key.privateKey }
}

/** What an answer says; each test changes one thing. */
export type AnswerFacts = {
  readonly requestId: string
  readonly xAccountId: string
  readonly now: Date
}

const FACTS: AnswerFacts = { requestId: REQUEST.id, xAccountId: 'customer-1', now: NOW }

/** The Response before it is signed. */
export function unsignedAnswer(facts: AnswerFacts = FACTS): string {
  const at = (seconds: number) => new Date(facts.now.getTime() + seconds * 1000).toISOString()
  const attribute = (name: string, value: string) =>
    `<saml2:Attribute FriendlyName="${name}" Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"><saml2:AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xsd:string">${value}</saml2:AttributeValue></saml2:Attribute>`
  return `<?xml version="1.0" encoding="UTF-8"?><saml2p:Response xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" Destination="${ACS}" ID="_response-1" InResponseTo="${facts.requestId}" IssueInstant="${at(0)}" Version="2.0"><saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${IDP}/saml/metadata</saml2:Issuer><saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status><saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ID="_assertion-1" IssueInstant="${at(0)}" Version="2.0"><saml2:Issuer>${IDP}/saml/metadata</saml2:Issuer><saml2:Subject><saml2:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" NameQualifier="${URL_OF_SANDBOX}/">_name-1</saml2:NameID><saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData InResponseTo="${facts.requestId}" NotOnOrAfter="${at(300)}" Recipient="${ACS}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="${at(-180)}" NotOnOrAfter="${at(300)}"><saml2:AudienceRestriction><saml2:Audience>${URL_OF_SANDBOX}/</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions><saml2:AttributeStatement>${attribute('xUserId', facts.xAccountId)}${attribute('xAccountId', facts.xAccountId)}${attribute('bpId', 'sandboxpartner0001')}${attribute('email', 'ada@example.com')}</saml2:AttributeStatement><saml2:AuthnStatement AuthnInstant="${at(-10)}" SessionIndex="_session-1"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement></saml2:Assertion></saml2p:Response>`
}

export type SigningChoices = {
  readonly signature?: 'sha256' | 'sha512'
  readonly digest?: 'sha256' | 'sha1'
  readonly place?: 'last'
  /** A refusal is signed as a whole. */
  readonly target?: 'saml2p:Response'
}

const SIGNATURES = {
  sha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  sha512: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
} as const

const DIGESTS = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
} as const

/** Signs one element, the assertion by default, in the form of Huawei's sample and puts the signature after its Issuer. */
export function sign(xml: string, key: TestKey, choices: SigningChoices = {}): string {
  const signature = choices.signature ?? 'sha256'
  const digest = choices.digest ?? 'sha256'
  const target = choices.target ?? 'saml2:Assertion'
  const [element] = Array.from(new DOMParser().parseFromString(xml).getElementsByTagName(target))
  // xml-crypto's types want the DOM of browsers; xmldom's is the same as far as it looks.
  const node = element as unknown as Parameters<ExclusiveCanonicalization['process']>[0]
  const canonical = new ExclusiveCanonicalization().process(node, {
    inclusiveNamespacesPrefixList: ['xsd'],
  })
  const digestValue = createHash(digest).update(canonical).digest('base64')
  const id = element?.getAttribute('ID')
  const signedInfo = `<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${SIGNATURES[signature]}"></ds:SignatureMethod><ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="xsd"></ec:InclusiveNamespaces></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="${DIGESTS[digest]}"></ds:DigestMethod><ds:DigestValue>${digestValue}</ds:DigestValue></ds:Reference></ds:SignedInfo>`
  const value = createSign(signature).update(signedInfo).sign(key.privateKey, 'base64')
  const block = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${key.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`
  if (choices.place === 'last') return xml.replace(`</${target}>`, `${block}</${target}>`)
  const next = target === 'saml2:Assertion' ? '<saml2:Subject>' : '<saml2p:Status>'
  return xml.replace(`</saml2:Issuer>${next}`, `</saml2:Issuer>${block}${next}`)
}

export function base64(xml: string): string {
  return Buffer.from(xml, 'utf8').toString('base64')
}
