// Keys of the portal API: `idp_<id>_<secret>`. The id finds the row, the secret is compared by its
// fingerprint, in the same time whatever it is.

import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { networkOf } from '../base/network.ts'
import { fingerprint, newToken, type Random } from '../base/random.ts'
import type { ApiKeyRecord } from '../store/api-key-records.ts'
import type { Store } from '../store/store.ts'
import type { Scope } from './scopes.ts'

const KEY = /^Bearer +idp_([0-9a-f]{16})_([\w-]{43})$/i

const ID_BYTES = 8
const WINDOW_MS = 60_000

/** A key that was just made; `key` is shown once. */
export type MadeKey = { readonly key: string; readonly record: ApiKeyRecord }

/** Draws a key. Nothing is stored yet. */
export function makeKey(
  wanted: {
    readonly name: string
    readonly scopes: readonly Scope[]
    readonly expiresAt: Date | undefined
  },
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): MadeKey {
  const id = random.bytes(ID_BYTES).toString('hex')
  const secret = newToken(random)
  const never = { usedAt: undefined, revokedAt: undefined }
  const createdAt = clock.now()
  const record = { id, ...wanted, secretHash: fingerprint(secret), createdAt, ...never }
  return { key: `idp_${id}_${secret}`, record }
}

/** Who asks: a key that may be used now. */
export type Caller = {
  readonly keyId: string
  readonly name: string
  /** Seals what is kept for this caller; it is written nowhere. */
  readonly secret: string
}

export type KeyDeps = {
  readonly store: Pick<Store, 'apiKeys' | 'counters'>
  readonly clock: Clock
  /** Of one key. */
  readonly requestsPerMinute: number
  /** Wrong keys of one network that are told so; 0 for no limit. */
  readonly wrongKeysPerMinute: number
}

/** How a request shows its key, and where it comes from. */
export type Shown = {
  readonly authorization: string | undefined
  readonly address: string | undefined
}

/**
 * The caller of a request by its Authorization header. Throws `API_KEY_INVALID`, `RATE_LIMITED`,
 * `API_THROTTLED` and `API_SCOPE_MISSING`.
 */
export async function authenticate(shown: Shown, scope: Scope, deps: KeyDeps): Promise<Caller> {
  const [, id, secret] = KEY.exec(shown.authorization ?? '') ?? []
  if (id === undefined || secret === undefined) return refuseKey('none', shown, deps)
  const { store, clock } = deps
  const now = clock.now()
  const key = await store.apiKeys.find(id.toLowerCase())
  if (key === undefined || !fits(secret, key) || !isUsable(key, now)) {
    return refuseKey(key?.name ?? 'unknown', shown, deps)
  }
  const { points } = await store.counters.add(`api:${key.id}`, 1, WINDOW_MS, now)
  if (points > deps.requestsPerMinute) throw new Refusal('API_THROTTLED', { key: key.name })
  if (!key.scopes.includes(scope)) {
    throw new Refusal('API_SCOPE_MISSING', { key: key.name, scope })
  }
  await store.apiKeys.touch(key.id, now)
  return { keyId: key.id, name: key.name, secret }
}

// A right key is never kept waiting for the wrong ones of its neighbours: 256 bits are not found by trying.
async function refuseKey(
  key: string,
  { address }: Shown,
  { store, clock, wrongKeysPerMinute }: KeyDeps,
): Promise<never> {
  const network = networkOf(address ?? '')
  if (wrongKeysPerMinute > 0) {
    const counted = await store.counters.add(`api-refused:${network}`, 1, WINDOW_MS, clock.now())
    if (counted.points > wrongKeysPerMinute) throw new Refusal('RATE_LIMITED', { key, network })
  }
  throw new Refusal('API_KEY_INVALID', { key })
}

// Both are fingerprints of one length, as timingSafeEqual asks.
function fits(secret: string, { secretHash }: ApiKeyRecord): boolean {
  return timingSafeEqual(Buffer.from(fingerprint(secret)), Buffer.from(secretHash))
}

/** Whether a key is neither revoked nor expired. */
export function isUsable({ expiresAt, revokedAt }: ApiKeyRecord, now: Date): boolean {
  return revokedAt === undefined && (expiresAt === undefined || now < expiresAt)
}
