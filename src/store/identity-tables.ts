// The tables of identities and of sign-ins at an OpenID provider, as Kysely sees them: part of tables.ts.

export type IdentityTable = {
  readonly issuer: string
  readonly subject: string
  readonly account_id: string
  readonly linked_at_ms: number
}

export type OidcTripTable = {
  readonly state_hash: string
  readonly browser_hash: string
  readonly nonce: string
  readonly code_verifier: string
  readonly next: string
  readonly wants_fresh_sign_in: number
  readonly started_at_ms: number
  readonly expires_at_ms: number
}
