// Passwords: argon2id with OWASP's parameters, computed for unknown people too, so that time tells nothing.

import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../base/errors.ts'

// OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane. Argon2id is the library's default.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const CURRENT = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`

/** In characters, as people count them. */
export const SHORTEST = 10
const LONGEST_BYTES = 512

/** What is wrong with the length of a password. */
export function findLengthProblem(password: string): 'too-short' | 'too-long' | undefined {
  if ([...password].length < SHORTEST) return 'too-short'
  return Buffer.byteLength(password) > LONGEST_BYTES ? 'too-long' : undefined
}

/** A hash to keep. Throws `ACCOUNT_INVALID` for a password too short or too long to be one. */
export function hashPassword(password: string): Promise<string> {
  if (findLengthProblem(password) !== undefined) {
    throw new Refusal('ACCOUNT_INVALID', {
      problems: [`password: must have at least ${SHORTEST} characters and ${LONGEST_BYTES} bytes`],
    })
  }
  return hash(password, COST)
}

/** The hash of a password that was right, when the one that is kept was made at another cost. */
export async function renewHash(
  password: string,
  passwordHash: string,
): Promise<string | undefined> {
  return passwordHash.startsWith(CURRENT) ? undefined : hash(password, COST)
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
