// Passwords: argon2id with OWASP's parameters, computed for unknown people too, so that time tells nothing.

import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../base/errors.ts'

// OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane. Argon2id is the library's default.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const SHORTEST = 10
const LONGEST_BYTES = 512

/** A hash to keep. Throws `ACCOUNT_INVALID` for a password too short or too long to be one. */
export function hashPassword(password: string): Promise<string> {
  if ([...password].length < SHORTEST || Buffer.byteLength(password) > LONGEST_BYTES) {
    throw new Refusal('ACCOUNT_INVALID', {
      problems: [`password: must have at least ${SHORTEST} characters and ${LONGEST_BYTES} bytes`],
    })
  }
  return hash(password, COST)
}

// Any hash will do: nobody's password verifies against it, at the price of one that might.
let decoy: Promise<string> | undefined

/** Whether the password is the one; without a hash the same work is done and the answer is no. */
export async function isPassword(
  password: string,
  passwordHash: string | undefined,
): Promise<boolean> {
  if (Buffer.byteLength(password) > LONGEST_BYTES) return false
  decoy ??= hash('a decoy that is nobody’s password', COST)
  const fits = await verify(passwordHash ?? (await decoy), password)
  return fits && passwordHash !== undefined
}
