// Tokens of the sandbox's IAM: the partner's user and password in, or an agency of a customer that the
// partner names; a token for 24 hours out.

import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { addMinutes } from '../base/clock.ts'
import { fingerprint } from '../base/random.ts'
import { assumedRole, takeRole } from './api/agency.ts'
import type { ApiCaller } from './api/behaviour.ts'
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
const place = z.union([named, z.object({ id: z.string() })])
const passwordRequest = z.object({
  auth: z.object({
    identity: z.object({
      methods: z.tuple([z.literal('password')]),
      password: z.object({
        user: z.object({ name: z.string(), password: z.string(), domain: named }),
      }),
    }),
    scope: z.union([z.object({ domain: named }), z.object({ project: place })]),
  }),
})
const agencyRequest = z.object({
  auth: z.object({
    identity: assumedRole,
    scope: z.union([z.object({ domain: place }), z.object({ project: place })]),
  }),
})

/** What IAM is asked, and by whom: the partner is known by a token of before, or by its signature. */
export type IamCall = { readonly body: unknown; readonly caller: ApiCaller | undefined }

/** `POST /v3/auth/tokens` with the method `password` or `assume_role`. */
export function createToken({ body, caller }: IamCall, deps: LedgerDeps): ApiAnswer {
  const byPassword = passwordRequest.safeParse(body)
  if (byPassword.success) return createPartnerToken(byPassword.data.auth, deps)
  const byAgency = agencyRequest.safeParse(body)
  if (byAgency.success) return createAgencyToken(byAgency.data.auth, caller, deps)
  return iamError(400, 'Bad Request', 'The request body is invalid.')
}

function createPartnerToken(
  { identity, scope }: z.infer<typeof passwordRequest>['auth'],
  deps: LedgerDeps,
): ApiAnswer {
  const { user } = identity.password
  const isRight = [
    isSame(user.name, IAM_USER.user),
    isSame(user.password, IAM_USER.password),
    isSame(user.domain.name, IAM_USER.domain),
    isSame('domain' in scope ? scope.domain.name : IAM_USER.domain, IAM_USER.domain),
  ].every(Boolean)
  if (!isRight) return iamError(401, 'Unauthorized', 'The username or password is wrong.')
  const methods = ['password']
  const holder = { name: IAM_USER.user, domain: { name: IAM_USER.domain } }
  return issueToken({ methods, user: holder, ...scope }, undefined, deps)
}

function createAgencyToken(
  { identity, scope }: z.infer<typeof agencyRequest>['auth'],
  caller: ApiCaller | undefined,
  deps: LedgerDeps,
): ApiAnswer {
  const taken = takeRole(identity.assume_role, caller, deps)
  if ('refused' in taken) return taken.refused
  const { domainId: id, domainName: name } = taken.account
  const holder = { name: `${name}/${identity.assume_role.agency_name}`, domain: { id, name } }
  return issueToken({ methods: identity.methods, user: holder, ...scope }, id, deps)
}

// Without a domainId it is the partner's.
function issueToken(facts: object, domainId: string | undefined, deps: LedgerDeps): ApiAnswer {
  const now = deps.clock.now()
  const token = deps.random.bytes(TOKEN_BYTES).toString('base64url')
  const expiresAt = addMinutes(now, HOURS_VALID * 60).toISOString()
  const live = deps.state.read().tokens.filter((one) => new Date(one.expiresAt) > now)
  const owner = domainId === undefined ? {} : { domainId }
  deps.state.change({ tokens: [...live, { fingerprint: fingerprint(token), expiresAt, ...owner }] })
  return {
    status: 201,
    headers: { 'X-Subject-Token': token },
    body: {
      token: {
        // IAM writes microseconds.
        expires_at: expiresAt.replace(/Z$/, '000Z'),
        issued_at: now.toISOString().replace(/Z$/, '000Z'),
        ...facts,
      },
    },
  }
}

/** For whom the token speaks; `undefined` unless it was issued here and has not ended. */
export function findToken(
  token: string,
  deps: Pick<LedgerDeps, 'state' | 'clock'>,
): ApiCaller | undefined {
  const wanted = fingerprint(token)
  const found = deps.state.read().tokens.find((one) => one.fingerprint === wanted)
  if (found === undefined || new Date(found.expiresAt) <= deps.clock.now()) return undefined
  const { domainId } = found
  return domainId === undefined ? { kind: 'partner' } : { kind: 'customer', domainId }
}

function isSame(given: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(fingerprint(given)), Buffer.from(fingerprint(right)))
}
