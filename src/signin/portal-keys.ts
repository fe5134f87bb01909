// The keys with which the partner's portal signs: a PEM file, or a JWKS that is fetched and cached.

import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'
import { Refusal } from '../base/errors.ts'

const TIMEOUT_MS = 5000

/**
 * How jose finds the key of a token. `source` is a file or a URL. Throws `HANDOFF_KEYS_UNAVAILABLE`
 * while neither can be read; a token without a fitting key is jose's own error.
 */
export function createPortalKeys(
  source: string,
  deps: { readonly fetch: typeof fetch },
): JWTVerifyGetKey {
  return /^https?:\/\//.test(source) ? remoteKeys(source, deps.fetch) : fileKey(source)
}

function remoteKeys(source: string, fetch: typeof globalThis.fetch): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(source), {
    timeoutDuration: TIMEOUT_MS,
    [customFetch]: (url, init) => fetch(url, { ...init, redirect: 'error' }),
  })
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) throw error
      if (error instanceof errors.JWKSMultipleMatchingKeys) throw error
      throw new Refusal('HANDOFF_KEYS_UNAVAILABLE', { source }, error)
    }
  }
}

// Read at each use: a new file takes effect without a restart, and hand-offs are rare enough.
function fileKey(source: string): JWTVerifyGetKey {
  return async ({ alg }) => {
    const key = await readKey(source)
    // The token names the algorithm: it must not name one of another kind of key than there is.
    const kind = alg === 'ES256' ? 'ec' : 'rsa'
    if (key.asymmetricKeyType !== kind) throw new errors.JWKSNoMatchingKey()
    return key
  }
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
