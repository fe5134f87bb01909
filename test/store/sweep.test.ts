// Sweeping on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { at, NOW, notice, parkedRequest } from './records.ts'

// One of each, all with the same name and the same end.
async function fill(store: Store, name: string, end: number): Promise<void> {
  const expiresAt = at(end)
  await store.sessions.save(name, { body: 'body', expiresAt, seenAt: NOW, people: [] })
  await store.requests.park(parkedRequest({ id: name, requestId: name, expiresAt }))
  await store.handoffs.startTrip({ stateHash: name, browserHash: 'b', next: '/', expiresAt })
  const ticket = { ticketHash: name, accountId: 'c-100', stateHash: undefined, expiresAt }
  await store.handoffs.saveTicket(ticket)
  await store.handoffs.useToken(name, expiresAt)
  await store.counters.add(name, 1, end * 1000, NOW)
}

// Asked as of NOW, when nothing had run out: what is missing has been removed.
async function missing(store: Store, name: string): Promise<readonly string[]> {
  const isThere = {
    session: (await store.sessions.find(name, NOW)) !== undefined,
    request: (await store.requests.find(name, NOW)) !== undefined,
    trip: (await store.handoffs.takeTrip(name, 'b', NOW)) !== undefined,
    ticket: (await store.handoffs.takeTicket(name, NOW)) !== undefined,
    token: !(await store.handoffs.useToken(name, at(600))),
    counter: (await store.counters.find(name, NOW)) !== undefined,
  }
  return Object.keys(isThere).filter((kind) => !isThere[kind as keyof typeof isThere])
}

forEachEngine((engine) => {
  test('a sweep removes what has run out and nothing else', async (t) => {
    const store = await freshStore(t, engine)
    await fill(store, 'short', 60)
    await fill(store, 'long', 61)
    await store.notices.save(notice())

    await store.sweep(at(60))

    const everything = ['session', 'request', 'trip', 'ticket', 'token', 'counter']
    assert.deepEqual(await missing(store, 'short'), everything)
    assert.deepEqual(await missing(store, 'long'), [])
    assert.equal((await store.notices.list({ limit: 10 })).length, 1)
  })

  test('the metadata of a site that nobody has asked for in a month is forgotten', async (t) => {
    const store = await freshStore(t, engine)
    const asked = { now: NOW, isForced: false }
    const url = 'https://auth.cloud.example/'
    const month = 30 * 24 * 3600
    await store.metadata.claim({ name: 'left', url }, { ...asked, until: at(0) })
    await store.metadata.claim({ name: 'asked', url }, { ...asked, until: at(1) })

    await store.sweep(at(month))

    const names = (await store.metadata.list()).map(({ name }) => name)
    assert.deepEqual(names, ['asked'])
  })
})
