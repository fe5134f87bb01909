// A refusal in, the JSON that a program reads out.

import { describe, type Refusal } from '../base/errors.ts'
import type { FieldProblem } from './read-input.ts'

/** The body of a refusal; `Problem` of schemas.ts describes it. Of the facts only what its sender may know. */
export function problemBody(refusal: Refusal, reference: string) {
  const { say, hint } = describe(refusal.code)
  const fields = fieldsOf(refusal)
  const error = { code: refusal.code, message: say, hint, reference }
  return { error: fields === undefined ? error : { ...error, fields } }
}

const TAKEN: Readonly<Record<string, string>> = {
  login: 'login',
  'account-id': 'accountId',
  email: 'email',
}

function fieldsOf({ code, facts }: Refusal): readonly FieldProblem[] | undefined {
  if (code === 'API_BAD_REQUEST') return facts['fields'] as readonly FieldProblem[] // By badRequest.
  if (code === 'WEBHOOK_BAD_URL') return [{ field: 'url', problem: String(facts['problem']) }]
  if (code !== 'ACCOUNT_EXISTS') return undefined
  const field = TAKEN[String(facts['taken'])]
  return field === undefined ? undefined : [{ field, problem: 'belongs to another account' }]
}
