// Who may call the sandbox's APIs: the partner and its customers, by tokens, agencies and access keys.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import type { AccessKey } from '../../src/partner/ak-sk.ts'
import { signRequest } from '../../src/partner/ak-sk.ts'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import { customerKey } from '../../src/sandbox/api/keys.ts'
import { createCustomer, partnerToken, roleRequest, say, tokenIn } from './api-client.ts'
import { makeKey, NOW } from './good-answer.ts'
import { signIn, startTestSandbox, type TestSandbox } from './start.ts'

const TOKENS = '/v3/auth/tokens'
const KEYS = '/v3.0/OS-CREDENTIAL/securitytokens'
const QUERY = '/v2/partners/sub-customers/query'
const NORTHWIND = { domain_name: 'northwind' }
// Asks for the customer's credentials and answers them with the error of an unknown resource or less.
const CUSTOMER_ONLY = CATALOGUE.disableAutoRenewal

describe('who calls the sandbox', () => {
  let sandbox: TestSandbox
  let partner: Record<string, string>
  const idpKey = makeKey()
  before(async () => {
    sandbox = await startTestSandbox(await idpKey)
    partner = await partnerToken(sandbox)
  })
  after(() => sandbox.stop())

  const askToken = (role: Readonly<Record<string, unknown>>, headers = partner) =>
    say(sandbox, TOKENS, { headers, body: roleRequest(role) })
  const askKey = (role: Readonly<Record<string, unknown>>, headers = partner) =>
    say(sandbox, KEYS, { headers, body: roleRequest(role) })
  const callAsCustomer = (headers: Readonly<Record<string, string>>) =>
    say(sandbox, CUSTOMER_ONLY.path.replace(/\{\w+\}/, 'no-such-id'), { method: 'DELETE', headers })
  const signed = (path: string, key: AccessKey, { method = 'POST', body = '{}' } = {}) => {
    const url = new URL(`${sandbox.url}${path}`)
    return signRequest({ method, url, headers: {}, body }, key, sandbox.time.now)
  }

  test('an agency gives the partner a token of the customer', async () => {
    const given = await askToken(NORTHWIND)

    const asCustomer = await callAsCustomer(tokenIn(given))

    assert.equal(given.status, 201)
    assert.deepEqual(given.json.token.methods, ['assume_role'])
    assert.equal(given.json.token.user.domain.name, 'northwind')
    assert.equal(asCustomer.status, 400, 'the caller is accepted, the resource is unknown')
  })

  test('the account may be named by its id', async () => {
    const northwind = sandbox.readState().accounts.find((one) => one.domainName === 'northwind')

    const given = await askToken({ domain_id: northwind?.domainId })

    assert.equal(given.status, 201)
  })

  test('the partner’s signature does instead of its token', async () => {
    const body = JSON.stringify(roleRequest(NORTHWIND))

    const given = await say(sandbox, TOKENS, {
      headers: signed(TOKENS, SANDBOX, { body }),
      body,
    })

    assert.equal(given.status, 201)
  })

  test('a customer made by the API has no agency until one is made', async () => {
    const domain_id = await createCustomer(sandbox, partner, { xaccount_id: 'no-agency' })
    const before = await askToken({ domain_id })
    await sandbox.browser.post('/sandbox/agency', { domain_id, agency: 'ours' })

    const after = await askToken({ domain_id, agency_name: 'ours' })

    assert.equal(before.status, 404)
    assert.deepEqual(before.json.error, {
      code: 404,
      message: 'Could not find agency: sandbox_IDP.',
      title: 'Not Found',
    })
    assert.equal(after.status, 201)
  })

  test('a customer who opened the account on the page has an agency', async () => {
    const page = await signIn(sandbox, await idpKey)
    const ticket = /name="ticket" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const form = { ticket, domainName: 'by-the-page' }
    await sandbox.browser.post('/authui/saml/create-and-bind', form)

    const given = await askToken({ domain_name: 'by-the-page' })

    assert.equal(given.status, 201)
  })

  const NO_TOKEN = [
    { title: 'an unknown account', role: { domain_name: 'nobody-at-all' }, status: 404 },
    { title: 'an unknown agency', role: { ...NORTHWIND, agency_name: 'other' }, status: 404 },
    { title: 'no account', role: {}, status: 400 },
    { title: 'a stranger', role: NORTHWIND, headers: { 'X-Auth-Token': 'made-up' }, status: 401 },
    { title: 'nobody', role: NORTHWIND, headers: {}, status: 401 },
  ]
  for (const { title, role, headers, status } of NO_TOKEN) {
    test(`IAM gives no token and no key for ${title}`, async () => {
      const given = [await askToken(role, headers), await askKey(role, headers)]

      assert.deepEqual(
        given.map((one) => [one.status, one.json.error.code]),
        [
          [status, status],
          [status, status],
        ],
      )
    })
  }

  test('a customer cannot take a role', async () => {
    const customer = tokenIn(await askToken(NORTHWIND))

    const given = await askToken(NORTHWIND, customer)

    assert.equal(given.status, 403)
  })

  test('a temporary key works with its security token, until it ends', async () => {
    const { status, json } = await askKey({ ...NORTHWIND, duration_seconds: 900 })
    const { access: accessKey, secret: secretKey, securitytoken: securityToken } = json.credential
    const path = CUSTOMER_ONLY.path.replace(/\{\w+\}/, 'no-such-id')
    const sign = (key: AccessKey) => signed(path, key, { method: 'DELETE', body: '' })

    const inTime = await callAsCustomer(sign({ accessKey, secretKey, securityToken }))
    const withoutToken = await callAsCustomer(sign({ accessKey, secretKey }))
    const wrongToken = await callAsCustomer(sign({ accessKey, secretKey, securityToken: 'x' }))
    sandbox.time.now = new Date(NOW.getTime() + 900_000)
    const late = await callAsCustomer(sign({ accessKey, secretKey, securityToken }))
    sandbox.time.now = NOW

    assert.equal(status, 201)
    assert.equal(json.credential.expires_at, '2026-03-01T12:15:00.000000Z')
    assert.equal(inTime.status, 400)
    for (const refused of [withoutToken, wrongToken, late]) {
      assert.deepEqual([refused.status, refused.json.error_code], [401, 'APIGW.0301'])
    }
  })

  for (const duration_seconds of [899, 86_401]) {
    test(`a temporary key for ${duration_seconds} seconds is not given`, async () => {
      const given = await askKey({ ...NORTHWIND, duration_seconds })

      assert.equal(given.status, 400)
    })
  }

  test('every account has an access key of its own, which the page shows', async () => {
    const northwind = sandbox.readState().accounts.find((one) => one.domainName === 'northwind')
    const key = customerKey(northwind?.domainId ?? '')
    const path = CUSTOMER_ONLY.path.replace(/\{\w+\}/, 'no-such-id')

    const given = await callAsCustomer(signed(path, key, { method: 'DELETE', body: '' }))
    const page = await sandbox.browser.get('/sandbox/api')

    assert.equal(given.status, 400)
    assert.ok(page.text.includes(key.accessKey) && page.text.includes(key.secretKey))
  })

  test('the partner may not call what is the customer’s, nor the customer what is the partner’s', async () => {
    const customer = tokenIn(await askToken(NORTHWIND))

    const asPartner = await callAsCustomer(partner)
    const asCustomer = await say(sandbox, QUERY, { headers: customer, body: {} })

    for (const refused of [asPartner, asCustomer]) {
      assert.deepEqual([refused.status, refused.json.error_code], [403, 'CBC.0151'])
    }
  })

  test('a query of parameters is signed as it was sent', async () => {
    const path = '/v2/partners/sub-customers/budget?customer_id=a%20b%2A&indirect_partner_id=x'
    const headers = signed(path, SANDBOX, { method: 'GET', body: '' })

    const right = await say(sandbox, path, { headers })
    const spoilt = await say(sandbox, path.replace('=x', '=y'), { headers })

    assert.deepEqual([right.status, right.json.error_code], [400, 'CBC.99000037'])
    assert.deepEqual([spoilt.status, spoilt.json.error_code], [401, 'APIGW.0301'])
    assert.match(
      spoilt.json.error_msg,
      /canonicalRequest: GET\|\/v2\/partners.*\|customer_id=a%20b%2A&/,
    )
  })

  test('a signature is good for 15 minutes', async () => {
    const headers = signed(QUERY, SANDBOX)
    sandbox.time.now = new Date(NOW.getTime() + 15 * 60_000 + 1)
    const late = await say(sandbox, QUERY, { headers, body: {} })
    sandbox.time.now = NOW

    assert.deepEqual([late.status, late.json.error_code], [401, 'APIGW.0301'])
    assert.match(late.json.error_msg, /signature expired/)
  })

  test('the token of an agency ends after 24 hours', async () => {
    const customer = tokenIn(await askToken(NORTHWIND))
    sandbox.time.now = new Date(NOW.getTime() + 24 * 3_600_000)

    const ended = await callAsCustomer(customer)

    sandbox.time.now = NOW
    assert.deepEqual([ended.status, ended.json.error_code], [401, 'CBC.0154'])
  })
})
