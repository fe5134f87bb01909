// The client against a Huawei that answers as documented: what is sent, what is given back, what is
// logged.

import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { createLog } from '../../src/base/log.ts'
import { createPartnerClient } from '../../src/partner/client.ts'
import {
  ACCESS_KEY,
  CUSTOMER,
  fakeHuawei,
  json,
  NOW,
  newToken,
  PASSWORD,
  TOKEN,
} from './fake-huawei.ts'

test('a free account name is reported as available', async () => {
  const huawei = fakeHuawei(() =>
    json(200, { error_code: 'CBC.0000', error_msg: 'success', check_result: 'available' }),
  )

  const result = await huawei.client.checkIdentity({
    search_type: 'name',
    search_value: 'acme_cloud',
  })

  assert.equal(result.check_result, 'available')
})

test('a verification code is sent, and Huawei answers without a body', async () => {
  const huawei = fakeHuawei(() => new Response(null, { status: 204 }))

  const result = await huawei.client.sendVerificationCode({
    receiver_type: 2,
    email: CUSTOMER.email,
    lang: 'en-us',
  })

  assert.equal(result, undefined)
})

test('a customer is created, and the new account is given back', async () => {
  const huawei = fakeHuawei(() => json(200, { domain_id: 'd0001', domain_name: 'acme_cloud' }))

  const result = await huawei.client.createCustomer(CUSTOMER)

  assert.deepEqual(result, { domain_id: 'd0001', domain_name: 'acme_cloud' })
})

test('customers are listed, whether Huawei writes numbers as numbers or as texts', async () => {
  const huawei = fakeHuawei(() =>
    json(200, {
      count: '2',
      customer_infos: [
        { customer_id: 'd0001', xaccount_id: 'acme-0001', is_frozen: 0, association_type: '3' },
        { customer_id: 'd0002', is_frozen: '2', association_type: 1, label: null, new_field: 'x' },
      ],
    }),
  )

  const { count, customer_infos } = await huawei.client.queryCustomers({ customer_id: 'd0001' })

  assert.equal(count, 2)
  const rows = customer_infos.map(({ customer_id, xaccount_id, is_frozen, association_type }) => [
    customer_id,
    xaccount_id,
    is_frozen,
    association_type,
  ])
  assert.deepEqual(rows, [
    ['d0001', 'acme-0001', '0', '3'],
    ['d0002', undefined, '2', '1'],
  ])
  assert.equal(customer_infos[1]?.['new_field'], 'x')
})

test('a list of customers that is left out is an empty list', async () => {
  const huawei = fakeHuawei(() => json(200, { count: 0 }))

  const { customer_infos } = await huawei.client.queryCustomers({})

  assert.deepEqual(customer_infos, [])
})

test('a call with an access key goes out exactly as documented, and signed', async () => {
  const huawei = fakeHuawei(() => json(200, { domain_id: 'd0001' }))

  await huawei.client.createCustomer(CUSTOMER)

  const [request] = huawei.received
  const body =
    '{"domain_area":"IE","xaccount_id":"acme-0001","xaccount_type":"example_IDP","domain_name":"acme_cloud","email":"jo@acme.example","verification_code":"246810"}'
  assert.equal(request?.method, 'POST')
  assert.equal(request.url, 'https://bss.example.com/v2/partners/sub-customers')
  assert.equal(request.body, body)
  assert.equal(request.redirect, 'manual')
  assert.deepEqual(Object.fromEntries(request.headers), {
    authorization: authorization('bss.example.com', '/v2/partners/sub-customers/', body),
    'content-type': 'application/json',
    'x-language': 'en_US',
    'x-sdk-date': '20260301T100000Z',
  })
})

test('a call with a password buys a token and sends it, both exactly as documented', async () => {
  const huawei = fakeHuawei(
    ({ url }) => (url.includes('iam') ? newToken(TOKEN) : json(200, { count: 0 })),
    { key: PASSWORD },
  )

  await huawei.client.queryCustomers({})

  const [forToken, forCustomers] = huawei.received
  assert.equal(forToken?.method, 'POST')
  assert.equal(forToken.url, 'https://iam.example.com/v3/auth/tokens?nocatalog=true')
  assert.deepEqual(JSON.parse(forToken.body), {
    auth: {
      identity: {
        methods: ['password'],
        password: {
          user: {
            name: 'api-user',
            password: 'the-iam-password-of-the-tests',
            domain: { name: 'partner-account' },
          },
        },
      },
      scope: { domain: { name: 'partner-account' } },
    },
  })
  assert.equal(forCustomers?.url, 'https://bss.example.com/v2/partners/sub-customers/query')
  assert.equal(forCustomers.body, '{}', 'Huawei wants an object even when nothing is asked for')
  assert.deepEqual(Object.fromEntries(forCustomers.headers), {
    'content-type': 'application/json',
    'x-auth-token': TOKEN,
    'x-language': 'en_US',
  })
})

test('what a real connection carries fits the signature, the Host header included', async (t) => {
  const seen: { host: string | undefined; authorization: string | undefined; body: string }[] = []
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const { host, authorization } = request.headers
    seen.push({ host, authorization, body })
    response.setHeader('Content-Type', 'application/json').end('{"count":0}')
  }).listen(0, '127.0.0.1')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // A TCP server has no other kind of address.
  const client = createPartnerClient({
    bssUrl: `http://127.0.0.1:${port}`,
    iamUrl: `http://127.0.0.1:${port}`,
    key: ACCESS_KEY,
    timeoutSeconds: 15,
    clock: { now: () => NOW },
    log: createLog('silent'),
    fetch,
  })

  await client.queryCustomers({ limit: 1 })

  const host = `127.0.0.1:${port}`
  assert.deepEqual(seen, [
    {
      host,
      authorization: authorization(host, '/v2/partners/sub-customers/query/', '{"limit":1}'),
      body: '{"limit":1}',
    },
  ])
})

test('one call writes one log line, with the request id that Huawei support asks for', async () => {
  const huawei = fakeHuawei(() => json(200, { count: 0 }))

  await huawei.client.queryCustomers({})

  const [{ time, level, ...line } = {}, ...others] = huawei.lines()
  assert.deepEqual(others, [])
  assert.equal(level, 'info')
  assert.equal(typeof time, 'string')
  assert.deepEqual(line, {
    event: 'partner.called',
    operation: 'queryCustomers',
    status: 200,
    requestId: 'request-0001',
    durationMs: 0,
  })
})

test('a call that is refused writes one log line with both codes', async () => {
  const huawei = fakeHuawei(() => json(400, { error_code: 'CBC.99000038', error_msg: 'exists' }))

  await assert.rejects(huawei.client.createCustomer(CUSTOMER))

  const [{ time, ...line } = {}, ...others] = huawei.lines()
  assert.deepEqual(others, [])
  assert.equal(typeof time, 'string')
  assert.deepEqual(line, {
    level: 'warn',
    event: 'partner.called',
    operation: 'createCustomer',
    code: 'PARTNER_NAME_TAKEN',
    status: 400,
    remoteCode: 'CBC.99000038',
    requestId: 'request-0001',
    durationMs: 0,
  })
})

test('without a key nothing is sent and the refusal says what is missing', async () => {
  const huawei = fakeHuawei(() => json(200, {}), { key: undefined })

  await assert.rejects(
    huawei.client.queryCustomers({}),
    (error) => error instanceof Refusal && error.code === 'PARTNER_NOT_CONFIGURED',
  )

  assert.equal(huawei.received.length, 0)
})

// Written out by hand from the signing guide, so that it does not share a mistake with the signer.
function authorization(host: string, canonicalPath: string, body: string): string {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const signed = 'content-type;host;x-language;x-sdk-date'
  const canonical = `POST
${canonicalPath}

content-type:application/json
host:${host}
x-language:en_US
x-sdk-date:20260301T100000Z

${signed}
${sha256(body)}`
  const signature = createHmac('sha256', ACCESS_KEY.secretKey)
    .update(`SDK-HMAC-SHA256\n20260301T100000Z\n${sha256(canonical)}`)
    .digest('hex')
  return `SDK-HMAC-SHA256 Access=${ACCESS_KEY.accessKey}, SignedHeaders=${signed}, Signature=${signature}`
}
