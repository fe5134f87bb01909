// Activations, their journal and the leases of jobs, on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ActivationRecord, Activations } from '../../src/store/activation-records.ts'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { openWithRows } from './ledger.ts'
import { activation, addAccount, at, NOW, race } from './records.ts'

const DONE = { outcome: 'done' } as const
const ASKING = { outcome: 'asking' } as const

/** A move that must succeed. */
async function moved(
  { activations }: Pick<Store, 'activations'>,
  ...[from, to, how]: Parameters<Activations['move']>
): Promise<ActivationRecord> {
  const record = await activations.move(from, to, how)
  assert.ok(record !== false)
  return record
}

forEachEngine((engine) => {
  test('an activation moves on from how it stands only', async (t) => {
    const store = await freshStore(t, engine)
    await addAccount(store, 'c-100')
    const { activations } = store
    const asked = activation({
      step: 'create-asked',
      createAskedAt: at(1),
      resumeAt: at(120),
      changedAt: at(1),
    })
    const created = activation({ step: 'created', domainId: 'd-1', changedAt: at(2) })

    const early = await activations.move(activation(), asked, ASKING)
    const begun = await moved(store, undefined, activation(), DONE)
    const again = await activations.move(undefined, activation(), DONE)
    const open = await moved(store, begun, asked, ASKING)
    const late = await activations.move(begun, asked, ASKING)
    const last = await moved(store, open, created, DONE)

    assert.deepEqual([early, again, late], [false, false, false])
    assert.deepEqual(open, { ...asked, entry: 2 })
    assert.deepEqual(await activations.find('c-100'), last)
    assert.equal(last.entry, 3)
    assert.equal(await activations.find('c-200'), undefined)
  })

  test('the journal has every step that was taken and none that was not', async (t) => {
    const store = await freshStore(t, engine)
    await addAccount(store, 'c-100')
    const asked = activation({ step: 'create-asked', changedAt: at(1) })
    const problem = 'PARTNER_UNREACHABLE'
    const unknown = activation({ step: 'unknown', problem, changedAt: at(2) })
    const begun = await moved(store, undefined, activation(), DONE)
    const open = await moved(store, begun, asked, ASKING)
    await store.activations.move(begun, asked, ASKING)
    await moved(store, open, unknown, { outcome: 'unknown', requestId: 'request-1' })

    const journal = await store.activations.listJournal('c-100', 10)
    const newest = await store.activations.listJournal('c-100', 1)

    const same = { accountId: 'c-100', attempt: 1, problem: undefined, requestId: undefined }
    assert.deepEqual(journal, [
      { ...same, entry: 1, step: 'code-sent', outcome: 'done', at: NOW },
      { ...same, entry: 2, step: 'create-asked', outcome: 'asking', at: at(1) },
      {
        ...same,
        entry: 3,
        step: 'unknown',
        outcome: 'unknown',
        problem,
        requestId: 'request-1',
        at: at(2),
      },
    ])
    assert.deepEqual(newest, journal.slice(-1))
  })

  test('no step that was taken can be changed or taken back', async (t) => {
    const { store, run } = await openWithRows(t, engine)
    await addAccount(store, 'c-100')
    await moved(store, undefined, activation(), DONE)

    for (const statement of [
      "update activation_journal set step = 'bound'",
      'delete from activation_journal',
    ]) {
      await assert.rejects(run(statement), /append-only/, statement)
    }

    assert.equal((await store.activations.listJournal('c-100', 10)).length, 1)
  })

  test('of many who want to ask Huawei for one account at once, one may', async (t) => {
    const stores = await twoStores(t, engine)
    await addAccount(stores[0], 'c-100')

    const starts = await race(stores, (store) =>
      store.activations.move(undefined, activation(), DONE),
    )
    const begun = starts.find((record) => record !== false)
    assert.ok(begun !== undefined)
    const asks = await race(stores, (store) =>
      store.activations.move(begun, activation({ step: 'create-asked' }), ASKING),
    )

    assert.equal(starts.filter(Boolean).length, 1)
    assert.equal(asks.filter(Boolean).length, 1)
    assert.equal((await stores[0].activations.listJournal('c-100', 10)).length, 2)
  })

  test('a step that a version without a journal has taken is not taken again', async (t) => {
    const store = await freshStore(t, engine)
    await addAccount(store, 'c-100')
    const asked = activation({ step: 'create-asked', entry: 1 })
    await store.activations.move(undefined, asked, ASKING)
    const before = activation({ step: 'code-sent', entry: 1 })

    assert.equal(await store.activations.move(before, asked, ASKING), false)
  })

  test('activations come with the newest change first, up to the limit', async (t) => {
    const store = await freshStore(t, engine)
    for (const turn of [1, 3, 2]) {
      await addAccount(store, `c-${turn}`)
      const record = activation({ accountId: `c-${turn}`, changedAt: at(turn) })
      await store.activations.move(undefined, record, DONE)
    }

    const newest = await store.activations.list(2)

    assert.deepEqual(
      newest.map(({ accountId }) => accountId),
      ['c-3', 'c-2'],
    )
  })

  test('due is whose time has come, the longest waiting first, and not who was put off', async (t) => {
    const store = await freshStore(t, engine)
    const due = [
      { accountId: 'c-1', resumeAt: at(20) },
      { accountId: 'c-2', resumeAt: at(10) },
      { accountId: 'c-3', resumeAt: at(31) },
      { accountId: 'c-4', resumeAt: undefined },
      { accountId: 'c-5', resumeAt: at(5) },
    ]
    for (const changes of due) {
      await addAccount(store, changes.accountId)
      const record = await moved(store, undefined, activation(changes), DONE)
      if (changes.accountId === 'c-5') await store.activations.postpone(record, at(60))
    }

    const found = await store.activations.listDue(at(30), 10)

    assert.deepEqual(
      found.map(({ accountId }) => accountId),
      ['c-2', 'c-1'],
    )
    assert.equal((await store.activations.listDue(at(30), 1)).length, 1)
  })

  test('an activation that has moved on is not put off', async (t) => {
    const store = await freshStore(t, engine)
    await addAccount(store, 'c-100')
    const begun = await moved(store, undefined, activation(), DONE)
    const asked = activation({ step: 'create-asked', resumeAt: at(10) })
    await moved(store, begun, asked, ASKING)

    await store.activations.postpone(begun, at(60))

    assert.deepEqual((await store.activations.find('c-100'))?.resumeAt, at(10))
  })

  test('a lease has one holder until its time is over or it is given back', async (t) => {
    const [one, other] = await twoStores(t, engine)
    const term = (holder: string, from: number) => ({ holder, now: at(from), until: at(from + 60) })

    const answers = [
      await one.leases.take('job', term('a', 0)),
      await other.leases.take('job', term('b', 59)),
      await other.leases.take('other-job', term('b', 59)),
      await one.leases.take('job', term('a', 50)),
      await other.leases.take('job', term('b', 109)),
      await other.leases.take('job', term('b', 110)),
      await one.leases.take('job', term('a', 111)),
    ]
    await one.leases.release('job', 'a')
    answers.push(await one.leases.take('job', term('a', 112)))
    await other.leases.release('job', 'b')
    answers.push(await one.leases.take('job', term('a', 113)))

    assert.deepEqual(answers, [true, false, true, true, false, true, false, false, true])
  })

  test('of many processes that want a lease at once, one gets it', async (t) => {
    const stores = await twoStores(t, engine)

    const taken = await race(stores, (store, turn) =>
      store.leases.take('job', { holder: `process-${turn}`, now: at(0), until: at(60) }),
    )

    assert.equal(taken.filter(Boolean).length, 1)
  })
})
