// Parked requests and their answers on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { addAccount, answer, answerRecord, at, NOW, parkedRequest, race } from './records.ts'

const LOGOUTS: readonly { title: string; sessionIndex: string | undefined; found?: string }[] = [
  { title: 'with a session index', sessionIndex: '_index-1', found: '_assertion-1' },
  { title: 'without a session index', sessionIndex: undefined, found: '_assertion-2' },
  { title: 'with an unknown session index', sessionIndex: '_index-9' },
]

forEachEngine((engine) => {
  test('a parked request comes back until its end', async (t) => {
    const store = await freshStore(t, engine)
    const request = parkedRequest()

    const outcome = await store.requests.park(request)

    assert.equal(outcome, 'parked')
    assert.deepEqual(await store.requests.find('parked-1', at(599)), request)
    assert.equal(await store.requests.find('parked-1', at(600)), undefined)
    assert.equal(await store.requests.find('parked-2', NOW), undefined)
  })

  test('a request that comes a second time finds the first', async (t) => {
    const store = await freshStore(t, engine)
    const nothing = { nameIdFormat: undefined, wantedContext: undefined }
    const first = parkedRequest({ ...nothing, browserHash: undefined, relayState: undefined })
    await store.requests.park(first)

    const again = await store.requests.park(parkedRequest({ id: 'parked-2' }))
    const ofAnother = await store.requests.park(
      parkedRequest({ id: 'parked-3', issuer: 'https://other.example' }),
    )

    assert.deepEqual(again, first)
    assert.equal(ofAnother, 'parked', 'another site may use the same request id')
  })

  test('a request whose time has run out is forgotten, swept or not', async (t) => {
    const store = await freshStore(t, engine)
    await store.requests.park(parkedRequest({ expiresAt: at(10) }))
    const later = parkedRequest({ id: 'parked-2', arrivedAt: at(10) })

    const outcome = await store.requests.park(later)

    assert.equal(outcome, 'parked')
    assert.deepEqual(await store.requests.find('parked-2', at(20)), later)
    assert.equal(await store.requests.find('parked-1', NOW), undefined)
  })

  test('of many arrivals of one request at once, one is parked and all others find it', async (t) => {
    const stores = await twoStores(t, engine)

    const outcomes = await race(stores, (store, turn) =>
      store.requests.park(parkedRequest({ id: `parked-${turn}` })),
    )

    const others = outcomes.filter((outcome) => outcome !== 'parked')
    assert.equal(others.length, 9)
    assert.equal(new Set(others.map(({ id }) => id)).size, 1)
  })

  test('of many browsers that claim one request at once, one has it', async (t) => {
    const stores = await twoStores(t, engine)
    await stores[0].requests.park(parkedRequest({ browserHash: undefined }))

    const claims = await race(stores, (store, turn) =>
      store.requests.claim('parked-1', `browser-${turn}`),
    )

    const winner = `browser-${claims.indexOf(true)}`
    assert.equal(claims.filter(Boolean).length, 1)
    assert.equal((await stores[0].requests.find('parked-1', NOW))?.browserHash, winner)
    assert.equal(await stores[0].requests.claim('parked-1', winner), true)
    assert.equal(await stores[0].requests.claim('parked-9', winner), false)
  })

  test('of many who answer one request at once, one may, and only its answer is kept', async (t) => {
    const stores = await twoStores(t, engine)
    await addAccount(stores[0], 'c-100')
    await stores[0].requests.park(parkedRequest())

    const outcomes = await race(stores, (store, turn) =>
      store.requests.finish('parked-1', answer({ assertionId: `_assertion-${turn}` }), at(turn)),
    )

    const winner = outcomes.indexOf(true)
    assert.equal(outcomes.filter(Boolean).length, 1)
    assert.deepEqual(await stores[0].requests.listAnswers('c-100', 10), [
      answerRecord({ assertionId: `_assertion-${winner}` }),
    ])
    assert.deepEqual((await stores[0].requests.find('parked-1', NOW))?.answeredAt, at(winner))
  })

  test('a request is not answered when its answer cannot be kept', async (t) => {
    const store = await freshStore(t, engine)
    await store.requests.park(parkedRequest())

    await assert.rejects(store.requests.finish('parked-1', answer({ accountId: 'unknown' }), NOW))

    assert.equal((await store.requests.find('parked-1', NOW))?.answeredAt, undefined)
    assert.equal(await store.requests.finish('parked-1', undefined, NOW), true)
    assert.equal(await store.requests.finish('parked-9', undefined, NOW), false)
  })

  for (const { title, sessionIndex, found } of LOGOUTS) {
    test(`a logout request ${title} finds the newest answer it can mean`, async (t) => {
      const store = await freshStore(t, engine)
      await addAccount(store, 'c-100')
      const second = { assertionId: '_assertion-2', sessionIndex: '_index-2', answeredAt: at(1) }
      const named = { issuer: 'https://sp.example', nameId: '_name-1', sessionIndex }
      for (const [id, kept] of Object.entries({ a: answer(), b: answer(second) })) {
        await store.requests.park(parkedRequest({ id, requestId: id }))
        await store.requests.finish(id, kept, NOW)
      }

      const meant = await store.requests.findAnswer(named)

      assert.equal(meant?.assertionId, found)
      const elsewhere = { ...named, issuer: 'https://other.example' }
      assert.equal(await store.requests.findAnswer(elsewhere), undefined)
    })
  }

  test('the answers of a session follow it to its new id, and no others do', async (t) => {
    const store = await freshStore(t, engine)
    await addAccount(store, 'c-100')
    for (const name of ['1', '2']) {
      await store.requests.park(parkedRequest({ id: name, requestId: `_${name}` }))
      const ids = {
        assertionId: `_a-${name}`,
        nameId: `_n-${name}`,
        sessionHash: `session-${name}`,
      }
      await store.requests.finish(name, answer({ ...ids, requestId: `_${name}` }), NOW)
    }

    await store.requests.follow('session-1', 'session-9')

    const kept = await store.requests.listAnswers('c-100', 5)
    assert.deepEqual(kept.map(({ sessionHash }) => sessionHash).sort(), ['session-2', 'session-9'])
  })

  test('the answers for an account come newest first, up to the limit', async (t) => {
    const store = await freshStore(t, engine)
    await addAccount(store, 'c-100')
    for (const turn of [1, 3, 2]) {
      await store.requests.park(parkedRequest({ id: `${turn}`, requestId: `_${turn}` }))
      const kept = answer({ assertionId: `_assertion-${turn}`, answeredAt: at(turn) })
      await store.requests.finish(`${turn}`, kept, at(turn))
    }

    const newest = await store.requests.listAnswers('c-100', 2)

    assert.deepEqual(
      newest.map(({ assertionId }) => assertionId),
      ['_assertion-3', '_assertion-2'],
    )
    assert.deepEqual(await store.requests.listAnswers('c-200', 2), [])
  })
})
