// Who is signed in, in this browser. A session is a row of the store; the cookie holds its id and
// nothing else, and the store holds a fingerprint of the id only.

import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { Clock } from '../base/clock.ts'
import { fingerprint, newMessageId, newToken, type Random } from '../base/random.ts'
import type { Requests, Store } from '../store/store.ts'
import { storeBeforeLeaving } from '../web/departure.ts'
import { createSessionStore } from './session-store.ts'

/** A proven identity. Customers and operators are told apart everywhere. */
export type SignedIn = {
  /** An account id or an operator's login. */
  readonly id: string
  readonly method: 'password' | 'portal'
  readonly at: Date
  /** SAML's SessionIndex: new at each sign-in. */
  readonly sessionIndex: string
}

export type Role = 'customer' | 'operator'

type Kept = {
  readonly id: string
  readonly method: SignedIn['method']
  readonly atMs: number
  readonly index: string
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
  readonly store: Pick<Store, 'sessions'> & { readonly requests: Pick<Requests, 'follow'> }
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
  /** Signs in under a new session id, so that a planted one is worth nothing. */
  readonly signIn: (
    request: Request,
    role: Role,
    who: Pick<SignedIn, 'id' | 'method'>,
  ) => Promise<void>
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
      return { id: kept.id, method: kept.method, at: new Date(kept.atMs), sessionIndex: kept.index }
    },
    signIn: async (request, role, who) => {
      const { browser } = fill(request)
      const other = role === 'customer' ? 'operator' : 'customer'
      const stays = request.session[other]
      const before = fingerprint(request.sessionID)
      await done((then) => request.session.regenerate(then))
      const atMs = clock.now().getTime()
      request.session.browser = browser
      request.session[role] = { ...who, atMs, index: newMessageId(random) }
      if (stays !== undefined) request.session[other] = stays
      fill(request)
      await save(request)
      if (stays !== undefined) {
        await deps.store.requests.follow(before, fingerprint(request.sessionID))
      }
    },
    signOut: async (request, role) => {
      const other = request.session[role === 'customer' ? 'operator' : 'customer']
      if (other === undefined) {
        // An empty one takes its place, which is stored only when somebody asks something of it.
        await done((then) => request.session.regenerate(then))
        return
      }
      delete request.session[role]
      await save(request)
    },
    browserHash: (request) => fingerprint(begin(request).browser),
    idHash: (request) => fingerprint(request.sessionID),
    csrf: (request) => begin(request).csrf,
  }
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
