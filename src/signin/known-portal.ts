// Which of several portals a browser belongs to: the one that brought somebody here last. It is a memory
// and no proof; whoever changes the cookie is sent to another portal, and no further.

import type { Request } from 'express'
import type { Portal } from '../base/portal.ts'

const COOKIE = 'portal'
const YEAR_MS = 365 * 24 * 60 * 60 * 1000

export type KnownPortals = {
  /** The browser's portal; the first one where none is known. */
  readonly find: (request: Request) => Portal | undefined
  /** Remembers the portal of this issuer, where there are several. */
  readonly remember: (request: Request, issuer: string) => void
  /** Where this browser's person goes when they are done here. */
  readonly homeOf: (request: Request) => string
}

export function createKnownPortals(deps: {
  readonly portals: readonly Portal[]
  /** For those whose portal is not known. */
  readonly portalHome: string
  readonly isHttps: boolean
}): KnownPortals {
  const { portals, portalHome, isHttps } = deps
  const named = (request: Request) => {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
    const name = pairs.find(([found]) => found === COOKIE)?.[1]
    return portals.find((portal) => portal.name === name)
  }
  return {
    find: (request) => named(request) ?? portals[0],
    remember: (request, issuer) => {
      const portal = portals.find((each) => each.issuer === issuer)
      if (portal === undefined || portals.length < 2) return
      const how = { maxAge: YEAR_MS, httpOnly: true, sameSite: 'lax', secure: isHttps } as const
      request.res?.cookie(COOKIE, portal.name, how)
    },
    homeOf: (request) => named(request)?.homeUrl ?? portalHome,
  }
}
