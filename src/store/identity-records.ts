// Who vouches for which account, and the people who are on their way to an upstream provider. Types only.

/** A person as an upstream knows them. Only this pair is a key: names and addresses change hands. */
export type Identity = {
  /** The issuer of an OpenID provider; `ldap` for the directory. */
  readonly issuer: string
  /** What the issuer never gives to somebody else: `sub`, entryUUID or objectGUID. */
  readonly subject: string
}

/** An identity that belongs to an account; nothing changes or moves it. */
export type IdentityLink = Identity & {
  readonly accountId: string
  readonly linkedAt: Date
}

/** A person who was sent to the OpenID provider. */
export type OidcTrip = {
  /** Fingerprint of the `state` that the provider sends back. */
  readonly stateHash: string
  readonly browserHash: string
  readonly nonce: string
  /** The secret of PKCE (RFC 7636 §4.1); of use only with the code that comes back. */
  readonly codeVerifier: string
  /** A path of ours. */
  readonly next: string
  /** Whether the person must prove themselves anew over there. */
  readonly wantsFreshSignIn: boolean
  readonly startedAt: Date
  readonly expiresAt: Date
}

/** How a link went: `taken` by another account, or the account has `another` of this issuer. */
export type Linked = 'linked' | 'there already' | 'taken' | 'another'

export type Identities = {
  readonly find: (identity: Identity) => Promise<IdentityLink | undefined>
  /** The oldest first. */
  readonly listOf: (accountId: string) => Promise<readonly IdentityLink[]>
  /** Links an identity to an account that is there. */
  readonly link: (link: IdentityLink) => Promise<Linked>
  readonly startTrip: (trip: OidcTrip) => Promise<void>
  /** Gives a trip to exactly one caller, and only in the browser that started it. */
  readonly takeTrip: (
    stateHash: string,
    browserHash: string,
    now: Date,
  ) => Promise<OidcTrip | undefined>
}
