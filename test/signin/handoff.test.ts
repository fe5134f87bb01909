// Tokens of portals: which algorithm goes with which proof, how far clocks may differ, whose token it is.

import assert from 'node:assert/strict'
import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { SignJWT } from 'jose'
import { addSeconds } from '../../src/base/clock.ts'
import type { ErrorCode } from '../../src/base/error-codes.ts'
import { Refusal } from '../../src/base/errors.ts'
import type { Portal, PortalAlgorithm, PortalProof } from '../../src/base/portal.ts'
import { createVerifyHandoff } from '../../src/signin/handoff.ts'
import { createPortalTokens } from '../../src/signin/portal-token.ts'
import { keyPair } from '../support/fixed.ts'

const NOW = new Date('2026-03-02T10:00:00Z')
const OURS = 'https://sso.partner.example'
const SECRET = 'a secret that two machines share.'

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-handoff-'))
after(() => rmSync(folder, { recursive: true }))

const ED = generateKeyPairSync('ed25519')

function pemFile(name: string, key: KeyObject): PortalProof {
  const source = join(folder, `${name}.pem`)
  writeFileSync(source, key.export({ type: 'spki', format: 'pem' }))
  return { kind: 'keys', source }
}

const RSA_PROOF = pemFile('rsa', keyPair('site').publicKey)
const SECRET_PROOF: PortalProof = { kind: 'secret', secret: SECRET }

function portal(changes: Partial<Portal> = {}): Portal {
  return {
    name: 'portal',
    issuer: 'https://portal.partner.example',
    proof: RSA_PROOF,
    algorithms: ['RS256', 'ES256', 'EdDSA'],
    skewSeconds: 30,
    signInUrl: 'https://portal.partner.example/sign-in',
    homeUrl: 'https://portal.partner.example/',
    ...changes,
  }
}

/** What the house says to a token, with every token of the test still unused. */
function verifier(...portals: readonly Portal[]) {
  const used = new Set<string>()
  const useToken = async (hash: string) => !used.has(hash) && used.add(hash).has(hash)
  const account = { accountId: 'C-1', isEnabled: true }
  const clock = { now: () => NOW }
  const noFetch: typeof fetch = async () => {
    throw new Error('nothing may be fetched')
  }
  // The few members that are asked for.
  const store = {
    handoffs: { useToken },
    accounts: { find: async (id: string) => (id === account.accountId ? account : undefined) },
  } as unknown as Parameters<typeof createVerifyHandoff>[0]['store'] &
    Parameters<typeof createPortalTokens>[0]['store']
  const tokens = createPortalTokens({ store, clock, fetch: noFetch, portals, audiences: [OURS] })
  return createVerifyHandoff({ store, tokens })
}

type Signing = {
  readonly alg?: string
  readonly key?: KeyObject
  readonly typ?: string
  readonly claims?: Readonly<Record<string, unknown>>
}

function sign({ alg = 'RS256', key = keyPair('site').privateKey, typ = 'JWT', claims }: Signing) {
  const iat = Math.floor(NOW.getTime() / 1000)
  const good = { iss: portal().issuer, aud: OURS, sub: 'C-1', jti: 'once', iat }
  return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg, typ }).sign(key)
}

function refusedFor(code: ErrorCode, problem?: string) {
  return (error: unknown) =>
    error instanceof Refusal &&
    error.code === code &&
    (problem === undefined || error.facts['problem'] === problem)
}

const NOT_ALLOWED = 'ERR_JOSE_ALG_NOT_ALLOWED'
const secretKey = createSecretKey(Buffer.from(SECRET))

const GOOD: readonly (Signing & { readonly alg: PortalAlgorithm; readonly proof: PortalProof })[] =
  [
    { alg: 'RS256', key: keyPair('site').privateKey, proof: RSA_PROOF },
    { alg: 'PS256', key: keyPair('site').privateKey, proof: RSA_PROOF },
    {
      alg: 'ES256',
      key: keyPair('site-ec').privateKey,
      proof: pemFile('ec', keyPair('site-ec').publicKey),
    },
    { alg: 'EdDSA', key: ED.privateKey, proof: pemFile('ed', ED.publicKey) },
    { alg: 'HS256', key: secretKey, proof: SECRET_PROOF },
  ]

for (const { alg, proof, ...signing } of GOOD) {
  test(`a portal that was set up for ${alg} signs people in with it`, async () => {
    const verify = verifier(portal({ proof, algorithms: [alg] }))

    const proven = await verify(await sign({ alg, ...signing }))

    assert.equal(proven.account.accountId, 'C-1')
    assert.equal(proven.issuer, portal().issuer)
  })

  test(`a portal that was not set up for ${alg} does not sign people in with it`, async () => {
    const others = GOOD.map((row) => row.alg).filter((other) => other !== alg)
    const verify = verifier(portal({ proof, algorithms: others }))
    const token = await sign({ alg, ...signing })

    await assert.rejects(verify(token), refusedFor('HANDOFF_BAD_TOKEN', NOT_ALLOWED))
  })
}

test('the text of a public key is no shared secret, even if somebody allowed HS256 beside it', async () => {
  const verify = verifier(portal({ algorithms: ['RS256', 'HS256'] }))
  const pem = keyPair('site').publicKey.export({ type: 'spki', format: 'pem' })
  const token = await sign({ alg: 'HS256', key: createSecretKey(Buffer.from(pem)) })

  await assert.rejects(verify(token), refusedFor('HANDOFF_BAD_TOKEN', 'ERR_JWKS_NO_MATCHING_KEY'))
})

const SKEWS = [
  { skewSeconds: 30, iat: 30, isIn: true },
  { skewSeconds: 30, iat: 31, isIn: false },
  { skewSeconds: 0, iat: 0, isIn: true },
  { skewSeconds: 0, iat: 1, isIn: false },
  { skewSeconds: 120, iat: 120, isIn: true },
  { skewSeconds: 120, iat: 121, isIn: false },
  { skewSeconds: 30, iat: -60, isIn: true },
  { skewSeconds: 120, iat: -61, isIn: false },
] as const

for (const { skewSeconds, iat, isIn } of SKEWS) {
  const verdict = isIn ? 'accepted' : 'refused'
  test(`with ${skewSeconds} s for the clock, a token of ${iat} s from now is ${verdict}`, async () => {
    const verify = verifier(portal({ skewSeconds }))
    const at = addSeconds(NOW, iat).getTime() / 1000
    const token = await sign({ claims: { iat: at, exp: at + 60 } })

    if (isIn) assert.equal((await verify(token)).account.accountId, 'C-1')
    else await assert.rejects(verify(token), refusedFor('HANDOFF_BAD_TOKEN'))
  })
}

const EAST = portal({
  name: 'east',
  issuer: 'https://east.partner.example',
  proof: SECRET_PROOF,
  algorithms: ['HS256'],
})
const EAST_CLAIMS = { iss: EAST.issuer }

test('each of several portals signs people in with its own proof', async () => {
  const verify = verifier(portal(), EAST)

  const west = await verify(await sign({}))
  const east = await verify(await sign({ alg: 'HS256', key: secretKey, claims: EAST_CLAIMS }))

  assert.deepEqual([west.issuer, east.issuer], [portal().issuer, EAST.issuer])
})

const MIXED: readonly (Signing & { readonly title: string })[] = [
  { title: 'its name with another portal’s key', claims: EAST_CLAIMS },
  { title: 'another portal’s name with its own secret', alg: 'HS256', key: secretKey },
]

for (const { title, ...signing } of MIXED) {
  test(`a portal does not get in by ${title}`, async () => {
    const verify = verifier(portal(), EAST)
    const token = await sign(signing)

    await assert.rejects(verify(token), refusedFor('HANDOFF_BAD_TOKEN', NOT_ALLOWED))
  })
}

test('a token of the one portal is not used up by the other one’s of the same id', async () => {
  const verify = verifier(portal(), EAST)
  const token = await sign({})
  await verify(await sign({ alg: 'HS256', key: secretKey, claims: EAST_CLAIMS }))

  await verify(token)

  await assert.rejects(verify(token), refusedFor('HANDOFF_REPLAYED'))
})

test('what ends a sign-in does not begin one', async () => {
  const verify = verifier(portal())

  for (const signing of [
    { typ: 'logout+jwt' },
    { typ: 'LOGOUT+JWT' },
    { claims: { events: {} } },
  ]) {
    const token = await sign(signing)
    await assert.rejects(verify(token), refusedFor('HANDOFF_BAD_TOKEN', 'a logout token'))
  }
})

const TARGETS = ['/', '/activate', '/launch', '/launch?service=https%3A%2F%2Fconsole.example%2Fecm']

for (const target of TARGETS) {
  test(`a portal may have ${target} opened`, async () => {
    const proven = await verifier(portal())(await sign({ claims: { target } }))

    assert.equal(proven.target, target)
  })
}

const NO_TARGETS: readonly unknown[] = [
  'https://attacker.example/',
  '//attacker.example/',
  '/\\attacker.example',
  '/console',
  '/sign-out/portal',
  '/launch?service=a&chosen=1',
  '/launch?site=other',
  '/activate/../console',
  '/launch\r\nSet-Cookie: a=b',
  '',
  7,
  ['/launch'],
]

for (const target of NO_TARGETS) {
  test(`a portal may not have ${JSON.stringify(target)} opened`, async () => {
    const token = await sign({ claims: { target } })

    await assert.rejects(
      verifier(portal())(token),
      refusedFor('HANDOFF_BAD_TOKEN', 'target is no page that a portal may open'),
    )
  })
}
