// The faults of the sandbox: each spoils the next calls of one operation, and no other.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { Big } from 'big.js'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { FRESH_STATE } from '../../src/sandbox/accounts.ts'
import { FAULT_NAMES, FAULTS, type FaultName } from '../../src/sandbox/api/faults.ts'
import { writeJson } from '../../src/sandbox/api-answer.ts'
import { openState } from '../../src/sandbox/state.ts'
import { createCustomer, partnerToken, say } from './api-client.ts'
import { makeKey } from './good-answer.ts'
import { startTestSandbox, type TestSandbox } from './start.ts'

const CREATE = '/v2/partners/sub-customers'
const QUERY = `${CREATE}/query`

describe('the faults of the sandbox', () => {
  let sandbox: TestSandbox
  let headers: Record<string, string>
  let number = 0
  before(async () => {
    sandbox = await startTestSandbox(await makeKey())
    headers = await partnerToken(sandbox)
  })
  afterEach(async () => {
    for (const { operation } of sandbox.readState().faults) await play(operation, 'none')
  })
  after(() => sandbox.stop())

  const play = (operation: string, fault: string, fields: Readonly<Record<string, string>> = {}) =>
    sandbox.browser.post('/sandbox/fault', { operation, fault, ...fields })
  const query = () => say(sandbox, QUERY, { headers, body: {} })
  const create = (xaccount_id: string) => {
    const body = { domain_area: 'IE', xaccount_id, xaccount_type: SANDBOX.platformId }
    return say(sandbox, CREATE, { headers, body })
  }
  const createdBy = (xAccountId: string) =>
    sandbox.readState().accounts.find((one) => one.xAccountId === xAccountId)
  const newId = () => {
    number += 1
    return `fault-${number}`
  }

  test('a slow call waits 30 seconds and is answered', async () => {
    await play('queryCustomers', 'slow')

    const { status } = await query()

    assert.equal(status, 200)
    assert.deepEqual(sandbox.slept.splice(0), [30])
  })

  test('a dropped call has done its work, once', async () => {
    const id = newId()
    await play('createCustomer', 'drop-after-work')
    const before = sandbox.readState().effects['createCustomer'] ?? 0

    await assert.rejects(create(id), TypeError)

    assert.notEqual(createdBy(id), undefined)
    assert.equal(sandbox.readState().effects['createCustomer'], before + 1)
  })

  test('a 500 with success names the account that was made', async () => {
    const id = newId()
    await play('createCustomer', 'fail-500-with-success')

    const { status, json } = await create(id)

    assert.deepEqual([status, json.error_code], [500, 'CBC.99000050'])
    assert.equal(json.domain_id, createdBy(id)?.domainId)
  })

  test('a 500 with success of another operation says nothing about it', async () => {
    const customer_id = await createCustomer(sandbox, headers, { xaccount_id: newId() })
    await play('setBudget', 'fail-500-with-success')

    const body = { customer_id, budget_amount: 7 }
    const { status, json } = await say(sandbox, `${CREATE}/budget`, { headers, body })

    const account = sandbox.readState().accounts.find((one) => one.domainId === customer_id)
    assert.deepEqual([status, json.error_code], [500, 'CBC.0999'])
    assert.equal(account?.budget?.amount, '7.00')
  })

  test('a throttled call does nothing and says when to come back', async () => {
    const id = newId()
    await play('createCustomer', 'throttled')

    const given = await create(id)

    assert.deepEqual([given.status, given.json.error_code], [429, 'APIGW.0308'])
    assert.equal(given.headers.get('retry-after'), '5')
    assert.equal(createdBy(id), undefined)
  })

  test('a page of HTML comes in place of the answer, and nothing is done', async () => {
    const id = newId()
    await play('createCustomer', 'html')

    const given = await create(id)

    assert.equal(given.status, 502)
    assert.match(given.headers.get('content-type') ?? '', /^text\/html/)
    assert.match(given.text, /502 Bad Gateway/)
    assert.equal(createdBy(id), undefined)
  })

  test('a huge answer is as large as told, and JSON all the same', async () => {
    await play('queryCustomers', 'huge', { bytes: '3000000' })

    const { status, text, json } = await query()

    assert.equal(status, 200)
    assert.ok(text.length > 3_000_000)
    assert.ok('count' in json)
  })

  test('wrong types: numbers as text, digits as numbers, lists as null', async () => {
    await createCustomer(sandbox, headers, { xaccount_id: newId() })
    await play('queryCustomers', 'wrong-types')
    await play('showConsumptionQuota', 'wrong-types')

    const customers = await query()
    const quota = await say(sandbox, '/v2/partners/credit/consumption-quota', { headers })

    assert.equal(typeof customers.json.count, 'string')
    assert.equal(customers.json.customer_infos, null)
    assert.equal(quota.json.consumption_quota, 100_000)
    assert.equal(quota.json.measure_id, '1')
  })

  test('a good token is refused once', async () => {
    await play('queryCustomers', 'unauthorized-once')

    const [first, second] = [await query(), await query()]

    assert.deepEqual([first.status, first.json.error_code], [401, 'CBC.0154'])
    assert.equal(second.status, 200)
  })

  test('a fault lasts for as many calls as told, of its operation only', async () => {
    await play('queryCustomers', 'throttled', { times: '2' })

    const other = await create(newId())
    const statuses = [await query(), await query(), await query()].map(({ status }) => status)

    assert.equal(other.status, 200)
    assert.deepEqual(statuses, [429, 429, 200])
  })

  test('a fault after the work waits while calls are refused anyway', async () => {
    const id = newId()
    await create(id)
    await play('createCustomer', 'fail-500-with-success')

    const refused = await create(id)
    const spoilt = await create(newId())

    assert.equal(refused.json.error_code, 'CBC.99000039')
    assert.equal(spoilt.status, 500)
  })

  test('a newer fault replaces the one that waits, and none removes it', async () => {
    await play('queryCustomers', 'throttled')
    await play('queryCustomers', 'html')
    const replaced = sandbox.readState().faults
    await play('queryCustomers', 'none')

    assert.deepEqual(replaced, [{ operation: 'queryCustomers', fault: 'html', times: 1 }])
    assert.deepEqual(sandbox.readState().faults, [])
  })

  const UNKNOWN = [
    { operation: 'queryEverything', fault: 'slow' },
    { operation: 'queryCustomers', fault: 'constructor' },
    { operation: 'queryCustomers', fault: 'slow', times: '0' },
    { operation: 'queryCustomers', fault: 'slow', times: 'often' },
  ]
  for (const { operation, fault, ...fields } of UNKNOWN) {
    test(`no fault is switched on by ${JSON.stringify({ operation, fault, ...fields })}`, async () => {
      const { status } = await play(operation, fault, { ...fields })

      assert.equal(status, 400)
      assert.deepEqual(sandbox.readState().faults, [])
    })
  }

  test('the page lists every fault, what waits and what was done', async () => {
    await create(newId())
    await play('payOrder', 'drop-after-work', { times: '3' })

    const { text } = await sandbox.browser.get('/sandbox/api')

    for (const name of FAULT_NAMES) assert.ok(text.includes(`<code>${name}</code>`), name)
    assert.match(text, /<code>payOrder<\/code>: drop-after-work, 3 more/)
    assert.match(text, /<dt>createCustomer<\/dt><dd>\d+<\/dd>/)
  })

  test('what was done can be read by a machine, reading is not counted', async () => {
    await query()

    const { json } = await say(sandbox, '/sandbox/state.json')

    assert.ok(json.effects.createCustomer >= 1)
    assert.equal('queryCustomers' in json.effects, false)
  })

  test('the project’s promised faults are all there', () => {
    const promised: readonly FaultName[] = [
      'slow',
      'drop-after-work',
      'fail-500-with-success',
      'throttled',
      'html',
      'huge',
      'wrong-types',
      'unauthorized-once',
    ]

    assert.deepEqual(Object.keys(FAULTS), promised)
  })
})

test('a state file of an older version is read, and gets what it lacks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'))
  const account = { domainId: 'a', domainName: 'of-before', xAccountId: 'c-1' }
  const old = { scenario: 'bind', accounts: [account], codes: [], tokens: [], arrivals: [] }
  writeFileSync(join(folder, 'state.json'), JSON.stringify(old))

  const state = openState(folder, { ...FRESH_STATE, throttling: true })
  state.change({ scenario: 'normal' })
  const kept = JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8'))

  rmSync(folder, { recursive: true })
  assert.deepEqual(kept.accounts, [account])
  assert.equal(kept.throttling, true)
  assert.deepEqual(kept.effects, {})
})

test('amounts are written as numbers with every digit', () => {
  const text = writeJson({
    a: new Big('12345678901234567890.123456789'),
    b: [new Big('1e-9')],
    c: null,
  })

  assert.equal(text, '{"a":12345678901234567890.123456789,"b":[0.000000001],"c":null}')
})
