// The signature of a site's metadata: a document in, what its signature is worth out.

import { X509Certificate } from 'node:crypto'
import { Refusal } from '../../base/errors.ts'
import type { MetadataFile } from '../../saml/metadata-read.ts'
import { verifyMetadata } from '../../saml/metadata-signature.ts'
import { NAMESPACES } from '../../saml/names.ts'
import { hasSignature } from '../../saml/signature.ts'
import { fingerprintOf } from '../../saml/signing-key.ts'
import {
  everyElement,
  isNamed,
  METADATA_LIMITS,
  readXml,
  textOf,
  type XmlElement,
} from '../../saml/xml-read.ts'
import { type Finding, note, ok, warning } from './check.ts'

/** Judges it. A document that is no XML, or of another signer than the pinned one, is found elsewhere. */
export function judgeSignature({ name, source, xml, options }: MetadataFile): readonly Finding[] {
  const site = name ?? source
  const root = readRoot(xml)
  if (root === undefined) return []
  if (!hasSignature(root)) {
    const meaning = 'It is worth as much as the way by which it came here.'
    return [note({ found: `${site}: not signed`, meaning })]
  }
  const pin = findSigner(root)
  const digest = pin === undefined ? undefined : findDigest(xml, root, pin)
  if (pin === undefined || digest === undefined) {
    const meaning = 'It was changed after it was signed, or its algorithms are not trusted.'
    const found = `${site}: the signature does not hold`
    return [warning({ found, meaning }, 'Fetch it again, and save it byte by byte.')]
  }
  const isPinned = options?.pin === pin
  return [
    judgeDigest(site, digest),
    ...(isPinned ? [ok(`${site}: pinned`, PROVEN)] : [unpinned(site, pin)]),
  ]
}

const PROVEN = 'Who changes the document without the key of this certificate is refused.'

function judgeDigest(site: string, digest: 'SHA-1' | 'SHA-2'): Finding {
  const found = `${site}: intact, digest ${digest}`
  if (digest !== 'SHA-1') return ok(found, 'It is what was signed.')
  const meaning =
    'So Huawei signs its metadata. SHA-1 is refused in messages; here only the site itself could prepare a second document with the same digest.'
  return note({ found, meaning })
}

function unpinned(site: string, pin: string): Finding {
  const meaning = 'The signature proves the certificate beside it, which anybody can make.'
  const next = `Compare ${pin} with what the site says, then set it as "pin" in the options.`
  return note({ found: `${site}: not pinned`, meaning }, next)
}

function readRoot(xml: string): XmlElement | undefined {
  try {
    return readXml(xml, METADATA_LIMITS)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

// The certificate in the KeyInfo of the root's own signature.
function findSigner(root: XmlElement): string | undefined {
  const [signature] = everyElement(root).filter((each) => isNamed(each, NAMESPACES.ds, 'Signature'))
  if (signature === undefined || signature.parentNode !== root) return undefined
  const [found] = everyElement(signature).filter((each) => {
    return isNamed(each, NAMESPACES.ds, 'X509Certificate')
  })
  if (found === undefined) return undefined
  try {
    return fingerprintOf(new X509Certificate(Buffer.from(textOf(found), 'base64')))
  } catch {
    return undefined
  }
}

function findDigest(xml: string, root: XmlElement, pin: string): 'SHA-1' | 'SHA-2' | undefined {
  if (isSigned(xml, root, { pin, allowsSha1Digest: false })) return 'SHA-2'
  return isSigned(xml, root, { pin, allowsSha1Digest: true }) ? 'SHA-1' : undefined
}

function isSigned(
  xml: string,
  root: XmlElement,
  pinned: { readonly pin: string; readonly allowsSha1Digest: boolean },
): boolean {
  try {
    verifyMetadata(xml, root, pinned)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
