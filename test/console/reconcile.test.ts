// An operator decides about differences to Huawei Cloud, and gives a connection up.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reconcile } from '../../src/accounts/reconcile/reconcile.ts'
import type { Store } from '../../src/store/store.ts'
import { createHuawei, listed, PLATFORM, reconcileDeps } from '../accounts/many-customers.ts'
import { addAccount, at } from '../store/records.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { addOperator, operatorsBrowser, startConsole } from './start.ts'

async function arrange(t: Parameters<typeof startConsole>[0], store: Store) {
  await addOperator(store)
  for (const id of ['c-1', 'c-2']) await addAccount(store, id)
  const claim = { accountId: 'c-1', domainId: 'd-1', domainName: 'cloud-1' }
  await store.bindings.bind({ ...claim, source: 'created', isConfirmed: true, now: at(-3600) })
  const customers = [listed(2)]
  const huawei = createHuawei(customers)
  const asked = { how: 'start', isDryRun: false, actor: { kind: 'job', id: 'test' } } as const
  await reconcile(asked, reconcileDeps(store, huawei))
  const origin = await startConsole(t, store, huawei)
  return { origin, browser: await operatorsBrowser(origin), customers }
}

async function findOf(store: Store, kind: string) {
  const findings = await store.reconciles.listFindings({ limit: 9, state: 'open' })
  const finding = findings.find((one) => one.kind === kind)
  assert.ok(finding !== undefined, kind)
  return finding
}

const PATH = '/console/reconcile'

forEachEngine((engine) => {
  test('an accepted finding is done, with Huawei’s answer as evidence', async (t) => {
    const store = await freshStore(t, engine)
    const { origin, browser } = await arrange(t, store)
    const finding = await findOf(store, 'unknown-here')
    const page = await browser.go(`${origin}${PATH}`)

    const seen = await browser.submit(page, PATH, { finding: finding.id, do: 'accept' })

    assert.equal(seen.status, 200)
    assert.equal((await store.bindings.find('c-2')).domainId, 'd-2')
    const [move] = (await store.bindings.listMoves('c-2', 9)).slice(-1)
    assert.deepEqual(move?.actor, { kind: 'operator', id: 'olivia' })
    assert.ok(move?.evidence.answer !== undefined && 'xaccount_type' in move.evidence.answer)
    assert.equal(move.evidence.answer.xaccount_type, PLATFORM)
    assert.equal((await store.reconciles.findFinding(finding.id))?.decidedBy, 'olivia')
  })

  test('a dismissed finding changes nothing, and the reason is kept', async (t) => {
    const store = await freshStore(t, engine)
    const { origin, browser } = await arrange(t, store)
    const finding = await findOf(store, 'unknown-there')
    const page = await browser.go(`${origin}${PATH}`)
    const form = { finding: finding.id, do: 'dismiss', reason: 'known' }

    await browser.submit(page, PATH, form)

    assert.equal((await store.bindings.find('c-1')).state, 'bound')
    const decided = await store.reconciles.findFinding(finding.id)
    assert.deepEqual([decided?.state, decided?.note], ['dismissed', 'known'])
  })

  test('what is true again by now is not done', async (t) => {
    const store = await freshStore(t, engine)
    const { origin, browser, customers } = await arrange(t, store)
    const finding = await findOf(store, 'unknown-there')
    customers.push(listed(1))
    const page = await browser.go(`${origin}${PATH}`)

    const seen = await browser.submit(page, PATH, { finding: finding.id, do: 'accept' })

    assert.match(seen.body, /FINDING_STALE/)
    assert.equal((await store.bindings.find('c-1')).state, 'bound')
  })

  test('a connection is released after a second look, with its reason', async (t) => {
    const store = await freshStore(t, engine)
    const { origin, browser } = await arrange(t, store)
    const path = '/console/bindings/detail'
    const page = await browser.go(`${origin}${path}?account=c-1`)

    const sure = await browser.submit(page, path, { reason: 'moved away' })
    const before = (await store.bindings.find('c-1')).state
    const after = await browser.submit(sure, path)

    assert.equal(before, 'bound')
    assert.equal((await store.bindings.find('c-1')).state, 'released')
    assert.match(after.body, /moved away/)
  })
})
