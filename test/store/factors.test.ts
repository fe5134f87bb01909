// Second factors on both engines: what may be used once is used once, by one, and in its own browser.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { at, NOW, race } from './records.ts'

const ANN = { role: 'customer', id: 'c-100' } as const
// The same id in the other role is somebody else.
const OLIVIA = { role: 'operator', id: 'c-100' } as const
const TOTP = { sealedSecret: 'sealed', lastStep: 100, addedAt: NOW }
const PASSKEY = {
  credentialId: 'credential-1',
  owner: ANN,
  publicKey: 'key',
  counter: 5,
  transports: ['internal', 'hybrid'],
  name: 'office laptop',
  addedAt: NOW,
  usedAt: undefined,
}
const PENDING = {
  idHash: 'pending',
  browserHash: 'browser',
  owner: ANN,
  method: 'password',
  next: '/launch',
  expiresAt: at(600),
} as const
const CHALLENGE = { challengeHash: 'challenge', browserHash: 'browser', purpose: 'second' } as const

forEachEngine((engine) => {
  test('somebody has what they set up, and nobody else has it', async (t) => {
    const { factors } = await freshStore(t, engine)

    await factors.addTotp(ANN, TOTP)
    await factors.addPasskey(PASSKEY)
    await factors.setRecoveryCodes(ANN, ['one', 'two'])

    assert.deepEqual(await factors.find(ANN), { totp: TOTP, passkeys: [PASSKEY], recoveryCodes: 2 })
    assert.deepEqual(await factors.find(OLIVIA), {
      totp: undefined,
      passkeys: [],
      recoveryCodes: 0,
    })
    assert.deepEqual(await factors.findPasskey('credential-1'), PASSKEY)
  })

  test('a second app or a known passkey takes nobody’s place', async (t) => {
    const { factors } = await freshStore(t, engine)
    await factors.addTotp(ANN, TOTP)
    await factors.addPasskey(PASSKEY)

    const isAppTaken = await factors.addTotp(ANN, { ...TOTP, sealedSecret: 'other' })
    const isKeyTaken = await factors.addPasskey({ ...PASSKEY, owner: OLIVIA })

    assert.deepEqual([isAppTaken, isKeyTaken], [false, false])
    assert.deepEqual(await factors.find(ANN), { totp: TOTP, passkeys: [PASSKEY], recoveryCodes: 0 })
  })

  test('of many who bring the code of one time step at once, one gets in', async (t) => {
    const stores = await twoStores(t, engine)
    await stores[0].factors.addTotp(ANN, TOTP)

    const used = await race(stores, (store) => store.factors.useTotpStep(ANN, 101))

    assert.equal(used.filter((each) => each).length, 1)
    assert.equal(
      await stores[0].factors.useTotpStep(ANN, 100),
      false,
      'an older one comes too late',
    )
    assert.equal(await stores[0].factors.useTotpStep(ANN, 102), true)
  })

  test('of many who bring one recovery code at once, one gets in', async (t) => {
    const stores = await twoStores(t, engine)
    await stores[0].factors.setRecoveryCodes(ANN, ['one', 'two'])

    const used = await race(stores, (store) => store.factors.useRecoveryCode(ANN, 'one'))

    assert.equal(used.filter((each) => each).length, 1)
    assert.equal((await stores[0].factors.find(ANN)).recoveryCodes, 1)
    assert.equal(await stores[0].factors.useRecoveryCode(OLIVIA, 'two'), false)
  })

  test('new recovery codes end the old ones', async (t) => {
    const { factors } = await freshStore(t, engine)
    await factors.setRecoveryCodes(ANN, ['old'])
    await factors.setRecoveryCodes(ANN, ['new'])

    assert.equal(await factors.useRecoveryCode(ANN, 'old'), false)
    assert.equal(await factors.useRecoveryCode(ANN, 'new'), true)
  })

  const COUNTERS = [
    { title: 'goes up', known: 5, brought: 6, isTaken: true },
    { title: 'stays', known: 5, brought: 5, isTaken: false },
    { title: 'goes back', known: 5, brought: 4, isTaken: false },
    { title: 'falls to none', known: 5, brought: 0, isTaken: false },
    { title: 'is never kept', known: 0, brought: 0, isTaken: true },
    { title: 'begins', known: 0, brought: 1, isTaken: true },
  ]
  for (const { title, known, brought, isTaken } of COUNTERS) {
    test(`a passkey whose count ${title} is ${isTaken ? 'taken' : 'refused'}`, async (t) => {
      const { factors } = await freshStore(t, engine)
      await factors.addPasskey({ ...PASSKEY, counter: known })

      assert.equal(await factors.usePasskey('credential-1', brought, at(1)), isTaken)

      const { usedAt } = (await factors.findPasskey('credential-1')) ?? {}
      assert.deepEqual(usedAt, isTaken ? at(1) : undefined)
    })
  }

  test('a factor is removed by its owner only', async (t) => {
    const { factors } = await freshStore(t, engine)
    await factors.addPasskey(PASSKEY)
    await factors.addTotp(ANN, TOTP)

    assert.equal(await factors.removePasskey(OLIVIA, 'credential-1'), false)
    assert.equal(await factors.removeTotp(OLIVIA), false)
    assert.equal(await factors.removePasskey(ANN, 'credential-1'), true)
    assert.equal(await factors.removeTotp(ANN), true)
    assert.deepEqual(await factors.find(ANN), { totp: undefined, passkeys: [], recoveryCodes: 0 })
  })

  test('a reset leaves nothing, not even a sign-in that waits', async (t) => {
    const { factors } = await freshStore(t, engine)
    await factors.addTotp(ANN, TOTP)
    await factors.addPasskey(PASSKEY)
    await factors.setRecoveryCodes(ANN, ['one'])
    await factors.startSignIn(PENDING)
    await factors.addTotp(OLIVIA, TOTP)

    const removed = await factors.removeAll(ANN)

    assert.equal(removed, 2)
    assert.deepEqual(await factors.find(ANN), { totp: undefined, passkeys: [], recoveryCodes: 0 })
    assert.equal(await factors.findSignIn('pending', 'browser', NOW), undefined)
    assert.deepEqual((await factors.find(OLIVIA)).totp, TOTP)
  })

  test('a sign-in that waits belongs to one browser, ends in time, and is finished once', async (t) => {
    const stores = await twoStores(t, engine)
    const { factors } = stores[0]
    await factors.startSignIn(PENDING)

    assert.deepEqual(await factors.findSignIn('pending', 'browser', at(599)), PENDING)
    assert.equal(await factors.findSignIn('pending', 'other', NOW), undefined)
    assert.equal(await factors.findSignIn('pending', 'browser', at(600)), undefined)
    assert.equal(await factors.finishSignIn('pending', 'other', NOW), false)
    assert.equal(await factors.finishSignIn('pending', 'browser', at(600)), false)
    const finished = await race(stores, (store) =>
      store.factors.finishSignIn('pending', 'browser', NOW),
    )
    assert.equal(finished.filter((each) => each).length, 1)
  })

  test('a challenge is answered once, in its browser, in time and for its purpose', async (t) => {
    const stores = await twoStores(t, engine)
    const { factors } = stores[0]
    await factors.startChallenge({ ...CHALLENGE, expiresAt: at(600) })

    assert.equal(await factors.takeChallenge({ ...CHALLENGE, browserHash: 'other' }, NOW), false)
    assert.equal(await factors.takeChallenge({ ...CHALLENGE, purpose: 'sign-in' }, NOW), false)
    assert.equal(await factors.takeChallenge(CHALLENGE, at(600)), false)
    const taken = await race(stores, (store) => store.factors.takeChallenge(CHALLENGE, NOW))
    assert.equal(taken.filter((each) => each).length, 1)
  })

  test('a sweep removes what waited too long', async (t) => {
    const store = await freshStore(t, engine)
    await store.factors.startSignIn(PENDING)
    await store.factors.startChallenge({ ...CHALLENGE, expiresAt: at(600) })

    await store.sweep(at(600))

    assert.equal(await store.factors.findSignIn('pending', 'browser', NOW), undefined)
    assert.equal(await store.factors.takeChallenge(CHALLENGE, NOW), false)
  })
})
