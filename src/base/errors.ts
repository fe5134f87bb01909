// Two kinds of failure exist. A Refusal is our deliberate "no", with a code from the closed table;
// everything else that is thrown is a fault, whose text never leaves the log.

import { ERROR_CODES, type ErrorCode } from './error-codes.ts'
import type { ErrorDescription } from './error-description.ts'

/** What the log may say about a refusal. Never a secret, a message body or whole XML. */
export type Facts = Readonly<Record<string, unknown>>

/** We say no, for a reason the closed table of `error-codes.ts` names. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly facts: Facts

  constructor(code: ErrorCode, facts: Facts = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause })
    this.name = 'Refusal'
    this.code = code
    this.facts = facts
  }
}

/** The table's entry for a code. */
export function describe(code: ErrorCode): ErrorDescription {
  return ERROR_CODES[code]
}

/** Whether a text from the store is a code of the table, as it is now. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CODES, text)
}

/** Any thrown value as a refusal: a fault becomes `FAULT`, with the original as its cause. */
export function asRefusal(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal('FAULT', {}, error)
}
