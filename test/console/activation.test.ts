// The journey of one activation in the console: every step is there, and an operator can have it looked at
// again or give it up.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Store } from '../../src/store/store.ts'
import { fakeHuawei, json } from '../partner/fake-huawei.ts'
import { activation, addAccount, NOW } from '../store/records.ts'
import { ENGINES, freshStore } from '../support/engines.ts'
import { codeOf } from '../support/steps.ts'
import { addOperator, OPERATOR, operatorsBrowser, startConsole } from './start.ts'

const PATH = '/console/activations/detail?account=c-100'
const [sqlite] = ENGINES

const ADAS = {
  customer_id: 'd-1',
  account_name: 'example-domain',
  xaccount_id: 'c-100',
  xaccount_type: 'example_IDP',
}

/** A console, and a customer of whom nobody knows yet if Huawei has made an account. */
async function openConsole(t: TestContext) {
  assert.ok(sqlite !== undefined)
  const store: Store = await freshStore(t, sqlite)
  await addOperator(store)
  await addAccount(store, 'c-100')
  const problem = 'PARTNER_UNREACHABLE'
  const open = activation({ step: 'unknown', problem, createAskedAt: NOW, resumeAt: NOW })
  const how = { outcome: 'unknown', requestId: 'request-7' } as const
  await store.activations.move(undefined, open, how)
  const huawei = fakeHuawei(() => json(200, { count: 1, customer_infos: [ADAS] }))
  const origin = await startConsole(t, store, huawei)
  return { store, origin, browser: await operatorsBrowser(origin) }
}

test('the journey shows where it stands, what that means and every step with its time', async (t) => {
  const { origin, browser } = await openConsole(t)

  const seen = await browser.go(origin + PATH)

  assert.ok(seen.body.includes('its answer did not come'))
  assert.ok(seen.body.includes('By itself, at'))
  assert.ok(seen.body.includes('<td>PARTNER_UNREACHABLE</td><td>request-7</td>'))
  assert.ok(seen.body.includes('2026-03-02 10:00:00 UTC'))
})

test('an operator has it looked at again, and it goes on to the end', async (t) => {
  const { store, origin, browser } = await openConsole(t)
  const screen = await browser.go(origin + PATH)

  const seen = await browser.submit(screen, '/console/activations/detail', {
    account: 'c-100',
    do: 'retry',
  })

  assert.equal(new URL(seen.url).pathname, '/console/activations/detail')
  assert.equal((await store.activations.find('c-100'))?.step, 'bound')
  const [retried] = await store.audit.list({ action: 'activation.retried', limit: 1 })
  assert.deepEqual(retried?.actor, { kind: 'operator', id: OPERATOR.login })
  assert.ok(!seen.body.includes('name="do" value="retry"'), 'there is nothing left to look at')
})

test('an operator who gives it up is asked once more', async (t) => {
  const { store, origin, browser } = await openConsole(t)
  const asked = { account: 'c-100', do: 'abandon' }
  const screen = await browser.go(origin + PATH)

  const question = await browser.submit(screen, '/console/activations/detail', asked)
  const before = (await store.activations.find('c-100'))?.step
  await browser.submit(question, '/console/activations/detail')

  assert.ok(question.body.includes('Give up this activation?'))
  assert.equal(before, 'unknown')
  assert.equal((await store.activations.find('c-100'))?.step, 'abandoned')
  assert.equal((await store.audit.list({ action: 'activation.abandoned', limit: 9 })).length, 1)
})

test('a viewer sees the journey and no buttons, and cannot do what they would', async (t) => {
  const { store, origin, browser } = await openConsole(t)
  const screen = await browser.go(origin + PATH)
  await store.operators.setRole(OPERATOR.login, 'viewer')

  const seen = await browser.go(origin + PATH)
  const refused = await browser.submit(screen, '/console/activations/detail', {
    account: 'c-100',
    do: 'retry',
  })

  assert.equal(seen.status, 200)
  assert.ok(!seen.body.includes('name="do"'))
  assert.equal(codeOf(refused), 'OPERATOR_MAY_NOT')
  assert.equal((await store.activations.find('c-100'))?.step, 'unknown')
})

for (const [title, fields, code] of [
  ['another wish', { account: 'c-100', do: 'create' }, 'BAD_PARAMETERS'],
  ['a customer without one', { account: 'nobody', do: 'retry' }, 'ACTIVATION_OUT_OF_ORDER'],
] as const) {
  test(`${title} is refused with ${code}`, async (t) => {
    const { origin, browser } = await openConsole(t)
    const screen = await browser.go(origin + PATH)

    const seen = await browser.submit(screen, '/console/activations/detail', fields)

    assert.equal(codeOf(seen), code)
  })
}
