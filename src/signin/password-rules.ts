// What makes a password fit to be chosen (NIST SP 800-63B §3.1.1.2): its length, that others have not used
// it, and that it says nothing about its owner. No rule asks for digits, capitals or signs.

import { Refusal } from '../base/errors.ts'
import type { IsBreached } from './breached.ts'
import { findLengthProblem, hashPassword, SHORTEST } from './password.ts'

/** What can be wrong with a new password. */
export type PasswordProblem = 'too-short' | 'too-long' | 'uniform' | 'personal' | 'breached'

/** What a password must not be made of. */
export type PasswordContext = {
  readonly login: string
  readonly email?: string | undefined
  readonly name?: string | undefined
  readonly accountId?: string | undefined
}

// Everybody thinks of these at our form.
const OURS = ['huaweicloud', 'huawei cloud', 'huawei', 'partner-idp', 'partner']
// A word that is no more than this much of the password leaves enough of it to be guessed.
const REST = 6
const SHORTEST_WORD = 3
const FEWEST_DIFFERENT = 4

/** What is wrong with it, or nothing. */
export async function findPasswordProblem(
  password: string,
  context: PasswordContext,
  isBreached: IsBreached,
): Promise<PasswordProblem | undefined> {
  const problem = findLengthProblem(password)
  if (problem !== undefined) return problem
  if (new Set(password.toLowerCase()).size < FEWEST_DIFFERENT) return 'uniform'
  if (isPersonal(password, context)) return 'personal'
  return (await isBreached(password)) ? 'breached' : undefined
}

// Whatever is left beside the words must make a password by itself. “anna.smith-tulip-vase-7” may be.
function isPersonal(password: string, context: PasswordContext): boolean {
  const rest = wordsOf(context).reduce(
    (left, word) => left.replaceAll(word, ''),
    password.toLowerCase(),
  )
  return rest.length < password.length && [...rest].length < REST
}

// The longest first: what is part of another must not break it up.
function wordsOf({ login, email, name, accountId }: PasswordContext): readonly string[] {
  const given = [login, email, name, accountId].filter((text) => text !== undefined)
  const parts = given.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
  const words = [...parts, ...OURS].map((word) => word.toLowerCase())
  return words
    .filter((word) => word.length >= SHORTEST_WORD)
    .toSorted((one, other) => other.length - one.length)
}

const SENTENCES: Readonly<Record<PasswordProblem, string>> = {
  'too-short': `must have at least ${SHORTEST} characters`,
  'too-long': 'must have at most 512 bytes',
  uniform: 'must have more than three different characters',
  personal: 'must not be made of the name, the address or this service',
  breached: 'must not be one that is known from other places',
}

/**
 * A hash to keep of a password that somebody sets by command. Throws `ACCOUNT_INVALID`, which says what
 * is wrong with it.
 */
export async function hashNewPassword(
  password: string,
  context: PasswordContext,
  isBreached: IsBreached,
): Promise<string> {
  const problem = await findPasswordProblem(password, context, isBreached)
  if (problem !== undefined) {
    throw new Refusal('ACCOUNT_INVALID', { problems: [`password: ${SENTENCES[problem]}`] })
  }
  return hashPassword(password)
}
