// The comparison that comes by itself: when it is due, and that it goes on where it was.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createScheduledReconcile } from '../../src/accounts/reconcile/schedule.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { createHuawei, type FakeHuaweiList, listed, reconcileDeps } from './many-customers.ts'

async function arrange(t: { after: (end: () => Promise<void>) => void }) {
  const store = await openStore('sqlite::memory:')
  t.after(() => store.close())
  const huawei = createHuawei(Array.from({ length: 300 }, (_, turn) => listed(turn)))
  return { store, huawei }
}

function schedule(store: Store, huawei: FakeHuaweiList, reconcileHours = 24) {
  return createScheduledReconcile({ ...reconcileDeps(store, huawei), reconcileHours })
}

// More than four pages of a database in memory need.
const TURNS = 1000

// Looks, and lets what that began end by itself.
async function lookAndWait(store: Store, huawei: FakeHuaweiList, reconcileHours?: number) {
  const { look } = schedule(store, huawei, reconcileHours)
  await look()
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise(setImmediate)
  return store.reconciles.findLast()
}

const ROWS = [
  { title: 'the first time at once', hours: 24, minutes: undefined, runs: 1 },
  { title: 'not before its time', hours: 24, minutes: 24 * 60 - 1, runs: 1 },
  { title: 'when its time has come', hours: 24, minutes: 24 * 60, runs: 2 },
  { title: 'never with 0', hours: 0, minutes: undefined, runs: 0 },
] as const

for (const { title, hours, minutes, runs } of ROWS) {
  test(`customers are compared ${title}`, async (t) => {
    const { store, huawei } = await arrange(t)

    const first = await lookAndWait(store, huawei, hours)
    if (first !== undefined && minutes !== undefined) {
      const passed = (huawei.clock.now().getTime() - first.startedAt.getTime()) / 60_000
      huawei.wait(minutes - passed)
      await lookAndWait(store, huawei, hours)
    }

    assert.equal((await store.reconciles.listRuns(9)).length, runs)
  })
}

test('one that stopped goes on after a quarter of an hour, as the same one', async (t) => {
  const { store, huawei } = await arrange(t)
  const { look, stop } = schedule(store, huawei)
  let calls = 0
  let stopped: Promise<void> | undefined
  huawei.beforeCall(() => {
    calls += 1
    if (calls === 2) stopped = stop()
  })
  await look()
  while (stopped === undefined) await new Promise(setImmediate)
  await stopped
  const left = await store.reconciles.findLast()

  const early = await lookAndWait(store, huawei)
  huawei.wait(15)
  const done = await lookAndWait(store, huawei)

  assert.deepEqual([left?.state, early?.state, done?.state], ['running', 'running', 'finished'])
  assert.equal(done?.id, left?.id)
  assert.equal(done?.counts['customers'], 300)
})
