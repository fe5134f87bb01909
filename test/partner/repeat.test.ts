// What is asked again and what never is: Huawei's retry table, with a clock that only moves by waiting.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import type { Wait } from '../../src/partner/acting.ts'
import type { PartnerClient } from '../../src/partner/client.ts'
import { CUSTOMER, fakeHuawei, json, type Reply } from './fake-huawei.ts'

const MINUTE = 60_000
const AS = { kind: 'key', accessKey: 'CUSTOMERKEY', secretKey: 'customer-secret' } as const
const HTML = () => new Response('<html></html>', { status: 500 })
const dropped = () => Promise.reject(new TypeError('fetch failed'))
const failing = (status: number) => () =>
  json(status, { error_code: 'CBC.0999', error_msg: 'Other errors.' })

const AGAIN: readonly { readonly title: string; readonly reply: Reply }[] = [
  ...[408, 429, 500, 504].map((status) => ({ title: `status ${status}`, reply: failing(status) })),
  { title: 'a page of HTML with status 500', reply: HTML },
  { title: 'a missing answer', reply: dropped },
]

for (const { title, reply } of AGAIN) {
  test(`a read is asked three times, a minute apart, after ${title}`, async () => {
    const huawei = fakeHuawei(reply)

    await assert.rejects(huawei.client.queryCustomers(), Refusal)

    assert.equal(huawei.received.length, 3)
    assert.deepEqual(huawei.waits, [MINUTE, MINUTE])
    assert.equal(huawei.lines().filter(({ event }) => event === 'partner.called').length, 3)
  })

  test(`nobody who waits is kept waiting after ${title}`, async () => {
    const ofClient = fakeHuawei(reply, { patience: 'none' })
    const ofCall = fakeHuawei(reply)

    await assert.rejects(ofClient.client.queryCustomers(), Refusal)
    await assert.rejects(ofCall.client.queryCustomers({}, { patience: 'none' }), Refusal)

    assert.deepEqual([ofClient.received.length, ofCall.received.length], [1, 1])
  })
}

for (const status of [400, 403, 404, 405, 409, 410, 501, 502, 503, 505]) {
  test(`a read is asked once when Huawei answers ${status}`, async () => {
    const huawei = fakeHuawei(failing(status))

    await assert.rejects(huawei.client.queryCustomers(), Refusal)

    assert.equal(huawei.received.length, 1)
  })
}

const WRITES: readonly {
  readonly title: string
  readonly call: (client: PartnerClient) => Promise<unknown>
}[] = [
  { title: 'creating a customer', call: (client) => client.createCustomer(CUSTOMER) },
  {
    title: 'paying an order',
    call: (client) =>
      client.payOrder({ order_id: 'CS1', use_coupon: 'NO', use_discount: 'NO' }, { as: AS }),
  },
  {
    title: 'renewing',
    call: (client) =>
      client.renewResources(
        { resource_ids: ['r-1'], period_type: 2, period_num: 1, expire_policy: 1 },
        { as: AS },
      ),
  },
  {
    title: 'freezing customers',
    call: (client) => client.freezeCustomers({ customer_ids: ['d0001'], reason: 'Arrears' }),
  },
]

for (const { title, call } of WRITES) {
  for (const again of AGAIN) {
    test(`${title} is never asked twice, not even after ${again.title}`, async () => {
      const huawei = fakeHuawei(again.reply, { patience: 'minutes' })

      await assert.rejects(call(huawei.client), Refusal)

      assert.equal(huawei.received.length, 1)
      assert.deepEqual(huawei.waits, [])
    })
  }
}

const WAITS = [
  { header: '7', waitMs: 7000, title: 'as many seconds as Huawei says' },
  { header: '0', waitMs: 1000, title: 'a second at least' },
  { header: '86400', waitMs: 10 * MINUTE, title: 'ten minutes at most' },
  { header: 'Sun, 01 Mar 2026 10:00:30 GMT', waitMs: 30_000, title: 'until the time Huawei says' },
  {
    header: 'Sun, 01 Mar 2026 09:00:00 GMT',
    waitMs: 1000,
    title: 'a second after a time that is past',
  },
  { header: 'soon', waitMs: MINUTE, title: 'a minute when it cannot be read' },
]

for (const { header, waitMs, title } of WAITS) {
  test(`the repeat waits ${title}: Retry-After ${header}`, async () => {
    let calls = 0
    const huawei = fakeHuawei(() => {
      calls += 1
      const busy = { error_code: 'APIGW.0308', error_message: 'threshold' }
      return calls === 1 ? json(429, busy, { 'Retry-After': header }) : json(200, { count: 0 })
    })

    const { count } = await huawei.client.queryCustomers()

    assert.equal(count, 0)
    assert.deepEqual(huawei.waits, [waitMs])
  })
}

test('whoever calls is told before each wait, and so is the log', async () => {
  const told: Wait[] = []
  const huawei = fakeHuawei(failing(429))

  await assert.rejects(huawei.client.queryCustomers({}, { onWait: (wait) => told.push(wait) }))

  const wait = { code: 'PARTNER_THROTTLED', waitMs: MINUTE, attempts: 3 }
  assert.deepEqual(told, [
    { ...wait, attempt: 2 },
    { ...wait, attempt: 3 },
  ])
  const logged = huawei.lines().filter(({ event }) => event === 'partner.waits')
  assert.equal(logged.length, 2)
})

test('the first answer that is a success ends the waiting', async () => {
  let calls = 0
  const huawei = fakeHuawei(() => {
    calls += 1
    return calls < 3 ? failing(504)() : json(200, { count: 3 })
  })

  const { count } = await huawei.client.queryCustomers()

  assert.equal(count, 3)
  assert.equal(huawei.received.length, 3)
})

test('an error that a repeat does not cure is told at once', async () => {
  let calls = 0
  const huawei = fakeHuawei(() => {
    calls += 1
    return calls === 1 ? failing(500)() : failing(403)()
  })

  await assert.rejects(
    huawei.client.queryCustomers(),
    (error) => error instanceof Refusal && error.code === 'PARTNER_FORBIDDEN',
  )

  assert.equal(huawei.received.length, 2)
})
