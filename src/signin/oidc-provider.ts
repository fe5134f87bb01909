// What the OpenID provider says of itself: its issuer in; its addresses, algorithms and keys out, learned
// anew every few minutes, so that a provider may change them (OpenID Connect Discovery §4).

import type { KeyObject } from 'node:crypto'
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
  PrivateKeyJwt,
  type ServerMetadata,
} from 'openid-client'
import { addMinutes, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { boundFetch, isPrivate } from './oidc-fetch.ts'
import { ALGORITHMS } from './oidc-terms.ts'

/** How the provider is known, and how it knows us. */
export type OidcClient = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | undefined
  readonly clientAuth: 'basic' | 'post'
  /** RSA, EC P-256 or Ed25519; used in place of the secret. */
  readonly clientKey: { readonly key: KeyObject; readonly id: string | undefined } | undefined
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

function authOf({ clientSecret, clientAuth, clientKey }: OidcClient): ClientAuth {
  if (clientKey !== undefined) {
    const { key, id } = clientKey
    // The cast holds: Node and the browsers' types differ in the names of uses that no key of ours has.
    const signer = key.toCryptoKey(algorithmOf(key), false, ['sign']) as CryptoKey
    return PrivateKeyJwt(id === undefined ? signer : { key: signer, kid: id })
  }
  if (clientSecret === undefined) return None()
  return clientAuth === 'post' ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret)
}

// RS256, ES256 or EdDSA, by the kind of key.
function algorithmOf({ asymmetricKeyType: kind }: KeyObject) {
  if (kind === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  return kind === 'ec' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: 'Ed25519' }
}

// Browsers are sent there.
function checkAddresses(addresses: readonly (string | undefined)[]): void {
  for (const address of addresses) {
    if (address === undefined) continue
    const url = URL.parse(address)
    if (url === null || !isPrivate(url)) throw new Error('an address of the provider is not https')
  }
}
