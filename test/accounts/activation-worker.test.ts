// The worker that finishes what was begun: who does the work, what it takes up, and what it leaves alone.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorker, type WorkerDeps } from '../../src/accounts/journey/worker.ts'
import { createLog } from '../../src/base/log.ts'
import { systemRandom } from '../../src/base/random.ts'
import type { ActivationRecord } from '../../src/store/activation-records.ts'
import type { Store } from '../../src/store/store.ts'
import { activation, addAccount } from '../store/records.ts'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'

function later(minutes: number): Date {
  return new Date(NOW.getTime() + minutes * 60_000)
}

/** An activation whose time to be looked at has come. */
async function leave(store: Store, changes: Partial<ActivationRecord>): Promise<void> {
  const record = activation({
    createAskedAt: NOW,
    resumeAt: NOW,
    startedAt: NOW,
    changedAt: NOW,
    ...changes,
  })
  await addAccount(store, record.accountId)
  await store.activations.move(undefined, record, { outcome: 'asking' })
}

/** A worker at a Huawei that has an account for each of these customers. */
function workerOf(store: Store, customers: readonly string[], minutes = 1) {
  const asked: string[] = []
  const queryCustomers = async ({ account_name: name = '' }) => {
    asked.push(name)
    return {
      customer_infos: customers.map((accountId) => ({
        customer_id: `d-of-${accountId}`,
        account_name: name,
        xaccount_id: accountId,
        xaccount_type: 'example_IDP',
      })),
    }
  }
  const deps = {
    store,
    partner: { queryCustomers },
    clock: { now: () => later(minutes) },
    random: systemRandom,
    log: createLog('silent'),
    platformId: 'example_IDP',
    record: async () => undefined,
  } as unknown as WorkerDeps // The worker only asks.
  return { work: createWorker(deps), asked }
}

async function stepsOf(store: Store, ...accountIds: readonly string[]) {
  const records = await Promise.all(accountIds.map((id) => store.activations.find(id)))
  return records.map((record) => record?.step)
}

forEachEngine((engine) => {
  test('what a process has left is finished, and what is the customer’s is left alone', async (t) => {
    const store = await freshStore(t, engine)
    await leave(store, { accountId: 'c-1', step: 'create-asked' })
    await leave(store, { accountId: 'c-2', step: 'created', domainId: 'd-of-c-2' })
    await leave(store, { accountId: 'c-3', step: 'create-asked', resumeAt: later(2) })
    await leave(store, { accountId: 'c-4', step: 'code-sent', resumeAt: undefined })
    const { work } = workerOf(store, ['c-1', 'c-2', 'c-3', 'c-4'])

    await work()

    assert.deepEqual(await stepsOf(store, 'c-1', 'c-2', 'c-3', 'c-4'), [
      'bound',
      'bound',
      'create-asked',
      'code-sent',
    ])
  })

  test('of two processes one does the work', async (t) => {
    const [one, other] = await twoStores(t, engine)
    await leave(one, { accountId: 'c-1', step: 'unknown' })
    const first = workerOf(one, [])
    const second = workerOf(other, [])

    await Promise.all([first.work(), second.work()])

    assert.equal(first.asked.length + second.asked.length, 1)
  })

  test('the lease of a process that has died runs out', async (t) => {
    const store = await freshStore(t, engine)
    await leave(store, { accountId: 'c-1', step: 'unknown' })
    const held = { holder: 'a process that has died', now: NOW, until: later(5) }
    await store.leases.take('activations', held)

    await workerOf(store, ['c-1'], 4).work()
    const meanwhile = await stepsOf(store, 'c-1')
    await workerOf(store, ['c-1'], 5).work()

    assert.deepEqual(meanwhile, ['unknown'])
    assert.deepEqual(await stepsOf(store, 'c-1'), ['bound'])
  })

  test('one that cannot be finished does not keep the others waiting', async (t) => {
    const store = await freshStore(t, engine)
    await leave(store, { accountId: 'c-1', step: 'unknown' })
    await leave(store, { accountId: 'c-2', step: 'unknown' })
    const { bindings } = store
    const bind: typeof bindings.bind = async (claim) => {
      if (claim.accountId === 'c-1') throw new TypeError('a mistake of ours')
      return bindings.bind(claim)
    }
    const { work } = workerOf({ ...store, bindings: { ...bindings, bind } }, ['c-1', 'c-2'])

    await work()

    assert.deepEqual(await stepsOf(store, 'c-1', 'c-2'), ['associated', 'bound'])
  })

  test('Huawei is asked less often the longer it takes', async (t) => {
    const store = await freshStore(t, engine)
    await leave(store, { accountId: 'c-1', step: 'created', domainId: 'd-1' })
    const looks: number[] = []

    for (let minute = 1; minute <= 240; minute += 1) {
      const { work, asked } = workerOf(store, [], minute)
      await work()
      if (asked.length > 0) looks.push(minute)
    }

    assert.deepEqual(looks, [1, 2, 4, 8, 16, 32, 64, 124, 184])
    assert.deepEqual(await stepsOf(store, 'c-1'), ['created'])
  })
})
