// Huawei's list of customers is compared with ours: every difference is found, once, within the limit of
// calls, however often the comparison is killed.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Asked, reconcile } from '../../src/accounts/reconcile/reconcile.ts'
import { Refusal } from '../../src/base/errors.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { addAccount, at } from '../store/records.ts'
import { forEachEngine, freshDatabase, type TestEngine, twoStores } from '../support/engines.ts'
import {
  addBound,
  createHuawei,
  type FakeHuaweiList,
  type Listed,
  listed,
  reconcileDeps,
} from './many-customers.ts'

const ASKED: Asked = { how: 'start', isDryRun: false, actor: { kind: 'command', id: 'test' } }

/** Each difference, with what Huawei says instead and what must come of it. */
const CHANGES: readonly (readonly [number, Partial<Listed> | undefined, string | undefined])[] = [
  [7, { account_name: 'renamed' }, undefined],
  [11, { is_frozen: 2 }, undefined],
  [13, undefined, 'unknown-there'],
  [101, { xaccount_id: 'c-not-here' }, 'different-account'],
  [103, { xaccount_type: 'other_IDP' }, 'different-account'],
  [107, { customer_id: 'd-new' }, 'different-account'],
  [109, { association_type: '1' }, 'association-changed'],
]

// Neither is ours: a customer of another platform, and one who came without an account id.
const OTHERS: readonly Listed[] = [
  listed(900_001, { xaccount_type: 'other_IDP' }),
  listed(900_002, { xaccount_id: '' }),
]

function expectedFindings(scale: readonly number[]): readonly string[] {
  const changed = CHANGES.flatMap(([turn, , kind]) => {
    return kind === undefined || !scale.includes(turn) ? [] : [`${kind} c-${turn}`]
  })
  return ['unknown-here c-lost', ...changed].toSorted()
}

async function arrange(url: string, size: number) {
  const turns = Array.from({ length: size }, (_, turn) => turn)
  const changes = new Map(CHANGES.map(([turn, change]) => [turn, change]))
  const there = turns.flatMap((turn) => {
    if (!changes.has(turn)) return [listed(turn)]
    const change = changes.get(turn)
    return change === undefined ? [] : [listed(turn, change)]
  })
  const lost = listed(900_003, { customer_id: 'd-lost', xaccount_id: 'c-lost' })
  const store = await openStore(url)
  await addBound(url, turns)
  await addAccount(store, 'c-lost')
  return { store, turns, huawei: createHuawei([...there, ...OTHERS, lost]) }
}

async function listFindings(store: Store): Promise<readonly string[]> {
  const findings = await store.reconciles.listFindings({ limit: 1000, state: 'open' })
  return findings.map(({ kind, accountId }) => `${kind} ${accountId}`).toSorted()
}

function mostInOneSecond({ calledAt }: FakeHuaweiList): number {
  return Math.max(
    ...calledAt.map((from) => calledAt.filter((at) => at >= from && at < from + 1000).length),
  )
}

// Goes on until it is done; between two attempts the place of the one that died runs out.
async function untilDone(store: Store, huawei: FakeHuaweiList) {
  let how: Asked['how'] = 'start'
  for (let attempt = 1; attempt < 500; attempt += 1) {
    try {
      const run = await reconcile({ ...ASKED, how }, reconcileDeps(store, huawei))
      return { run, attempt }
    } catch {
      how = 'resume'
      huawei.wait(6)
    }
  }
  throw new Error('it never ends')
}

forEachEngine((engine) => {
  test('50,000 customers are compared within ten calls a second, and every difference is found', async (t) => {
    const { store, huawei, turns } = await arrange(await freshDatabase(t, engine), 50_000)
    let most = 0

    const run = await reconcile(
      { ...ASKED, onPage: ({ found }) => (most = Math.max(most, found)) },
      reconcileDeps(store, huawei),
    )

    assert.equal(run.state, 'finished')
    assert.deepEqual(await listFindings(store), expectedFindings(turns))
    assert.equal(mostInOneSecond(huawei), 10)
    assert.ok(huawei.calledAt.length < 520, `${huawei.calledAt.length} calls`)
    assert.equal(most, run.total)
    assert.deepEqual(
      [run.counts['customers'], run.counts['others'], run.counts['name-changed']],
      [50_002, 2, 1],
    )
    const renamed = await store.bindings.find('c-7')
    const frozen = await store.bindings.find('c-11')
    assert.equal(renamed.domainName, 'renamed')
    assert.equal(frozen.frozen, 'account-and-resources')
    await store.close()
  })

  test('killed at any page and resumed, it finds the same', async (t) => {
    const { store, huawei, turns } = await arrange(await freshDatabase(t, engine), 2000)
    let page = 0
    // Twice out of five the process dies: before the page is kept, or before it learns that it is.
    const savePage: Store['reconciles']['savePage'] = async (...given) => {
      page += 1
      if (page % 5 === 4) throw new Error('killed')
      const kept = await store.reconciles.savePage(...given)
      if (page % 5 === 0) throw new Error('killed')
      return kept
    }
    const mortal = { ...store, reconciles: { ...store.reconciles, savePage } }

    const { run, attempt } = await untilDone(mortal, huawei)

    assert.ok(attempt > 5, `${attempt} attempts`)
    assert.deepEqual(await listFindings(store), expectedFindings(turns))
    assert.deepEqual([run.counts['customers'], run.counts['unknown-there']], [2002, 1])
    await store.close()
  })

  test('customers that move while the list is read are neither missed nor counted twice', async (t) => {
    const { store, huawei, turns } = await arrange(await freshDatabase(t, engine), 1000)
    await store.close()
    const moving = Array.from({ length: 1000 }, (_, turn) => listed(turn))
    const list = createHuawei(moving)
    const again = await openStore(await freshDatabaseWith(t, engine, turns))
    // Whoever was first in the list goes to its end, a page's worth at a time.
    let call = 0
    list.beforeCall(() => {
      call += 1
      if (call === 4) moving.push(...moving.splice(0, 150))
    })

    const run = await reconcile(ASKED, reconcileDeps(again, list))

    assert.deepEqual(await listFindings(again), [])
    assert.equal(run.counts['customers'], 1000)
    assert.equal(huawei.calledAt.length, 0)
    await again.close()
  })

  test('a dry run tells and changes nothing', async (t) => {
    const { store, huawei, turns } = await arrange(await freshDatabase(t, engine), 200)
    const told: string[] = []

    const run = await reconcile(
      {
        ...ASKED,
        isDryRun: true,
        onDrift: ({ kind, accountId }) => told.push(`${kind} ${accountId}`),
      },
      reconcileDeps(store, huawei),
    )

    assert.deepEqual(told.toSorted(), expectedFindings(turns))
    assert.deepEqual(await listFindings(store), [])
    assert.equal((await store.bindings.find('c-7')).domainName, 'cloud-7')
    assert.equal(run.counts['name-changed'], 1)
    assert.equal(await store.reconciles.findLast(), undefined)
    await store.close()
  })

  test('what is no difference any more is gone, and what was dismissed stays so', async (t) => {
    const { store, huawei } = await arrange(await freshDatabase(t, engine), 200)
    const deps = reconcileDeps(store, huawei)
    await reconcile(ASKED, deps)
    const open = await store.reconciles.listFindings({ limit: 99, state: 'open' })
    const [dismissed] = open.filter(({ kind }) => kind === 'association-changed')
    const decision = { state: 'dismissed', by: 'ann', note: 'known', now: at(0) } as const
    await store.reconciles.decide(dismissed?.id ?? '', decision)
    const proof = { answer: { customer_id: 'd-lost' } }
    const actor = { kind: 'operator', id: 'ann' } as const
    const claim = { accountId: 'c-lost', domainId: 'd-lost', domainName: undefined, actor }
    const found = { source: 'query', isConfirmed: true, evidence: proof } as const
    await store.bindings.bind({ ...claim, ...found, now: huawei.clock.now() })
    huawei.wait(60)

    await reconcile(ASKED, deps)

    const states = await Promise.all(
      open.map(async ({ id }) => (await store.reconciles.findFinding(id))?.state),
    )
    const gone = open.findIndex(({ kind }) => kind === 'unknown-here')
    assert.equal(states[gone], 'gone')
    assert.equal(states.filter((state) => state === 'dismissed').length, 1)
    await store.close()
  })

  test('of two that compare at once, one is told that the other does', async (t) => {
    const stores = await twoStores(t, engine)
    const huawei = createHuawei(Array.from({ length: 300 }, (_, turn) => listed(turn)))

    const [first, second] = stores.map((store, turn) => {
      return { ...reconcileDeps(store, huawei), random: drawn(turn) }
    })
    assert.ok(first !== undefined && second !== undefined)
    let other: Promise<unknown> | undefined
    huawei.beforeCall(() => {
      other ??= reconcile(ASKED, second).catch((error: unknown) => error)
    })

    const run = await reconcile(ASKED, first)

    const told = await other
    assert.ok(told instanceof Refusal)
    assert.equal(told.code, 'RECONCILE_RUNNING')
    assert.equal(run.state, 'finished')
    assert.equal(run.counts['unknown-here'], 300)
  })

  test('a notice that is applied while the list is compared keeps its connection', async (t) => {
    const { store, huawei } = await arrange(await freshDatabase(t, engine), 300)
    const evidence = { noticeId: 'n-1', answer: { customer_id: 'd-lost' } }
    const claim = { accountId: 'c-lost', domainId: 'd-lost', domainName: 'lost' } as const
    let bound: Promise<unknown> | undefined
    huawei.beforeCall(() => {
      bound ??= store.bindings.bind({
        ...claim,
        source: 'notice',
        isConfirmed: true,
        evidence,
        now: huawei.clock.now(),
      })
    })

    await reconcile(ASKED, reconcileDeps(store, huawei))
    await bound

    assert.equal((await store.bindings.find('c-lost')).state, 'bound')
    const open = await listFindings(store)
    assert.ok(!open.includes('unknown-there c-lost'), open.join(', '))
    await store.close()
  })
})

// Two processes draw different values.
function drawn(seed: number) {
  return { bytes: (size: number) => Buffer.alloc(size, seed) }
}

async function freshDatabaseWith(
  t: Parameters<typeof freshDatabase>[0],
  engine: TestEngine,
  turns: readonly number[],
): Promise<string> {
  const url = await freshDatabase(t, engine)
  await (await openStore(url)).close()
  await addBound(url, turns)
  return url
}
