// Bindings on both engines: the first connection is kept, whoever comes later.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BindingRecord, Bindings, BindResult } from '../../src/store/binding-records.ts'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { addAccount, at, NOW, race } from './records.ts'

type Claim = Parameters<Bindings['bind']>[0]

function claim(changes: Partial<Claim> = {}): Claim {
  return {
    accountId: 'c-100',
    domainId: 'd-1',
    domainName: 'Domain One',
    source: 'notice',
    isConfirmed: false,
    evidence: PROOF,
    now: NOW,
    ...changes,
  }
}

const PROOF = { noticeId: 'notice-1', answer: { customer_id: 'd-1' } } as const
const JOB = { kind: 'job', id: 'test' } as const

// What became of a claim, but for its place in the history.
function became({ move: _, ...result }: BindResult) {
  return result
}

function binding(changes: Partial<BindingRecord> = {}): BindingRecord {
  return {
    accountId: 'c-100',
    state: 'none',
    domainId: undefined,
    domainName: undefined,
    askedAt: undefined,
    boundAt: undefined,
    source: undefined,
    confirmedAt: undefined,
    conflictDomainId: undefined,
    conflictDomainName: undefined,
    ...changes,
  }
}

const BOUND = binding({
  state: 'bound',
  domainId: 'd-1',
  domainName: 'Domain One',
  boundAt: NOW,
  source: 'notice',
})

async function addAccounts(store: Store, ids: readonly string[]): Promise<void> {
  for (const id of ids) await addAccount(store, id)
}

forEachEngine((engine) => {
  test('an account of which nothing is known has no binding', async (t) => {
    const store = await freshStore(t, engine)

    assert.deepEqual(await store.bindings.find('c-100'), binding())
    assert.equal(await store.bindings.findByDomain('d-1'), undefined)
  })

  test('asking is remembered, and later asking renews it', async (t) => {
    const store = await freshStore(t, engine)
    await addAccounts(store, ['c-100'])

    await store.bindings.ask('c-100', NOW)
    await store.bindings.ask('c-100', at(60))

    assert.deepEqual(
      await store.bindings.find('c-100'),
      binding({ state: 'asked', askedAt: at(60) }),
    )
  })

  test('a claim after asking connects the account, and asking again keeps it', async (t) => {
    const store = await freshStore(t, engine)
    await addAccounts(store, ['c-100'])
    await store.bindings.ask('c-100', NOW)

    const result = await store.bindings.bind(claim())
    await store.bindings.ask('c-100', at(60))

    assert.deepEqual(became(result), { outcome: 'applied', binding: { ...BOUND, askedAt: NOW } })
    assert.deepEqual(await store.bindings.find('c-100'), { ...BOUND, askedAt: at(60) })
    assert.deepEqual(await store.bindings.findByDomain('d-1'), { ...BOUND, askedAt: at(60) })
  })

  test('the same claim again is a repeat, which may add what was missing', async (t) => {
    const store = await freshStore(t, engine)
    await addAccounts(store, ['c-100'])
    await store.bindings.bind(claim({ domainName: undefined }))

    const named = await store.bindings.bind(claim({ now: at(60) }))
    const confirmed = await store.bindings.bind(
      claim({ domainName: 'Other', source: 'created', isConfirmed: true, now: at(90) }),
    )

    assert.deepEqual(became(named), { outcome: 'repeat', binding: BOUND })
    assert.deepEqual(became(confirmed), {
      outcome: 'repeat',
      binding: { ...BOUND, confirmedAt: at(90) },
    })
  })

  test('a claim for a second domain flags the account and keeps its first', async (t) => {
    const store = await freshStore(t, engine)
    await addAccounts(store, ['c-100', 'c-200'])
    await store.bindings.bind(claim())

    const result = await store.bindings.bind(claim({ domainId: 'd-2', domainName: 'Two' }))

    const flagged = binding({
      ...BOUND,
      state: 'conflict',
      conflictDomainId: 'd-2',
      conflictDomainName: 'Two',
    })
    assert.deepEqual(became(result), { outcome: 'conflict', binding: flagged, heldBy: undefined })
    const other = await store.bindings.bind(claim({ accountId: 'c-200', domainId: 'd-2' }))
    assert.equal(other.outcome, 'applied', 'a refused claim must not hold the domain')
  })

  test('a domain that another account has stays there', async (t) => {
    const store = await freshStore(t, engine)
    await addAccounts(store, ['c-100', 'c-200'])
    await store.bindings.bind(claim())

    const result = await store.bindings.bind(claim({ accountId: 'c-200' }))

    assert.deepEqual(became(result), {
      outcome: 'conflict',
      binding: binding({
        accountId: 'c-200',
        state: 'conflict',
        conflictDomainId: 'd-1',
        conflictDomainName: 'Domain One',
      }),
      heldBy: 'c-100',
    })
    assert.deepEqual(await store.bindings.find('c-100'), BOUND)
  })

  test('an account that only claimed a taken domain can still get one of its own', async (t) => {
    const store = await freshStore(t, engine)
    await addAccounts(store, ['c-100', 'c-200'])
    await store.bindings.bind(claim())
    await store.bindings.bind(claim({ accountId: 'c-200' }))

    const result = await store.bindings.bind(claim({ accountId: 'c-200', domainId: 'd-2' }))

    assert.equal(result.outcome, 'applied')
    const expected = binding({ ...BOUND, accountId: 'c-200', domainId: 'd-2' })
    assert.deepEqual(await store.bindings.find('c-200'), expected)
  })

  test('of many accounts that claim one domain at once, one gets it', async (t) => {
    const stores = await twoStores(t, engine)
    const ids = Array.from({ length: 10 }, (_, turn) => `c-${turn}`)
    await addAccounts(stores[0], ids)

    const results = await race(stores, (store, turn) =>
      store.bindings.bind(claim({ accountId: `c-${turn}` })),
    )

    const holder = (await stores[0].bindings.findByDomain('d-1'))?.accountId
    const losers = results.filter((result) => result.outcome === 'conflict')
    assert.equal(results.filter(({ outcome }) => outcome === 'applied').length, 1)
    assert.deepEqual([...new Set(losers.map(({ heldBy }) => heldBy))], [holder])
    assert.equal(losers.length, 9)
  })

  test('of many domains that claim one account at once, the first is kept', async (t) => {
    const stores = await twoStores(t, engine)
    await addAccounts(stores[0], ['c-100'])

    const results = await race(stores, (store, turn) =>
      store.bindings.bind(claim({ domainId: `d-${turn}` })),
    )

    const winner = `d-${results.findIndex(({ outcome }) => outcome === 'applied')}`
    assert.equal(results.filter(({ outcome }) => outcome === 'conflict').length, 9)
    assert.equal((await stores[0].bindings.find('c-100')).domainId, winner)
  })

  test('the same claim many times at once is applied once', async (t) => {
    const stores = await twoStores(t, engine)
    await addAccounts(stores[0], ['c-100'])

    const results = await race(stores, (store) => store.bindings.bind(claim()))

    assert.equal(results.filter(({ outcome }) => outcome === 'applied').length, 1)
    assert.equal(results.filter(({ outcome }) => outcome === 'repeat').length, 9)
  })

  test('a confirmation counts for the pair that is bound, and its first time stands', async (t) => {
    const store = await freshStore(t, engine)
    await addAccounts(store, ['c-100'])
    await store.bindings.bind(claim())

    const pair = (domainId: string) => ({ accountId: 'c-100', domainId })
    const how = { actor: JOB, evidence: PROOF }
    await store.bindings.confirm(pair('d-2'), { ...how, now: at(1) })
    const afterWrong = await store.bindings.find('c-100')
    await store.bindings.confirm(pair('d-1'), { ...how, now: at(2) })
    await store.bindings.confirm(pair('d-1'), { ...how, now: at(3) })

    assert.equal(afterWrong.confirmedAt, undefined)
    assert.deepEqual((await store.bindings.find('c-100')).confirmedAt, at(2))
  })

  test('a contradiction is flagged beside the binding that is there', async (t) => {
    const store = await freshStore(t, engine)
    await addAccounts(store, ['c-100', 'c-200'])
    await store.bindings.bind(claim())

    const how = { actor: JOB, now: NOW }
    await store.bindings.flag({ accountId: 'c-100', domainId: 'd-9', domainName: undefined }, how)
    await store.bindings.flag({ accountId: 'c-200', domainId: 'd-9', domainName: 'Nine' }, how)

    const flag = { state: 'conflict', conflictDomainId: 'd-9' } as const
    assert.deepEqual(await store.bindings.find('c-100'), { ...BOUND, ...flag })
    const unbound = binding({ accountId: 'c-200', ...flag, conflictDomainName: 'Nine' })
    assert.deepEqual(await store.bindings.find('c-200'), unbound)
  })

  test('a list can be narrowed and goes on after an account id', async (t) => {
    const store = await freshStore(t, engine)
    await addAccounts(store, ['c-1', 'c-2', 'c-3', 'c-4'])
    await store.bindings.bind(claim({ accountId: 'c-1', isConfirmed: true }))
    await store.bindings.bind(claim({ accountId: 'c-2', domainId: 'd-2', domainName: '50%' }))
    await store.bindings.bind(claim({ accountId: 'c-3', domainId: 'd-3', domainName: '500' }))
    await store.bindings.ask('c-4', NOW)
    const ids = async (page: Parameters<Bindings['list']>[0]) =>
      (await store.bindings.list(page)).map(({ accountId }) => accountId)

    assert.deepEqual(await ids({ limit: 2 }), ['c-1', 'c-2'])
    assert.deepEqual(await ids({ limit: 2, after: 'c-2' }), ['c-3', 'c-4'])
    assert.deepEqual(await ids({ limit: 9, state: 'asked' }), ['c-4'])
    assert.deepEqual(await ids({ limit: 9, state: 'bound', isConfirmed: false }), ['c-2', 'c-3'])
    assert.deepEqual(await ids({ limit: 9, isConfirmed: true }), ['c-1'])
    assert.deepEqual(await ids({ limit: 9, matching: '50%' }), ['c-2'])
    assert.deepEqual(await ids({ limit: 9, matching: 'ONE' }), ['c-1'])
    assert.deepEqual(await ids({ limit: 9, matching: 'D-3' }), ['c-3'])
  })
})
