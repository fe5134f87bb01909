// The signature of a metadata document: text and pin in, the covered text out. The certificate comes
// with the document and is trusted for one reason only: its fingerprint is the pinned one.

import { X509Certificate } from 'node:crypto'
import { Refusal } from '../base/errors.ts'
import { DIGEST_ALGORITHMS } from './algorithms.ts'
import { NAMESPACES } from './names.ts'
import type { PartyOptions } from './party-options.ts'
import { type VerifiedXml, verifyDocument } from './signature.ts'
import { childrenOf, textOf, type XmlElement } from './xml-read.ts'

// Huawei's metadata digests with SHA-1. Who could make a second document of the same digest would also
// have to have made the first, so with a pin the risk is the site's own; messages never use this.
const WITH_SHA1: ReadonlyMap<string, string> = new Map([
  ...DIGEST_ALGORITHMS,
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
])

/**
 * Checks the enveloped signature of `root` (Metadata §3) by the pinned certificate. Throws
 * `METADATA_UNTRUSTED`.
 */
export function verifyMetadata(
  xml: string,
  root: XmlElement,
  pinned: { readonly pin: string } & Pick<PartyOptions, 'allowsSha1Digest'>,
): VerifiedXml {
  const certificate = findPinned(root, pinned.pin)
  const digests = pinned.allowsSha1Digest ? WITH_SHA1 : DIGEST_ALGORITHMS
  try {
    return verifyDocument({ xml, root, digests }, [certificate.publicKey])
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { problem, algorithm } = error.facts
    const says = typeof problem === 'string' ? problem : `the algorithm ${String(algorithm)}`
    throw new Refusal('METADATA_UNTRUSTED', { problem: says }, error)
  }
}

function findPinned(root: XmlElement, pin: string): X509Certificate {
  const certificates = childrenOf(root, NAMESPACES.ds, 'Signature')
    .flatMap((signature) => childrenOf(signature, NAMESPACES.ds, 'KeyInfo'))
    .flatMap((info) => childrenOf(info, NAMESPACES.ds, 'X509Data'))
    .flatMap((data) => childrenOf(data, NAMESPACES.ds, 'X509Certificate'))
    .flatMap(readCertificate)
  const found = certificates.map(fingerprintOf)
  const pinned = certificates[found.indexOf(pin)]
  if (pinned !== undefined) return pinned
  const problem =
    found.length === 0
      ? 'no signature with a certificate'
      : 'the certificate of the signature is not the pinned one'
  throw new Refusal('METADATA_UNTRUSTED', { problem, pin, found })
}

function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase()
}

// One that cannot be read cannot be the pinned one.
function readCertificate(element: XmlElement): readonly X509Certificate[] {
  try {
    return [new X509Certificate(Buffer.from(textOf(element), 'base64'))]
  } catch {
    return []
  }
}
