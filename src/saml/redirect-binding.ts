// HTTP-Redirect (Bindings §3.4): a raw query string in, the message's text and what was signed out. The
// signature covers the percent-encoded original, so nothing here decodes and encodes again.

import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import { RSA_SHA256 } from './algorithms.ts'
import { ENCODING_DEFLATE } from './names.ts'
import { decodeBase64 } from './signature.ts'
import type { SigningKey } from './signing-key.ts'
import { MESSAGE_LIMITS } from './xml-read.ts'

/** A decoded message; nothing about it is verified. */
export type DecodedMessage = {
  readonly binding: 'redirect' | 'post'
  readonly xml: string
  readonly relayState: string | undefined
  /** The detached signature; only HTTP-Redirect has one. */
  readonly detached: DetachedSignature | undefined
}

export type DetachedSignature = {
  readonly octets: Buffer
  readonly signature: string
  readonly algorithm: string
}

export type MessageName = 'SAMLRequest' | 'SAMLResponse'

// Before inflating: 64 KiB of XML deflate to far less, and Node's headers end at 32 KiB anyway.
const ENCODED_LIMIT = 24 * 1024
// Bindings §3.4.3 speaks of 80 bytes; Huawei's own RelayState is some 500.
const RELAY_STATE_LIMIT = 4096

/** Decodes the query. Throws `SAML_BAD_MESSAGE`, `SAML_TOO_LARGE` or `BAD_PARAMETERS`. */
export function decodeRedirect(query: Parameters, name: MessageName): DecodedMessage {
  checkOneMessage(query, name)
  const encoding = query.text('SAMLEncoding')
  if (encoding !== undefined && encoding !== ENCODING_DEFLATE) {
    throw bad('an unknown SAMLEncoding')
  }
  const encoded = query.base64(name)
  if (encoded === undefined) throw bad(`the parameter ${name} is missing`)
  if (encoded.length > ENCODED_LIMIT) {
    throw new Refusal('SAML_TOO_LARGE', { characters: encoded.length, limit: ENCODED_LIMIT })
  }
  const deflated = decodeBase64(encoded)
  if (deflated === undefined) throw bad(`${name} is no Base64`)
  return {
    binding: 'redirect',
    xml: inflate(deflated),
    relayState: readRelayState(query),
    detached: readSignature(query, name),
  }
}

/** The relay state, bounded; it is the sender's and goes back unchanged. */
export function readRelayState(parameters: Parameters): string | undefined {
  const relayState = parameters.text('RelayState')
  if (relayState !== undefined && Buffer.byteLength(relayState) > RELAY_STATE_LIMIT) {
    throw new Refusal('SAML_TOO_LARGE', { part: 'RelayState', limit: RELAY_STATE_LIMIT })
  }
  return relayState
}

/** A request and a response in one message is how two readers come to read two things. */
export function checkOneMessage(parameters: Parameters, name: MessageName): void {
  const other = name === 'SAMLRequest' ? 'SAMLResponse' : 'SAMLRequest'
  if (parameters.raw(other) !== undefined) throw bad(`${other} beside ${name}`)
}

function inflate(deflated: Buffer): string {
  let bytes: Buffer
  try {
    const inflated = inflateRawSync(deflated, {
      maxOutputLength: MESSAGE_LIMITS.characters,
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } } // What `info` gives.
    // What follows the compressed data is seen by some readers and not by others.
    if (inflated.engine.bytesWritten !== deflated.length) throw bad('bytes after the message')
    bytes = inflated.buffer
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (error instanceof RangeError) {
      throw new Refusal('SAML_TOO_LARGE', { limit: MESSAGE_LIMITS.characters }, error)
    }
    throw bad('the compression is broken')
  }
  return decodeUtf8(bytes)
}

/** Strict UTF-8: a byte that is none is not repaired. */
export function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw bad('the text is no UTF-8')
  }
}

// Bindings §3.4.4.1: the values as they came, in this order; RelayState only when it came.
function readSignature(query: Parameters, name: MessageName): DetachedSignature | undefined {
  const algorithm = query.text('SigAlg')
  const signature = query.base64('Signature')
  if (algorithm === undefined && signature === undefined) return undefined
  if (algorithm === undefined || signature === undefined) {
    throw new Refusal('SAML_BAD_SIGNATURE', { problem: 'SigAlg without Signature, or the reverse' })
  }
  const octets = [name, 'RelayState', 'SigAlg'].flatMap((each) => {
    const raw = query.raw(each)
    return raw === undefined ? [] : [`${each}=${raw}`]
  })
  return { octets: Buffer.from(octets.join('&'), 'utf8'), signature, algorithm }
}

function bad(problem: string): Refusal {
  return new Refusal('SAML_BAD_MESSAGE', { problem })
}

/** The URL that carries a signed message of ours to `location`. */
export async function encodeRedirect(
  message: {
    readonly name: MessageName
    readonly xml: string
    readonly relayState: string | undefined
    readonly location: string
  },
  key: SigningKey,
): Promise<string> {
  const encoded = deflateRawSync(Buffer.from(message.xml, 'utf8')).toString('base64')
  const relay = message.relayState === undefined ? '' : `&RelayState=${percent(message.relayState)}`
  const octets = `${message.name}=${percent(encoded)}${relay}&SigAlg=${percent(RSA_SHA256)}`
  const signature = await key.sign(Buffer.from(octets, 'utf8'))
  const joint = message.location.includes('?') ? '&' : '?'
  return `${message.location}${joint}${octets}&Signature=${percent(signature.toString('base64'))}`
}

// Browsers write ' in a query as %27 (URL standard, special-query), which would break the signature.
function percent(text: string): string {
  return encodeURIComponent(text).replaceAll("'", '%27')
}
