// Passkeys: what is taken, and every answer that is not, against a software authenticator.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { systemRandom } from '../../src/base/random.ts'
import { createFactorKey } from '../../src/signin/factor-key.ts'
import {
  addPasskey,
  askForPasskey,
  MOST_PASSKEYS,
  offerPasskey,
  type PasskeyDeps,
  provePasskey,
} from '../../src/signin/passkey.ts'
import { SQLITE } from '../browser/clicks.ts'
import { type SoftPasskey, softPasskey, type Told } from '../support/authenticator.ts'
import { freshStore, type Lifetime } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'

const ANN = { role: 'customer', id: 'c-1' } as const
const BEN = { role: 'customer', id: 'c-2' } as const
const KEY = createFactorKey('a key of thirty-two characters....', systemRandom)
const TOLD: Told = {
  origin: 'https://sso.partner.example',
  rpId: 'sso.partner.example',
  counter: 2,
  isVerified: true,
}

type Room = PasskeyDeps & { readonly wait: (minutes: number) => void }

async function room(t: Lifetime): Promise<Room> {
  let now = NOW
  return {
    store: await freshStore(t, SQLITE),
    key: KEY,
    clock: { now: () => now },
    random: systemRandom,
    publicUrl: TOLD.origin,
    issuer: 'Partner',
    wait: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000)
    },
  }
}

function challengeOf(options: string): string {
  return (JSON.parse(options) as { challenge: string }).challenge
}

async function register(passkey: SoftPasskey, owner: typeof ANN | typeof BEN, deps: Room) {
  const ask = { owner, browserHash: 'browser' }
  const challenge = challengeOf(await offerPasskey(ask, 'ann', deps))
  const credential = passkey.create(challenge, { ...TOLD, counter: 1 })
  await addPasskey(ask, { credential, name: 'laptop' }, deps)
}

const handle = KEY.userHandle(ANN).toString('base64url')

/** The facts of the refusal, or `taken`. */
async function outcome(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt()
    return 'taken'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    assert.equal(error.code, 'PASSKEY_REFUSED')
    const { cause } = error
    return `${error.facts['problem']}${cause instanceof Error ? `: ${cause.message}` : ''}`
  }
}

type Row = {
  readonly title: string
  readonly told?: Partial<Told>
  readonly changes?: Readonly<Record<string, unknown>>
  readonly browserHash?: string
  readonly owner?: typeof BEN
  readonly userHandle?: string | undefined
  readonly waits?: number
  readonly says: RegExp
}

const ROWS: readonly Row[] = [
  {
    title: 'of another site’s page',
    told: { origin: 'https://sso.partner.example.evil.example' },
    says: /origin/,
  },
  {
    title: 'of the same host over http',
    told: { origin: 'http://sso.partner.example' },
    says: /origin/,
  },
  {
    title: 'of another port',
    told: { origin: 'https://sso.partner.example:8443' },
    says: /origin/,
  },
  { title: 'for another relying party', told: { rpId: 'partner.example' }, says: /RP ID/ },
  {
    title: 'without verification of the user',
    told: { isVerified: false },
    says: /User verification/,
  },
  {
    title: 'whose signature is another’s',
    changes: { signature: softSignature() },
    says: /signature/,
  },
  { title: 'in another browser', browserHash: 'other', says: /challenge is not this browser/ },
  { title: 'after ten minutes', waits: 10, says: /challenge is not this browser/ },
  { title: 'by somebody else’s passkey', owner: BEN, says: /somebody else/ },
  { title: 'that names another person', userHandle: 'AAAA', says: /user handle/ },
  { title: 'whose counter went back', told: { counter: 1 }, says: /counter went back/ },
]

function softSignature(): string {
  const stranger = softPasskey('stranger').get({ challenge: 'none' }, TOLD)
  return (JSON.parse(stranger) as { response: { signature: string } }).response.signature
}

for (const row of ROWS) {
  test(`an answer ${row.title} is refused, and the right one is taken`, async (t) => {
    const deps = await room(t)
    const passkey = softPasskey('ann')
    await register(passkey, ANN, deps)
    const asked = { owner: row.owner ?? ANN, browserHash: 'browser' }
    const { userHandle = handle } = row
    const challenge = challengeOf(await askForPasskey(asked, deps))
    const good = passkey.get({ challenge, userHandle: handle }, TOLD)
    const bad = passkey.get({ challenge, userHandle }, { ...TOLD, ...row.told }, row.changes)

    deps.wait(row.waits ?? 0)
    const said = await outcome(() =>
      provePasskey(bad, { ...asked, browserHash: row.browserHash ?? 'browser' }, deps),
    )
    deps.wait(-(row.waits ?? 0))

    assert.match(said, row.says)
    // What was signed wrongly leaves the challenge; a counter that went back does not.
    if (row.told?.counter === undefined) {
      const ofAnn = { owner: ANN, browserHash: 'browser' }
      assert.equal(await outcome(() => provePasskey(good, ofAnn, deps)), 'taken')
    }
  })
}

test('an answer is taken once', async (t) => {
  const deps = await room(t)
  const passkey = softPasskey('ann')
  await register(passkey, ANN, deps)
  const asked = { owner: ANN, browserHash: 'browser' }
  const challenge = challengeOf(await askForPasskey(asked, deps))
  const answer = passkey.get({ challenge, userHandle: handle }, TOLD)

  assert.equal(await outcome(() => provePasskey(answer, asked, deps)), 'taken')
  assert.match(await outcome(() => provePasskey(answer, asked, deps)), /or used/)
})

test('what was asked for the second step does not sign in alone, nor the other way round', async (t) => {
  const deps = await room(t)
  const passkey = softPasskey('ann')
  await register(passkey, ANN, deps)
  const second = { owner: ANN, browserHash: 'browser' }
  const alone = { owner: undefined, browserHash: 'browser' }
  const ofSecond = challengeOf(await askForPasskey(second, deps))
  const ofAlone = challengeOf(await askForPasskey(alone, deps))
  const answer = (challenge: string, counter: number) =>
    passkey.get({ challenge, userHandle: handle }, { ...TOLD, counter })

  assert.match(await outcome(() => provePasskey(answer(ofSecond, 2), alone, deps)), /challenge/)
  assert.match(await outcome(() => provePasskey(answer(ofAlone, 3), second, deps)), /challenge/)
  assert.equal(await outcome(() => provePasskey(answer(ofAlone, 4), alone, deps)), 'taken')
})

test('a passkey alone says itself whose it is', async (t) => {
  const deps = await room(t)
  const passkey = softPasskey('ann')
  await register(passkey, ANN, deps)
  const alone = { owner: undefined, browserHash: 'browser' }
  const challenge = challengeOf(await askForPasskey(alone, deps))

  const mute = passkey.get({ challenge }, TOLD)

  assert.match(await outcome(() => provePasskey(mute, alone, deps)), /user handle/)
})

test('an unknown passkey and texts that are none are refused', async (t) => {
  const deps = await room(t)
  const asked = { owner: ANN, browserHash: 'browser' }
  const challenge = challengeOf(await askForPasskey(asked, deps))
  const unknown = softPasskey('unknown').get({ challenge, userHandle: handle }, TOLD)

  assert.match(await outcome(() => provePasskey(unknown, asked, deps)), /not known/)
  for (const text of ['', 'no JSON', '[]', 'null', '{}', `"${'x'.repeat(20_001)}"`]) {
    assert.match(await outcome(() => provePasskey(text, asked, deps)), /answer|known/)
  }
})

const REGISTRATIONS = [
  { title: 'of another site’s page', told: { origin: 'https://evil.example' }, says: /origin/ },
  { title: 'without verification of the user', told: { isVerified: false }, says: /verification/ },
  { title: 'for another relying party', told: { rpId: 'evil.example' }, says: /RP ID/ },
]
for (const { title, told, says } of REGISTRATIONS) {
  test(`a new passkey ${title} is not kept`, async (t) => {
    const deps = await room(t)
    const ask = { owner: ANN, browserHash: 'browser' }
    const challenge = challengeOf(await offerPasskey(ask, 'ann', deps))
    const credential = softPasskey('ann').create(challenge, { ...TOLD, ...told })

    const said = await outcome(() => addPasskey(ask, { credential, name: '' }, deps))

    assert.match(said, says)
    assert.deepEqual((await deps.store.factors.find(ANN)).passkeys, [])
  })
}

test('a person has at most ten passkeys, and a passkey one person', async (t) => {
  const deps = await room(t)
  const first = softPasskey('number-0')
  await register(first, ANN, deps)
  for (let number = 1; number < MOST_PASSKEYS; number += 1) {
    await register(softPasskey(`number-${number}`), ANN, deps)
  }

  const outOfOrder = { code: 'FACTOR_OUT_OF_ORDER' }
  await assert.rejects(register(softPasskey('one more'), ANN, deps), outOfOrder)
  await assert.rejects(register(first, BEN, deps), outOfOrder)
})

test('what authenticators know somebody by does not tell who it is', () => {
  const seen = KEY.userHandle(ANN)

  assert.equal(seen.length, 32)
  assert.ok(!seen.toString('latin1').includes(ANN.id))
  assert.notDeepEqual(seen, KEY.userHandle({ ...ANN, role: 'operator' }))
})
