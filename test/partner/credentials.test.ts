// Who a call is made as: the partner or a customer, by which key, and what is refused before anything
// is sent.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import type { ActingFor } from '../../src/partner/acting.ts'
import { signRequest } from '../../src/partner/ak-sk.ts'
import { checkCaller } from '../../src/partner/credentials.ts'
import type { Caller } from '../../src/partner/operation.ts'
import { ACCESS_KEY, fakeHuawei, json, NOW, newToken } from './fake-huawei.ts'
import { fakeIam, REQUEST } from './fake-iam.ts'

const OWN_KEY = {
  kind: 'key',
  accessKey: 'CUSTOMERKEY',
  secretKey: 'the-secret-key-of-a-customer',
} as const satisfies ActingFor

const AGENCY = { kind: 'agency', domainId: 'd0001' } as const satisfies ActingFor

test("the partner's access key signs what the partner calls for itself", async () => {
  const iam = fakeIam({ key: ACCESS_KEY })

  const { headers } = await iam.credentials(REQUEST)

  assert.deepEqual(headers, signRequest(REQUEST, ACCESS_KEY, NOW))
  assert.equal(iam.asked.length, 0)
})

test('a signature comes with the account of the partner where it is configured, and covers it', async () => {
  const iam = fakeIam({ key: ACCESS_KEY, domainId: 'd-partner' })

  const { headers } = await iam.credentials(REQUEST)

  assert.equal(headers['X-Domain-Id'], 'd-partner')
  assert.match(headers['Authorization'] ?? '', /SignedHeaders=host;x-domain-id;x-language;x-sdk-/)
})

for (const key of [ACCESS_KEY, undefined]) {
  const whose = key === undefined ? 'a partner without a key' : 'any partner'
  test(`${whose} can send what a customer's own key signs`, async () => {
    const iam = fakeIam({ key, domainId: 'd-partner' })

    const { headers } = await iam.credentials(REQUEST, OWN_KEY)

    assert.deepEqual(headers, signRequest(REQUEST, OWN_KEY, NOW))
    assert.equal(iam.asked.length, 0)
  })
}

test('a temporary key of a customer is sent with its security token', async () => {
  const iam = fakeIam()

  const { headers } = await iam.credentials(REQUEST, { ...OWN_KEY, securityToken: 'temporary' })

  assert.equal(headers['X-Security-Token'], 'temporary')
})

for (const as of [undefined, AGENCY]) {
  const who = as === undefined ? 'itself' : 'a customer'
  test(`a partner without a key can call nothing for ${who}`, async () => {
    const iam = fakeIam({ key: undefined })

    const refusal = await iam.credentials(REQUEST, as).catch((error: unknown) => error)

    assert.ok(refusal instanceof Refusal)
    assert.equal(refusal.code, 'PARTNER_NOT_CONFIGURED')
    assert.equal(iam.asked.length, 0)
  })
}

const ALLOWED: readonly (readonly [Caller, readonly (ActingFor | undefined)[]])[] = [
  ['partner', [undefined]],
  ['customer', [AGENCY, OWN_KEY]],
  ['either', [undefined, AGENCY, OWN_KEY]],
  ['partner-for-customer', [undefined, AGENCY, OWN_KEY]],
]

for (const [caller, allowed] of ALLOWED) {
  for (const as of [undefined, AGENCY, OWN_KEY]) {
    const isAllowed = allowed.includes(as)
    const whom = as === undefined ? 'no customer' : `a customer by ${as.kind}`
    test(`an operation of the ${caller} ${isAllowed ? 'takes' : 'refuses'} ${whom}`, () => {
      const check = () => checkCaller({ title: 'Paying Orders', caller }, as)

      if (isAllowed) assert.doesNotThrow(check)
      else assert.throws(check, { code: 'PARTNER_INVALID_INPUT' })
    })
  }
}

const WRONG = [
  { as: null, field: 'as' },
  { as: { kind: 'friend' }, field: 'as.kind' },
  { as: { kind: 'agency' }, field: 'as' },
  { as: { kind: 'agency', domainId: '' }, field: 'as.domainId' },
  { as: { kind: 'agency', domainID: 'd0001', domainName: 'acme' }, field: 'as' },
  { as: { kind: 'agency', domainId: 'd0001', by: 'word' }, field: 'as.by' },
  { as: { kind: 'key', accessKey: 'CUSTOMERKEY' }, field: 'as.secretKey' },
  { as: { kind: 'key', accessKey: '', secretKey: 'very-secret' }, field: 'as.accessKey' },
]

for (const { as, field } of WRONG) {
  test(`a customer given as ${JSON.stringify(as)} is refused at ${field}, without its values`, () => {
    const refusal = refusalOf(() => checkCaller({ title: 'Paying Orders', caller: 'customer' }, as))

    assert.equal(refusal.code, 'PARTNER_INVALID_INPUT')
    assert.equal(refusal.facts['title'], 'Paying Orders')
    const problems = refusal.facts['problems']
    assert.ok(Array.isArray(problems))
    assert.deepEqual(
      problems.map((problem) => problem.field),
      [field],
    )
    assert.ok(!JSON.stringify(refusal.facts).includes('very-secret'))
  })
}

test('an operation of customers without a customer does not compile, and is not sent', async () => {
  const huawei = fakeHuawei(() => json(200, {}))

  // @ts-expect-error: the customer is missing.
  const call = huawei.client.cancelOrder({ order_id: 'CS0001' })

  await assert.rejects(call, { code: 'PARTNER_INVALID_INPUT' })
  assert.equal(huawei.received.length, 0)
})

test('an operation of the partner for a customer does not compile, and is not sent', async () => {
  const huawei = fakeHuawei(() => json(200, {}))

  // @ts-expect-error: only the partner itself may call this.
  const call = huawei.client.queryCustomers({}, { as: AGENCY })

  await assert.rejects(call, { code: 'PARTNER_INVALID_INPUT' })
  assert.equal(huawei.received.length, 0)
})

test("a call for a customer is sent with the customer's token", async () => {
  const huawei = fakeHuawei(({ url }) =>
    url.startsWith('https://iam.')
      ? newToken('token-of-acme')
      : new Response(null, { status: 204 }),
  )
  const as = { ...AGENCY, agency: 'for_our_partner' }

  await huawei.client.cancelOrder({ order_id: 'CS0001' }, { as })

  const [asked, sent] = huawei.received
  assert.match(asked?.body ?? '', /"agency_name":"for_our_partner"/)
  assert.equal(sent?.url, 'https://bss.example.com/v2/orders/customer-orders/cancel')
  assert.equal(sent.headers.get('x-auth-token'), 'token-of-acme')
})

function refusalOf(check: () => void): Refusal {
  try {
    check()
  } catch (error) {
    assert.ok(error instanceof Refusal)
    return error
  }
  return assert.fail('nothing was refused')
}
