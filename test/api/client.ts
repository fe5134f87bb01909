// A portal of the tests: a key, and requests whose every answer is judged by the table.

import assert from 'node:assert/strict'
import { makeKey } from '../../src/api/key.ts'
import { errorsOf, type Operation } from '../../src/api/operation.ts'
import { OPERATIONS, type OperationName } from '../../src/api/operations.ts'
import { Problem } from '../../src/api/schemas.ts'
import { SCOPE_NAMES, type Scope } from '../../src/api/scopes.ts'
import { describe } from '../../src/base/errors.ts'
import { systemRandom } from '../../src/base/random.ts'
import type { House } from '../support/house.ts'

export type Answered = {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly code: string | undefined
  readonly headers: Headers
}

/** What one request has beside its operation. */
export type Asked = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Portal = {
  readonly key: string
  readonly name: string
  readonly call: (operation: OperationName, asked?: Asked) => Promise<Answered>
}

let keys = 0

/** A key with these scopes, or with all. */
export async function openPortal(
  house: House,
  { scopes = SCOPE_NAMES, url = house.url }: { scopes?: readonly Scope[]; url?: string } = {},
): Promise<Portal> {
  keys += 1
  const name = `portal-${keys}`
  const { clock, store } = house
  const { key, record } = makeKey(
    { name, scopes, expiresAt: undefined },
    { clock, random: systemRandom },
  )
  await store.apiKeys.add(record)
  return {
    key,
    name,
    call: (operation, asked) => send(OPERATIONS[operation], { url, key, ...asked }),
  }
}

async function send(
  row: Operation,
  { url, key, params = {}, query = '', body, headers }: Asked & { url: string; key: string },
): Promise<Answered> {
  const path = row.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  )
  const answer = await fetch(`${url}/api/v1${path}${query}`, {
    method: row.method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  const read = text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>)
  return { status: answer.status, headers: answer.headers, ...judge(row, answer.status, read) }
}

// Whatever comes back is what the row says: its result, or a refusal that it names.
function judge(row: Operation, status: number, body: Record<string, unknown> | undefined) {
  if (row.statuses.includes(status)) {
    if (row.result === undefined) assert.equal(body, undefined)
    else row.result.parse(body)
    return { body: body ?? {}, code: undefined }
  }
  const { code } = Problem.parse(body).error
  const known = errorsOf(row).find((each) => each === code)
  assert.ok(known !== undefined, `${row.method} ${row.path} does not say that it refuses ${code}`)
  assert.equal(describe(known).http, status)
  return { body: body ?? {}, code }
}
