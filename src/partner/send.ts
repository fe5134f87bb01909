// One call of the partner API: a row and an input come in, the row's result or a refusal goes out.
//
// Nothing is ever sent again by itself. Huawei's retry table (European API reference §11.8) asks for
// minutes between attempts, which no waiting person has, and a write that got no answer may have
// been done. The one exception is a refused token, because nothing was done then.

import type { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import type { SignableRequest } from './ak-sk.ts'
import { type CallLogDeps, logCall } from './call-log.ts'
import type { Credentials } from './credentials.ts'
import { type Answer, type ExchangeDeps, exchange } from './exchange.ts'
import type { AnyOperation } from './operation.ts'
import { findRefusal, isStaleToken } from './remote-errors.ts'

export type SendDeps = ExchangeDeps &
  CallLogDeps & { readonly bssUrl: string; readonly credentials: Credentials }

/** Calls the operation `name`, described by `row`. The input may be anything and is checked. */
export type Send = (name: string, row: AnyOperation, input: unknown) => Promise<unknown>

// Huawei answers in Chinese unless told otherwise.
const HEADERS = { 'Content-Type': 'application/json', 'X-Language': 'en_US' } as const

/**
 * Throws `PARTNER_INVALID_INPUT` before anything is sent, `PARTNER_UNREACHABLE` and
 * `PARTNER_BAD_ANSWER` for want of a usable answer, and the codes of `remote-errors.ts`.
 */
export function createSend(deps: SendDeps): Send {
  return async (name, row, input) => {
    const body = checkInput(name, row, input)
    const request = {
      method: row.method,
      url: new URL(`${deps.bssUrl}${row.path}`),
      headers: HEADERS,
      body: JSON.stringify(body),
    }

    return logCall(name, deps, async () => {
      const answer = await exchangeAuthorized(name, request, deps)
      const refusal = findRefusal(name, answer, body)
      if (refusal !== undefined) throw refusal
      return { answer, value: readResult(name, row, answer) }
    })
  }
}

function checkInput(operation: string, row: AnyOperation, input: unknown) {
  const checked = row.body.safeParse(input)
  if (checked.success) return checked.data
  throw new Refusal('PARTNER_INVALID_INPUT', { operation, problems: problems(checked.error) })
}

async function exchangeAuthorized(
  name: string,
  request: SignableRequest,
  deps: SendDeps,
): Promise<Answer> {
  const first = await deps.credentials(request)
  const answer = await exchange(name, withHeaders(request, first.headers), deps)
  if (first.discard === undefined || !isStaleToken(answer)) return answer

  first.discard()
  const second = await deps.credentials(request)
  return exchange(name, withHeaders(request, second.headers), deps)
}

function withHeaders(
  request: SignableRequest,
  headers: SignableRequest['headers'],
): SignableRequest {
  return { ...request, headers: { ...request.headers, ...headers } }
}

function readResult(operation: string, row: AnyOperation, answer: Answer): unknown {
  const { status, requestId, isEmpty, fields } = answer
  const facts = { operation, status, requestId }
  if (fields === undefined && !isEmpty) {
    throw new Refusal('PARTNER_BAD_ANSWER', { ...facts, problem: 'not a JSON object' })
  }
  const result = row.result.safeParse(row.succeeds === 204 ? undefined : fields)
  if (result.success) return result.data
  throw new Refusal('PARTNER_BAD_ANSWER', { ...facts, problems: problems(result.error) })
}

// Fields and rules, never values: zod's messages name what it expected, not what it got.
function problems(error: z.ZodError) {
  return error.issues.map(({ path, message }) => ({ field: path.join('.'), rule: message }))
}
