// A password that held in; a session out, or the way to the second factor. In between there is a record
// that belongs to one browser for ten minutes, and no session.

import type { Request } from 'express'
import { addMinutes, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { fingerprint, newToken, type Random } from '../base/random.ts'
import type { Role, SecondFactor, Sessions } from '../session/session.ts'
import type { FactorSet, Factors, PendingSignIn } from '../store/factor-records.ts'
import type { Departure } from '../web/departure.ts'

/** Whether a second factor is asked for: never, of those who have one, or of everybody. */
export type FactorPolicy = 'off' | 'optional' | 'required'

/** Where the pages of second factors are, by whose they are. */
export const FACTOR_PATHS = {
  customer: {
    signIn: '/sign-in',
    second: '/sign-in/second',
    passkey: '/sign-in/passkey',
    security: '/security',
    home: '/',
  },
  operator: {
    signIn: '/console/sign-in',
    second: '/console/sign-in/second',
    passkey: '/console/sign-in/passkey',
    security: '/console/security',
    home: '/console',
  },
} as const

/** The page of a sign-in by passkey alone, which goes on to `next`. */
export function passkeyPath(role: Role, next: string): string {
  return `${FACTOR_PATHS[role].passkey}?next=${encodeURIComponent(next)}`
}

/** A first factor that held, and where the person wants to go: a path that `safePath` has seen. */
export type FirstProven = {
  readonly role: Role
  /** An account id or an operator's login. */
  readonly id: string
  readonly method: PendingSignIn['method']
  readonly next: string
}

/** Signs in, or sends to the second factor. */
export type CompleteSignIn = (request: Request, proven: FirstProven) => Promise<Departure>

export type CompleteDeps = {
  readonly store: { readonly factors: Factors }
  readonly sessions: Sessions
  readonly clock: Clock
  readonly random: Random
  readonly factorPolicy: Readonly<Record<Role, FactorPolicy>>
}

const PENDING_MINUTES = 10

export function createCompleteSignIn(deps: CompleteDeps): CompleteSignIn {
  const { store, sessions, clock, random } = deps
  return async (request, { role, id, method, next }) => {
    const owner = { role, id }
    if (!(await needsFactor(owner, deps))) {
      await sessions.signIn(request, role, { id, method })
      return { kind: 'redirect', to: next }
    }
    const pending = newToken(random)
    await store.factors.startSignIn({
      idHash: fingerprint(pending),
      browserHash: sessions.browserHash(request),
      owner,
      method,
      next,
      expiresAt: addMinutes(clock.now(), PENDING_MINUTES),
    })
    return { kind: 'redirect', to: `${FACTOR_PATHS[role].second}?pending=${pending}` }
  }
}

async function needsFactor(
  owner: PendingSignIn['owner'],
  { store, factorPolicy }: CompleteDeps,
): Promise<boolean> {
  const policy = factorPolicy[owner.role]
  if (policy !== 'optional') return policy === 'required'
  return hasFactor(await store.factors.find(owner))
}

/** Whether there is anything to ask for; recovery codes alone are nothing. */
export function hasFactor({ totp, passkeys }: FactorSet): boolean {
  return totp !== undefined || passkeys.length > 0
}

/** The sign-in that waits under `id` in this browser. Throws `SECOND_FACTOR_EXPIRED`. */
export async function getPending(
  request: Request,
  asked: { readonly role: Role; readonly id: string | undefined },
  deps: Pick<CompleteDeps, 'store' | 'sessions' | 'clock'>,
): Promise<PendingSignIn> {
  const browser = deps.sessions.browserHash(request)
  const idHash = fingerprint(asked.id ?? '')
  const pending = await deps.store.factors.findSignIn(idHash, browser, deps.clock.now())
  if (pending?.owner.role !== asked.role) throw new Refusal('SECOND_FACTOR_EXPIRED')
  return pending
}

/** Makes the session of a sign-in whose second factor held. Throws `SECOND_FACTOR_EXPIRED`. */
export async function finishPending(
  request: Request,
  done: { readonly pending: PendingSignIn; readonly second: SecondFactor },
  deps: Pick<CompleteDeps, 'store' | 'sessions' | 'clock'>,
): Promise<void> {
  const { pending, second } = done
  const { idHash, browserHash, owner, method } = pending
  const isFirst = await deps.store.factors.finishSignIn(idHash, browserHash, deps.clock.now())
  if (!isFirst) throw new Refusal('SECOND_FACTOR_EXPIRED')
  await deps.sessions.signIn(request, owner.role, { id: owner.id, method, second })
}
