// THE table of algorithms that may prove anything. What is not here does not exist for us: SHA-1, MD5,
// HMAC, DSA and "none" are refused before a key is touched.

import { type KeyObject, verify } from 'node:crypto'

/** One signature algorithm. */
export type SignatureAlgorithm = {
  readonly uri: string
  readonly hash: 'sha256' | 'sha384' | 'sha512'
  readonly keyType: 'rsa' | 'ec'
}

/** RFC 6931 §2.3: the URIs, as they are written in messages. */
export const SIGNATURE_ALGORITHMS: readonly SignatureAlgorithm[] = [
  row('rsa-sha256', 'sha256', 'rsa'),
  row('rsa-sha384', 'sha384', 'rsa'),
  row('rsa-sha512', 'sha512', 'rsa'),
  row('ecdsa-sha256', 'sha256', 'ec'),
  row('ecdsa-sha384', 'sha384', 'ec'),
]

/** Digest algorithms of an XML signature's Reference, by URI. */
export const DIGEST_ALGORITHMS: ReadonlyMap<string, 'sha256' | 'sha384' | 'sha512'> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
])

export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
export const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

function row(
  name: string,
  hash: SignatureAlgorithm['hash'],
  keyType: SignatureAlgorithm['keyType'],
): SignatureAlgorithm {
  return { uri: `http://www.w3.org/2001/04/xmldsig-more#${name}`, hash, keyType }
}

/** The algorithm of a URI in a SAML message, letter by letter. */
export function findAlgorithm(uri: string): SignatureAlgorithm | undefined {
  return SIGNATURE_ALGORITHMS.find((known) => known.uri === uri)
}

/** The same for a bind notification, whose documents print the URI in capitals. */
export function findAlgorithmIgnoringCase(uri: string): SignatureAlgorithm | undefined {
  const lower = uri.toLowerCase()
  return SIGNATURE_ALGORITHMS.find((known) => known.uri === lower)
}

/**
 * Whether `signature` over `octets` is by `key`. A key of another type than the algorithm's never
 * fits. ECDSA values come as r‖s (RFC 6931 §2.3.6); where `allowsDer`, also as the DER sequence that
 * many Redirect senders emit.
 */
export function isSignedBy(
  key: KeyObject,
  signed: {
    readonly algorithm: SignatureAlgorithm
    readonly octets: Buffer
    readonly signature: Buffer
    readonly allowsDer: boolean
  },
): boolean {
  const { algorithm, octets, signature } = signed
  if (key.asymmetricKeyType !== algorithm.keyType) return false
  if (algorithm.keyType === 'rsa') return verify(algorithm.hash, octets, key, signature)
  const encodings = signed.allowsDer ? (['ieee-p1363', 'der'] as const) : (['ieee-p1363'] as const)
  return encodings.some((dsaEncoding) => {
    return verify(algorithm.hash, octets, { key, dsaEncoding }, signature)
  })
}
