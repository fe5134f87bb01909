// A client of the sandbox's APIs that is not the product's: it says what it is told to say, right or
// wrong, and gives back what came.

import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { IAM_USER } from '../../src/sandbox/iam-api.ts'
import type { TestSandbox } from './start.ts'

export type Given = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // Tests read into answers of every shape.
  // biome-ignore lint/suspicious/noExplicitAny: an answer is what came.
  readonly json: any
}

export type Said = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON unless it is a text. */
  readonly body?: unknown
}

/** Sends one request, each on a connection of its own so that stopping need not wait. */
export async function say(sandbox: TestSandbox, path: string, said: Said = {}): Promise<Given> {
  const body = typeof said.body === 'string' ? said.body : JSON.stringify(said.body)
  const response = await fetch(`${sandbox.url}${path}`, {
    method: said.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { 'Content-Type': 'application/json', Connection: 'close', ...said.headers },
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  const json = isJson ? JSON.parse(text) : undefined
  return { status: response.status, headers: response.headers, text, json }
}

/** The header of a fresh token of the partner. */
export async function partnerToken(sandbox: TestSandbox): Promise<Record<string, string>> {
  const domain = { name: IAM_USER.domain }
  const user = { name: IAM_USER.user, password: IAM_USER.password, domain }
  const auth = { identity: { methods: ['password'], password: { user } }, scope: { domain } }
  return tokenIn(await say(sandbox, '/v3/auth/tokens', { body: { auth } }))
}

/** The body that asks for a customer's token or temporary key. */
export function roleRequest(role: Readonly<Record<string, unknown>>, scope?: object) {
  const identity = {
    methods: ['assume_role'],
    assume_role: { agency_name: SANDBOX.platformId, ...role },
  }
  return { auth: { identity, scope: scope ?? { project: { name: 'eu-west-101' } } } }
}

/** The token of an answer, as the header of the next call. */
export function tokenIn({ headers }: Given): Record<string, string> {
  return { 'X-Auth-Token': headers.get('x-subject-token') ?? '' }
}

/** A customer made through the API; gives the account id. */
export async function createCustomer(
  sandbox: TestSandbox,
  headers: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const body = {
    domain_area: 'IE',
    xaccount_id: 'c-1',
    xaccount_type: SANDBOX.platformId,
    ...fields,
  }
  const { json } = await say(sandbox, '/v2/partners/sub-customers', { headers, body })
  return json.domain_id
}
