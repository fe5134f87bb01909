// What the OpenID provider says of itself: its issuer in; its addresses, algorithms and keys out, learned
// anew every few minutes, so that a provider may change them (OpenID Connect Discovery §4).

import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  type ServerMetadata,
} from 'openid-client'
import { addMinutes, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { boundFetch, isPrivate } from './oidc-fetch.ts'

/** How the provider is known, and how it knows us. */
export type OidcClient = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | undefined
  readonly clientAuth: 'basic' | 'post'
}

export type OidcProviderDeps = {
  readonly clock: Clock
  readonly fetch: typeof fetch
  readonly clockSkewSeconds: number
}

/** The provider as it is now. Throws `UPSTREAM_UNAVAILABLE`. */
export type GetProvider = () => Promise<Configuration>

const TIMEOUT_SECONDS = 10
const KEEP_MINUTES = 5

/**
 * Algorithms by public keys only. Under HS256 the client secret, which is short and known to both, would
 * be the key, and `none` is none.
 */
const ALGORITHMS: readonly string[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

/** The provider of `client`. A discovery that fails leaves the one before it in force. */
export function createGetProvider(client: OidcClient, deps: OidcProviderDeps): GetProvider {
  let known: { readonly provider: Configuration; readonly until: Date } | undefined
  let underWay: Promise<Configuration> | undefined
  const learn = async () => {
    try {
      const provider = await discover(client, deps)
      known = { provider, until: addMinutes(deps.clock.now(), KEEP_MINUTES) }
      return provider
    } catch (cause) {
      if (known !== undefined) return known.provider
      throw new Refusal('UPSTREAM_UNAVAILABLE', { issuer: client.issuer, part: 'discovery' }, cause)
    } finally {
      underWay = undefined
    }
  }
  return async () => {
    if (known !== undefined && deps.clock.now() < known.until) return known.provider
    underWay ??= learn()
    return underWay
  }
}

async function discover(client: OidcClient, deps: OidcProviderDeps): Promise<Configuration> {
  const { issuer, clientId } = client
  const auth = authOf(client)
  const isLocal = issuer.startsWith('http:')
  const found = await discovery(new URL(issuer), clientId, undefined, auth, {
    timeout: TIMEOUT_SECONDS,
    [customFetch]: boundFetch(deps.fetch),
    // Only for a provider on this machine; `boundFetch` holds all of its addresses to that.
    execute: isLocal ? [allowInsecureRequests] : [],
  })
  const server = found.serverMetadata()
  // The library compares what it was given as a URL, which forgives a trailing slash.
  if (server.issuer !== issuer) throw new Error(`the provider calls itself ${server.issuer}`)
  const offered = server.id_token_signing_alg_values_supported ?? ['RS256']
  const accepted = offered.filter((algorithm) => ALGORITHMS.includes(algorithm))
  if (accepted.length === 0) throw new Error('the provider signs by no algorithm that is accepted')
  checkAddresses([server.authorization_endpoint, server.end_session_endpoint])

  const metadata = { [clockTolerance]: deps.clockSkewSeconds }
  // The cast holds: what the library read, with one list made shorter.
  const narrowed: unknown = { ...server, id_token_signing_alg_values_supported: accepted }
  const provider = new Configuration(narrowed as ServerMetadata, clientId, metadata, auth)
  provider.timeout = TIMEOUT_SECONDS
  provider[customFetch] = boundFetch(deps.fetch)
  if (isLocal) allowInsecureRequests(provider)
  // Core §3.1.3.7 would trust the connection instead; a signature is proof wherever TLS ends.
  enableNonRepudiationChecks(provider)
  return provider
}

function authOf({ clientSecret, clientAuth }: OidcClient): ClientAuth {
  if (clientSecret === undefined) return None()
  return clientAuth === 'post' ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret)
}

// Browsers are sent there.
function checkAddresses(addresses: readonly (string | undefined)[]): void {
  for (const address of addresses) {
    if (address === undefined) continue
    const url = URL.parse(address)
    if (url === null || !isPrivate(url)) throw new Error('an address of the provider is not https')
  }
}
