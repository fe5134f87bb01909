// Codes of an app, and recovery codes: which are taken, how often, and what is kept of them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { systemRandom } from '../../src/base/random.ts'
import { createFactorKey } from '../../src/signin/factor-key.ts'
import { makeRecoveryCodes, proveRecoveryCode } from '../../src/signin/recovery.ts'
import { addTotp, offerTotp, proveTotp, repeatOffer, type TotpDeps } from '../../src/signin/totp.ts'
import { SQLITE } from '../browser/clicks.ts'
import { freshStore, type Lifetime } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'

const ANN = { role: 'customer', id: 'c-1' } as const
const BEN = { role: 'customer', id: 'c-2' } as const
const KEY = createFactorKey('a key of thirty-two characters....', systemRandom)
const WRONG = { code: 'SECOND_FACTOR_WRONG' }

type Room = TotpDeps & {
  readonly store: Awaited<ReturnType<typeof freshStore>>
  readonly at: (seconds: number) => Room
}

async function room(t: Lifetime): Promise<Room> {
  const store = await freshStore(t, SQLITE)
  const at = (seconds: number): Room => {
    const clock = { now: () => new Date(NOW.getTime() + seconds * 1000) }
    return { store, key: KEY, clock, random: systemRandom, issuer: 'Partner', at }
  }
  return at(0)
}

function codeAt(text: string, seconds: number): string {
  const totp = new TOTP({ secret: Secret.fromBase32(text.replaceAll(' ', '')) })
  return totp.generate({ timestamp: NOW.getTime() + seconds * 1000 })
}

/** Sets up an app in the step before the first one that tests use; answers its key. */
async function setUp(deps: Room): Promise<string> {
  const { sealed, text } = offerTotp(ANN, 'ann', deps)
  await addTotp(ANN, { sealed, code: codeAt(text, -60) }, deps.at(-60))
  return text
}

const STEPS = [
  { title: 'of this step', seconds: 0, isTaken: true },
  { title: 'of the step before', seconds: -30, isTaken: true },
  { title: 'of the next step', seconds: 30, isTaken: true },
  { title: 'of two steps ago', seconds: -60, isTaken: false },
  { title: 'of two steps ahead', seconds: 60, isTaken: false },
]
for (const { title, seconds, isTaken } of STEPS) {
  test(`a code ${title} is ${isTaken ? 'taken' : 'refused'}`, async (t) => {
    const deps = await room(t)
    const text = await setUp(deps)

    const proving = proveTotp(ANN, codeAt(text, seconds), deps)

    if (isTaken) await proving
    else await assert.rejects(proving, WRONG)
  })
}

test('a code is taken once, and none from before it afterwards', async (t) => {
  const deps = await room(t)
  const text = await setUp(deps)

  await proveTotp(ANN, codeAt(text, 0), deps)

  await assert.rejects(proveTotp(ANN, codeAt(text, 0), deps), WRONG)
  await assert.rejects(proveTotp(ANN, codeAt(text, -30), deps), WRONG)
  await proveTotp(ANN, codeAt(text, 30), deps)
})

test('the code that set the app up does not sign in', async (t) => {
  const deps = await room(t)
  const text = await setUp(deps)

  await assert.rejects(proveTotp(ANN, codeAt(text, -60), deps.at(-60)), WRONG)
})

test('texts that are no code, and people without an app, are refused', async (t) => {
  const deps = await room(t)
  const text = await setUp(deps)

  for (const code of ['', '12345', '1234567', 'abcdef', '１２３４５６']) {
    await assert.rejects(proveTotp(ANN, code, deps), WRONG)
  }
  await assert.rejects(proveTotp(BEN, codeAt(text, 0), deps), WRONG)
  await proveTotp(ANN, codeAt(text, 0).replace(/^.../, '$& '), deps)
})

test('an app is set up by its own code only, and one at a time', async (t) => {
  const deps = await room(t)
  const { sealed, text } = offerTotp(ANN, 'ann', deps)
  const code = codeAt(text, 0)

  await assert.rejects(addTotp(ANN, { sealed, code: '000000' }, deps), WRONG)
  await assert.rejects(addTotp(BEN, { sealed, code }, deps), { code: 'FACTOR_KEY_CHANGED' })
  await addTotp(ANN, { sealed, code }, deps)
  await assert.rejects(addTotp(ANN, { sealed, code }, deps), { code: 'FACTOR_OUT_OF_ORDER' })
  assert.equal(repeatOffer(ANN, sealed, { label: 'ann', deps }).text, text)
})

test('the secret lies encrypted, and opens with its key only', async (t) => {
  const deps = await room(t)
  const text = await setUp(deps)
  const { totp } = await deps.store.factors.find(ANN)
  const secret = Secret.fromBase32(text.replaceAll(' ', ''))
  const bytes = Buffer.from(totp?.sealedSecret ?? '', 'base64url')

  assert.ok(!bytes.includes(Buffer.from(secret.bytes)))
  const other = {
    ...deps,
    key: createFactorKey('another key of thirty-two chars...', systemRandom),
  }
  await assert.rejects(proveTotp(ANN, codeAt(text, 0), other), { code: 'FACTOR_KEY_CHANGED' })
})

test('a recovery code is taken once, as people copy it, and of its owner only', async (t) => {
  const deps = await room(t)
  const codes = await makeRecoveryCodes(ANN, deps)
  const [first = '', second = ''] = codes

  assert.equal(new Set(codes).size, 10)
  assert.match(first, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  const copied = first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
  await proveRecoveryCode(ANN, copied, deps)
  await assert.rejects(proveRecoveryCode(ANN, first, deps), WRONG)
  await assert.rejects(proveRecoveryCode(BEN, second, deps), WRONG)
  await assert.rejects(proveRecoveryCode(ANN, '', deps), WRONG)
})

test('new recovery codes end the old ones, and none lies readable', async (t) => {
  const deps = await room(t)
  const [old = ''] = await makeRecoveryCodes(ANN, deps)
  const [fresh = ''] = await makeRecoveryCodes(ANN, deps)

  await assert.rejects(proveRecoveryCode(ANN, old, deps), WRONG)
  await proveRecoveryCode(ANN, fresh, deps)
  assert.notEqual(KEY.hashCode(ANN, fresh), KEY.hashCode(BEN, fresh))
})
