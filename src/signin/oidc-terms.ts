// What is agreed with every OpenID provider: where it sends people back to, and what it may sign with.

/** Below PUBLIC_URL; registered at the provider as the redirect URI. */
export const CALLBACK_PATH = '/sign-in/oidc/callback'

/** The same for the way back from a logout. */
export const SIGNED_OUT_PATH = '/sign-in/oidc/signed-out'

/**
 * Algorithms by public keys only. Under HS256 the client secret, which is short and known to both, would
 * be the key, and `none` is none.
 */
export const ALGORITHMS: readonly string[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]
