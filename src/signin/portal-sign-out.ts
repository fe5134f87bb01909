// Signing out at a portal ends what that portal has begun here. The portal's server posts a logout token
// (OpenID Connect Back-Channel Logout 1.0 §2.4), or the portal sends the browser with one.

import type { Request } from 'express'
import type { RecordAudit } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { Sessions } from '../session/session.ts'
import type { SessionEntry } from '../store/session-records.ts'
import type { Store } from '../store/store.ts'
import { readForm, readQuery } from '../web/form.ts'
import {
  LOGOUT_TYPE,
  type PortalToken,
  type PortalTokens,
  refuseToken,
  TokenProblem,
} from './portal-token.ts'

/** The path of the door: the portal's server posts there, browsers get it. */
export const PORTAL_SIGN_OUT_PATH = '/sign-out/portal'

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** Whom a portal has signed out. */
export type SignedOut = Pick<PortalToken, 'sub' | 'sid' | 'portal'>

export type PortalSignOut = {
  /** Proves a logout token and uses it up. Throws `PORTAL_LOGOUT_BAD_TOKEN`. */
  readonly verify: (token: string | undefined) => Promise<SignedOut>
  /** Ends every session of the account that the portal has opened; with a `sid`, those of that one. */
  readonly endAll: (ended: SignedOut, address: string | undefined) => Promise<void>
}

export type PortalSignOutDeps = {
  readonly store: Pick<Store, 'sessions'>
  readonly clock: Clock
  readonly record: RecordAudit
  readonly tokens: PortalTokens
}

export function createPortalSignOut(deps: PortalSignOutDeps): PortalSignOut {
  const { store, clock, record, tokens } = deps
  return {
    verify: async (text) => {
      try {
        const token = await tokens.read(text ?? '')
        checkLogout(token)
        if (!(await tokens.use(token, 'logout'))) throw new TokenProblem('jti was used before')
        return token
      } catch (error) {
        throw refuseToken(error, 'PORTAL_LOGOUT_BAD_TOKEN')
      }
    },
    endAll: async (ended, address) => {
      const entries = await store.sessions.listOf(ended.sub, clock.now())
      const theirs = entries.filter((entry) => isOf(entry, ended))
      for (const { idHash } of theirs) await store.sessions.end(idHash)
      if (theirs.length === 0) return
      const actor = { kind: 'portal', id: ended.portal.issuer } as const
      const after = { sessions: theirs.length }
      await record({ action: 'session.ended', actor, subject: ended.sub, address, after })
    },
  }
}

// §2.6 of the specification. The type is asked for: without it a hand-off token could end a session.
function checkLogout({ type, claims }: PortalToken): void {
  if (type !== LOGOUT_TYPE) throw new TokenProblem(`typ is not ${LOGOUT_TYPE}`)
  const { events, nonce } = claims as { readonly events?: unknown; readonly nonce?: unknown }
  const event = isObject(events) ? events[LOGOUT_EVENT] : undefined
  if (!isObject(event)) throw new TokenProblem('events does not name a logout')
  // An ID token has one, and must not pass for a logout token.
  if (nonce !== undefined) throw new TokenProblem('a nonce is there')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// A launch link has no issuer and no session of the portal: it ends with all of the person's.
function isOf(
  entry: Pick<SessionEntry, 'method' | 'upstream' | 'upstreamSession'>,
  { portal, sid }: SignedOut,
): boolean {
  if (entry.method !== 'portal') return false
  if (sid !== undefined) return entry.upstream === portal.issuer && entry.upstreamSession === sid
  return entry.upstream === portal.issuer || entry.upstream === undefined
}

type Door = { readonly sessions: Sessions; readonly portalSignOut: PortalSignOut | undefined }

function getDoor({ portalSignOut }: Door): PortalSignOut {
  if (portalSignOut === undefined) throw new Refusal('HANDOFF_NOT_CONFIGURED')
  return portalSignOut
}

/** The portal's server posts `logout_token`. Whether there was anything to end is not told. */
export async function endByPortal(request: Request, deps: Door): Promise<void> {
  const door = getDoor(deps)
  const ended = await door.verify(readForm(request).text('logout_token'))
  await door.endAll(ended, request.ip)
}

/**
 * The browser comes with the token in the address. Ends the sessions, and answers whether this browser's
 * was one of them: the caller can lead it through the sites too, which the portal's server cannot.
 */
export async function endInBrowser(request: Request, deps: Door): Promise<boolean> {
  const door = getDoor(deps)
  const ended = await door.verify(readQuery(request).text('logout_token'))
  const here = deps.sessions.find(request, 'customer')
  await door.endAll(ended, request.ip)
  if (here?.id !== ended.sub) return false
  return isOf({ upstream: undefined, upstreamSession: undefined, ...here }, ended)
}
