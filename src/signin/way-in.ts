// Where somebody without a session is sent: to the partner's portal, with a return address of ours, or to
// our own sign-in page. Either way they come back to the path they wanted.

import type { Request } from 'express'
import { addMinutes, type Clock } from '../base/clock.ts'
import type { Portal } from '../base/portal.ts'
import { fingerprint, newToken, type Random } from '../base/random.ts'
import type { Sessions } from '../session/session.ts'
import type { Store } from '../store/store.ts'
import type { Departure } from '../web/departure.ts'

export type WayInDeps = {
  readonly store: Pick<Store, 'handoffs'>
  readonly sessions: Sessions
  readonly clock: Clock
  readonly random: Random
  readonly publicUrl: string
  /** The portal to which this browser's person is sent, when people are sent to one at all. */
  readonly findPortal: (request: Request) => Pick<Portal, 'signInUrl'> | undefined
}

/**
 * Sends the person to sign in; `next` is a path of ours. `again` asks for a fresh proof even from
 * somebody who is signed in: the portal is told by `prompt=login`, OpenID Connect's word for it.
 */
export type SendToSignIn = (request: Request, next: string, again?: boolean) => Promise<Departure>

// Time to find one's password, not to come back after lunch.
const TRIP_MINUTES = 30

export function createSendToSignIn(deps: WayInDeps): SendToSignIn {
  return async (request, next, again = false) => {
    const to = deps.findPortal(request)
    if (to === undefined) return { kind: 'redirect', to: signInPath(next, again) }
    const state = newToken(deps.random)
    await deps.store.handoffs.startTrip({
      stateHash: fingerprint(state),
      browserHash: deps.sessions.browserHash(request),
      next,
      expiresAt: addMinutes(deps.clock.now(), TRIP_MINUTES),
    })
    const portal = new URL(to.signInUrl)
    portal.searchParams.set('return_to', `${deps.publicUrl}/sign-in/handoff?state=${state}`)
    if (again) portal.searchParams.set('prompt', 'login')
    return { kind: 'redirect', to: portal.href }
  }
}

/** Our own form, where people prove themselves by password; `again` for those who are signed in too. */
export function signInPath(next: string, again: boolean): string {
  return `/sign-in?next=${encodeURIComponent(next)}${again ? '&again=1' : ''}`
}
