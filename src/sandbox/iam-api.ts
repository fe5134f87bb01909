// Tokens of the sandbox's IAM: the partner's user and password in, a token for 24 hours out.

import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { addMinutes } from '../base/clock.ts'
import { fingerprint } from '../base/random.ts'
import { type ApiAnswer, iamError } from './api-answer.ts'
import type { LedgerDeps } from './deps.ts'

/** The one IAM user of the sandbox. */
export const IAM_USER = {
  user: 'sandbox-operator',
  password: 'sandbox-password-that-guards-nothing',
  domain: 'sandbox-partner',
} as const

const HOURS_VALID = 24
// Huawei's tokens are some thousand characters long; what keeps one must not count on less.
const TOKEN_BYTES = 1500

const named = z.object({ name: z.string() })
const passwordRequest = z.object({
  auth: z.object({
    identity: z.object({
      methods: z.tuple([z.literal('password')]),
      password: z.object({
        user: z.object({ name: z.string(), password: z.string(), domain: named }),
      }),
    }),
    scope: z.object({ domain: named }),
  }),
})

/** `POST /v3/auth/tokens` with the method `password`. */
export function createToken(body: unknown, deps: LedgerDeps): ApiAnswer {
  const request = passwordRequest.safeParse(body)
  if (!request.success) return iamError(400, 'Bad Request', 'The request body is invalid.')
  const { user } = request.data.auth.identity.password
  const isRight = [
    isSame(user.name, IAM_USER.user),
    isSame(user.password, IAM_USER.password),
    isSame(user.domain.name, IAM_USER.domain),
    isSame(request.data.auth.scope.domain.name, IAM_USER.domain),
  ].every(Boolean)
  if (!isRight) return iamError(401, 'Unauthorized', 'The username or password is wrong.')

  const now = deps.clock.now()
  const token = deps.random.bytes(TOKEN_BYTES).toString('base64url')
  const expiresAt = addMinutes(now, HOURS_VALID * 60).toISOString()
  const live = deps.state.read().tokens.filter((one) => new Date(one.expiresAt) > now)
  deps.state.change({ tokens: [...live, { fingerprint: fingerprint(token), expiresAt }] })
  return {
    status: 201,
    headers: { 'X-Subject-Token': token },
    body: {
      token: {
        // IAM writes microseconds.
        expires_at: expiresAt.replace(/Z$/, '000Z'),
        issued_at: now.toISOString().replace(/Z$/, '000Z'),
        methods: ['password'],
        user: { name: IAM_USER.user, domain: { name: IAM_USER.domain } },
        domain: { name: IAM_USER.domain },
      },
    },
  }
}

/** Whether the token was issued here and has not ended. */
export function isLiveToken(token: string, deps: Pick<LedgerDeps, 'state' | 'clock'>): boolean {
  const wanted = fingerprint(token)
  const found = deps.state.read().tokens.find((one) => one.fingerprint === wanted)
  return found !== undefined && new Date(found.expiresAt) > deps.clock.now()
}

function isSame(given: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(fingerprint(given)), Buffer.from(fingerprint(right)))
}
