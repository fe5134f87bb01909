// Where the portal's keys come from: a file, a certificate, or an address that may be down or lying.

import assert from 'node:assert/strict'
import { KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { errors, type FlattenedJWSInput } from 'jose'
import { Refusal } from '../../src/base/errors.ts'
import { createPortalKeys } from '../../src/signin/portal-keys.ts'
import { certificateOf, keyPair } from '../support/fixed.ts'

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-keys-'))
after(() => rmSync(folder, { recursive: true }))

const TOKEN: FlattenedJWSInput = { payload: '', signature: '' }
const URL_OF_KEYS = 'https://portal.partner.example/jwks.json'

const noFetch: typeof fetch = async () => {
  throw new Error('nothing may be fetched')
}

/** Serves one key under the id "first", and remembers how it was asked. */
function keyServer(status = 200) {
  const asked: (RequestInit | undefined)[] = []
  const jwk = keyPair('site').publicKey.export({ format: 'jwk' })
  const keys = [{ ...jwk, kid: 'first', alg: 'RS256', use: 'sig' }]
  const serve: typeof fetch = async (_url, init) => {
    asked.push(init)
    return Response.json({ keys }, { status })
  }
  return { serve, asked }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'HANDOFF_KEYS_UNAVAILABLE'
}

const FILES = [
  { title: 'an RSA key', name: 'site', alg: 'RS256', otherAlg: 'ES256' },
  { title: 'a key on P-256', name: 'site-ec', alg: 'ES256', otherAlg: 'RS256' },
] as const

for (const { title, name, alg, otherAlg } of FILES) {
  test(`${title} is read from a file, and fits its own algorithm only`, async () => {
    const path = join(folder, `${name}.pem`)
    writeFileSync(path, keyPair(name).publicKey.export({ type: 'spki', format: 'pem' }))
    const keys = createPortalKeys(path, { fetch: noFetch })

    const key = await keys({ alg }, TOKEN)

    assert.ok(key instanceof KeyObject && key.equals(keyPair(name).publicKey))
    await assert.rejects(async () => keys({ alg: otherAlg }, TOKEN), errors.JWKSNoMatchingKey)
  })
}

test('the key of a certificate is read as well', async () => {
  const path = join(folder, 'portal.crt')
  writeFileSync(path, (await certificateOf('site')).toString())
  const keys = createPortalKeys(path, { fetch: noFetch })

  const key = await keys({ alg: 'RS256' }, TOKEN)

  assert.ok(key instanceof KeyObject && key.equals(keyPair('site').publicKey))
})

test('a new file takes effect without a restart', async () => {
  const path = join(folder, 'replaced.pem')
  const write = (name: 'site' | 'other') => {
    writeFileSync(path, keyPair(name).publicKey.export({ type: 'spki', format: 'pem' }))
  }
  write('site')
  const keys = createPortalKeys(path, { fetch: noFetch })
  await keys({ alg: 'RS256' }, TOKEN)

  write('other')
  const key = await keys({ alg: 'RS256' }, TOKEN)

  assert.ok(key instanceof KeyObject && key.equals(keyPair('other').publicKey))
})

test('a file that is not there, or no key, is told as such', async () => {
  const path = join(folder, 'nonsense.pem')
  writeFileSync(path, 'nonsense')

  for (const source of [path, join(folder, 'missing.pem')]) {
    const keys = createPortalKeys(source, { fetch: noFetch })
    await assert.rejects(async () => keys({ alg: 'RS256' }, TOKEN), isUnavailable)
  }
})

test('the keys of an address are fetched once, and no redirect is followed', async () => {
  const { serve, asked } = keyServer()
  const keys = createPortalKeys(URL_OF_KEYS, { fetch: serve })

  await keys({ alg: 'RS256', kid: 'first' }, TOKEN)
  await keys({ alg: 'RS256', kid: 'first' }, TOKEN)

  assert.equal(asked.length, 1)
  assert.equal(asked[0]?.redirect, 'error')
})

test('a key that the address does not have is no fault of the address', async () => {
  const keys = createPortalKeys(URL_OF_KEYS, { fetch: keyServer().serve })

  await assert.rejects(
    async () => keys({ alg: 'RS256', kid: 'second' }, TOKEN),
    errors.JWKSNoMatchingKey,
  )
})

const DOWN: readonly { title: string; fetch: typeof fetch }[] = [
  { title: 'answers with an error', fetch: keyServer(500).serve },
  { title: 'cannot be reached', fetch: noFetch },
  { title: 'answers with a page', fetch: async () => new Response('<html>') },
  { title: 'answers with another document', fetch: async () => Response.json({ key: [] }) },
]

for (const { title, fetch } of DOWN) {
  test(`an address that ${title} is told as such`, async () => {
    const keys = createPortalKeys(URL_OF_KEYS, { fetch })

    await assert.rejects(async () => keys({ alg: 'RS256', kid: 'first' }, TOKEN), isUnavailable)
  })
}
