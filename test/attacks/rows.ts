// The attack list: the rows of a JSON file in, checked to be complete, with exact codes.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ERROR_CODES, type ErrorCode } from '../../src/base/error-codes.ts'
import { Refusal } from '../../src/base/errors.ts'
import { STAGES, type Tampering } from '../support/tamper.ts'

const TAMPERING = z.tuple([z.enum(STAGES), z.string()], z.string())

const ROW = z.strictObject({
  id: z.string().regex(/^(RD|PO|MD|SI|HO|BI|LA|PA|LO|PL)-\d{3}$/),
  title: z.string().min(10),
  flags: z.array(z.string()).min(1),
  base: z.string(),
  tamper: z.array(TAMPERING).min(1),
  /** The code that says no; a row without one must be accepted. */
  refuse: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]).optional(),
  /** Which check says no, where several share the code. */
  problem: z.string().optional(),
  /** The line of a metadata file that the problem names. */
  line: z.int().optional(),
  /** How the connection stands afterwards, where it is neither as it was nor made. */
  state: z.string().optional(),
  /** The path at which the browser must end. */
  lands: z.string().optional(),
})

/** One row of the attack list. */
export type AttackRow = Omit<z.infer<typeof ROW>, 'tamper'> & {
  readonly tamper: readonly Tampering[]
}

/** The files of the list. */
export const ATTACK_FILES = [
  'authn-request-redirect.json',
  'authn-request-post.json',
  'metadata.json',
  'sign-in.json',
  'handoff.json',
  'bind.json',
  'launch.json',
  'partner-answers.json',
  'logout.json',
  'portal-logout.json',
] as const

/** The rows of one file; a row that is misspelt throws. */
export function readAttacks(file: (typeof ATTACK_FILES)[number]): readonly AttackRow[] {
  return z.array(ROW).parse(JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')))
}

/** What a step says no with: its code and, when the row names one, the problem. */
export function refusalOf(row: AttackRow, step: () => unknown) {
  try {
    step()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Facts are logged: what a stranger chose must not fill the log.
    assert.ok(JSON.stringify(error.facts).length < 4000, 'the facts are short')
    const problem = row.problem === undefined ? {} : { problem: error.facts['problem'] }
    return { code: error.code, ...problem }
  }
  return { code: 'accepted' }
}

/** What the row expects of `refusalOf`. */
export function expectedRefusal({ refuse, problem }: AttackRow) {
  return { code: refuse ?? 'accepted', ...(problem === undefined ? {} : { problem }) }
}
