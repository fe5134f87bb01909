// Turns of the partner API on both engines: processes that share a database share the limit.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { at, NOW, race } from './records.ts'

const TURN = {
  key: 'queryCustomers partner',
  intervalMs: 100,
  nowMs: NOW.getTime(),
  mostWaitMs: 10_000,
  wrongAfterMs: 60_000,
}

forEachEngine((engine) => {
  test('callers of two processes at one moment are spread together', async (t) => {
    const stores = await twoStores(t, engine)

    const waits = await race(stores, (store) => store.apiTurns.take(TURN))

    const sorted = waits.toSorted((a = 0, b = 0) => a - b)
    assert.deepEqual(sorted, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
  })

  test('turns are counted for each key, and a past one is free', async (t) => {
    const store = await freshStore(t, engine)
    await store.apiTurns.take(TURN)

    const waits = [
      await store.apiTurns.take({ ...TURN, key: 'queryCustomers d0001' }),
      await store.apiTurns.take({ ...TURN, nowMs: TURN.nowMs + 100 }),
    ]

    assert.deepEqual(waits, [0, 0])
  })

  test('a turn that is too far away is not taken', async (t) => {
    const store = await freshStore(t, engine)
    const impatient = { ...TURN, mostWaitMs: 50 }
    await store.apiTurns.take(impatient)

    const refused = await store.apiTurns.take(impatient)
    const patient = await store.apiTurns.take(TURN)

    assert.deepEqual([refused, patient], [undefined, 100])
  })

  test('a clock that was ahead for a while does not keep callers out afterwards', async (t) => {
    const store = await freshStore(t, engine)
    await store.apiTurns.take({ ...TURN, nowMs: at(3600).getTime() })

    const now = await store.apiTurns.take(TURN)

    assert.equal(now, 0)
  })

  test('turns are swept only when they are past', async (t) => {
    const store = await freshStore(t, engine)
    await store.apiTurns.take({ ...TURN, intervalMs: 2000 })

    await store.sweep(at(1))
    const ahead = await store.apiTurns.take(TURN)
    await store.sweep(at(3))
    const past = await store.apiTurns.take(TURN)

    assert.deepEqual([ahead, past], [2000, 0])
  })
})
