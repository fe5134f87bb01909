// Rules for a Response that lets somebody in: that it comes once, and the form of its signature. That
// the signature verifies is samlify's word; these make sure that it covers what we read, with
// algorithms that Huawei's documents name.

import { differs, type Evidence, type Rule, shown, unless } from './evidence.ts'
import { find, findAll, is, SAML } from './saml-names.ts'
import { everyElement, type XmlElement } from './xml-tree.ts'

const SIGNED_INFO = 'saml2:Assertion/ds:Signature/ds:SignedInfo'
const REFERENCE = `${SIGNED_INFO}/ds:Reference`

/** Rules for the outside of a Response with an assertion. */
export const SIGN_IN_RULES: readonly Rule<Evidence>[] = [
  {
    id: 'answered-once',
    says: 'A request is answered once. (A refusal may come again: it lets nobody in.)',
    check: ({ expected }) =>
      unless(expected.request?.isAnswered !== true, 'an answer to this request came before'),
  },
  {
    id: 'one-assertion',
    says: 'There is one assertion, directly in the Response, and it is not encrypted.',
    check: ({ response }) => {
      const all = everyElement(response).filter((one) => one.localName.endsWith('Assertion'))
      const direct = findAll(response, 'saml2:Assertion')
      return unless(
        all.length === 1 && direct.length === 1,
        `found ${all.length}, of them ${direct.length} in place`,
      )
    },
  },
  {
    id: 'signature-place',
    says: 'There is one signature: a direct child of the assertion, right after its Issuer.',
    check: ({ response }) => {
      const all = everyElement(response).filter((one) => is(one, 'ds:Signature'))
      const [first, second] = find(response, 'saml2:Assertion')?.children ?? []
      const isInPlace =
        first !== undefined &&
        second !== undefined &&
        is(first, 'saml2:Issuer') &&
        is(second, 'ds:Signature')
      return unless(
        all.length === 1 && isInPlace,
        `found ${all.length}, and ${second?.name ?? 'nothing'} after ${first?.name ?? 'nothing'}`,
      )
    },
  },
  {
    id: 'signature-reference',
    says: 'The signature has one Reference: to the ID of the assertion around it.',
    check: ({ response }) => {
      const uris = findAll(response, REFERENCE).map((one) => one.attributes.get('URI') ?? '')
      const id = find(response, 'saml2:Assertion')?.attributes.get('ID')
      return differs(uris.join(', '), `#${id}`)
    },
  },
  {
    id: 'canonicalization',
    says: 'Canonicalization is exclusive; the transforms are enveloped-signature and exclusive.',
    check: ({ response }) => {
      const method = algorithms(response, `${SIGNED_INFO}/ds:CanonicalizationMethod`)
      const transforms = algorithms(response, `${REFERENCE}/ds:Transforms/ds:Transform`)
      return differs(
        [method, transforms].join(' | '),
        `${SAML.exclusive} | ${SAML.enveloped} ${SAML.exclusive}`,
      )
    },
  },
  {
    id: 'signature-algorithm',
    says: 'The signature algorithm is rsa-sha256.',
    check: ({ response }) =>
      differs(algorithms(response, `${SIGNED_INFO}/ds:SignatureMethod`), SAML.rsaSha256),
  },
  {
    id: 'digest-algorithm',
    says: 'The digest algorithm is sha256.',
    check: ({ response }) =>
      differs(algorithms(response, `${REFERENCE}/ds:DigestMethod`), SAML.sha256),
  },
  {
    id: 'certificate',
    says: 'The signature carries one certificate: a signing certificate of the metadata.',
    check: ({ response, expected }) => {
      const path = 'saml2:Assertion/ds:Signature/ds:KeyInfo/ds:X509Data/ds:X509Certificate'
      const found = findAll(response, path).map((element) => element.text.replace(/\s+/g, ''))
      const [only = ''] = found
      return unless(
        found.length === 1 && expected.idp.certificates.includes(only),
        `found ${found.length}, starting ${shown(only.slice(0, 40))}`,
      )
    },
  },
]

function algorithms(response: XmlElement, path: string): string {
  return findAll(response, path)
    .map((element) => element.attributes.get('Algorithm') ?? '')
    .join(' ')
}
