// The keys with which a partner's portal signs: a PEM file, a JWKS that is fetched and cached, or a
// shared secret.

import { createPublicKey, createSecretKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  type LocalJWKSet,
} from 'jose'
import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { PortalProof } from '../base/portal.ts'

const TIMEOUT_MS = 5000

/** A JWKS is fetched anew when it is this old. */
export const FRESH_MS = 10 * 60_000
/** And for a key that it lacks, or after a failure, not again within this time. */
export const COOLDOWN_MS = 30_000
/** While its address is down, it serves for this long. */
export const KEPT_MS = 24 * 60 * 60_000

type KeyDeps = { readonly fetch: typeof fetch; readonly clock: Clock }

/**
 * How jose finds the key of a token. Throws `HANDOFF_KEYS_UNAVAILABLE` while there is none to be read; a
 * token without a fitting key is jose's own error. A header's `jku`, `x5u`, `jwk` and the text of its
 * `kid` lead nowhere: the keys are ours to choose.
 */
export function createPortalKeys(proof: PortalProof, deps: KeyDeps): JWTVerifyGetKey {
  if (proof.kind === 'secret') {
    const secret = createSecretKey(Buffer.from(proof.secret))
    return async () => secret
  }
  const { source } = proof
  return /^https?:\/\//.test(source) ? remoteKeys(source, deps) : fileKey(source)
}

type Fetched = { readonly keys: LocalJWKSet; readonly atMs: number }

function remoteKeys(source: string, { fetch, clock }: KeyDeps): JWTVerifyGetKey {
  let fetched: Fetched | undefined
  let triedAtMs = Number.NEGATIVE_INFINITY
  let underWay: Promise<Fetched> | undefined
  const nowMs = () => clock.now().getTime()
  const maySucceed = () => nowMs() - triedAtMs >= COOLDOWN_MS
  const renew = async (): Promise<Fetched> => {
    triedAtMs = nowMs()
    try {
      fetched = { keys: await fetchKeys(source, fetch), atMs: nowMs() }
      return fetched
    } catch (error) {
      // A portal's other machine may be down while people come; its keys of yesterday are still its own.
      if (fetched !== undefined && nowMs() - fetched.atMs < KEPT_MS) return fetched
      throw new Refusal('HANDOFF_KEYS_UNAVAILABLE', { source }, error)
    }
  }
  // Those who come at once wait for one answer.
  const renewOnce = () => {
    underWay ??= renew().finally(() => {
      underWay = undefined
    })
    return underWay
  }
  const current = async () => {
    const age = fetched === undefined ? Number.POSITIVE_INFINITY : nowMs() - fetched.atMs
    if (fetched === undefined || age >= KEPT_MS) return renewOnce()
    return age >= FRESH_MS && maySucceed() ? renewOnce() : fetched
  }
  return async (header, token) => {
    const { keys } = await current()
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !maySucceed()) throw error
      // It may have been published since.
      return (await renewOnce()).keys(header, token)
    }
  }
}

async function fetchKeys(source: string, fetch: typeof globalThis.fetch): Promise<LocalJWKSet> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const response = await fetch(source, {
    redirect: 'error',
    signal,
    headers: { accept: 'application/jwk-set+json, application/json' },
  })
  if (!response.ok) throw new Error(`the address answers with ${response.status}`)
  // createLocalJWKSet checks the shape itself.
  return createLocalJWKSet((await response.json()) as JSONWebKeySet)
}

// Read at each use: a new file takes effect without a restart, and hand-offs are rare enough.
function fileKey(source: string): JWTVerifyGetKey {
  return async ({ alg }) => {
    const key = await readKey(source)
    // The token names the algorithm: it must not name one of another kind of key than there is.
    if (!algorithmsOf(key).includes(alg ?? '')) throw new errors.JWKSNoMatchingKey()
    return key
  }
}

function algorithmsOf(key: KeyObject): readonly string[] {
  const { asymmetricKeyType: kind, asymmetricKeyDetails: details } = key
  if (kind === 'rsa') return ['RS256', 'PS256']
  if (kind === 'ec') return details?.namedCurve === 'prime256v1' ? ['ES256'] : []
  return kind === 'ed25519' ? ['EdDSA'] : []
}

async function readKey(source: string): Promise<KeyObject> {
  try {
    return parseKey(await readFile(source, 'utf8'))
  } catch (error) {
    throw new Refusal('HANDOFF_KEYS_UNAVAILABLE', { source }, error)
  }
}

function parseKey(pem: string): KeyObject {
  return pem.includes('BEGIN CERTIFICATE')
    ? new X509Certificate(pem).publicKey
    : createPublicKey(pem)
}
