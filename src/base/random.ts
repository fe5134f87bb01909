// Randomness is an argument everywhere else; this is the one place that draws it.

import { createHash, randomBytes } from 'node:crypto'

/** Draws unguessable values. Tests hand in a fixed source. */
export type Random = { readonly bytes: (size: number) => Buffer }

/** The operating system's generator. */
export const systemRandom: Random = { bytes: (size) => randomBytes(size) }

const TOKEN_BYTES = 32

/** A secret that cannot be guessed: 256 bits as base64url, 43 characters. */
export function newToken(random: Random): string {
  return random.bytes(TOKEN_BYTES).toString('base64url')
}

/**
 * An identifier for a SAML message: an NCName of 160 random bits (SAML Core §1.3.4 asks for 128 at
 * least). The underscore matters: an XML ID must not start with a digit.
 */
export function newMessageId(random: Random): string {
  return `_${random.bytes(20).toString('hex')}`
}

// No letters that are read for digits, so that people can say a reference on the phone.
const REFERENCE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A reference a person can quote to support, such as `7K3M-9QXD-T2VA`: 60 random bits. */
export function newReference(random: Random): string {
  const letters = [...random.bytes(12)].map((byte) => REFERENCE_LETTERS[byte % 32])
  return [0, 4, 8].map((start) => letters.slice(start, start + 4).join('')).join('-')
}

/**
 * How a secret is looked up in the store without being in it: SHA-256, base64url. Our tokens carry
 * 256 random bits, so a plain hash cannot be searched.
 */
export function fingerprint(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('base64url')
}
