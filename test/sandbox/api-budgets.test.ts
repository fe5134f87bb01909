// Budgets, credit, resellers and freezing in the sandbox: what is set shows wherever it is asked for.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { RESELLERS } from '../../src/sandbox/api/resellers.ts'
import { createCustomer, partnerToken, type Said, say } from './api-client.ts'
import { makeKey, NOW } from './good-answer.ts'
import { startTestSandbox, type TestSandbox } from './start.ts'

const CUSTOMERS = '/v2/partners/sub-customers'
const RESELLER = RESELLERS[0].indirect_partner_id
const STRANGER = '0a1b2c3d4e5f60718293a4b5c6d7e8f9' // An account that is nobody's customer.

describe('budgets and freezing in the sandbox', () => {
  let sandbox: TestSandbox
  let headers: Record<string, string>
  let number = 0
  before(async () => {
    sandbox = await startTestSandbox(await makeKey())
    headers = await partnerToken(sandbox)
  })
  after(() => sandbox.stop())

  const call = (path: string, said: Said = {}) =>
    say(sandbox, path, { ...said, headers: { ...headers, ...said.headers } })
  const newCustomer = (fields: Readonly<Record<string, unknown>> = {}) => {
    number += 1
    return createCustomer(sandbox, headers, { xaccount_id: `customer-${number}`, ...fields })
  }
  const budgetOf = (customer_id: string) =>
    call(`${CUSTOMERS}/budget?${new URLSearchParams({ customer_id })}`)
  const setBudget = (body: Readonly<Record<string, unknown>>) =>
    call(`${CUSTOMERS}/budget`, { body })
  const freeze = (customer_ids: readonly string[], fields: object = {}) =>
    call(`${CUSTOMERS}/freeze`, { body: { customer_ids, reason: 'arrears', ...fields } })
  const unfreeze = (customer_ids: readonly string[], fields: object = {}) =>
    call(`${CUSTOMERS}/unfreeze`, { body: { customer_ids, reason: 'paid', ...fields } })
  const frozenState = async (customer_id: string) => {
    const { json } = await call(`${CUSTOMERS}/query`, { body: { customer_id } })
    return json.customer_infos[0].is_frozen
  }

  test('a new customer has a monthly budget, and what they use eats it', async () => {
    const id = await newCustomer()
    const { status, json } = await budgetOf(id)
    sandbox.time.now = new Date(NOW.getTime() + 20 * 24 * 3_600_000)
    headers = await partnerToken(sandbox)

    const later = await budgetOf(id)

    sandbox.time.now = NOW
    assert.equal(status, 200)
    assert.equal(json.budget_amount, 1000)
    assert.deepEqual([json.measure_id, json.currency, json.budget_type], [1, 'USD', 'MONTHLY'])
    assert.ok(later.json.used_amount > json.used_amount)
  })

  test('a budget that is set shows in both queries and in the records, newest first', async () => {
    const customer_id = await newCustomer()
    const first = await setBudget({ customer_id, budget_amount: 50.25 })
    sandbox.time.now = new Date(NOW.getTime() + 60_000)
    await setBudget({ customer_id, budget_amount: 70, budget_type: 'PACKAGE' })

    const budget = await budgetOf(customer_id)
    const credit = await call(
      `/v1.0/${SANDBOX.partnerId}/partner/account-mgr/credit?customer_id=${customer_id}`,
    )
    const records = await call(`${CUSTOMERS}/budget/records?customer_id=${customer_id}`)

    assert.deepEqual([first.status, first.text], [204, ''])
    assert.deepEqual([budget.json.budget_amount, budget.json.budget_type], [70, 'PACKAGE'])
    assert.equal(credit.json.creditAmount, 70)
    assert.equal(credit.json.usedAmount, budget.json.used_amount)
    assert.equal(records.json.total_count, 2)
    assert.deepEqual(records.json.record_list, [
      record({ budget_amount: 70, budget_type: 'PACKAGE', operation_time: '2026-03-01T12:01:00Z' }),
      record({
        budget_amount: 50.25,
        budget_type: 'MONTHLY',
        operation_time: '2026-03-01T12:00:00Z',
      }),
    ])
  })

  const record = (facts: object) => ({
    operation_type: 'SETTING',
    operator: 'sandbox-operator',
    partner_corp_name: 'Example Partner Ltd',
    partner_account_name: 'sandbox-partner',
    ...facts,
  })

  test('records can be asked for by type; a customer who left has none here', async () => {
    const customer_id = await newCustomer()
    await setBudget({ customer_id, budget_amount: 1 })
    const path = `${CUSTOMERS}/budget/records?customer_id=${customer_id}`

    const counts = await Promise.all(
      ['budget_type=MONTHLY', 'budget_type=PACKAGE', 'operation_type=DELETE'].map(
        async (filter) => (await call(`${path}&${filter}`)).json.total_count,
      ),
    )

    assert.deepEqual(counts, [1, 0, 0])
  })

  const BAD_BUDGETS = [
    { title: 'nothing', budget_amount: 0 },
    { title: 'less than a cent', budget_amount: 1.005 },
    { title: 'more than Huawei takes', budget_amount: 2_147_483_648 },
  ]
  for (const { title, budget_amount } of BAD_BUDGETS) {
    test(`a budget of ${title} is a parameter error`, async () => {
      const customer_id = await newCustomer()

      const given = await setBudget({ customer_id, budget_amount })

      assert.deepEqual([given.status, given.json.error_code], [400, 'CBC.0100'])
    })
  }

  test('the consumption quota sums what all customers have used, as texts', async () => {
    const customer_id = await newCustomer()
    const { json: budget } = await budgetOf(customer_id)

    const { json } = await call('/v2/partners/credit/consumption-quota')

    assert.equal(json.consumption_quota, '100000')
    assert.equal(json.used_consumption_quota, json.unbilled_amount)
    assert.match(json.unbilled_amount, /^\d+\.\d\d$/)
    assert.ok(Number(json.unbilled_amount) >= budget.used_amount)
  })

  const NOT_OURS = [
    {
      title: 'the budget of nobody’s customer',
      path: `${CUSTOMERS}/budget?customer_id=${STRANGER}`,
    },
    {
      title: 'the records of nobody’s customer',
      path: `${CUSTOMERS}/budget/records?customer_id=${STRANGER}`,
    },
  ]
  for (const { title, path } of NOT_OURS) {
    test(`${title} cannot be asked for`, async () => {
      const given = await call(path)

      assert.deepEqual([given.status, given.json.error_code], [403, 'CBC.0150'])
    })
  }

  test('the credit of another partner cannot be asked for', async () => {
    const customer_id = await newCustomer()

    const given = await call(`/v1.0/other/partner/account-mgr/credit?customer_id=${customer_id}`)

    assert.deepEqual([given.status, given.json.error_code], [403, 'CBC.0151'])
  })

  test('freezing shows in the query, and unfreezing takes it back', async () => {
    const id = await newCustomer()
    const other = await newCustomer()

    const frozen = await freeze([id], { freeze_type: 'ACCOUNT_AND_RESOURCE' })
    const states = [await frozenState(id), await frozenState(other)]
    const thawed = await unfreeze([id], { unfreeze_type: 'ACCOUNT_AND_RESOURCE' })

    assert.deepEqual([frozen.status, frozen.json], [200, { error_details: [] }])
    assert.deepEqual(states, [2, 0])
    assert.deepEqual([thawed.status, thawed.json], [200, { error_details: [] }])
    assert.equal(await frozenState(id), 0)
  })

  test('customers who cannot be frozen are named, the others are frozen', async () => {
    const id = await newCustomer()

    const { status, json } = await freeze([id, STRANGER, 'unknown'])

    assert.equal(status, 200)
    assert.deepEqual(
      json.error_details.map((one: { id: string; error_code: string }) => [one.id, one.error_code]),
      [
        [STRANGER, 'CBC.99000000'],
        ['unknown', 'CBC.99000000'],
      ],
    )
    assert.equal(await frozenState(id), 1)
  })

  test('when nobody could be frozen the answer is an error', async () => {
    const { status, json } = await freeze(['unknown'])

    assert.deepEqual([status, json.error_code], [400, 'CBC.99000000'])
    assert.equal('error_details' in json, false)
  })

  test('what was frozen one way is not unfrozen the other way', async () => {
    const id = await newCustomer()
    await freeze([id], { freeze_type: 'ACCOUNT_AND_RESOURCE' })

    const { status, json } = await unfreeze([id])

    assert.deepEqual([status, json.error_code], [200, 'CBC.50000053'])
    assert.equal(await frozenState(id), 2)
  })

  test('setting a budget can unfreeze, and does not by itself', async () => {
    const customer_id = await newCustomer()
    await freeze([customer_id])

    await setBudget({ customer_id, budget_amount: 10 })
    const still = await frozenState(customer_id)
    await setBudget({ customer_id, budget_amount: 10, cancel_partner_frozen: '1' })

    assert.deepEqual([still, await frozenState(customer_id)], [1, 0])
  })

  test('there are two resellers, who can be asked for one by one', async () => {
    const path = '/v2/partners/indirect-partners/query'

    const all = await call(path, { body: {} })
    const one = await call(path, { body: { account_name: 'harbour-reseller' } })
    const late = await call(path, { body: { associated_on_begin: '2025-06-01T00:00:00Z' } })
    const page = await call(path, { body: { offset: 1, limit: 1 } })

    assert.equal(all.json.count, 2)
    assert.equal(
      one.json.indirect_partners[0].indirect_partner_id,
      RESELLERS[1].indirect_partner_id,
    )
    assert.deepEqual(late.json, one.json)
    assert.deepEqual([page.json.count, page.json.indirect_partners.length], [2, 1])
  })

  test('a reseller’s customer is only reached by naming the reseller', async () => {
    const id = await newCustomer({ indirect_partner_id: RESELLER })
    const reseller = { indirect_partner_id: RESELLER }

    const without = await freeze([id])
    const named = await freeze([id], reseller)
    const found = await call(`${CUSTOMERS}/query`, { body: reseller })
    await setBudget({ customer_id: id, budget_amount: 5, ...reseller })
    const records = await call(
      `${CUSTOMERS}/budget/records?customer_id=${id}&indirect_partner_id=${RESELLER}`,
    )

    assert.equal(without.json.error_code, 'CBC.99000000')
    assert.deepEqual(named.json, { error_details: [] })
    assert.deepEqual(
      found.json.customer_infos.map((one: { customer_id: string }) => one.customer_id),
      [id],
    )
    assert.equal(records.json.record_list[0].partner_account_name, 'alpine-reseller')
  })

  test('a reseller that is not ours is refused everywhere', async () => {
    const customer_id = await newCustomer()
    const indirect_partner_id = 'other-reseller'

    const given = [
      await freeze([customer_id], { indirect_partner_id }),
      await setBudget({ customer_id, budget_amount: 5, indirect_partner_id }),
      await call(`${CUSTOMERS}/query`, { body: { indirect_partner_id } }),
      await call(CUSTOMERS, {
        body: {
          domain_area: 'IE',
          xaccount_id: 'new',
          xaccount_type: SANDBOX.platformId,
          indirect_partner_id,
        },
      }),
    ]

    for (const { status, json } of given) {
      assert.deepEqual([status, json.error_code], [400, 'CBC.99000037'])
    }
  })
})
