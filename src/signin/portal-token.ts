// A token that a portal has signed in, what it says out: whose it is, whether it is fresh and comes for
// the first time. Hand-off and sign-out are told apart by those who ask.

import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { addSeconds, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { Portal } from '../base/portal.ts'
import { fingerprint } from '../base/random.ts'
import { isSingleLine } from '../base/xml-text.ts'
import type { Store } from '../store/store.ts'
import { createPortalKeys } from './portal-keys.ts'

/** How old a token may be. It travels through a browser: a minute is plenty. */
export const TOKEN_SECONDS = 60

/** The `typ` of a logout token (OIDC Back-Channel Logout 1.0 §2.4). */
export const LOGOUT_TYPE = 'logout+jwt'

export type PortalTokenDeps = {
  readonly store: Pick<Store, 'handoffs'>
  readonly clock: Clock
  readonly fetch: typeof fetch
  /** At least one. */
  readonly portals: readonly Portal[]
  /** Any of these may be the audience: PUBLIC_URL and ENTITY_ID. */
  readonly audiences: readonly string[]
}

/** A token that is what it claims to be, before it is used up. */
export type PortalToken = {
  readonly portal: Portal
  /** The account. */
  readonly sub: string
  readonly jti: string
  /** What the portal calls its own session. */
  readonly sid: string | undefined
  readonly type: string | undefined
  readonly claims: JWTPayload
}

export type PortalTokens = {
  /** Throws `TokenProblem`, and `HANDOFF_KEYS_UNAVAILABLE`. */
  readonly read: (token: string) => Promise<PortalToken>
  /** Whether the token is used for the first time, across all processes; per portal and purpose. */
  readonly use: (token: PortalToken, purpose: 'handoff' | 'logout') => Promise<boolean>
}

/** What is wrong with a token, in words for the log. */
export class TokenProblem extends Error {}

/** The same as a refusal with `code`; anything else is thrown on. */
export function refuseToken(
  error: unknown,
  code: 'HANDOFF_BAD_TOKEN' | 'PORTAL_LOGOUT_BAD_TOKEN',
): Refusal {
  if (!(error instanceof TokenProblem)) throw error
  return new Refusal(code, { problem: error.message }, error.cause)
}

/** Reads the tokens of all portals; each is held to the keys and algorithms of the one that it names. */
export function createPortalTokens(deps: PortalTokenDeps): PortalTokens {
  const keys = new Map(
    deps.portals.map((portal) => [portal, createPortalKeys(portal.proof, deps)] as const),
  )
  return {
    read: async (token) => {
      const portal = portalOf(token, deps.portals)
      const getKey = portal && keys.get(portal)
      if (portal === undefined || getKey === undefined) throw new TokenProblem('no portal')
      return checkClaims(portal, await verify(token, getKey, { ...deps, portal }))
    },
    use: ({ portal, jti }, purpose) => {
      // Kept until the token would be too old anyway.
      const { issuer, skewSeconds } = portal
      const forgottenAt = addSeconds(deps.clock.now(), TOKEN_SECONDS + 2 * skewSeconds)
      const prefix = purpose === 'handoff' ? '' : `${purpose}\n`
      return deps.store.handoffs.useToken(fingerprint(`${prefix}${issuer}\n${jti}`), forgottenAt)
    },
  }
}

// A hint only: what the token says of itself chooses the keys that must prove it.
function portalOf(token: string, portals: readonly Portal[]): Portal | undefined {
  try {
    const { iss } = decodeJwt(token)
    return portals.find(({ issuer }) => issuer === iss) ?? portals[0]
  } catch {
    return portals[0] // Whatever is no token fails there with its own words.
  }
}

type Verified = { readonly claims: JWTPayload; readonly type: string | undefined }

async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  { portal, clock, audiences }: Pick<PortalTokenDeps, 'clock' | 'audiences'> & { portal: Portal },
): Promise<Verified> {
  const now = clock.now()
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: [...portal.algorithms],
      issuer: portal.issuer,
      audience: [...audiences],
      currentDate: now,
      clockTolerance: portal.skewSeconds,
      requiredClaims: ['iat', 'jti', 'sub'],
    })
    checkAge(payload.iat, now, portal.skewSeconds)
    return { claims: payload, type: protectedHeader.typ?.toLowerCase() }
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    throw new TokenProblem(error.code, { cause: error })
  }
}

// jose's maxTokenAge adds the tolerance to the age; ours is for clocks that run ahead only.
function checkAge(iat: number | undefined, now: Date, skewSeconds: number): void {
  const nowSeconds = now.getTime() / 1000
  if (iat === undefined || nowSeconds - iat > TOKEN_SECONDS) {
    throw new TokenProblem(`iat is more than ${TOKEN_SECONDS} seconds ago`)
  }
  if (iat > nowSeconds + skewSeconds) throw new TokenProblem('iat is in the future')
}

// What is signed may be of any type all the same: jose leaves these unread.
function checkClaims(portal: Portal, { claims, type }: Verified): PortalToken {
  const { sub, jti, sid }: Readonly<Record<string, unknown>> = claims
  if (!isId(sub)) throw new TokenProblem('sub is no account id')
  if (!isId(jti)) throw new TokenProblem('jti is no id')
  if (sid !== undefined && !isId(sid)) throw new TokenProblem('sid is no id')
  return { portal, sub, jti, sid, type, claims }
}

const LONGEST_ID = 256

function isId(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_ID) return false
  return isSingleLine(value)
}
