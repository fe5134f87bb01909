// What somebody has beside a password, the sign-ins that wait for it, and what may be asked of both.
// Types only. Secrets come in sealed or hashed: nothing here can be used as it lies.

/** Whose factor it is. One login may be a customer and an operator: these are two. */
export type FactorOwner = {
  readonly role: 'customer' | 'operator'
  /** An account id or an operator's login. */
  readonly id: string
}

/** An authenticator app that has shown a right code. */
export type TotpRecord = {
  /** The shared secret, encrypted under FACTOR_KEY. */
  readonly sealedSecret: string
  /** The newest time step whose code was taken; that one and older ones never are again. */
  readonly lastStep: number
  readonly addedAt: Date
}

/** A WebAuthn credential of a person who was verified by their device. */
export type PasskeyRecord = {
  /** As the authenticator calls it; base64url. */
  readonly credentialId: string
  readonly owner: FactorOwner
  /** A COSE key; base64url. */
  readonly publicKey: string
  /** The authenticator's count of signatures; always 0 for those that keep none. */
  readonly counter: number
  /** How the browser may reach the authenticator. */
  readonly transports: readonly string[]
  /** What its owner calls it. */
  readonly name: string
  readonly addedAt: Date
  readonly usedAt: Date | undefined
}

/** Everything that somebody has set up. */
export type FactorSet = {
  readonly totp: TotpRecord | undefined
  /** The oldest first. */
  readonly passkeys: readonly PasskeyRecord[]
  /** How many codes are left. */
  readonly recoveryCodes: number
}

/** A sign-in whose password is proven and whose second factor is not. It is no session. */
export type PendingSignIn = {
  readonly idHash: string
  /** The browser that may go on with it. */
  readonly browserHash: string
  readonly owner: FactorOwner
  readonly method: 'password' | 'ldap'
  /** Where the person wants to go; a path of ours. */
  readonly next: string
  readonly expiresAt: Date
}

/** What a browser was asked to have signed; each purpose has its own. */
export type PasskeyChallenge = {
  readonly challengeHash: string
  readonly browserHash: string
  readonly purpose: 'add' | 'second' | 'sign-in'
  readonly expiresAt: Date
}

export type Factors = {
  readonly find: (owner: FactorOwner) => Promise<FactorSet>
  /** False when the owner has an app already: it is removed first. */
  readonly addTotp: (owner: FactorOwner, totp: TotpRecord) => Promise<boolean>
  /** True for the first caller who brings the code of a step, or of a newer one than any before. */
  readonly useTotpStep: (owner: FactorOwner, step: number) => Promise<boolean>
  readonly removeTotp: (owner: FactorOwner) => Promise<boolean>
  /** False when the credential is known, to whomever it belongs. */
  readonly addPasskey: (passkey: PasskeyRecord) => Promise<boolean>
  readonly findPasskey: (credentialId: string) => Promise<PasskeyRecord | undefined>
  /**
   * Moves the counter on (WebAuthn §6.1.1). False when it does not go up: the authenticator was copied,
   * or the passkey is gone.
   */
  readonly usePasskey: (credentialId: string, counter: number, now: Date) => Promise<boolean>
  readonly removePasskey: (owner: FactorOwner, credentialId: string) => Promise<boolean>
  /** Puts new recovery codes in the place of all old ones. */
  readonly setRecoveryCodes: (owner: FactorOwner, codeHashes: readonly string[]) => Promise<void>
  /** True for the first caller who brings the code. */
  readonly useRecoveryCode: (owner: FactorOwner, codeHash: string) => Promise<boolean>
  /** Removes all of it, recovery codes and waiting sign-ins too; answers how many factors there were. */
  readonly removeAll: (owner: FactorOwner) => Promise<number>
  readonly startSignIn: (pending: PendingSignIn) => Promise<void>
  /** Only in the browser that started it. */
  readonly findSignIn: (
    idHash: string,
    browserHash: string,
    now: Date,
  ) => Promise<PendingSignIn | undefined>
  /** Ends the wait; true for exactly one caller. */
  readonly finishSignIn: (idHash: string, browserHash: string, now: Date) => Promise<boolean>
  readonly startChallenge: (challenge: PasskeyChallenge) => Promise<void>
  /** True once, in the browser that was asked, for the purpose that it was asked for. */
  readonly takeChallenge: (
    challenge: Omit<PasskeyChallenge, 'expiresAt'>,
    now: Date,
  ) => Promise<boolean>
}
