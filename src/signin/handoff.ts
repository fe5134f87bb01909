// The portal hand-off: a token that the partner's portal has signed names the account of a person who is
// signed in there. docs/portal.md tells the portal's people what must be in it.

import { errors, jwtVerify } from 'jose'
import { addSeconds, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { fingerprint } from '../base/random.ts'
import { isSingleLine } from '../base/xml-text.ts'
import type { AccountRecord, Store } from '../store/store.ts'
import { createPortalKeys } from './portal-keys.ts'

/** How old a token may be. It travels through a browser: a minute is plenty. */
export const TOKEN_SECONDS = 60
// How far ahead the portal's clock may be.
const AHEAD_SECONDS = 30

export type HandoffDeps = {
  readonly store: Pick<Store, 'accounts' | 'handoffs'>
  readonly clock: Clock
  readonly fetch: typeof fetch
  readonly issuer: string
  /** A PEM file or the URL of a JWKS. */
  readonly keys: string
  /** Any of these may be the audience: PUBLIC_URL and ENTITY_ID. */
  readonly audiences: readonly string[]
}

/** Proves a token and uses it up. */
export type VerifyHandoff = (token: string) => Promise<AccountRecord>

/**
 * The verifier. It throws `HANDOFF_BAD_TOKEN` (facts name the part that failed), `HANDOFF_REPLAYED`,
 * `HANDOFF_UNKNOWN_ACCOUNT`, `ACCOUNT_DISABLED` and `HANDOFF_KEYS_UNAVAILABLE`.
 */
export function createVerifyHandoff(deps: HandoffDeps): VerifyHandoff {
  const { store, clock } = deps
  const keys = createPortalKeys(deps.keys, deps)
  return async (token) => {
    const claims = await readClaims(token, keys, deps)
    const { sub, jti } = claims
    if (!isId(sub)) throw badToken('sub is no account id')
    if (!isId(jti)) throw badToken('jti is no id')
    // Kept until the token would be too old anyway.
    const forgottenAt = addSeconds(clock.now(), TOKEN_SECONDS + 2 * AHEAD_SECONDS)
    const used = fingerprint(`${deps.issuer}\n${jti}`)
    if (!(await store.handoffs.useToken(used, forgottenAt))) {
      throw new Refusal('HANDOFF_REPLAYED', { account: sub.slice(0, 128) })
    }
    const account = await store.accounts.find(sub)
    if (account === undefined) {
      throw new Refusal('HANDOFF_UNKNOWN_ACCOUNT', { account: sub.slice(0, 128) })
    }
    if (!account.isEnabled) throw new Refusal('ACCOUNT_DISABLED', { account: sub })
    return account
  }
}

// What is signed may be of any type all the same: jose leaves these two unread.
type Claims = { readonly sub: unknown; readonly jti: unknown }

const LONGEST_ID = 256

function isId(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_ID) return false
  return isSingleLine(value)
}

async function readClaims(
  token: string,
  keys: ReturnType<typeof createPortalKeys>,
  deps: HandoffDeps,
): Promise<Claims> {
  const now = deps.clock.now()
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256', 'ES256'],
      issuer: deps.issuer,
      audience: [...deps.audiences],
      currentDate: now,
      clockTolerance: AHEAD_SECONDS,
      requiredClaims: ['iat', 'jti', 'sub'],
    })
    // jose's maxTokenAge adds the tolerance to the age; ours is for clocks that run ahead only.
    if (payload.iat === undefined || now.getTime() / 1000 - payload.iat > TOKEN_SECONDS) {
      throw badToken(`iat is more than ${TOKEN_SECONDS} seconds ago`)
    }
    if (payload.iat > now.getTime() / 1000 + AHEAD_SECONDS) throw badToken('iat is in the future')
    return { sub: payload.sub, jti: payload.jti }
  } catch (error) {
    if (error instanceof errors.JOSEError) throw badToken(error.code, error)
    throw error
  }
}

function badToken(problem: string, cause?: unknown): Refusal {
  return new Refusal('HANDOFF_BAD_TOKEN', { problem }, cause)
}
