// Trips, tickets, tokens and counters on both engines: what may happen once happens once.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { at, NOW, race } from './records.ts'

const TRIP = { stateHash: 'state', browserHash: 'browser', next: '/launch', expiresAt: at(60) }
const TICKET = {
  ticketHash: 'ticket',
  accountId: 'c-100',
  stateHash: 'state',
  issuer: 'https://portal.partner.example',
  portalSession: 'session of the portal',
  target: '/launch',
  expiresAt: at(60),
}

forEachEngine((engine) => {
  test('of many returns from one trip at once, one gets it', async (t) => {
    const stores = await twoStores(t, engine)
    await stores[0].handoffs.startTrip(TRIP)

    const taken = await race(stores, (store) => store.handoffs.takeTrip('state', 'browser', NOW))

    assert.deepEqual(
      taken.filter((trip) => trip !== undefined),
      [TRIP],
    )
  })

  test('another session cannot take a trip, nor use it up', async (t) => {
    const store = await freshStore(t, engine)
    await store.handoffs.startTrip(TRIP)

    const stolen = await store.handoffs.takeTrip('state', 'other session', NOW)

    assert.equal(stolen, undefined)
    assert.deepEqual(await store.handoffs.takeTrip('state', 'browser', at(59)), TRIP)
  })

  test('a trip and a ticket cannot be taken once their time has come', async (t) => {
    const store = await freshStore(t, engine)
    await store.handoffs.startTrip(TRIP)
    await store.handoffs.saveTicket(TICKET)

    assert.equal(await store.handoffs.takeTrip('state', 'browser', at(60)), undefined)
    assert.equal(await store.handoffs.takeTicket('ticket', at(60)), undefined)
  })

  test('of many who bring one ticket at once, one gets in', async (t) => {
    const stores = await twoStores(t, engine)
    await stores[0].handoffs.saveTicket(TICKET)

    const taken = await race(stores, (store) => store.handoffs.takeTicket('ticket', NOW))

    assert.deepEqual(
      taken.filter((ticket) => ticket !== undefined),
      [TICKET],
    )
  })

  test('a ticket may come from a portal that started the trip itself', async (t) => {
    const store = await freshStore(t, engine)
    const nothing = { stateHash: undefined, portalSession: undefined, target: undefined }
    await store.handoffs.saveTicket({ ...TICKET, ...nothing })

    const taken = await store.handoffs.takeTicket('ticket', NOW)

    assert.deepEqual(taken, { ...TICKET, ...nothing })
  })

  test('of many who bring one token at once, one may use it', async (t) => {
    const stores = await twoStores(t, engine)

    const uses = await race(stores, (store) => store.handoffs.useToken('token', at(60)))

    assert.equal(uses.filter(Boolean).length, 1)
    assert.equal(await stores[0].handoffs.useToken('another token', at(60)), true)
  })

  test('attempts that come at once are all counted', async (t) => {
    const stores = await twoStores(t, engine)

    const counts = await race(stores, (store) => store.counters.add('address', 2, 60_000, NOW))

    const points = counts.map((count) => count.points).toSorted((a, b) => a - b)
    assert.deepEqual(points, [2, 4, 6, 8, 10, 12, 14, 16, 18, 20])
    assert.deepEqual(await stores[0].counters.find('address', at(59)), {
      points: 20,
      expiresAt: at(60),
    })
  })

  test('a counter keeps its end, and starts again after it', async (t) => {
    const store = await freshStore(t, engine)
    await store.counters.add('address', 1, 60_000, NOW)

    const before = await store.counters.add('address', 1, 60_000, at(59))
    const after = await store.counters.add('address', 1, 60_000, at(60))

    assert.deepEqual(before, { points: 2, expiresAt: at(60) })
    assert.deepEqual(after, { points: 1, expiresAt: at(120) })
  })

  test('a counter is found until its end, and removed once', async (t) => {
    const store = await freshStore(t, engine)
    const count = await store.counters.add('address', 1, 30_000, NOW)

    assert.deepEqual(count, { points: 1, expiresAt: at(30) })
    assert.deepEqual(await store.counters.find('address', at(29)), count)
    assert.equal(await store.counters.find('address', at(30)), undefined)
    assert.equal(await store.counters.remove('address'), true)
    assert.equal(await store.counters.remove('address'), false)
  })
})
