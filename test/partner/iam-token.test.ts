// Tokens: bought once, shared, renewed before they end and once after Huawei refuses one.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import {
  CUSTOMER,
  type FakeHuawei,
  fakeHuawei,
  json,
  newToken,
  PASSWORD,
  type Reply,
  TOKEN,
} from './fake-huawei.ts'

test('concurrent calls share one token request', async () => {
  const huawei = withTokens(() => json(200, { count: 0 }))

  await Promise.all([1, 2, 3, 4, 5].map(() => huawei.client.queryCustomers({})))

  assert.equal(tokenRequests(huawei), 1)
  assert.equal(huawei.received.length, 6)
})

const AGES = [
  { title: 'is used again', minutes: 23 * 60 + 29, bought: 1 },
  { title: 'is renewed half an hour before it ends', minutes: 23 * 60 + 30, bought: 2 },
]

for (const { title, minutes, bought } of AGES) {
  test(`a token that is ${minutes} minutes old ${title}`, async () => {
    const huawei = withTokens(() => json(200, { count: 0 }))
    await huawei.client.queryCustomers({})

    huawei.wait(minutes)
    await huawei.client.queryCustomers({})

    assert.equal(tokenRequests(huawei), bought)
  })
}

for (const code of ['CBC.0154', 'APIGW.0301']) {
  test(`a token refused with ${code} is renewed and the call goes through`, async () => {
    const huawei = withTokens(({ headers }) =>
      headers.get('x-auth-token') === 'token-1'
        ? json(401, { error_code: code, error_msg: 'expired' })
        : json(200, { domain_id: 'd0001' }),
    )

    const { domain_id } = await huawei.client.createCustomer(CUSTOMER)

    assert.equal(domain_id, 'd0001')
    assert.deepEqual(tokensSent(huawei), ['token-1', 'token-2'])
  })
}

test('a token is renewed once only: a second refusal ends the call', async () => {
  const huawei = withTokens(() => json(401, { error_code: 'CBC.0154', error_msg: 'expired' }))

  await assert.rejects(huawei.client.createCustomer(CUSTOMER), isRefusal('PARTNER_UNAUTHORIZED'))

  assert.deepEqual(tokensSent(huawei), ['token-1', 'token-2'])
})

test('concurrent calls whose token is refused renew it once between them', async () => {
  const huawei = withTokens(({ headers }) =>
    headers.get('x-auth-token') === 'token-1'
      ? json(401, { error_code: 'CBC.0154', error_msg: 'expired' })
      : json(200, { count: 0 }),
  )

  await Promise.all([1, 2, 3].map(() => huawei.client.queryCustomers({})))

  assert.equal(tokenRequests(huawei), 2)
})

test('a refusal of the old token that comes late does not throw the new one away', async () => {
  const late = Promise.withResolvers<Response>()
  const stale = () => json(401, { error_code: 'CBC.0154', error_msg: 'expired' })
  const huawei = withTokens(({ headers, body }) => {
    if (headers.get('x-auth-token') === 'token-2') return json(200, { count: 0 })
    return body.includes('slow') ? late.promise : stale()
  })
  const slow = huawei.client.queryCustomers({ label: 'slow' })
  await huawei.client.queryCustomers({})

  late.resolve(stale())
  await slow

  assert.equal(tokenRequests(huawei), 2)
})

const NOT_STALE = [
  { title: 'another error', reply: () => json(400, { error_code: 'CBC.0154' }) },
  { title: 'a 401 of another kind', reply: () => json(401, { error_code: 'CBC.0151' }) },
  { title: 'an error of Huawei’s own', reply: () => json(500, { error_code: 'CBC.0999' }) },
]

for (const { title, reply } of NOT_STALE) {
  test(`${title} renews no token and sends nothing twice`, async () => {
    const huawei = withTokens(reply)

    await assert.rejects(huawei.client.createCustomer(CUSTOMER), Refusal)

    assert.deepEqual(tokensSent(huawei), ['token-1'])
  })
}

const NO_TOKEN = [
  {
    title: 'a wrong password',
    reply: () => json(401, { error: { code: 401, message: 'The username or password is wrong.' } }),
    code: 'PARTNER_UNAUTHORIZED',
  },
  {
    title: 'an answer without the token',
    reply: () => json(201, { token: { expires_at: '2026-03-02T10:00:00Z' } }),
    code: 'PARTNER_BAD_ANSWER',
  },
  {
    title: 'an answer without the end of the token',
    reply: () => json(201, {}, { 'X-Subject-Token': TOKEN }),
    code: 'PARTNER_BAD_ANSWER',
  },
]

for (const { title, reply, code } of NO_TOKEN) {
  test(`${title} ends the call with ${code} and shows no secret`, async () => {
    const huawei = fakeHuawei(reply, { key: PASSWORD })

    const refusal = await huawei.client.queryCustomers({}).catch((error: unknown) => error)

    assert.ok(refusal instanceof Refusal)
    assert.equal(refusal.code, code)
    assert.equal(huawei.received.length, 1, 'the partner API is not asked without a token')
    const shown = JSON.stringify(refusal.facts) + huawei.logText()
    for (const secret of [PASSWORD.password, TOKEN]) assert.ok(!shown.includes(secret))
  })
}

test('a token that could not be bought is asked for again by the next call', async () => {
  let isDown = true
  const huawei = withTokens(
    () => json(200, { count: 0 }),
    () => (isDown ? json(503, { error_msg: 'maintenance' }) : undefined),
  )
  await assert.rejects(huawei.client.queryCustomers({}), isRefusal('PARTNER_UNREACHABLE'))

  isDown = false
  const { count } = await huawei.client.queryCustomers({})

  assert.equal(count, 0)
})

const REFUSED = [
  { title: 'a wrong password', status: 401, code: 'PARTNER_UNAUTHORIZED' },
  { title: 'a user who may not sign in', status: 403, code: 'PARTNER_FORBIDDEN' },
] as const

for (const { title, status, code } of REFUSED) {
  test(`${title} is believed for a minute, so that IAM does not lock the user`, async () => {
    let isRight = false
    const refused = () => json(status, { error: { code: status, message: 'No.' } })
    const huawei = withTokens(
      () => json(200, { count: 0 }),
      () => (isRight ? undefined : refused()),
    )
    await assert.rejects(huawei.client.queryCustomers({}), isRefusal(code))
    isRight = true

    await assert.rejects(huawei.client.queryCustomers({}), isRefusal(code))
    huawei.wait(0.99)
    await assert.rejects(huawei.client.queryCustomers({}), isRefusal(code))
    const askedMeanwhile = tokenRequests(huawei)
    huawei.wait(0.01)
    const { count } = await huawei.client.queryCustomers({})

    assert.equal(askedMeanwhile, 1)
    assert.equal(tokenRequests(huawei), 2)
    assert.equal(count, 0)
  })
}

// IAM sells token-1, token-2 and so on; `failure` may answer instead.
function withTokens(reply: Reply, failure: () => Response | undefined = () => undefined) {
  let sold = 0
  return fakeHuawei(
    (request) => {
      if (!request.url.startsWith('https://iam.example.com/')) return reply(request)
      sold += 1
      return failure() ?? newToken(`token-${sold}`)
    },
    { key: PASSWORD },
  )
}

function tokenRequests({ received }: FakeHuawei): number {
  return received.filter(({ url }) => url.startsWith('https://iam.example.com/')).length
}

function tokensSent({ received }: FakeHuawei): readonly (string | null)[] {
  return received
    .filter(({ url }) => url.startsWith('https://bss.example.com/'))
    .map(({ headers }) => headers.get('x-auth-token'))
}

function isRefusal(code: string) {
  return (error: unknown) => error instanceof Refusal && error.code === code
}
