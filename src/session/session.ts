// Who is signed in, in this browser. A session is a row of the store; the cookie holds its id and
// nothing else, and the store holds a fingerprint of the id only.

import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { AuditEvent, RecordAudit } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import { fingerprint, newMessageId, newToken, type Random } from '../base/random.ts'
import type { Requests } from '../store/request-records.ts'
import type { SeenFrom } from '../store/session-records.ts'
import type { Store } from '../store/store.ts'
import { storeBeforeLeaving } from '../web/departure.ts'
import { actorOf, type HistoryDeps, methodOf, noteSignIn, seenFrom, whence } from './history.ts'
import { createSessionStore } from './session-store.ts'

/** How somebody proves who they are. */
export type SignInMethod = 'password' | 'portal' | 'oidc' | 'ldap' | 'passkey'

/** What somebody has beside a password; `upstream` is one that their provider has seen. */
export type SecondFactor = 'totp' | 'passkey' | 'recovery-code' | 'upstream'

/** A proven identity. Customers and operators are told apart everywhere. */
export type SignedIn = {
  /** An account id or an operator's login. */
  readonly id: string
  readonly method: SignInMethod
  /** What was proven besides; a passkey that is the method needs none. */
  readonly second?: SecondFactor
  /** Who vouched for them: the issuer of a portal or an upstream provider. */
  readonly upstream?: string
  /** What that one calls its own session, so that it can end ours. */
  readonly upstreamSession?: string
  /** The ID token, by which an OpenID provider knows the sign-in again. Never shown or logged. */
  readonly idToken?: string
  /** When the upstream saw the person itself, if that was not for this sign-in; since 1970. */
  readonly provenAtMs?: number
  readonly at: Date
  /** SAML's SessionIndex: new at each sign-in. */
  readonly sessionIndex: string
}

export type Role = 'customer' | 'operator'

/** Who signs in, and how it was proven. */
export type Proven = Omit<SignedIn, 'at' | 'sessionIndex'>

type Kept = Proven & {
  readonly atMs: number
  readonly index: string
  /** Sessions from before a version that keeps it have none. */
  readonly from?: SeenFrom
}

declare module 'express-session' {
  interface SessionData {
    /** What parked requests and trips hang on; it outlives the change of the session id. */
    browser: string
    csrf: string
    customer: Kept
    operator: Kept
    createdAtMs: number
  }
}

export type SessionDeps = {
  readonly store: HistoryDeps['store'] &
    Pick<Store, 'sessions'> & { readonly requests: Pick<Requests, 'follow'> }
  readonly record: RecordAudit
  readonly clock: Clock
  readonly random: Random
  /** Signs the cookie; of no use to somebody who has only the database's fingerprints. */
  readonly cookieSecret: string
  readonly isHttps: boolean
  readonly sessionMinutes: number
  readonly sessionHoursMax: number
}

/** What the rest of the house may ask of a browser's session. */
export type Sessions = {
  /** Goes before every route that asks anything here. */
  readonly middleware: readonly RequestHandler[]
  /** Whoever signed in and has not been away too long. */
  readonly find: (request: Request, role: Role) => SignedIn | undefined
  /**
   * Signs in under a new session id, so that a planted one is worth nothing. It is in the person's
   * history and on record when the promise resolves.
   */
  readonly signIn: (request: Request, role: Role, who: Proven) => Promise<void>
  /** Ends the session, or, when the other role is signed in too, this role's part of it. */
  readonly signOut: (request: Request, role: Role) => Promise<void>
  /** The name under which the store keeps what belongs to this browser. */
  readonly browserHash: (request: Request) => string
  /** The name under which the store keeps the session itself. */
  readonly idHash: (request: Request) => string
  /** The token that forms of this session carry. */
  readonly csrf: (request: Request) => string
}

/** Sessions by express-session, with our store, our clock and our ids. */
export function createSessions(deps: SessionDeps): Sessions {
  const { clock, random } = deps
  const lifeMs = deps.sessionHoursMax * 3_600_000
  const fill = (request: Request) => {
    const data = request.session
    data.browser ??= newToken(random)
    data.csrf ??= newToken(random)
    data.createdAtMs ??= clock.now().getTime()
    return data as typeof data & Required<Pick<session.SessionData, 'browser' | 'csrf'>>
  }
  const begin = (request: Request) => {
    const { browser, csrf } = request.session
    const isNew = browser === undefined || csrf === undefined
    if (isNew && request.res !== undefined) storeBeforeLeaving(request.res, () => save(request))
    return fill(request)
  }

  return {
    middleware: [declareSecure(deps.isHttps), expressSession(deps)],
    find: (request, role) => {
      const kept = request.session[role]
      if (kept === undefined || clock.now().getTime() - kept.atMs >= lifeMs) return undefined
      const { atMs, index, from: _from, ...who } = kept
      return { ...who, at: new Date(atMs), sessionIndex: index }
    },
    signIn: async (request, role, who) => {
      const { browser } = fill(request)
      const other = role === 'customer' ? 'operator' : 'customer'
      const stays = request.session[other]
      const before = fingerprint(request.sessionID)
      await done((then) => request.session.regenerate(then))
      const atMs = clock.now().getTime()
      request.session.browser = browser
      const from = seenFrom(request)
      request.session[role] = { ...who, atMs, index: newMessageId(random), from }
      if (stays !== undefined) request.session[other] = stays
      fill(request)
      await save(request)
      if (stays !== undefined) {
        await deps.store.requests.follow(before, fingerprint(request.sessionID))
      }
      await noteSignIn(request, { ...who, role, method: methodOf(who) }, deps)
    },
    signOut: async (request, role) => {
      const gone = request.session[role]
      const other = request.session[role === 'customer' ? 'operator' : 'customer']
      if (other === undefined) {
        // An empty one takes its place, which is stored only when somebody asks something of it.
        await done((then) => request.session.regenerate(then))
      } else {
        delete request.session[role]
        await save(request)
      }
      if (gone !== undefined) await deps.record(ending(request, role, gone.id))
    },
    browserHash: (request) => fingerprint(begin(request).browser),
    idHash: (request) => fingerprint(request.sessionID),
    csrf: (request) => begin(request).csrf,
  }
}

function ending(request: Request, role: Role, id: string): AuditEvent {
  const where = whence(request)
  return { action: 'session.ended', actor: actorOf(role, id), subject: id, ...where }
}

function expressSession(deps: SessionDeps): RequestHandler {
  const { isHttps, random } = deps
  return session({
    // The __Host- prefix makes browsers refuse a cookie that a sibling domain has set.
    name: isHttps ? '__Host-idp' : 'idp',
    secret: deps.cookieSecret,
    genid: () => newToken(random),
    resave: false,
    saveUninitialized: false,
    store: createSessionStore(deps),
    cookie: { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' },
  })
}

// Browsers reach us by https when PUBLIC_URL says so, whatever a proxy's header tells or forgets to.
function declareSecure(isHttps: boolean): RequestHandler {
  return (request, _response, next) => {
    if (isHttps) Object.defineProperty(request, 'secure', { value: true })
    next()
  }
}

function save(request: Request): Promise<void> {
  return done((then) => request.session.save(then))
}

function done(start: (then: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error === undefined || error === null) resolve()
      else reject(error)
    })
  })
}
