// Tokens of the partner: a user's password in, a token out, kept until shortly before it ends.
// https://support.huaweicloud.com/intl/en-us/api-bpconsole/bpconsole_apifaq_00001.html

import { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import { type Answered, type CallLogDeps, logCall } from './call-log.ts'
import { type Answer, type ExchangeDeps, exchange } from './exchange.ts'
import { createLeaseSource, type Lease, type LeaseSource } from './lease.ts'
import { findRefusal } from './remote-errors.ts'

/** A user of the partner's account, who signs in to IAM. */
export type PasswordKey = {
  readonly user: string
  readonly password: string
  /** The name of the account that the user belongs to. */
  readonly domain: string
}

/** What every request to IAM needs. */
export type IamDeps = ExchangeDeps & CallLogDeps & { readonly iamUrl: string }

/** Without the catalogue of services, which is tens of kilobytes that nobody reads. */
export const TOKEN_PATH = '/v3/auth/tokens?nocatalog=true'

/** As IAM's documents ask for it. */
export const IAM_HEADERS = { 'Content-Type': 'application/json;charset=utf8' } as const

// A token lives for 24 hours. Early enough for a slow clock, late enough to be rare.
export const RENEW_TOKEN_EARLY_MINUTES = 30

const OPERATION = 'createToken'
const BELIEVE_REFUSAL_MINUTES = 1

const ANSWER = z.looseObject({ token: z.looseObject({ expires_at: z.iso.datetime() }) })

/**
 * Tokens for one user. A wrong password is refused with `PARTNER_UNAUTHORIZED`, and for a minute
 * without asking IAM again.
 */
export function createTokenSource(key: PasswordKey, deps: IamDeps): LeaseSource<string> {
  return createLeaseSource(() => fetchToken(key, deps), {
    clock: deps.clock,
    renewEarlyMinutes: RENEW_TOKEN_EARLY_MINUTES,
    believeRefusalMinutes: BELIEVE_REFUSAL_MINUTES,
  })
}

async function fetchToken(key: PasswordKey, deps: IamDeps): Promise<Lease<string>> {
  const { user, password, domain } = key
  const request = {
    method: 'POST',
    url: new URL(`${deps.iamUrl}${TOKEN_PATH}`),
    headers: IAM_HEADERS,
    body: JSON.stringify(passwordRequest(key)),
  }

  return logCall(OPERATION, deps, async () => {
    const answer = await exchange(OPERATION, request, deps)
    const refusal = findRefusal(OPERATION, answer, { user, password, domain })
    if (refusal !== undefined) throw refusal
    return readToken(OPERATION, answer)
  })
}

// The partner API is global, so that the scope is the account and not a project.
function passwordRequest({ user, password, domain }: PasswordKey) {
  const account = { name: domain }
  return {
    auth: {
      identity: {
        methods: ['password'],
        password: { user: { name: user, password, domain: account } },
      },
      scope: { domain: account },
    },
  }
}

/** The token of IAM's answer. Throws `PARTNER_BAD_ANSWER` when it, or its end, is missing. */
export function readToken(operation: string, answer: Answer): Answered<Lease<string>> {
  const { status, requestId } = answer
  const value = answer.headers.get('x-subject-token')
  const body = ANSWER.safeParse(answer.fields)
  if (value === null || value === '' || !body.success) {
    const problem = body.success ? 'no X-Subject-Token' : 'no token.expires_at'
    throw new Refusal('PARTNER_BAD_ANSWER', { operation, problem, status, requestId })
  }
  return { answer, value: { value, endsAt: new Date(body.data.token.expires_at) } }
}
