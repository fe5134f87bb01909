// What is known of a partner's portal that vouches for people.

/** Algorithms of a portal's tokens; HS256 is for those that share a secret with us. */
export const PORTAL_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256'] as const

export type PortalAlgorithm = (typeof PORTAL_ALGORITHMS)[number]

/**
 * What a token is verified with: public keys (the path of a PEM file or the URL of a JWKS), or a shared
 * secret. Never both: a public key must not be taken for a secret (RFC 8725 §2.1).
 */
export type PortalProof =
  | { readonly kind: 'keys'; readonly source: string }
  | { readonly kind: 'secret'; readonly secret: string }

export type Portal = {
  /** How operators and logs call it. */
  readonly name: string
  /** The `iss` of its tokens; no two portals have the same. */
  readonly issuer: string
  readonly proof: PortalProof
  readonly algorithms: readonly PortalAlgorithm[]
  /** How far its clock may be ahead of ours. */
  readonly skewSeconds: number
  /** Where people are sent to sign in. */
  readonly signInUrl: string
  /** Where people go when they are done here. */
  readonly homeUrl: string
}
