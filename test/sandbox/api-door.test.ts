// The door of the sandbox's partner API: every row has an address, and what breaks Huawei's rules for
// requests is refused before any operation sees it.

import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import { createCustomer, partnerToken, roleRequest, type Said, say, tokenIn } from './api-client.ts'
import { makeKey } from './good-answer.ts'
import { startTestSandbox, type TestSandbox } from './start.ts'

const QUERY = '/v2/partners/sub-customers/query'
const RECORDS = '/v2/partners/sub-customers/budget/records'
const BUDGET = '/v2/partners/sub-customers/budget'

describe('the door of the partner API', () => {
  let sandbox: TestSandbox
  let headers: Record<string, string>
  before(async () => {
    sandbox = await startTestSandbox(await makeKey())
    headers = await partnerToken(sandbox)
  })
  after(() => sandbox.stop())

  for (const [name, row] of Object.entries(CATALOGUE)) {
    test(`${name} has Huawei’s address and asks who is calling`, async () => {
      const path = row.path.replaceAll(/\{\w+\}/g, 'some-id')

      const { status, json } = await say(sandbox, path, { method: row.method })

      assert.deepEqual([status, json.error_code], [401, 'APIGW.0301'])
    })
  }

  const WRONG: readonly { title: string; path: string; said?: Said; says: RegExp }[] = [
    { title: 'an unknown parameter', path: `${BUDGET}?customer_id=a&page=1`, says: /page/ },
    { title: 'a parameter twice', path: `${BUDGET}?customer_id=a&customer_id=b`, says: /once/ },
    { title: 'no mandatory parameter', path: BUDGET, says: /customer_id/ },
    { title: 'a limit of words', path: `${RECORDS}?customer_id=a&limit=ten`, says: /limit/ },
    { title: 'a limit of 1e1', path: `${RECORDS}?customer_id=a&limit=1e1`, says: /limit/ },
    { title: 'an empty limit', path: `${RECORDS}?customer_id=a&limit=`, says: /limit/ },
    {
      title: 'a limit over the largest',
      path: `${RECORDS}?customer_id=a&limit=101`,
      says: /limit/,
    },
    { title: 'a body with DELETE', path: autoRenewal(), said: deleting('{}'), says: /body/ },
    { title: 'no body with POST', path: QUERY, said: { method: 'POST' }, says: /body: is missing/ },
    { title: 'a body that is no JSON', path: QUERY, said: { body: '{"limit":' }, says: /JSON/ },
    { title: 'a body that is a list', path: QUERY, said: { body: [] }, says: /JSON object/ },
    { title: 'an unknown field', path: QUERY, said: { body: { page: 1 } }, says: /page/ },
    { title: 'a number as text', path: QUERY, said: { body: { limit: '5' } }, says: /limit/ },
    {
      title: 'query parameters with POST',
      path: `${QUERY}?limit=5`,
      said: { body: {} },
      says: /limit/,
    },
    {
      title: 'a form',
      path: QUERY,
      said: { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'limit=5' },
      says: /Content-Type/,
    },
  ]
  for (const { title, path, said, says } of WRONG) {
    test(`a call with ${title} is a parameter error`, async () => {
      const owner = path === autoRenewal() ? await customerToken() : headers
      const given = await say(sandbox, path, { ...said, headers: { ...owner, ...said?.headers } })

      assert.deepEqual([given.status, given.json.error_code], [400, 'CBC.0100'])
      assert.match(given.json.error_msg, says)
    })
  }

  const NOWHERE = ['/v2/partners/nothing', '/v2', '/v3/auth/nothing', '/v1.0/nobody/customers']

  for (const path of NOWHERE) {
    test(`the gateway knows no API at ${path}`, async () => {
      const { status, json } = await say(sandbox, path, { method: 'GET', headers })

      assert.deepEqual([status, json.error_code], [404, 'APIGW.0101'])
      assert.match(json.request_id, /./)
    })
  }

  const LANGUAGES = [
    { asked: { 'X-Language': 'en_US' }, name: 'Elastic Cloud Server' },
    { asked: { 'X-Language': 'zh_CN' }, name: '弹性云服务器' },
    { asked: {}, name: '弹性云服务器' },
  ]

  for (const { asked, name } of LANGUAGES) {
    test(`services have their names in the language of ${JSON.stringify(asked)}`, async () => {
      const path = '/v2/products/service-types?limit=1'

      const { json } = await say(sandbox, path, {
        method: 'GET',
        headers: { ...headers, ...asked },
      })

      assert.equal(json.service_types[0].service_type_name, name)
    })
  }

  test('numbers and text of a query are read as what the row says they are', async () => {
    const domainId = await createCustomer(sandbox, headers, { xaccount_id: 'query' })
    for (const budget_amount of [100, 200, 300]) {
      await say(sandbox, BUDGET, { headers, body: { customer_id: domainId, budget_amount } })
    }

    const path = `${RECORDS}?customer_id=${domainId}&offset=1&limit=1&budget_type=MONTHLY`
    const { status, json } = await say(sandbox, path, { headers })

    assert.equal(status, 200)
    assert.equal(json.total_count, 3)
    assert.equal(json.record_list.length, 1)
    assert.equal(json.record_list[0].budget_amount, 200)
  })

  test('null is as good as absent', async () => {
    const { status } = await say(sandbox, QUERY, { headers, body: { label: null, limit: 1 } })

    assert.equal(status, 200)
  })

  test('a body may have megabytes, up to twelve', async () => {
    const label = (mebibytes: number) => ({ label: 'x'.repeat(mebibytes * 1024 * 1024) })

    const large = await say(sandbox, QUERY, { headers, body: label(11) })
    const tooLarge = await say(sandbox, QUERY, { headers, body: label(12) })

    assert.deepEqual([large.status, large.json.error_code], [400, 'CBC.0100'])
    assert.deepEqual([tooLarge.status, tooLarge.json.error_code], [413, 'APIGW.0201'])
  })

  async function customerToken() {
    const scope = { domain: { name: 'northwind' } }
    const body = roleRequest({ domain_name: 'northwind' }, scope)
    return tokenIn(await say(sandbox, '/v3/auth/tokens', { headers, body }))
  }
})

describe('the limit of calls a second', () => {
  let sandbox: TestSandbox
  before(async () => {
    sandbox = await startTestSandbox(await makeKey())
  })
  after(() => sandbox.stop())
  beforeEach(() => {
    sandbox.time.now = new Date(sandbox.time.now.getTime() + 60_000)
    sandbox.setThrottling(true)
  })

  const statuses = async (calls: number, path = QUERY) => {
    const headers = await partnerToken(sandbox)
    const given: number[] = []
    for (let n = 0; n < calls; n++) {
      given.push((await say(sandbox, path, { headers, body: {} })).status)
    }
    return given
  }

  test('refuses what comes beyond it, and takes calls again a second later', async () => {
    const first = await statuses(14)
    sandbox.time.now = new Date(sandbox.time.now.getTime() + 1000)
    const second = await statuses(1)

    assert.deepEqual(first.slice(0, 10), Array(10).fill(200))
    assert.equal(first.at(-1), 429)
    assert.deepEqual(second, [200])
  })

  test('counts each operation by itself', async () => {
    await statuses(14)

    const other = await statuses(1, '/v2/partners/indirect-partners/query')

    assert.deepEqual(other, [200])
  })

  test('says when to come back, in the gateway’s own words', async () => {
    await statuses(14)
    const headers = await partnerToken(sandbox)

    const given = await say(sandbox, QUERY, { headers, body: {} })

    assert.equal(given.headers.get('retry-after'), '1')
    assert.equal(given.json.error_code, 'APIGW.0308')
    assert.match(given.json.error_message, /throttling threshold/)
  })

  test('can be switched off', async () => {
    sandbox.setThrottling(false)

    const given = await statuses(14)

    assert.deepEqual(given, Array(14).fill(200))
  })
})

function autoRenewal(): string {
  return CATALOGUE.disableAutoRenewal.path.replace(/\{\w+\}/, 'some-id')
}

function deleting(body: string): Said {
  return { method: 'DELETE', body }
}
