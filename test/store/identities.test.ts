// Identities and trips to the OpenID provider on both engines: a link is made once and never moves.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { account, at, NOW, race } from './records.ts'

const IDENTITY = { issuer: 'https://id.example', subject: 'subject-1' }
const TRIP = {
  stateHash: 'state',
  browserHash: 'browser',
  nonce: 'nonce',
  codeVerifier: 'verifier',
  next: '/launch',
  wantsFreshSignIn: true,
  startedAt: NOW,
  expiresAt: at(60),
}

forEachEngine((engine) => {
  test('an identity leads to the account it was linked to, and to no other for ever', async (t) => {
    const store = await freshStore(t, engine)
    const { identities } = store
    const link = { ...IDENTITY, accountId: 'c-100', linkedAt: NOW }

    const outcomes = [
      await identities.link(link),
      await identities.link({ ...link, linkedAt: at(5) }),
      await identities.link({ ...link, accountId: 'c-200' }),
      await identities.link({ ...link, subject: 'subject-2' }),
      await identities.link({ ...link, issuer: 'ldap' }),
    ]

    assert.deepEqual(outcomes, ['linked', 'there already', 'taken', 'another', 'linked'])
    assert.deepEqual(await identities.find(IDENTITY), link)
    assert.deepEqual(await identities.listOf('c-200'), [])
    const listed = await identities.listOf('c-100')
    assert.deepEqual(
      listed.map(({ issuer }) => issuer),
      ['https://id.example', 'ldap'],
    )
  })

  test('of many first sign-ins of one person at once, one makes an account', async (t) => {
    const stores = await twoStores(t, engine)
    let turn = 0

    const outcomes = await race(stores, (store) => {
      turn += 1
      const one = account({ accountId: `c-${turn}`, login: `l-${turn}`, email: undefined })
      return store.accounts.add(one, IDENTITY)
    })

    assert.equal(outcomes.filter((outcome) => outcome === 'added').length, 1)
    const accounts = await stores[0].accounts.list({ limit: 50 })
    const link = await stores[0].identities.find(IDENTITY)
    assert.deepEqual(
      accounts.map(({ accountId }) => accountId),
      [link?.accountId],
    )
  })

  test('an account whose name is taken takes no identity either', async (t) => {
    const store = await freshStore(t, engine)
    await store.accounts.add(account())

    const outcome = await store.accounts.add(
      account({ accountId: 'c-200', email: undefined }),
      IDENTITY,
    )

    assert.equal(outcome, 'login')
    assert.equal(await store.identities.find(IDENTITY), undefined)
  })

  test('erasing somebody ends their links', async (t) => {
    const store = await freshStore(t, engine)
    await store.accounts.add(account(), IDENTITY)

    await store.accounts.erase(account().accountId, 'erased-1', at(1))

    assert.equal(await store.identities.find(IDENTITY), undefined)
  })

  test('of many returns from one trip to a provider, one gets it', async (t) => {
    const stores = await twoStores(t, engine)
    await stores[0].identities.startTrip(TRIP)

    const taken = await race(stores, (store) => store.identities.takeTrip('state', 'browser', NOW))

    assert.deepEqual(
      taken.filter((trip) => trip !== undefined),
      [TRIP],
    )
  })

  test('another browser, or a late one, takes no trip and uses none up', async (t) => {
    const store = await freshStore(t, engine)
    await store.identities.startTrip(TRIP)

    assert.equal(await store.identities.takeTrip('state', 'other', NOW), undefined)
    assert.equal(await store.identities.takeTrip('state', 'browser', at(60)), undefined)
    await store.sweep(at(59))
    assert.deepEqual(await store.identities.takeTrip('state', 'browser', at(59)), TRIP)
  })

  test('a trip that has run out is swept away', async (t) => {
    const store = await freshStore(t, engine)
    await store.identities.startTrip(TRIP)

    await store.sweep(at(60))

    assert.equal(await store.identities.takeTrip('state', 'browser', NOW), undefined)
  })
})
