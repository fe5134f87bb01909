// What is kept so that passwords can be changed, set by a link, and guessed by nobody: types only, like
// store.ts, of which they are a part. Tokens come in as fingerprints.

import type { SessionRole } from './session-records.ts'

/** Whose password it is. */
export type PasswordOwner = {
  readonly role: SessionRole
  /** An account id or an operator's login. */
  readonly id: string
}

/** A link with which somebody may set the password of an account once. */
export type PasswordLink = {
  readonly tokenHash: string
  readonly accountId: string
  readonly expiresAt: Date
}

/** What goes on after a change of password: the browser in which it was made. */
export type KeptBrowser = {
  readonly sessionHash: string
  readonly deviceHash: string | undefined
}

export type Passwords = {
  /**
   * Sets a password. In the same transaction everything ends that rested on the old one: sessions, known
   * devices, waiting sign-ins and links, but for the browser that is kept. Answers whether there is
   * such a person.
   */
  readonly change: (
    owner: PasswordOwner,
    passwordHash: string,
    kept?: KeptBrowser,
  ) => Promise<boolean>
  /** Puts another hash of the same password in the place of `before`, unless that has changed meanwhile. */
  readonly rehash: (owner: PasswordOwner, before: string, after: string) => Promise<boolean>
  /** Keeps a link; an older one of the same account ends. */
  readonly saveLink: (link: PasswordLink) => Promise<void>
  /** The account id of a link that may still be used. */
  readonly findLink: (tokenHash: string, now: Date) => Promise<string | undefined>
  /** Uses a link up and sets the password, like `change`; the account id for exactly one caller. */
  readonly useLink: (
    tokenHash: string,
    passwordHash: string,
    now: Date,
  ) => Promise<string | undefined>
}

/** Browsers that are known to people. */
export type Devices = {
  /**
   * Marks a browser under a new token. What its old token was known for goes over to the new one, so
   * that a token somebody else has planted is worth nothing afterwards.
   */
  readonly remember: (mark: {
    readonly tokenHash: string
    readonly before: string | undefined
    readonly owner: PasswordOwner
    readonly expiresAt: Date
  }) => Promise<void>
  readonly isKnown: (tokenHash: string, owner: PasswordOwner, now: Date) => Promise<boolean>
  /** Forgets every browser of somebody; answers how many there were. */
  readonly forget: (owner: PasswordOwner) => Promise<number>
}
