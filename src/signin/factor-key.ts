// What protects second factors where they lie: one key of the installation, which is not in the database,
// and from it one key for each use.

import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { Refusal } from '../base/errors.ts'
import type { Random } from '../base/random.ts'
import type { FactorOwner } from '../store/factor-records.ts'

/** What can be done with FACTOR_KEY. Each result belongs to one owner and is of no use to another. */
export type FactorKey = {
  /** Encrypts a secret. */
  readonly seal: (owner: FactorOwner, secret: Buffer) => string
  /** Throws `FACTOR_KEY_CHANGED` for what was sealed under another key or for somebody else. */
  readonly open: (owner: FactorOwner, sealed: string) => Buffer
  /** What is stored of a recovery code: without the key nobody can try codes on it. */
  readonly hashCode: (owner: FactorOwner, code: string) => string
  /** What authenticators know somebody by: says nothing about who it is (WebAuthn §14.6.1). */
  readonly userHandle: (owner: FactorOwner) => Buffer
}

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The key out of the text of FACTOR_KEY. */
export function createFactorKey(text: string, random: Random): FactorKey {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', text, '', `factor ${use}`, 32))
  const sealing = derive('seal')
  const hashing = derive('recovery-code')
  const naming = derive('user-handle')
  return {
    seal: (owner, secret) => {
      const nonce = random.bytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, sealing, nonce).setAAD(bytesOf(owner))
      const body = Buffer.concat([cipher.update(secret), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    open: (owner, sealed) => {
      const bytes = Buffer.from(sealed, 'base64url')
      const nonce = bytes.subarray(0, NONCE_BYTES)
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
      try {
        const options = { authTagLength: TAG_BYTES }
        const cipher = createDecipheriv(CIPHER, sealing, nonce, options).setAAD(bytesOf(owner))
        cipher.setAuthTag(tag)
        const body = bytes.subarray(NONCE_BYTES + TAG_BYTES)
        return Buffer.concat([cipher.update(body), cipher.final()])
      } catch (cause) {
        throw new Refusal('FACTOR_KEY_CHANGED', { role: owner.role, owner: owner.id }, cause)
      }
    },
    hashCode: (owner, code) => {
      return createHmac('sha256', hashing).update(bytesOf(owner)).update(code).digest('base64url')
    },
    userHandle: (owner) => createHmac('sha256', naming).update(bytesOf(owner)).digest(),
  }
}

// The line break cannot be in either part, so that two owners never look alike.
function bytesOf({ role, id }: FactorOwner): Buffer {
  return Buffer.from(`${role}\n${id}\n`, 'utf8')
}
