// Sign-in at an OpenID provider: the way there, the code that comes back, and the way out when somebody
// signs out here (OpenID Connect Core §3.1, RP-Initiated Logout §2). openid-client does the protocol.

import type { Request } from 'express'
import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientError,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  type IDToken,
  ResponseBodyError,
} from 'openid-client'
import { addMinutes, addSeconds, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { fingerprint, newToken, type Random } from '../base/random.ts'
import type { Proven, Sessions, SignedIn } from '../session/session.ts'
import type { OidcTrip } from '../store/identity-records.ts'
import type { Store } from '../store/store.ts'
import { readQuery } from '../web/form.ts'
import type { Admit, UpstreamFields } from './identity.ts'
import { createGetProvider, type OidcClient, type OidcProviderDeps } from './oidc-provider.ts'
import { CALLBACK_PATH, SIGNED_OUT_PATH } from './oidc-terms.ts'

export type OidcOptions = OidcClient & {
  readonly scopes: string
  readonly claims: UpstreamFields
  readonly accounts: 'known' | 'create'
  /** What the provider says of a sign-in with a second factor. */
  readonly mfa: { readonly amr: readonly string[]; readonly acr: readonly string[] }
}

export type OidcDeps = OidcProviderDeps & {
  readonly store: Pick<Store, 'identities' | 'handoffs'>
  readonly sessions: Pick<Sessions, 'browserHash'>
  readonly clock: Clock
  readonly random: Random
  readonly publicUrl: string
  readonly admit: Admit
}

/** Somebody who has come back, and where they want to go. */
export type OidcArrival = { readonly proven: Proven; readonly next: string }

export type OidcSignIn = {
  /** Where the browser goes; `wantsFresh` has the provider ask for the proof anew. */
  readonly start: (request: Request, next: string, wantsFresh: boolean) => Promise<string>
  /**
   * Who came back. Throws `UPSTREAM_WRONG_BROWSER`, `UPSTREAM_REFUSED`, `UPSTREAM_BAD_ANSWER`,
   * `UPSTREAM_UNAVAILABLE` and what `Admit` throws.
   */
  readonly finish: (request: Request) => Promise<OidcArrival>
  /**
   * The provider's address that ends the sign-in over there and comes back to `next`; `undefined` for
   * other sign-ins and for a provider that offers none.
   */
  readonly leave: (request: Request, ended: SignedIn, next: string) => Promise<string | undefined>
  /** Where somebody goes on who comes back from there. */
  readonly afterLeaving: (request: Request) => Promise<string>
}

const TRIP_MINUTES = 30

export function createOidcSignIn(options: OidcOptions, deps: OidcDeps): OidcSignIn {
  const getProvider = createGetProvider(options, deps)
  return {
    start: (request, next, wantsFresh) =>
      start(request, { next, wantsFresh }, { ...deps, options, getProvider }),
    finish: async (request) => {
      const trip = await takeTrip(request, deps)
      const back = await redeem(request, trip, { provider: await getProvider(), deps })
      const { issuer, claims, accounts } = options
      checkFresh(back.claims, trip, { ...deps, issuer })
      const account = await deps.admit({
        issuer,
        subject: back.claims.sub,
        method: 'oidc',
        accounts,
        readFields: async () => pickFields(claims, await back.readAll()),
      })
      return { next: trip.next, proven: prove(account.accountId, back, { trip, options }) }
    },
    leave: (request, ended, next) => leave(request, { ended, next }, { ...deps, getProvider }),
    afterLeaving: (request) => afterLeaving(request, deps),
  }
}

type Wired = OidcDeps & {
  readonly getProvider: () => Promise<Configuration>
}

async function start(
  request: Request,
  wish: { readonly next: string; readonly wantsFresh: boolean },
  deps: Wired & { readonly options: OidcOptions },
): Promise<string> {
  const { random, clock, store, options } = deps
  const provider = await deps.getProvider()
  const [state, nonce, codeVerifier] = [newToken(random), newToken(random), newToken(random)]
  const startedAt = clock.now()
  await store.identities.startTrip({
    stateHash: fingerprint(state),
    browserHash: deps.sessions.browserHash(request),
    nonce,
    codeVerifier,
    next: wish.next,
    wantsFreshSignIn: wish.wantsFresh,
    startedAt,
    expiresAt: addMinutes(startedAt, TRIP_MINUTES),
  })
  const url = buildAuthorizationUrl(provider, {
    redirect_uri: `${deps.publicUrl}${CALLBACK_PATH}`,
    scope: options.scopes,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(wish.wantsFresh ? { prompt: 'login', max_age: '0' } : {}),
  })
  return url.href
}

// In the same browser and once: otherwise a stranger's code would sign this person in as the stranger.
async function takeTrip(request: Request, deps: OidcDeps): Promise<OidcTrip> {
  const state = readQuery(request).text('state') ?? ''
  const browser = deps.sessions.browserHash(request)
  const now = deps.clock.now()
  const trip = await deps.store.identities.takeTrip(fingerprint(state), browser, now)
  if (trip === undefined) throw new Refusal('UPSTREAM_WRONG_BROWSER')
  return trip
}

type Back = {
  readonly claims: IDToken
  readonly idToken: string | undefined
  /** The claims of the ID token and of the UserInfo endpoint. */
  readonly readAll: () => Promise<Readonly<Record<string, unknown>>>
}

async function redeem(
  request: Request,
  trip: OidcTrip,
  { provider, deps }: { readonly provider: Configuration; readonly deps: OidcDeps },
): Promise<Back> {
  // What we told the provider, not what a proxy or a Host header says.
  const url = new URL(request.originalUrl, deps.publicUrl)
  const callback = new URL(`${deps.publicUrl}${CALLBACK_PATH}${url.search}`)
  const state = readQuery(request).text('state') ?? ''
  return understood(provider, async () => {
    const tokens = await authorizationCodeGrant(provider, callback, {
      expectedState: state,
      expectedNonce: trip.nonce,
      pkceCodeVerifier: trip.codeVerifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) throw new Refusal('UPSTREAM_BAD_ANSWER', { problem: 'no ID token' })
    const { access_token: accessToken, id_token: idToken } = tokens
    const readAll = () => readClaims(claims, accessToken, provider)
    return { claims, idToken, readAll }
  })
}

async function readClaims(claims: IDToken, accessToken: string, provider: Configuration) {
  if (provider.serverMetadata().userinfo_endpoint === undefined) return claims
  // Core §5.3.2: an answer about somebody else is refused by the library.
  const more = await understood(provider, () => fetchUserInfo(provider, accessToken, claims.sub))
  return { ...more, ...claims }
}

/** The library's errors as refusals; their texts are its own and hold nothing that was received. */
async function understood<Result>(
  provider: Configuration,
  ask: () => Promise<Result>,
): Promise<Result> {
  const { issuer } = provider.serverMetadata()
  try {
    return await ask()
  } catch (error) {
    if (error instanceof AuthorizationResponseError) {
      throw new Refusal('UPSTREAM_REFUSED', { issuer, error: error.error.slice(0, 64) }, error)
    }
    if (error instanceof ResponseBodyError) {
      const facts = { issuer, problem: 'token endpoint', error: error.error.slice(0, 64) }
      throw new Refusal('UPSTREAM_BAD_ANSWER', facts, error)
    }
    if (error instanceof ClientError && !isOutage(error)) {
      throw new Refusal('UPSTREAM_BAD_ANSWER', { issuer, problem: problemOf(error) }, error)
    }
    if (error instanceof Refusal) throw error
    throw new Refusal('UPSTREAM_UNAVAILABLE', { issuer }, error)
  }
}

// Without a code it is an error of the connection; a status that is no answer is the provider's own.
function isOutage({ code }: ClientError): boolean {
  return code === undefined || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM'
}

// The library says which claim it was two causes down.
function problemOf(error: ClientError): string {
  const inner = error.cause instanceof Error ? error.cause.cause : undefined
  const isClaim = typeof inner === 'object' && inner !== null && 'claim' in inner
  return isClaim ? `${error.code}: ${String(inner.claim)}` : String(error.code)
}

// Core §3.1.2.1: who sends max_age is told when the person was there, and has to look.
function checkFresh(
  claims: IDToken,
  { wantsFreshSignIn, startedAt }: OidcTrip,
  { clockSkewSeconds, issuer }: { readonly clockSkewSeconds: number; readonly issuer: string },
): void {
  const earliest = addSeconds(startedAt, -clockSkewSeconds).getTime()
  if (wantsFreshSignIn && authTimeMs(claims) < earliest) {
    throw new Refusal('UPSTREAM_BAD_ANSWER', { issuer, problem: 'auth_time' })
  }
}

// A provider that does not say when may have seen the person at any time.
function authTimeMs({ auth_time: seconds }: IDToken): number {
  return (seconds ?? 0) * 1000
}

function prove(
  id: string,
  { claims, idToken }: Back,
  { trip, options }: { readonly trip: OidcTrip; readonly options: OidcOptions },
): Proven {
  const { sid } = claims
  return {
    id,
    method: 'oidc',
    upstream: options.issuer,
    ...(tellsSecond(claims, options) ? { second: 'upstream' as const } : {}),
    ...(typeof sid === 'string' ? { upstreamSession: sid.slice(0, 255) } : {}),
    ...(idToken === undefined || idToken.length > LONGEST_HINT ? {} : { idToken }),
    ...(trip.wantsFreshSignIn ? {} : { provenAtMs: authTimeMs(claims) }),
  }
}

// Core §2: amr and acr mean what the two parties have agreed on, so nothing counts unless it is configured.
function tellsSecond({ amr, acr }: IDToken, { mfa }: OidcOptions): boolean {
  const used = Array.isArray(amr) ? amr : []
  return used.some((each) => mfa.amr.includes(String(each))) || mfa.acr.includes(String(acr))
}

// It travels in an address on the way out.
const LONGEST_HINT = 4096

function pickFields(
  map: UpstreamFields,
  claims: Readonly<Record<string, unknown>>,
): UpstreamFields {
  const entries = Object.entries(map).map(([field, claim]) => {
    const value = claim === undefined ? undefined : claims[claim]
    return [field, typeof value === 'string' && value !== '' ? value : undefined] as const
  })
  const fields: UpstreamFields = Object.fromEntries(entries)
  // An address that nobody has confirmed may be anybody's.
  return claims['email_verified'] === false ? { ...fields, email: undefined } : fields
}

async function leave(
  request: Request,
  { ended, next }: { readonly ended: SignedIn; readonly next: string },
  deps: Wired,
): Promise<string | undefined> {
  if (ended.method !== 'oidc') return undefined
  let provider: Configuration
  try {
    provider = await deps.getProvider()
  } catch {
    return undefined // Whoever signs out here must not be kept by a provider that is down.
  }
  const { end_session_endpoint: end, issuer } = provider.serverMetadata()
  if (end === undefined || issuer !== ended.upstream) return undefined
  const state = newToken(deps.random)
  await deps.store.handoffs.startTrip({
    stateHash: fingerprint(state),
    browserHash: deps.sessions.browserHash(request),
    next,
    expiresAt: addMinutes(deps.clock.now(), TRIP_MINUTES),
  })
  const { idToken } = ended
  const url = buildEndSessionUrl(provider, {
    post_logout_redirect_uri: `${deps.publicUrl}${SIGNED_OUT_PATH}`,
    state,
    ...(idToken === undefined ? {} : { id_token_hint: idToken }),
  })
  return url.href
}

async function afterLeaving(request: Request, deps: OidcDeps): Promise<string> {
  const state = readQuery(request).text('state') ?? ''
  const browser = deps.sessions.browserHash(request)
  const now = deps.clock.now()
  const trip = await deps.store.handoffs.takeTrip(fingerprint(state), browser, now)
  return trip?.next ?? '/sign-out'
}
