// A sign-in has ended here; out comes the path that leads the browser from one site of it to the next.

import type { Request } from 'express'
import { addMinutes } from '../base/clock.ts'
import { newToken } from '../base/random.ts'
import type { LogoutRecord } from '../store/logout-records.ts'
import type { SsoDeps } from './deps.ts'

/** A sign-in that is over, and the site that asked for its end. */
export type EndedSignIn = {
  readonly sessionIndex: string
  readonly askedBy?: LogoutRecord['askedBy']
}

const UNDER_WAY_MINUTES = 10

export type LogoutWayDeps = Pick<SsoDeps, 'store' | 'sessions' | 'clock' | 'random'>

/** The path at which a logout goes on. */
export function nextSitePath({ id }: Pick<LogoutRecord, 'id'>): string {
  return `/saml/slo/next?logout=${id}`
}

/**
 * Remembers whom to tell: every site that got an answer in the sign-in, but not the one that asked.
 * `undefined` when there is none. Without the request any browser may take the path, once.
 */
export async function leadThroughSites(
  request: Request | undefined,
  { sessionIndex, askedBy }: EndedSignIn,
  deps: LogoutWayDeps,
): Promise<string | undefined> {
  const answers = await deps.store.requests.listSignIn(sessionIndex)
  const others = answers.filter(({ issuer }) => issuer !== askedBy?.issuer)
  if (others.length === 0) return undefined
  const logout: LogoutRecord = {
    id: newToken(deps.random),
    browserHash: request && deps.sessions.browserHash(request),
    askedBy,
    expiresAt: addMinutes(deps.clock.now(), UNDER_WAY_MINUTES),
  }
  const steps = others.map((answer) => ({ ...answer, outcome: 'waiting' as const }))
  await deps.store.logouts.start(logout, steps)
  return nextSitePath(logout)
}
