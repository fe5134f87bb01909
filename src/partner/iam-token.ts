// Tokens of the partner: a user's password in, a token out, kept until shortly before it ends.
// https://support.huaweicloud.com/intl/en-us/api-bpconsole/bpconsole_apifaq_00001.html

import { z } from 'zod'
import { addMinutes } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { type CallLogDeps, logCall, type Outcome } from './call-log.ts'
import { type Answer, type ExchangeDeps, exchange } from './exchange.ts'
import { findRefusal } from './remote-errors.ts'

/** A user of the partner's account, who signs in to IAM. */
export type PasswordKey = {
  readonly user: string
  readonly password: string
  /** The name of the account that the user belongs to. */
  readonly domain: string
}

export type TokenSource = {
  /** The token to use now. Callers who come while one is being fetched wait for the same one. */
  readonly get: () => Promise<string>
  /** Huawei refused this token: the next `get` fetches another, unless somebody has done so. */
  readonly discard: (token: string) => void
}

export type TokenSourceDeps = ExchangeDeps &
  CallLogDeps & { readonly iamUrl: string; readonly key: PasswordKey }

type Token = { readonly text: string; readonly expiresAt: Date }

const OPERATION = 'createToken'

// A token lives for 24 hours. Early enough for a slow clock, late enough to be rare.
const RENEW_EARLY_MINUTES = 30

const ANSWER = z.looseObject({ token: z.looseObject({ expires_at: z.iso.datetime() }) })

/** Tokens for one key; none is fetched before it is needed. */
export function createTokenSource(deps: TokenSourceDeps): TokenSource {
  let kept: Token | undefined
  let coming: Promise<Token> | undefined

  const fetchAndKeep = async (): Promise<Token> => {
    try {
      kept = await fetchToken(deps)
      return kept
    } finally {
      // Also after a failure, which the next caller need not inherit.
      coming = undefined
    }
  }

  return {
    get: async () => {
      if (kept !== undefined && isFresh(kept, deps.clock.now())) return kept.text
      coming ??= fetchAndKeep()
      return (await coming).text
    },
    discard: (token) => {
      if (kept?.text === token) kept = undefined
    },
  }
}

function isFresh(token: Token, now: Date): boolean {
  return addMinutes(now, RENEW_EARLY_MINUTES) < token.expiresAt
}

async function fetchToken(deps: TokenSourceDeps): Promise<Token> {
  const { user, password, domain } = deps.key
  const request = {
    method: 'POST',
    // Without the catalogue, which is tens of kilobytes that nobody reads.
    url: new URL(`${deps.iamUrl}/v3/auth/tokens?nocatalog=true`),
    headers: { 'Content-Type': 'application/json;charset=utf8' },
    body: JSON.stringify(passwordRequest(deps.key)),
  }

  return logCall(OPERATION, deps, async () => {
    const answer = await exchange(OPERATION, request, deps)
    const refusal = findRefusal(OPERATION, answer, { user, password, domain })
    if (refusal !== undefined) throw refusal
    return readToken(answer)
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

function readToken(answer: Answer): Outcome<Token> {
  const { status, requestId } = answer
  const text = answer.headers.get('x-subject-token')
  const body = ANSWER.safeParse(answer.fields)
  if (text === null || text === '' || !body.success) {
    const problem = body.success ? 'no X-Subject-Token' : 'no token.expires_at'
    throw new Refusal('PARTNER_BAD_ANSWER', { operation: OPERATION, problem, status, requestId })
  }
  return { answer, value: { text, expiresAt: new Date(body.data.token.expires_at) } }
}
