// Logouts under way, on both engines: told once, answered once, and for one browser.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogoutRecord, LogoutStep } from '../../src/store/logout-records.ts'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { at, NOW } from './records.ts'

const ASKED_BY = { issuer: 'https://a.example', requestId: '_asked', relayState: 'state' }

const LOGOUT: LogoutRecord = {
  id: 'logout-1',
  browserHash: undefined,
  askedBy: ASKED_BY,
  expiresAt: at(600),
}

function step(issuer: string): LogoutStep {
  const person = { accountId: 'c-100', nameId: '_name', sessionIndex: '_session' }
  return { ...person, issuer, outcome: 'waiting' }
}

const B = { id: 'logout-1', issuer: 'https://b.example' }

forEachEngine((engine) => {
  test('a logout is found as it was started, until its end', async (t) => {
    const store = await freshStore(t, engine)
    const steps = [step('https://b.example'), step('https://c.example')]

    await store.logouts.start(LOGOUT, steps)

    assert.deepEqual(await store.logouts.find('logout-1', NOW), { ...LOGOUT, steps })
    assert.equal(await store.logouts.find('logout-1', at(600)), undefined)
  })

  test('a logout belongs to the browser that claims it first', async (t) => {
    const store = await freshStore(t, engine)
    await store.logouts.start(LOGOUT, [step(B.issuer)])

    const claims = [
      await store.logouts.claim('logout-1', 'browser-1'),
      await store.logouts.claim('logout-1', 'browser-2'),
      await store.logouts.claim('logout-1', 'browser-1'),
    ]

    assert.deepEqual(claims, [true, false, true])
  })

  test('of two processes one tells a site, one takes its answer and one ends the logout', async (t) => {
    const [first, second] = await twoStores(t, engine)
    const stores = [first, second]
    await first.logouts.start(LOGOUT, [step(B.issuer)])
    const answered = { issuer: B.issuer, requestId: '_told' }

    const told = await Promise.all(stores.map(({ logouts }) => logouts.tell(B, '_told')))
    const settled = await Promise.all(
      stores.map(({ logouts }) => logouts.settle(answered, 'confirmed', NOW)),
    )
    const taken = await Promise.all(stores.map(({ logouts }) => logouts.take('logout-1', NOW)))

    assert.deepEqual(told.toSorted(), [false, true])
    assert.deepEqual(
      settled.filter((id) => id !== undefined),
      ['logout-1'],
    )
    assert.deepEqual(taken.toSorted(), [false, true])
  })

  const UNEXPECTED = [
    { title: 'to another request', answered: { issuer: B.issuer, requestId: '_other' }, now: NOW },
    {
      title: 'of another site',
      answered: { issuer: 'https://c.example', requestId: '_told' },
      now: NOW,
    },
    { title: 'after the end', answered: { issuer: B.issuer, requestId: '_told' }, now: at(600) },
  ]

  for (const { title, answered, now } of UNEXPECTED) {
    test(`an answer ${title} counts for nothing`, async (t) => {
      const store = await freshStore(t, engine)
      await store.logouts.start(LOGOUT, [step(B.issuer), step('https://c.example')])
      await store.logouts.tell(B, '_told')

      const settled = await store.logouts.settle(answered, 'confirmed', now)

      assert.equal(settled, undefined)
      const found = await store.logouts.find('logout-1', NOW)
      assert.deepEqual(
        found?.steps.map(({ outcome }) => outcome),
        ['told', 'waiting'],
      )
    })
  }

  test('a site that was given up may still answer, and a skipped one is never told', async (t) => {
    const store = await freshStore(t, engine)
    await store.logouts.start(LOGOUT, [step(B.issuer), step('https://c.example')])
    await store.logouts.tell(B, '_told')
    await store.logouts.giveUp('logout-1')
    await store.logouts.skip({ ...B, issuer: 'https://c.example' })

    const late = { issuer: B.issuer, requestId: '_told' }
    const settled = await store.logouts.settle(late, 'refused', NOW)
    const told = await store.logouts.tell({ ...B, issuer: 'https://c.example' }, '_late')

    assert.deepEqual([settled, told], ['logout-1', false])
    const found = await store.logouts.find('logout-1', NOW)
    assert.deepEqual(
      found?.steps.map(({ outcome }) => outcome),
      ['refused', 'untold'],
    )
  })

  test('a sweep removes what has run out', async (t) => {
    const store = await freshStore(t, engine)
    await store.logouts.start(LOGOUT, [step(B.issuer)])

    await store.sweep(at(600))

    assert.equal(await store.logouts.find('logout-1', NOW), undefined)
  })
})
