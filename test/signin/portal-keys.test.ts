// Where the portal's keys come from: a file, a certificate, or an address that may be down or lying.

import assert from 'node:assert/strict'
import { KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { errors, type FlattenedJWSInput } from 'jose'
import { addSeconds, systemClock } from '../../src/base/clock.ts'
import { Refusal } from '../../src/base/errors.ts'
import { COOLDOWN_MS, createPortalKeys, FRESH_MS, KEPT_MS } from '../../src/signin/portal-keys.ts'
import { certificateOf, keyPair } from '../support/fixed.ts'

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-keys-'))
after(() => rmSync(folder, { recursive: true }))

const TOKEN: FlattenedJWSInput = { payload: '', signature: '' }
const URL_OF_KEYS = 'https://portal.partner.example/jwks.json'

const proof = (source: string) => ({ kind: 'keys', source }) as const

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
    const keys = createPortalKeys(proof(path), { fetch: noFetch, clock: systemClock })

    const key = await keys({ alg }, TOKEN)

    assert.ok(key instanceof KeyObject && key.equals(keyPair(name).publicKey))
    await assert.rejects(async () => keys({ alg: otherAlg }, TOKEN), errors.JWKSNoMatchingKey)
  })
}

test('the key of a certificate is read as well', async () => {
  const path = join(folder, 'portal.crt')
  writeFileSync(path, (await certificateOf('site')).toString())
  const keys = createPortalKeys(proof(path), { fetch: noFetch, clock: systemClock })

  const key = await keys({ alg: 'RS256' }, TOKEN)

  assert.ok(key instanceof KeyObject && key.equals(keyPair('site').publicKey))
})

test('a new file takes effect without a restart', async () => {
  const path = join(folder, 'replaced.pem')
  const write = (name: 'site' | 'other') => {
    writeFileSync(path, keyPair(name).publicKey.export({ type: 'spki', format: 'pem' }))
  }
  write('site')
  const keys = createPortalKeys(proof(path), { fetch: noFetch, clock: systemClock })
  await keys({ alg: 'RS256' }, TOKEN)

  write('other')
  const key = await keys({ alg: 'RS256' }, TOKEN)

  assert.ok(key instanceof KeyObject && key.equals(keyPair('other').publicKey))
})

test('a file that is not there, or no key, is told as such', async () => {
  const path = join(folder, 'nonsense.pem')
  writeFileSync(path, 'nonsense')

  for (const source of [path, join(folder, 'missing.pem')]) {
    const keys = createPortalKeys(proof(source), { fetch: noFetch, clock: systemClock })
    await assert.rejects(async () => keys({ alg: 'RS256' }, TOKEN), isUnavailable)
  }
})

test('the keys of an address are fetched once, and no redirect is followed', async () => {
  const { serve, asked } = keyServer()
  const keys = createPortalKeys(proof(URL_OF_KEYS), { fetch: serve, clock: systemClock })

  await keys({ alg: 'RS256', kid: 'first' }, TOKEN)
  await keys({ alg: 'RS256', kid: 'first' }, TOKEN)

  assert.equal(asked.length, 1)
  assert.equal(asked[0]?.redirect, 'error')
})

test('a key that the address does not have is no fault of the address', async () => {
  const keys = createPortalKeys(proof(URL_OF_KEYS), {
    fetch: keyServer().serve,
    clock: systemClock,
  })

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
    const keys = createPortalKeys(proof(URL_OF_KEYS), { fetch, clock: systemClock })

    await assert.rejects(async () => keys({ alg: 'RS256', kid: 'first' }, TOKEN), isUnavailable)
  })
}

/** An address whose keys and health a test changes, and a clock that it moves. */
function changingServer() {
  let now = new Date('2026-01-01T00:00:00Z')
  const state = { isUp: true, kids: ['first'], asked: 0 }
  const jwk = keyPair('site').publicKey.export({ format: 'jwk' })
  const serve: typeof fetch = async () => {
    state.asked += 1
    if (!state.isUp) throw new Error('the address is down')
    return Response.json({ keys: state.kids.map((kid) => ({ ...jwk, kid, alg: 'RS256' })) })
  }
  const keys = createPortalKeys(proof(URL_OF_KEYS), { fetch: serve, clock: { now: () => now } })
  const find = async (kid: string) => keys({ alg: 'RS256', kid }, TOKEN)
  const wait = (ms: number) => {
    now = addSeconds(now, ms / 1000)
  }
  return { state, find, wait }
}

test('a new key is found as soon as it is asked for, and the old one is gone with it', async () => {
  const { state, find, wait } = changingServer()
  await find('first')

  state.kids = ['second']
  wait(COOLDOWN_MS)
  await find('second')

  await assert.rejects(find('first'), errors.JWKSNoMatchingKey)
  assert.equal(state.asked, 2)
})

test('tokens with keys that nobody has do not have the address asked for each of them', async () => {
  const { state, find, wait } = changingServer()
  await find('first')

  wait(COOLDOWN_MS - 1)
  for (const kid of ['../../etc/passwd', 'https://attacker.example/keys', 'a', 'b']) {
    await assert.rejects(find(kid), errors.JWKSNoMatchingKey)
  }

  assert.equal(state.asked, 1)
})

test('a key that was withdrawn is believed for ten minutes at most', async () => {
  const { state, find, wait } = changingServer()
  await find('first')
  state.kids = ['second']

  wait(FRESH_MS - 1)
  await find('first')
  wait(1)

  await assert.rejects(find('first'), errors.JWKSNoMatchingKey)
})

test('while the address is down the last good keys serve, for a day', async () => {
  const { state, find, wait } = changingServer()
  await find('first')
  state.isUp = false

  wait(KEPT_MS - 1)
  await find('first')
  const askedWhileDown = state.asked
  await find('first')
  assert.equal(state.asked, askedWhileDown, 'an address that is down is left in peace')
  wait(1)

  await assert.rejects(find('first'), isUnavailable)
})

test('of many who come at once, one asks the address', async () => {
  const { state, find } = changingServer()

  await Promise.all(Array.from({ length: 10 }, () => find('first')))

  assert.equal(state.asked, 1)
})
