// How a site sends a message: signed and encoded by code that shares nothing with ours.

import { constants, createSign, type KeyObject } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { SignedXml } from 'xml-crypto'
import { type KeyName, keyPair } from './fixed.ts'

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'

/** The choices a sender has. */
export type Signing = {
  /** The algorithm's URI, as the message names it. */
  readonly algorithm: string
  readonly hash: string
  /** One of the tests' own keys, or the sandbox's. */
  readonly key: KeyName | KeyObject
  readonly relayState: string | undefined
  /** How the sender percent-encodes. */
  readonly encode: (text: string) => string
  readonly dsaEncoding: 'der' | 'ieee-p1363'
}

/** What Huawei Cloud chooses. */
export const HUAWEI_SIGNING: Signing = {
  algorithm: `${MORE}rsa-sha256`,
  hash: 'sha256',
  key: 'site',
  relayState: 'https://console.cloud.example/iam/?region=eu&locale=en-us#/',
  encode: encodeURIComponent,
  dsaEncoding: 'der',
}

/** The query string of a signed HTTP-Redirect message. */
export function redirectQuery(
  name: 'SAMLRequest' | 'SAMLResponse',
  deflated: Buffer,
  signing: Signing,
): string {
  const { encode, relayState } = signing
  const octets = [
    `${name}=${encode(deflated.toString('base64'))}`,
    ...(relayState === undefined ? [] : [`RelayState=${encode(relayState)}`]),
    `SigAlg=${encode(signing.algorithm)}`,
  ].join('&')
  const signature = signWith(Buffer.from(octets), signing)
  return `${octets}&Signature=${encode(signature.toString('base64'))}`
}

/** The query string of a message that is not signed. */
export function unsignedQuery(xml: string): string {
  return `SAMLRequest=${encodeURIComponent(deflate(xml).toString('base64'))}`
}

/** As the Redirect binding compresses. */
export function deflate(xml: string): Buffer {
  return deflateRawSync(Buffer.from(xml, 'utf8'))
}

/** A signature by any hash OpenSSL knows, for senders that choose badly too. */
export function signWith(octets: Buffer, signing: Signing): Buffer {
  const key = privateKeyOf(signing.key)
  const padding = constants.RSA_PKCS1_PADDING
  return createSign(signing.hash)
    .update(octets)
    .sign({ key, padding, dsaEncoding: signing.dsaEncoding })
}

function privateKeyOf(key: KeyName | KeyObject): KeyObject {
  return typeof key === 'string' ? keyPair(key).privateKey : key
}

const C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** The document with an enveloped signature after its Issuer, made by xml-crypto. */
export function signEnveloped(xml: string, key: KeyName | KeyObject): string {
  const signer = new SignedXml({
    privateKey: privateKeyOf(key).export({ format: 'pem', type: 'pkcs8' }),
    signatureAlgorithm: `${MORE}rsa-sha256`,
    canonicalizationAlgorithm: C14N,
  })
  signer.addReference({
    xpath: '/*',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', C14N],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  })
  signer.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: "/*/*[local-name()='Issuer']", action: 'after' },
  })
  return signer.getSignedXml()
}

/** The body of a form that carries a message. */
export function formBody(xml: string, relayState: string | undefined): string {
  const message = Buffer.from(xml, 'utf8').toString('base64')
  const form = new URLSearchParams({ SAMLRequest: message })
  if (relayState !== undefined) form.set('RelayState', relayState)
  return form.toString()
}
