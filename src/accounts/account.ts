// The rules of an account's fields, Huawei's where Huawei has some. A value that breaks one never enters
// the house, so that no message has to be repaired later.

import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { isSingleLine } from '../base/xml-text.ts'
import type { AccountRecord, Accounts } from '../store/store.ts'

/** Huawei's rule for e-mail addresses (Partner Center API §3.2, Chinese text; the English lost a letter). */
const EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/

/** Huawei's rule for account names (Partner Center API §11.2), without its runaway backtracking. */
const NAME = /^[a-zA-Z_-][0-9a-zA-Z_-]{4,31}$/

const accountId = z
  .string()
  .refine((value) => isSingleLine(value) && value.trim() === value && !/\s{2}/.test(value))
  .refine((value) => value.length >= 1 && value.length <= 128)

/** The fields of an account, each with what it must be. */
export const ACCOUNT_FIELDS = {
  login: {
    schema: z.string().regex(/^[A-Za-z0-9._@+-]{1,128}$/),
    must: 'must be 1 to 128 letters, digits or . _ @ + -',
  },
  accountId: {
    schema: accountId,
    must: 'must be 1 to 128 characters on one line, without spaces at the ends',
  },
  email: {
    schema: z.string().max(64).regex(EMAIL),
    must: 'must be an e-mail address of at most 64 characters',
  },
  name: {
    schema: z
      .string()
      .regex(NAME)
      .refine((value) => !/^(op_|shadow_)/i.test(value)),
    must: 'must be 5 to 32 letters, digits, _ or -, not starting with a digit, op_ or shadow_',
  },
  mobile: {
    schema: z
      .string()
      .max(20)
      .regex(/^00\d{2}-\d+$/),
    must: 'must be country code and number such as 0086-13800000000',
  },
} as const

type Field = keyof typeof ACCOUNT_FIELDS

/** An account as somebody asks for it. */
export type NewAccount = {
  readonly login: string
  readonly accountId: string
  readonly email?: string | undefined
  readonly name?: string | undefined
  readonly mobile?: string | undefined
  readonly passwordHash?: string | undefined
}

/** The rules that the given fields break: `email: must be …`. */
export function findProblems(
  fields: Readonly<Partial<Record<Field, string | undefined>>>,
): string[] {
  return Object.entries(ACCOUNT_FIELDS).flatMap(([field, { schema, must }]) => {
    const value = fields[field as Field] // The keys are ACCOUNT_FIELDS' own.
    return value === undefined || schema.safeParse(value).success ? [] : [`${field}: ${must}`]
  })
}

/** Adds an account. Throws `ACCOUNT_INVALID` with all problems, or `ACCOUNT_EXISTS` with what is taken. */
export async function addAccount(
  asked: NewAccount,
  deps: { readonly accounts: Accounts; readonly clock: Clock },
): Promise<AccountRecord> {
  const { login, accountId, email, name, mobile, passwordHash } = asked
  const problems = findProblems({ login, accountId, email, name, mobile })
  if (problems.length > 0) throw new Refusal('ACCOUNT_INVALID', { problems })
  const account: AccountRecord = {
    login,
    accountId,
    email,
    name,
    mobile,
    passwordHash,
    isEnabled: true,
    createdAt: deps.clock.now(),
  }
  const outcome = await deps.accounts.add(account)
  if (outcome !== 'added') throw new Refusal('ACCOUNT_EXISTS', { taken: outcome })
  return account
}
