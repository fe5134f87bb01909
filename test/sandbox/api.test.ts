// The partner API of the sandbox: who may call it, and what the calls do to the accounts.

import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { signRequest } from '../../src/partner/ak-sk.ts'
import { IAM_USER } from '../../src/sandbox/iam-api.ts'
import { makeKey, NOW, type TestKey } from './good-answer.ts'
import { startTestSandbox, type TestSandbox } from './start.ts'

const CHECK = '/v2/partners/sub-customers/users/check-identity'
const SEND_CODE = '/v2/bases/verificationcode/send'
const CREATE = '/v2/partners/sub-customers'
const QUERY = '/v2/partners/sub-customers/query'

const CUSTOMER = { domain_area: 'IE', xaccount_id: 'c-1', xaccount_type: SANDBOX.platformId }
const EMAIL = { receiver_type: 2, email: 'ada@example.com' }

function tokenRequest(password: string) {
  const domain = { name: IAM_USER.domain }
  const user = { name: IAM_USER.user, password, domain }
  return { auth: { identity: { methods: ['password'], password: { user } }, scope: { domain } } }
}

describe('the partner API of the sandbox', () => {
  let key: TestKey
  let sandbox: TestSandbox
  let token: string
  before(async () => {
    key = await makeKey()
  })
  beforeEach(async () => {
    await sandbox?.stop()
    sandbox = await startTestSandbox(key)
    const answer = await post('/v3/auth/tokens', tokenRequest(IAM_USER.password), {})
    token = answer.headers.get('x-subject-token') ?? ''
  })
  after(() => sandbox.stop())

  const post = async (path: string, body: unknown, headers?: Readonly<Record<string, string>>) => {
    const response = await fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Connection: 'close',
        ...(headers ?? { 'X-Auth-Token': token }),
      },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    const json = text === '' ? undefined : JSON.parse(text)
    return { status: response.status, headers: response.headers, json }
  }
  const mailedCode = () => sandbox.readState().codes[0]?.code ?? ''
  const createWithEmail = async (fields: Record<string, string> = {}) => {
    await post(SEND_CODE, EMAIL)
    const body = { ...CUSTOMER, email: EMAIL.email, verification_code: mailedCode(), ...fields }
    return post(CREATE, body)
  }

  test('a token lives for 24 hours and comes in the header, as IAM gives it', async () => {
    const answer = await post('/v3/auth/tokens?nocatalog=true', tokenRequest(IAM_USER.password), {})

    assert.equal(answer.status, 201)
    assert.match(answer.headers.get('x-subject-token') ?? '', /^[\w-]{2000}$/)
    assert.equal(answer.json.token.expires_at, '2026-03-02T12:00:00.000000Z')
  })

  test('a wrong password gets no token but IAM’s own kind of error', async () => {
    const answer = await post('/v3/auth/tokens', tokenRequest('guess'), {})

    assert.equal(answer.status, 401)
    assert.equal(answer.json.error.code, 401)
    assert.equal(answer.headers.get('x-subject-token'), null)
  })

  test('a call without proof is refused by the gateway', async () => {
    const answer = await post(QUERY, {}, {})

    assert.equal(answer.status, 401)
    assert.equal(answer.json.error_code, 'APIGW.0301')
    assert.equal(answer.json.request_id, answer.headers.get('x-request-id'))
  })

  test('a call that our own signer signed is accepted, and spoilt on the way it is not', async () => {
    const headers = { 'Content-Type': 'application/json' }
    const url = new URL(`${sandbox.url}${QUERY}`)
    const signed = signRequest({ method: 'POST', url, headers, body: '{"limit":5}' }, SANDBOX, NOW)

    const accepted = await post(QUERY, { limit: 5 }, signed)
    const refused = await post(QUERY, { limit: 6 }, signed)

    assert.equal(accepted.status, 200)
    assert.deepEqual([refused.status, refused.json.error_code], [401, 'APIGW.0301'])
    assert.match(refused.json.error_msg, /canonicalRequest: POST\|/)
  })

  test('a token that was never issued, or has ended, is refused', async () => {
    const unknown = await post(QUERY, {}, { 'X-Auth-Token': 'made-up' })
    sandbox.time.now = new Date(NOW.getTime() + 24 * 3_600_000)
    const ended = await post(QUERY, {})

    assert.deepEqual([unknown.status, unknown.json.error_code], [401, 'CBC.0154'])
    assert.deepEqual([ended.status, ended.json.error_code], [401, 'CBC.0154'])
  })

  test('names and addresses of existing accounts are taken, others are free', async () => {
    await createWithEmail()

    const results = await Promise.all(
      [
        { search_type: 'name', search_value: 'northwind' },
        { search_type: 'name', search_value: 'southwind' },
        { search_type: 'email', search_value: 'ADA@example.com' },
        { search_type: 'email', search_value: 'eve@example.com' },
        { search_type: 'mobile', search_value: '0049-15112345678' },
      ].map((body) => post(CHECK, body)),
    )

    assert.deepEqual(
      results.map(({ json }) => json.check_result),
      ['used_by_user', 'available', 'used_by_user', 'available', 'available'],
    )
    assert.equal(results[0]?.json.error_code, 'CBC.0000')
  })

  test('a customer is created with the mailed code and is found by a query', async () => {
    const created = await createWithEmail({ domain_name: 'ada-cloud' })
    const found = await post(QUERY, { account_name: 'da-clo' })

    assert.equal(created.status, 200)
    assert.equal(created.json.domain_name, 'ada-cloud')
    assert.equal(found.json.count, 1)
    assert.deepEqual(found.json.customer_infos[0], {
      customer_id: created.json.domain_id,
      account_name: 'ada-cloud',
      customer: '',
      email: 'ada@example.com',
      associated_on: '2026-03-01T12:00:00Z',
      association_type: '3',
      verified_status: '-1',
      customer_type: -1,
      is_frozen: 0,
      xaccount_id: 'c-1',
      xaccount_type: 'sandbox_IDP',
      customer_level: 'V0',
    })
  })

  test('a customer without a name gets a random one of 32 characters', async () => {
    const created = await post(CREATE, CUSTOMER)

    assert.match(created.json.domain_name, /^[a-z][0-9a-f]{31}$/)
  })

  test('a query gives a page and counts all', async () => {
    for (const xaccount_id of ['c-1', 'c-2', 'c-3'])
      await post(CREATE, { ...CUSTOMER, xaccount_id })

    const page = await post(QUERY, { offset: 1, limit: 1 })

    assert.equal(page.json.count, 3)
    assert.deepEqual(
      page.json.customer_infos.map(({ xaccount_id }: { xaccount_id: string }) => xaccount_id),
      ['c-2'],
    )
  })

  test('accounts that are nobody’s customers are not found', async () => {
    const found = await post(QUERY, { account_name: 'northwind' })

    assert.deepEqual(found.json, { count: 0, customer_infos: [] })
  })

  const REFUSED = [
    { title: 'a name that exists', fields: { domain_name: 'northwind' }, code: 'CBC.99000038' },
    { title: 'a name with a space', fields: { domain_name: 'north wind' }, code: 'CBC.99000031' },
    { title: 'a customer id that exists', fields: { xaccount_id: 'taken' }, code: 'CBC.99000039' },
    {
      title: 'an address that exists',
      fields: { email: 'taken@example.com' },
      code: 'CBC.99000028',
    },
    { title: 'an address without an @', fields: { email: 'ada' }, code: 'CBC.5016' },
    { title: 'a wrong code', fields: { verification_code: 'wrong6' }, code: 'CBC.99004010' },
    {
      title: 'a code of another address',
      fields: { email: 'b@example.com' },
      code: 'CBC.99004008',
    },
    { title: 'a short password', fields: { password: 'short' }, code: 'CBC.99000036' },
    { title: 'another platform', fields: { xaccount_type: 'other_IDP' }, code: 'CBC.0101' },
    { title: 'a country in full', fields: { domain_area: 'Ireland' }, code: 'CBC.0100' },
    { title: 'a field Huawei does not know', fields: { domain_tjpe: 'x' }, code: 'CBC.0100' },
  ]
  for (const { title, fields, code } of REFUSED) {
    test(`a customer with ${title} is not created`, async () => {
      await post(SEND_CODE, { ...EMAIL, email: 'taken@example.com' })
      await post(CREATE, {
        ...CUSTOMER,
        xaccount_id: 'taken',
        email: 'taken@example.com',
        verification_code: mailedCode(),
      })

      const answer = await createWithEmail(fields)

      assert.deepEqual([answer.status, answer.json.error_code], [400, code])
      assert.equal(sandbox.readState().accounts.length, 3)
    })
  }

  test('a right code does not help after four wrong ones', async () => {
    await post(SEND_CODE, EMAIL)
    const attempt = (verification_code: string) =>
      post(CREATE, { ...CUSTOMER, email: EMAIL.email, verification_code })
    const codes: string[] = []
    for (const wrong of ['wrong1', 'wrong2', 'wrong3', 'wrong4']) {
      codes.push((await attempt(wrong)).json.error_code)
    }

    const right = await attempt(mailedCode())

    assert.deepEqual(codes, ['CBC.99004010', 'CBC.99004010', 'CBC.99004010', 'CBC.99004009'])
    assert.equal(right.json.error_code, 'CBC.99004009')
  })

  test('a code ends after its minutes and works once', async () => {
    await post(SEND_CODE, { ...EMAIL, timeout: 5 })
    sandbox.time.now = new Date(NOW.getTime() + 5 * 60_000)
    const body = { ...CUSTOMER, email: EMAIL.email, verification_code: mailedCode() }

    const late = await post(CREATE, body)

    assert.equal(late.json.error_code, 'CBC.99004008')
  })

  test('an address gets 15 codes an hour, and more in the next hour', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 15; n++) statuses.push((await post(SEND_CODE, EMAIL)).status)
    const sixteenth = await post(SEND_CODE, EMAIL)
    sandbox.time.now = new Date(NOW.getTime() + 61 * 60_000)

    const later = await post(SEND_CODE, EMAIL)

    assert.deepEqual(new Set(statuses), new Set([204]))
    assert.equal(sixteenth.json.error_code, 'CBC.99004015')
    assert.equal(later.status, 204)
  })

  test('the mailbox shows the code to the person', async () => {
    await post(SEND_CODE, EMAIL)

    const { text } = await sandbox.browser.get('/sandbox/mailbox')

    assert.match(text, new RegExp(`data-code-for="ada@example.com">${mailedCode()}<`))
  })

  test('the scenario throttled answers as the gateway does', async () => {
    sandbox.setScenario('throttled')

    const answer = await post(QUERY, {})

    assert.equal(answer.status, 429)
    assert.equal(answer.headers.get('retry-after'), '5')
    assert.equal(answer.json.error_code, 'APIGW.0308')
    assert.match(answer.json.error_message, /throttling threshold/)
  })

  test('the scenario slow-api answers after 30 seconds', async () => {
    sandbox.setScenario('slow-api')

    const answer = await post(QUERY, {})

    assert.equal(answer.status, 200)
    assert.deepEqual(sandbox.slept, [30])
  })

  test('the scenario created-but-500 creates the account and names it in the error', async () => {
    sandbox.setScenario('created-but-500')

    const answer = await post(CREATE, CUSTOMER)

    const account = sandbox.readState().accounts.find(({ xAccountId }) => xAccountId === 'c-1')
    assert.equal(answer.status, 500)
    assert.equal(answer.json.error_code, 'CBC.99000050')
    assert.equal(answer.json.domain_id, account?.domainId)
  })

  test('the scenario created-but-silent creates the account and drops the connection', async () => {
    sandbox.setScenario('created-but-silent')

    await assert.rejects(post(CREATE, CUSTOMER), TypeError)

    const account = sandbox.readState().accounts.find(({ xAccountId }) => xAccountId === 'c-1')
    assert.notEqual(account, undefined)
  })

  test('a scenario of failed creations does not touch what was refused anyway', async () => {
    sandbox.setScenario('created-but-500')

    const answer = await post(CREATE, { ...CUSTOMER, domain_name: 'northwind' })

    assert.equal(answer.json.error_code, 'CBC.99000038')
  })
})
