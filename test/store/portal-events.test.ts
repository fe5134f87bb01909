// What the portal is told of a move stands with the move, on both engines: once, in order, under an id that
// a repeat would have too.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { activation, addAccount, at, NOW, race } from './records.ts'

const KINDS = ['bound', 'unbound', 'conflict', 'created'] as const
const OPERATOR = { kind: 'operator', id: 'olivia' } as const

const CLAIM = {
  accountId: 'c-100',
  domainId: 'd-1',
  domainName: 'Domain One',
  source: 'notice',
  isConfirmed: false,
  evidence: { noticeId: 'notice-1', answer: { customer_id: 'd-1' } },
  now: NOW,
} as const

async function prepare(store: Store): Promise<void> {
  await addAccount(store, 'c-100')
  const url = 'https://portal.example/hook'
  await store.webhooks.set({ name: 'main', id: 'id', url, kinds: KINDS, createdAt: NOW })
}

/** Everything that waits, in the order in which it was put there. */
async function waiting(store: Store) {
  const turn = { holder: 'test', now: at(3600), heldUntil: at(3660), limit: 100 }
  const taken = await store.deliveries.take(turn)
  const byTime = taken.toSorted((one, other) => +one.createdAt - +other.createdAt)
  return byTime.map(({ eventId, body }) => ({
    eventId,
    ...(JSON.parse(body) as { type: string; timestamp: string; data: Record<string, unknown> }),
  }))
}

forEachEngine((engine) => {
  test('each change of a connection leaves one event, in the order of the changes', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)

    await store.bindings.ask('c-100', NOW)
    await store.bindings.bind({ ...CLAIM, now: at(1) })
    await store.bindings.bind({ ...CLAIM, now: at(2), isConfirmed: true })
    const claimed = { accountId: 'c-100', domainId: 'd-2', domainName: undefined }
    await store.bindings.flag(claimed, { actor: OPERATOR, now: at(3) })
    const note = { actor: OPERATOR, evidence: { note: 'asked for' } }
    await store.bindings.release('c-100', { ...note, now: at(4) })

    const events = await waiting(store)
    assert.deepEqual(
      events.map(({ type, timestamp, data }) => [type, timestamp, data]),
      [
        ['bound', at(1).toISOString(), { accountId: 'c-100', domainId: 'd-1' }],
        ['conflict', at(3).toISOString(), { accountId: 'c-100', domainId: 'd-2' }],
        ['unbound', at(4).toISOString(), { accountId: 'c-100', domainId: 'd-1' }],
      ],
    )
    assert.equal(new Set(events.map(({ eventId }) => eventId)).size, 3)
  })

  test('an account that was opened is told of once, whatever becomes of it after', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const { activations } = store
    const created = activation({ step: 'created', domainId: 'd-1', changedAt: at(1) })

    const begun = await activations.move(undefined, activation(), { outcome: 'done' })
    assert.ok(begun !== false)
    const first = await activations.move(begun, created, { outcome: 'done' })
    const loser = await activations.move(begun, created, { outcome: 'done' })
    assert.ok(first !== false)
    await activations.move(first, { ...created, problem: 'FAULT' }, { outcome: 'unknown' })

    assert.equal(loser, false)
    const events = await waiting(store)
    assert.deepEqual(
      events.map(({ type, data }) => [type, data]),
      [['created', { accountId: 'c-100', domainId: 'd-1' }]],
    )
  })

  test('a change that is undone leaves no event', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const how = { actor: { kind: 'customer', id: 'c-100' }, now: NOW } as const

    await assert.rejects(
      store.bindings.flag({ accountId: 'c-100', domainId: 'd-2', domainName: undefined }, how),
      /cannot move/,
    )

    assert.deepEqual(await waiting(store), [])
    assert.equal((await store.bindings.find('c-100')).state, 'none')
  })

  test('of many who make one change at once, one leaves an event', async (t) => {
    const stores = await twoStores(t, engine)
    await prepare(stores[0])

    await race(stores, (store) => store.bindings.bind(CLAIM))

    assert.deepEqual(
      (await waiting(stores[0])).map(({ type }) => type),
      ['bound'],
    )
  })

  test('an address that is stopped is sent nothing, and gets all of it when it is tried again', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    await store.bindings.bind(CLAIM)

    const isStopped = await store.webhooks.stop('main', { now: at(1), problem: 'stopped' })
    const stopped = await store.webhooks.find('main')
    const whileStopped = await waiting(store)
    const isResumed = await store.webhooks.resume('main', at(2))
    const resumed = await store.webhooks.find('main')

    assert.deepEqual([isStopped, isResumed, whileStopped], [true, true, []])
    assert.deepEqual([stopped?.endedAt, stopped?.problem], [at(1), 'stopped'])
    assert.deepEqual([resumed?.endedAt, resumed?.problem], [undefined, undefined])
    assert.deepEqual(
      (await waiting(store)).map(({ type }) => type),
      ['bound'],
    )
    assert.equal(await store.webhooks.stop('nobody', { now: at(3), problem: 'stopped' }), false)
    assert.equal(await store.webhooks.resume('nobody', at(3)), false)
  })
})
