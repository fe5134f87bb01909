// Signatures in both directions. Verifying hands back exactly the bytes that are covered; signing takes
// canonical text from xml-write.ts and spends one private-key operation.

import { createHash, type KeyObject } from 'node:crypto'
import {
  ExclusiveCanonicalization,
  type HashAlgorithm,
  type SignatureAlgorithm as LibraryAlgorithm,
  SignedXml,
} from 'xml-crypto'
import { Refusal } from '../base/errors.ts'
import {
  DIGEST_ALGORITHMS,
  findAlgorithm,
  isSignedBy,
  RSA_SHA256,
  SHA256,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
} from './algorithms.ts'
import { ENVELOPED_SIGNATURE, EXCLUSIVE_C14N, NAMESPACES, type Prefix } from './names.ts'
import type { SigningKey } from './signing-key.ts'
import {
  attributeOf,
  childrenOf,
  elementsIn,
  everyElement,
  isNamed,
  type XmlElement,
} from './xml-read.ts'
import { element, writeXml, type XmlTree } from './xml-write.ts'

declare const proven: unique symbol

/** XML text that the sender's signature covers, byte for byte. Only this file makes one. */
export type VerifiedXml = string & { readonly [proven]: 'signature' }

/** Strict Base64: one spelling for each value, or `undefined`. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined
}

/**
 * Checks a detached signature (Bindings §3.4.4.1) by any of the keys. Throws `SAML_WEAK_ALGORITHM`
 * for an algorithm off the list and `SAML_BAD_SIGNATURE` for everything else.
 */
export function verifyDetached(
  signed: { readonly octets: Buffer; readonly signature: string; readonly algorithm: string },
  keys: readonly KeyObject[],
): void {
  const algorithm = getAlgorithm(signed.algorithm)
  const signature = decodeBase64(signed.signature)
  if (signature === undefined) throw badSignature('the value is no Base64')
  const { octets } = signed
  const fits = keys.some((key) =>
    isSignedBy(key, { algorithm, octets, signature, allowsDer: true }),
  )
  if (!fits) throw badSignature('no key of the party fits', { keys: keys.length })
}

/**
 * Checks the enveloped signature of `root` (Core §5.4), whose text is `xml`, by any of the keys, and
 * hands back the canonical text it covers, which is all that may be read from then on. Throws
 * `SAML_WEAK_ALGORITHM` or `SAML_BAD_SIGNATURE`.
 */
export function verifyEnveloped(
  xml: string,
  root: XmlElement,
  keys: readonly KeyObject[],
): VerifiedXml {
  return verifyDocument({ xml, root, digests: DIGEST_ALGORITHMS }, keys)
}

/** A signed document, and the digest algorithms it may use, by URI. */
export type SignedDocument = {
  readonly xml: string
  readonly root: XmlElement
  readonly digests: ReadonlyMap<string, string>
}

/** The same with a list of digests; only a document that is no message may name another list. */
export function verifyDocument(
  { xml, root, digests }: SignedDocument,
  keys: readonly KeyObject[],
): VerifiedXml {
  const signature = getOnlySignature(root)
  checkShape(signature, attributeOf(root, 'ID') ?? '', digests)
  for (const key of keys) {
    const covered = coveredBy({ xml, signature, digests }, key)
    if (covered !== undefined) return covered as VerifiedXml // The one place that proves it.
  }
  throw badSignature('no key of the party fits', { keys: keys.length })
}

/** Whether the element carries a signature of its own. */
export function hasSignature(root: XmlElement): boolean {
  return childrenOf(root, NAMESPACES.ds, 'Signature').length > 0
}

function getAlgorithm(uri: string): SignatureAlgorithm {
  const algorithm = findAlgorithm(uri)
  if (algorithm === undefined) throw new Refusal('SAML_WEAK_ALGORITHM', { algorithm: brief(uri) })
  return algorithm
}

function badSignature(problem: string, facts: Record<string, unknown> = {}): Refusal {
  return new Refusal('SAML_BAD_SIGNATURE', { problem, ...facts })
}

function brief(text: string): string {
  return text.slice(0, 100)
}

// Signature wrapping lives on choice: a second signature, a second element of the same ID, a place
// that only one of two readers looks at. There is no choice here.
function getOnlySignature(root: XmlElement): XmlElement {
  const everything = everyElement(root)
  const signatures = everything.filter((each) => isNamed(each, NAMESPACES.ds, 'Signature'))
  const [signature, second] = signatures
  if (signature === undefined) throw badSignature('there is no signature')
  if (second !== undefined) throw badSignature('more than one signature')
  if (signature.parentNode !== root) throw badSignature('the signature is not a child of the root')

  const ids = everything.flatMap((each) => {
    return ['ID', 'Id', 'id'].flatMap((name) => attributeOf(each, name) ?? [])
  })
  if (new Set(ids).size !== ids.length) throw badSignature('an ID that comes twice')
  return signature
}

// The library takes the first element of a name anywhere in the signature. In the schema's order
// those are the ones that are checked here; a KeyInfo in front could hold others.
const SIGNATURE_PARTS = ['SignedInfo SignatureValue', 'SignedInfo SignatureValue KeyInfo']

function checkShape(
  signature: XmlElement,
  rootId: string,
  digests: SignedDocument['digests'],
): void {
  const signedInfo = only(signature, 'SignedInfo')
  only(signature, 'SignatureValue')
  const parts = elementsIn(signature)
  if (!SIGNATURE_PARTS.includes(parts.map(({ localName }) => localName).join(' '))) {
    throw badSignature('something else than SignedInfo, SignatureValue and KeyInfo, in this order')
  }
  // The library looks for local names: the same name in another namespace would be a second choice.
  const foreign = [...parts, ...everyElement(signedInfo)].find(({ namespaceURI }) => {
    return namespaceURI !== NAMESPACES.ds && namespaceURI !== NAMESPACES.ec
  })
  if (foreign !== undefined) throw badSignature('an element of another namespace')
  const method = algorithmOf(only(signedInfo, 'CanonicalizationMethod'))
  if (method !== EXCLUSIVE_C14N) throw weak(method)
  getAlgorithm(algorithmOf(only(signedInfo, 'SignatureMethod')))

  const reference = only(signedInfo, 'Reference')
  if (rootId === '' || attributeOf(reference, 'URI') !== `#${rootId}`) {
    throw badSignature('the reference does not name the root element')
  }
  const digest = algorithmOf(only(reference, 'DigestMethod'))
  if (!digests.has(digest)) throw weak(digest)
  const transforms = elementsIn(only(reference, 'Transforms')).map(algorithmOf)
  if (transforms.join(' ') !== `${ENVELOPED_SIGNATURE} ${EXCLUSIVE_C14N}`) {
    throw badSignature('transforms other than enveloped signature and exclusive c14n')
  }
}

function only(parent: XmlElement, local: string): XmlElement {
  const [first, second] = childrenOf(parent, NAMESPACES.ds, local)
  if (first === undefined) throw badSignature('an element is missing', { element: local })
  if (second !== undefined) throw badSignature('an element comes twice', { element: local })
  return first
}

function algorithmOf(each: XmlElement): string {
  return attributeOf(each, 'Algorithm') ?? ''
}

function weak(algorithm: string): Refusal {
  return new Refusal('SAML_WEAK_ALGORITHM', { algorithm: brief(algorithm) })
}

// xml-crypto canonicalizes and compares digests. Its tables are replaced by ours on each instance, and
// it never sees a key that comes with the message.
function coveredBy(
  signed: Pick<SignedDocument, 'xml' | 'digests'> & { readonly signature: XmlElement },
  key: KeyObject,
): string | undefined {
  const verifier = new SignedXml({ publicCert: key, getCertFromKeyInfo: () => null })
  verifier.idAttributes = ['ID']
  verifier.CanonicalizationAlgorithms = {
    [EXCLUSIVE_C14N]: ExclusiveCanonicalization,
    [ENVELOPED_SIGNATURE]: getLibraryTransform(verifier),
  }
  verifier.HashAlgorithms = libraryHashes(signed.digests)
  verifier.SignatureAlgorithms = SIGNATURES
  try {
    verifier.loadSignature(signed.signature)
    if (!verifier.checkSignature(signed.xml)) return undefined
  } catch {
    // A digest or value that does not fit is an exception to the library; to us it is a no.
    return undefined
  }
  const [covered, second] = verifier.getSignedReferences()
  return second === undefined ? covered : undefined
}

function getLibraryTransform(verifier: SignedXml) {
  const transform = verifier.CanonicalizationAlgorithms[ENVELOPED_SIGNATURE]
  if (transform === undefined) throw new Error('xml-crypto has no enveloped-signature transform')
  return transform
}

function libraryHashes(digests: SignedDocument['digests']) {
  return Object.fromEntries([...digests].map(([uri, hash]) => [uri, libraryHash(uri, hash)]))
}

function libraryHash(uri: string, hash: string): new () => HashAlgorithm {
  return class implements HashAlgorithm {
    getAlgorithmName = () => uri
    getHash = (text: string) => createHash(hash).update(text, 'utf8').digest('base64')
  }
}

const SIGNATURES = Object.fromEntries(
  SIGNATURE_ALGORITHMS.map((algorithm) => [algorithm.uri, libraryVerifier(algorithm)]),
)

function libraryVerifier(algorithm: SignatureAlgorithm): new () => LibraryAlgorithm {
  return class implements LibraryAlgorithm {
    getAlgorithmName = () => algorithm.uri
    getSignature = (): never => {
      throw new Error('messages are signed without xml-crypto')
    }
    verifySignature = (material: string, key: unknown, value: string): boolean => {
      const signature = decodeBase64(value.replace(/\s/g, ''))
      if (signature === undefined) return false
      const octets = Buffer.from(material, 'utf8')
      // coveredBy hands in a KeyObject and nothing else.
      return isSignedBy(key as KeyObject, { algorithm, octets, signature, allowsDer: false })
    }
  }
}

/**
 * The tree with a signature right after its first child, the Issuer (Core §5.4 and the schema's order).
 * `inclusive` lists prefixes that only values use; canonicalization must be told of them.
 */
export async function signTree(
  tree: XmlTree,
  key: SigningKey,
  inclusive: readonly Prefix[] = [],
): Promise<XmlTree> {
  const [issuer, ...rest] = tree.children ?? []
  const id = tree.attributes?.['ID']
  if (issuer === undefined || id === undefined) throw new Error('only messages with ID and Issuer')
  const digest = createHash('sha256').update(writeXml(tree), 'utf8').digest('base64')
  const signedInfo = buildSignedInfo(id, digest, inclusive)
  const value = await key.sign(Buffer.from(writeXml(signedInfo), 'utf8'))
  const signature = element('ds:Signature', {}, [
    signedInfo,
    element('ds:SignatureValue', {}, [value.toString('base64')]),
    element('ds:KeyInfo', {}, [
      element('ds:X509Data', {}, [element('ds:X509Certificate', {}, [key.certificateBase64])]),
    ]),
  ])
  return { ...tree, children: [issuer, signature, ...rest] }
}

function buildSignedInfo(id: string, digest: string, inclusive: readonly Prefix[]): XmlTree {
  const prefixes =
    inclusive.length === 0
      ? []
      : [element('ec:InclusiveNamespaces', { PrefixList: inclusive.join(' ') })]
  return element('ds:SignedInfo', {}, [
    element('ds:CanonicalizationMethod', { Algorithm: EXCLUSIVE_C14N }),
    element('ds:SignatureMethod', { Algorithm: RSA_SHA256 }),
    element('ds:Reference', { URI: `#${id}` }, [
      element('ds:Transforms', {}, [
        element('ds:Transform', { Algorithm: ENVELOPED_SIGNATURE }),
        element('ds:Transform', { Algorithm: EXCLUSIVE_C14N }, prefixes),
      ]),
      element('ds:DigestMethod', { Algorithm: SHA256 }),
      element('ds:DigestValue', {}, [digest]),
    ]),
  ])
}
