// Metadata that a site has signed, as Huawei Cloud does: an enveloped signature as the root's first child,
// with the certificate in its KeyInfo. Made by xml-crypto, so by code that is not ours.

import { SignedXml } from 'xml-crypto'
import { certificateOf, type KeyName, keyPair } from './fixed.ts'

const C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** The algorithms a site may choose. */
export const DIGESTS = {
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
} as const
export const METHODS = {
  rsaSha1: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  rsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
} as const

type Choice = { readonly digest?: keyof typeof DIGESTS; readonly method?: keyof typeof METHODS }

/** The document, signed; `certificate` is the one that it shows, its signer's unless told otherwise. */
export async function signMetadata(
  xml: string,
  signer: { readonly key: KeyName; readonly certificate?: KeyName },
  { digest = 'sha256', method = 'rsaSha256' }: Choice = {},
): Promise<string> {
  const certificate = await certificateOf(signer.certificate ?? signer.key)
  const signed = new SignedXml({
    privateKey: keyPair(signer.key).privateKey.export({ format: 'pem', type: 'pkcs8' }),
    publicCert: certificate.toString(),
    signatureAlgorithm: METHODS[method],
    canonicalizationAlgorithm: C14N,
    getKeyInfoContent: SignedXml.getKeyInfoContent,
  })
  signed.addReference({
    xpath: '/*',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', C14N],
    digestAlgorithm: DIGESTS[digest],
  })
  signed.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: '/*', action: 'prepend' },
  })
  return signed.getSignedXml()
}

/** The pin of a key's certificate. */
export async function pinOf(key: KeyName): Promise<string> {
  return (await certificateOf(key)).fingerprint256.replaceAll(':', '').toLowerCase()
}
