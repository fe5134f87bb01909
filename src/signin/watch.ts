// Stands around an attempt to sign in: what is refused is in the person's history and on record before
// anybody is told.

import type { Request } from 'express'
import { describe, Refusal } from '../base/errors.ts'
import { type HistoryDeps, noteRefusedSignIn } from '../session/history.ts'
import type { SessionRole } from '../store/session-records.ts'

export type Watched = {
  readonly role: SessionRole
  readonly method: string
  /** The account id or the operator's login that was meant, if there is such a person. */
  readonly whom: (refusal: Refusal) => Promise<string | undefined>
}

/** Answers or throws what `attempt` does. */
export async function watchSignIn<Result>(
  request: Request,
  { role, method, whom }: Watched,
  deps: HistoryDeps & { readonly attempt: () => Promise<Result> },
): Promise<Result> {
  try {
    return await deps.attempt()
  } catch (error) {
    if (error instanceof Refusal && isOnRecord(error)) {
      const id = await whom(error)
      await noteRefusedSignIn(request, { role, method, id, code: error.code }, deps)
    }
    throw error
  }
}

/**
 * Whether a refused attempt is put on record. Those that led to a throttle are, those after it are not:
 * they cost an attacker nothing and would fill the disk.
 */
export function isOnRecord({ code }: Refusal): boolean {
  return code !== 'SIGN_IN_THROTTLED' && describe(code).http < 500
}
