// Browsers in which somebody has shown their password before: a cookie with a random token, of which the
// store has the fingerprint and whom it is known for. It signs nobody in; see throttle.ts.

import type { Request } from 'express'
import { addDays, type Clock } from '../base/clock.ts'
import { fingerprint, newToken, type Random } from '../base/random.ts'
import type { PasswordOwner } from '../store/password-records.ts'
import type { Store } from '../store/store.ts'

const DAYS = 180

const TOKEN = /^[\w-]{43}$/

// The __Host- prefix makes browsers refuse a cookie that a sibling domain has set.
function cookieName(request: Request): string {
  return request.secure ? '__Host-known' : 'known'
}

/** The fingerprint of the browser's token, whoever it is known for. */
export function deviceHash(request: Request): string | undefined {
  const name = cookieName(request)
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  const token = pairs.find(([found]) => found === name)?.[1]
  return token !== undefined && TOKEN.test(token) ? fingerprint(token) : undefined
}

/**
 * Marks the browser as known to somebody who has just shown their password, under a new token: one that
 * was planted is worth nothing afterwards.
 */
export async function rememberDevice(
  request: Request,
  owner: PasswordOwner,
  deps: { readonly store: Pick<Store, 'devices'>; readonly clock: Clock; readonly random: Random },
): Promise<void> {
  const token = newToken(deps.random)
  await deps.store.devices.remember({
    tokenHash: fingerprint(token),
    before: deviceHash(request),
    owner,
    expiresAt: addDays(deps.clock.now(), DAYS),
  })
  request.res?.cookie(cookieName(request), token, {
    maxAge: DAYS * 24 * 60 * 60 * 1000,
    httpOnly: true,
    sameSite: 'lax',
    secure: request.secure,
    path: '/',
  })
}
