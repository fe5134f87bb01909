// IAM lends the role of a customer: the customer and the agency come in, a token or a temporary access
// key of the customer's goes out.
// https://support.huaweicloud.com/intl/en-us/api-iam/iam_30_0003.html (token)
// https://support.huaweicloud.com/intl/en-us/api-iam/iam_04_0101.html (temporary access key)

import { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import type { AccessKey } from './ak-sk.ts'
import type { Authorize } from './authorization.ts'
import { type Answered, logCall } from './call-log.ts'
import { type Answer, exchange } from './exchange.ts'
import { IAM_HEADERS, type IamDeps, readToken, TOKEN_PATH } from './iam-token.ts'
import type { Lease } from './lease.ts'
import { findRefusal, type Sent } from './remote-errors.ts'

/** A customer's role that the partner may take. */
export type Role = {
  readonly account: { readonly domain_id: string } | { readonly domain_name: string }
  readonly agency: string
  /** The project that a token is for; the whole account without one. Keys are for the account. */
  readonly project: string | undefined
}

export type AssumeRoleDeps = IamDeps & {
  /**
   * Proves to IAM that the partner asks: by the partner's token, as §11.4 of the European API reference
   * has it, or by a signature, which IAM takes instead of a token, as in Huawei's SDKs.
   */
  readonly partner: Authorize
}

/** One request to IAM for a role, and how its answer is read. */
type Errand<Value> = {
  readonly operation: string
  readonly path: string
  readonly role: Role
  readonly auth: object
  readonly read: (operation: string, answer: Answer) => Answered<Lease<Value>>
}

const KEY_PATH = '/v3.0/OS-CREDENTIAL/securitytokens'

// IAM lends keys for 15 minutes to 24 hours. An hour makes them rare enough, and useless soon.
const KEY_SECONDS = 3600

const KEY_ANSWER = z.looseObject({
  credential: z.looseObject({
    access: z.string().min(1),
    secret: z.string().min(1),
    securitytoken: z.string().min(1),
    expires_at: z.iso.datetime(),
  }),
})

/** A token of the customer's. Throws `PARTNER_NO_AGENCY` when IAM lends no role. */
export async function fetchCustomerToken(role: Role, deps: AssumeRoleDeps): Promise<Lease<string>> {
  const { account, project } = role
  const scope =
    project === undefined ? { domain: scopeOf(account) } : { project: { name: project } }
  const auth = { identity: identityOf(role), scope }
  const operation = 'createCustomerToken'
  return run({ operation, path: TOKEN_PATH, role, auth, read: readToken }, deps)
}

/** A temporary access key of the customer's. Throws `PARTNER_NO_AGENCY` when IAM lends no role. */
export async function fetchCustomerKey(
  role: Role,
  deps: AssumeRoleDeps,
): Promise<Lease<AccessKey>> {
  const auth = { identity: identityOf(role, { duration_seconds: KEY_SECONDS }) }
  const operation = 'createTemporaryKey'
  return run({ operation, path: KEY_PATH, role, auth, read: readKey }, deps)
}

function identityOf({ account, agency }: Role, terms: object = {}) {
  const assume_role = { ...account, agency_name: agency, ...terms }
  return { methods: ['assume_role'], assume_role }
}

function scopeOf(account: Role['account']) {
  return 'domain_id' in account ? { id: account.domain_id } : { name: account.domain_name }
}

async function run<Value>(errand: Errand<Value>, deps: AssumeRoleDeps): Promise<Lease<Value>> {
  const { operation, path, auth } = errand
  const request = {
    method: 'POST',
    url: new URL(`${deps.iamUrl}${path}`),
    headers: IAM_HEADERS,
    body: JSON.stringify({ auth }),
  }
  const ask = async () => {
    const { headers, discard } = await deps.partner(request)
    const authorized = { ...request, headers: { ...request.headers, ...headers } }
    return { answer: await exchange(operation, authorized, deps), sent: headers, discard }
  }

  return logCall(operation, deps, async () => {
    const first = await ask()
    const isStale = first.answer.status === 401 && first.discard !== undefined
    if (!isStale) return readAnswer(errand, first)
    // The partner's token ended early. Nothing was lent, so that asking again is harmless.
    first.discard?.()
    return readAnswer(errand, await ask())
  })
}

// IAM documents no text or code that would tell a missing agency from an unknown account, or from a
// user of the partner who may not use agencies: the remedy of the code names all three.
const NO_AGENCY: readonly number[] = [403, 404]

function readAnswer<Value>(
  { operation, role, read }: Errand<Value>,
  { answer, sent }: { readonly answer: Answer; readonly sent: Sent },
): Answered<Lease<Value>> {
  const refusal = findRefusal(operation, answer, sent)
  if (refusal === undefined) return read(operation, answer)
  if (!NO_AGENCY.includes(answer.status)) throw refusal
  const [customer] = Object.values(role.account)
  throw new Refusal('PARTNER_NO_AGENCY', { ...refusal.facts, customer, agency: role.agency })
}

function readKey(operation: string, answer: Answer): Answered<Lease<AccessKey>> {
  const { status, requestId } = answer
  const body = KEY_ANSWER.safeParse(answer.fields)
  if (!body.success) {
    const problem = 'no complete credential'
    throw new Refusal('PARTNER_BAD_ANSWER', { operation, problem, status, requestId })
  }
  const { access, secret, securitytoken, expires_at } = body.data.credential
  const value = { accessKey: access, secretKey: secret, securityToken: securitytoken }
  return { answer, value: { value, endsAt: new Date(expires_at) } }
}
