// A check as a row of a table. The product runs rows until one refuses; an explanation runs all of them
// and tells what each one found. Both go by the same rows, so that they cannot disagree.

import type { ErrorCode } from './error-codes.ts'
import { describe, isErrorCode, Refusal } from './errors.ts'

/** What a check is called, and where it is written that it must be made. */
export type CheckName = {
  /** Never changes: stored traces carry it. */
  readonly id: string
  /** What is true when the check passes. */
  readonly title: string
  /** Such as "Bindings §3.4.5.2", or the page of Huawei's documents. */
  readonly section: string
}

/** One check of a subject. */
export type Check<Subject> = CheckName & {
  readonly expected: (subject: Subject) => string
  /** What the subject has instead, or as well. Never a secret, a token or whole XML. */
  readonly found: (subject: Subject) => string
  /** Throws the `Refusal` of this check. */
  readonly run: (subject: Subject) => void
}

/** What became of a check. Plain values, as they are stored and printed. */
export type CheckResult = CheckName & {
  /** `skipped`: an earlier failure left nothing to look at. */
  readonly verdict: 'passed' | 'failed' | 'skipped'
  readonly expected: string
  readonly found: string
  /** The code of the refusal, when it failed. */
  readonly code?: ErrorCode
}

/** Throws what the first check that fails throws. */
export function runChecks<Subject>(checks: readonly Check<Subject>[], subject: Subject): void {
  for (const check of checks) check.run(subject)
}

/** Runs every check and gathers what became of it. A fault is thrown on. */
export function judgeChecks<Subject>(
  checks: readonly Check<Subject>[],
  subject: Subject,
): readonly CheckResult[] {
  return checks.map((check) => {
    const { id, title, section } = check
    const expected = brief(check.expected(subject))
    const found = brief(check.found(subject))
    const refusal = refusalOf(() => check.run(subject))
    if (refusal === undefined) return { id, title, section, verdict: 'passed', expected, found }
    return { id, title, section, verdict: 'failed', expected, found, code: refusal.code }
  })
}

/** The same checks when there is nothing to run them on. */
export function skipChecks(checks: readonly CheckName[]): readonly CheckResult[] {
  return checks.map(({ id, title, section }) => {
    return { id, title, section, verdict: 'skipped', expected: '', found: '' }
  })
}

function refusalOf(run: () => void): Refusal | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

const LONGEST = 256

/** A value as a result carries it: what a stranger sent does not fill the store. */
export function brief(value: string): string {
  return value.length <= LONGEST ? value : `${value.slice(0, LONGEST)}…`
}

/** What the operator can do about a failed check; a stored code may be of another version. */
export function remedyOf({ code }: Pick<CheckResult, 'code'>): string {
  if (code === undefined || !isErrorCode(code)) return ''
  const { remedy, hint } = describe(code)
  return remedy ?? hint
}
