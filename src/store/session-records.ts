// What is kept of who is signed in, and of who tried: types only, like store.ts, of which they are a part.

export type SessionRole = 'customer' | 'operator'

/** Where somebody signs in from: enough to recognise one's own, too little to follow somebody. */
export type SeenFrom = {
  /** The network, not the address: see base/network.ts. */
  readonly network: string | undefined
  /** The browser in a few words. */
  readonly agent: string | undefined
}

/** Somebody who is signed in, in one browser. */
export type SessionPerson = SeenFrom & {
  readonly role: SessionRole
  /** An account id or an operator's login. */
  readonly id: string
  readonly method: string
  readonly startedAt: Date
  /** Who vouched for them: the issuer of a portal or an upstream provider. */
  readonly upstream: string | undefined
  /** What that one calls its own session, so that it can end ours. */
  readonly upstreamSession: string | undefined
}

/** The same as it is found later. */
export type SessionEntry = SessionPerson & {
  /** The fingerprint of the session's id: it names the session and opens nothing. */
  readonly idHash: string
  readonly lastSeenAt: Date
}

/** A browser's session as it is written. */
export type KeptSession = {
  readonly body: string
  readonly expiresAt: Date
  readonly seenAt: Date
  readonly people: readonly SessionPerson[]
}

/** Browsers' sessions. An id is a secret: the store knows the fingerprint only. */
export type Sessions = {
  readonly find: (idHash: string, now: Date) => Promise<string | undefined>
  /** Writes a session and who is signed in with it, in one transaction. */
  readonly save: (idHash: string, session: KeptSession) => Promise<void>
  /** The same for a session that is still there; one that has gone meanwhile stays gone. */
  readonly replace: (idHash: string, session: KeptSession) => Promise<void>
  /** Like `replace`, when nobody came or went. */
  readonly extend: (idHash: string, session: Omit<KeptSession, 'people'>) => Promise<void>
  readonly remove: (idHash: string) => Promise<void>
  /**
   * Where an account, or the operator of that login, is signed in; newest first. Whoever is disabled is
   * signed in nowhere.
   */
  readonly listOf: (id: string, now: Date, role?: SessionRole) => Promise<readonly SessionEntry[]>
  /**
   * Ends one session, for everybody who is signed in with it: the browser's next request finds nobody.
   * Answers whether it was there.
   */
  readonly end: (idHash: string) => Promise<boolean>
  /** Ends all sessions of an account, or of an operator, but one; answers how many there were. */
  readonly endAll: (id: string, except?: string, role?: SessionRole) => Promise<number>
}

/** One attempt to sign in to an account that there is. */
export type SignInRecord = SeenFrom & {
  readonly role: SessionRole
  readonly id: string
  readonly at: Date
  readonly method: string
  /** The code of the refusal; `undefined` for a sign-in that was right. */
  readonly refusal: string | undefined
}

/** The newest attempts of each person. */
export type SignIns = {
  readonly add: (attempt: SignInRecord) => Promise<void>
  /** Newest first, up to `SIGN_INS_KEPT`. */
  readonly list: (id: string, role?: SessionRole) => Promise<readonly SignInRecord[]>
}

/** How many attempts of one person are kept. */
export const SIGN_INS_KEPT = 50
