// What comes of a finding that an operator accepts: each kind of difference, on both engines, after Huawei was
// asked once more.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DecideDeps, decideFinding } from '../../src/accounts/reconcile/decide.ts'
import { reconcile } from '../../src/accounts/reconcile/reconcile.ts'
import type { AuditEvent } from '../../src/base/audit.ts'
import type { DriftKind } from '../../src/store/reconcile-records.ts'
import type { Store } from '../../src/store/store.ts'
import { addAccount, at } from '../store/records.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { refusalOf } from './activation-kit.ts'
import {
  createHuawei,
  type FakeHuaweiList,
  type Listed,
  listed,
  reconcileDeps,
} from './many-customers.ts'

const OLIVIA = { kind: 'operator', id: 'olivia' } as const
const CLAIM = { accountId: 'c-1', domainId: 'd-1', domainName: 'cloud-1' }

type World = {
  readonly store: Store
  readonly huawei: FakeHuaweiList
  readonly customers: Listed[]
  readonly events: readonly AuditEvent[]
  readonly deps: DecideDeps
}

async function compare({ store, huawei }: Pick<World, 'store' | 'huawei'>): Promise<void> {
  const asked = { how: 'start', isDryRun: false, actor: { kind: 'job', id: 'test' } } as const
  await reconcile(asked, reconcileDeps(store, huawei))
}

/** Somebody who is connected, and whom Huawei lists as we have them. */
async function arrange(t: Parameters<typeof freshStore>[0], engine: Engine): Promise<World> {
  const store = await freshStore(t, engine)
  await addAccount(store, 'c-1')
  await store.bindings.bind({ ...CLAIM, source: 'created', isConfirmed: true, now: at(-3600) })
  const customers = [listed(1)]
  const huawei = createHuawei(customers)
  const events: AuditEvent[] = []
  const record = async (event: AuditEvent) => void events.push(event)
  const deps = { ...reconcileDeps(store, huawei), store, record }
  return { store, huawei, customers, events, deps }
}

type Engine = Parameters<typeof freshStore>[1]

function change({ customers }: World, changes: Partial<Listed>): void {
  customers.splice(0, customers.length, listed(1, changes))
}

async function findOpen({ store }: World, kind: DriftKind): Promise<string> {
  const open = await store.reconciles.listFindings({ limit: 9, state: 'open' })
  const found = open.find((one) => one.kind === kind)
  assert.ok(found !== undefined, kind)
  return found.id
}

function accept(id: string, { deps }: World): Promise<void> {
  return decideFinding({ id, verdict: 'accepted', actor: OLIVIA, note: 'looked at' }, deps)
}

/** Huawei's answer is another one than before. */
const arrangeAssociation = async (world: World) => {
  await compare(world)
  change(world, { association_type: '1' })
  await compare(world)
}

/** Two customers were claimed for one account; Huawei agrees with the one that was kept. */
const arrangeConflict = async (world: World) => {
  const other = { ...CLAIM, domainId: 'd-other', domainName: undefined }
  const now = world.huawei.clock.now()
  await world.store.bindings.flag(other, { actor: { kind: 'huawei', id: 'notice' }, now })
  await compare(world)
}

forEachEngine((engine) => {
  test('a new way of being associated is noted once it is accepted, and is no difference any more', async (t) => {
    const world = await arrange(t, engine)
    await arrangeAssociation(world)
    const id = await findOpen(world, 'association-changed')
    const before = (await world.store.bindings.find('c-1')).association

    await accept(id, world)
    await compare(world)

    const binding = await world.store.bindings.find('c-1')
    assert.deepEqual([before, binding.association, binding.state], ['3', '1', 'bound'])
    assert.equal((await world.store.reconciles.findFinding(id))?.state, 'accepted')
    assert.equal(await world.store.reconciles.countOpen(), 0)
    assert.equal((await world.store.bindings.listMoves('c-1', 9)).length, 1, 'nothing has moved')
    const [decided] = world.events.filter(({ action }) => action === 'reconcile.decided')
    assert.deepEqual([decided?.actor, decided?.after?.['kind']], [OLIVIA, 'association-changed'])
  })

  test('a conflict about which Huawei agrees with us ends once that is accepted', async (t) => {
    const world = await arrange(t, engine)
    await arrangeConflict(world)
    const id = await findOpen(world, 'conflict-over')
    const before = (await world.store.bindings.find('c-1')).state

    await accept(id, world)
    await compare(world)

    const binding = await world.store.bindings.find('c-1')
    assert.deepEqual([before, binding.state, binding.domainId], ['conflict', 'bound', 'd-1'])
    assert.equal(binding.conflictDomainId, undefined)
    assert.equal(await world.store.reconciles.countOpen(), 0)
    const [move] = (await world.store.bindings.listMoves('c-1', 9)).slice(-1)
    assert.deepEqual([move?.from, move?.to, move?.actor], ['conflict', 'bound', OLIVIA])
    assert.deepEqual(move?.evidence.note, 'looked at')
    assert.ok(move?.evidence.answer !== undefined && 'customer_id' in move.evidence.answer)
    assert.equal(move.evidence.answer.customer_id, 'd-1')
    assert.equal(world.events.filter(({ action }) => action === 'binding.moved').length, 1)
  })

  const STALE = [
    {
      title: 'a way of being associated that Huawei does not name any more',
      kind: 'association-changed',
      arrangeIt: arrangeAssociation,
      changes: { association_type: '' },
      association: '3',
      state: 'bound',
    },
    {
      title: 'a new way of being associated of a customer who is another’s now',
      kind: 'association-changed',
      arrangeIt: arrangeAssociation,
      changes: { xaccount_id: 'c-2' },
      association: '3',
      state: 'bound',
    },
    {
      title: 'the end of a conflict that Huawei decides otherwise by now',
      kind: 'conflict-over',
      arrangeIt: arrangeConflict,
      changes: { xaccount_id: 'c-2' },
      association: '3',
      state: 'conflict',
    },
    {
      title: 'the end of a conflict about a customer whom Huawei lists no more',
      kind: 'conflict-over',
      arrangeIt: arrangeConflict,
      changes: { customer_id: 'd-9' },
      association: '3',
      state: 'conflict',
    },
  ] as const

  for (const { title, kind, arrangeIt, changes, association, state } of STALE) {
    test(`${title} is not accepted`, async (t) => {
      const world = await arrange(t, engine)
      await arrangeIt(world)
      const id = await findOpen(world, kind)
      change(world, changes)

      const refused = await refusalOf(accept(id, world))

      const binding = await world.store.bindings.find('c-1')
      assert.equal(refused, 'FINDING_STALE')
      assert.deepEqual([binding.association, binding.state], [association, state])
      assert.equal((await world.store.reconciles.findFinding(id))?.state, 'open')
    })
  }

  test('what was decided once is not decided again', async (t) => {
    const world = await arrange(t, engine)
    await arrangeConflict(world)
    const id = await findOpen(world, 'conflict-over')
    await accept(id, world)

    const again = await refusalOf(accept(id, world))

    assert.equal(again, 'FINDING_NOT_OPEN')
    assert.equal(world.events.filter(({ action }) => action === 'reconcile.decided').length, 1)
  })
})
