// Keys, repeated requests, webhooks and what waits for them, on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RepeatableRequest } from '../../src/store/api-key-records.ts'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { account, addAccount, at, NOW, race } from './records.ts'

const KEY = {
  id: '00112233445566aa',
  name: 'shop',
  secretHash: 'made-up',
  scopes: ['customers:read', 'launch'],
  createdAt: NOW,
  expiresAt: at(3600),
  usedAt: undefined,
  revokedAt: undefined,
}

const REQUEST: RepeatableRequest = {
  keyId: KEY.id,
  idempotencyKey: 'order-1',
  requestHash: 'what-was-sent',
  holder: 'first',
  now: NOW,
  heldUntil: at(120),
  expiresAt: at(86_400),
}

const EVENT = {
  eventId: 'evt_1',
  kind: 'bound',
  body: '{"a":1}',
  now: NOW,
  expiresAt: at(9e6),
} as const

const TURN = { holder: 'one', now: NOW, heldUntil: at(60), limit: 10 }

async function addWebhook(store: Store, name = 'main'): Promise<void> {
  const url = `https://portal.example/${name}`
  await store.webhooks.set({ name, id: `id-${name}`, url, kinds: ['bound'], createdAt: NOW })
}

forEachEngine((engine) => {
  test('a key is kept as it was made, and its name is never given again', async (t) => {
    const store = await freshStore(t, engine)

    const isAdded = await store.apiKeys.add(KEY)
    const isRevoked = await store.apiKeys.revoke('shop', at(1))
    const again = await store.apiKeys.add({ ...KEY, id: 'another' })

    assert.deepEqual([isAdded, isRevoked, again], [true, true, false])
    assert.deepEqual(await store.apiKeys.find(KEY.id), { ...KEY, revokedAt: at(1) })
    assert.equal(await store.apiKeys.revoke('shop', at(2)), false)
  })

  test('the use of a key is noted once a minute', async (t) => {
    const store = await freshStore(t, engine)
    await store.apiKeys.add(KEY)

    for (const seconds of [0, 59, 61]) await store.apiKeys.touch(KEY.id, at(seconds))
    await store.apiKeys.touch(KEY.id, at(90))

    assert.deepEqual((await store.apiKeys.find(KEY.id))?.usedAt, at(61))
  })

  test('of many who bring one request at once, one may begin', async (t) => {
    const stores = await twoStores(t, engine)

    const begun = await race(stores, (store, turn) =>
      store.idempotency.begin({ ...REQUEST, holder: `attempt-${turn}` }),
    )

    const kinds = begun.map(({ kind }) => kind).toSorted()
    assert.deepEqual(kinds, ['begin', ...Array(9).fill('under-way')])
  })

  test('a request that was answered is answered alike, and another one under its key is told apart', async (t) => {
    const { idempotency } = await freshStore(t, engine)
    await idempotency.begin(REQUEST)
    await idempotency.finish(REQUEST, 'sealed')

    const again = await idempotency.begin({ ...REQUEST, holder: 'second' })
    const other = await idempotency.begin({ ...REQUEST, requestHash: 'something else' })
    const elsewhere = await idempotency.begin({ ...REQUEST, keyId: 'another key' })
    const tomorrow = await idempotency.begin({ ...REQUEST, now: at(86_400), expiresAt: at(2e5) })

    assert.deepEqual(again, { kind: 'answered', answer: 'sealed' })
    assert.equal(other.kind, 'mismatch')
    assert.deepEqual(elsewhere, { kind: 'begin', since: undefined })
    assert.deepEqual(tomorrow, { kind: 'begin', since: undefined })
  })

  test('whoever takes over from a dead attempt knows when that began, and the dead one answers nothing', async (t) => {
    const { idempotency } = await freshStore(t, engine)
    await idempotency.begin(REQUEST)

    const early = await idempotency.begin({ ...REQUEST, holder: 'second', now: at(119) })
    const late = await idempotency.begin({
      ...REQUEST,
      holder: 'second',
      now: at(120),
      heldUntil: at(240),
    })
    await idempotency.finish(REQUEST, 'of the dead')
    const third = await idempotency.begin({ ...REQUEST, holder: 'third', now: at(121) })

    assert.equal(early.kind, 'under-way')
    assert.deepEqual(late, { kind: 'begin', since: NOW })
    assert.equal(third.kind, 'under-way')
  })

  test('an attempt that gives up lets the next begin at once', async (t) => {
    const { idempotency } = await freshStore(t, engine)
    await idempotency.begin(REQUEST)

    await idempotency.release(REQUEST)
    const next = await idempotency.begin({ ...REQUEST, holder: 'second', now: at(1) })

    assert.deepEqual(next, { kind: 'begin', since: NOW })
  })

  test('an event goes to every address that wants its kind, and once', async (t) => {
    const store = await freshStore(t, engine)
    await addWebhook(store, 'main')
    await addWebhook(store, 'other')
    await store.webhooks.set({
      name: 'deaf',
      id: 'id-deaf',
      url: 'https://portal.example/deaf',
      kinds: ['created'],
      createdAt: NOW,
    })

    await store.deliveries.enqueue(EVENT)
    await store.deliveries.enqueue(EVENT)

    const due = await store.deliveries.take(TURN)
    assert.deepEqual(due.map(({ webhook }) => webhook).toSorted(), ['main', 'other'])
    assert.deepEqual(
      due.map(({ eventId, body }) => [eventId, body]),
      [
        ['evt_1', '{"a":1}'],
        ['evt_1', '{"a":1}'],
      ],
    )
  })

  test('no two processes are given the same message', async (t) => {
    const stores = await twoStores(t, engine)
    await addWebhook(stores[0])
    for (let n = 0; n < 20; n += 1) {
      await stores[0].deliveries.enqueue({ ...EVENT, eventId: `evt_${n}` })
    }

    const taken = await race(stores, (store, turn) =>
      store.deliveries.take({ ...TURN, holder: `holder-${turn}`, limit: 5 }),
    )

    const ids = taken.flat().map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    assert.ok(ids.length > 0)
  })

  test('what a dead process had taken is given to another when its time is over', async (t) => {
    const { deliveries, ...store } = await freshStore(t, engine)
    await addWebhook({ ...store, deliveries })
    await deliveries.enqueue(EVENT)
    const [first] = await deliveries.take(TURN)

    const early = await deliveries.take({ ...TURN, holder: 'two', now: at(59) })
    const late = await deliveries.take({ ...TURN, holder: 'two', now: at(60), heldUntil: at(120) })
    assert.ok(first !== undefined)
    await deliveries.settle(first, 'one', { kind: 'delivered', now: at(61) })

    assert.deepEqual([early.length, late.length], [0, 1])
    assert.deepEqual(await deliveries.count('main'), { waiting: 1, dead: 0 })
  })

  test('a message that fails comes back later, then is given up; the address shows it', async (t) => {
    const { deliveries, webhooks, ...store } = await freshStore(t, engine)
    await addWebhook({ ...store, deliveries, webhooks })
    await deliveries.enqueue(EVENT)
    const take = (seconds: number) =>
      deliveries.take({ ...TURN, now: at(seconds), heldUntil: at(seconds + 60) })
    const failed = (seconds: number, nextAt: Date | undefined) =>
      ({ kind: 'failed', now: at(seconds), problem: 'status 500', nextAt }) as const

    const [first] = await take(0)
    assert.ok(first !== undefined)
    await deliveries.settle(first, 'one', failed(1, at(60)))
    const between = await take(30)
    const [second] = await take(60)
    assert.ok(second !== undefined)
    await deliveries.settle(second, 'one', failed(61, undefined))

    assert.deepEqual([between.length, second.attempts], [0, 1])
    assert.deepEqual(await deliveries.count('main'), { waiting: 0, dead: 1 })
    const { failingSince, problem, endedAt } = (await webhooks.find('main')) ?? {}
    assert.deepEqual([failingSince, problem, endedAt], [at(1), 'status 500', undefined])
  })

  test('an address that is gone is sent nothing more until it is set anew', async (t) => {
    const { deliveries, webhooks, ...store } = await freshStore(t, engine)
    await addWebhook({ ...store, deliveries, webhooks })
    await deliveries.enqueue(EVENT)
    await deliveries.enqueue({ ...EVENT, eventId: 'evt_2' })
    const [first] = await deliveries.take({ ...TURN, limit: 1 })
    assert.ok(first !== undefined)

    await deliveries.settle(first, 'one', { kind: 'gone', now: at(1), problem: 'status 410' })
    await deliveries.enqueue({ ...EVENT, eventId: 'evt_3' })
    const counted = await deliveries.count('main')
    const ended = await webhooks.find('main')
    await addWebhook({ ...store, deliveries, webhooks })

    assert.deepEqual(counted, { waiting: 0, dead: 2 })
    assert.deepEqual(ended?.endedAt, at(1))
    assert.equal((await webhooks.find('main'))?.endedAt, undefined)
  })

  test('an address keeps its id when it changes, counts its secrets, and goes with what waits', async (t) => {
    const { deliveries, webhooks, ...store } = await freshStore(t, engine)
    await addWebhook({ ...store, deliveries, webhooks })
    await deliveries.enqueue(EVENT)
    const changed = { name: 'main', id: 'new', url: 'https://x.example/', createdAt: at(9) }

    const { webhook, isNew } = await webhooks.set({ ...changed, kinds: ['created'] })
    const rotated = await webhooks.rotate('main', at(60))
    const isRemoved = await webhooks.remove('main')

    assert.deepEqual([webhook.id, webhook.createdAt, isNew], ['id-main', NOW, false])
    assert.deepEqual([rotated?.generation, rotated?.previousUntil], [2, at(60)])
    assert.equal(isRemoved, true)
    assert.deepEqual(await deliveries.count('main'), { waiting: 0, dead: 0 })
    assert.deepEqual(await webhooks.list(), [])
  })

  test('a sweep forgets answers and messages whose time is over', async (t) => {
    const { deliveries, idempotency, ...store } = await freshStore(t, engine)
    await addWebhook({ ...store, deliveries, idempotency })
    await deliveries.enqueue({ ...EVENT, expiresAt: at(60) })
    await idempotency.begin({ ...REQUEST, expiresAt: at(60), heldUntil: at(999) })

    await store.sweep(at(60))
    const begun = await idempotency.begin({ ...REQUEST, now: at(1) })

    assert.deepEqual(await deliveries.count('main'), { waiting: 0, dead: 0 })
    assert.deepEqual(begun, { kind: 'begin', since: undefined })
  })

  test('changing details leaves alone what others change: the password and being disabled', async (t) => {
    const { accounts } = await freshStore(t, engine)
    await accounts.add(account())
    await accounts.setEnabled('c-100', false)

    const outcome = await accounts.change('c-100', { email: undefined, login: 'Anna' })

    assert.equal(outcome, 'updated')
    const after = { login: 'Anna', email: undefined, isEnabled: false }
    assert.deepEqual(await accounts.find('c-100'), account(after))
  })

  test('details that belong to somebody else are refused by name', async (t) => {
    const store = await freshStore(t, engine)
    await store.accounts.add(account())
    await addAccount(store, 'c-200')

    const outcomes = [
      await store.accounts.change('c-200', { login: 'ANN' }),
      await store.accounts.change('c-200', { email: 'ann@EXAMPLE.com' }),
      await store.accounts.change('c-300', { name: 'nobody-here' }),
    ]

    assert.deepEqual(outcomes, ['login', 'email', 'unknown'])
  })
})
