// What goes on the wire: where each field is sent, and that an id cannot lead elsewhere.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import type { KeyCustomer } from '../../src/partner/acting.ts'
import { fakeHuawei, json } from './fake-huawei.ts'

const AS: KeyCustomer = { kind: 'key', accessKey: 'CUSTOMERKEY', secretKey: 'customer-secret' }
const ORDER = 'CS1910091053TNVOZ'
const done = () => new Response(null, { status: 204 })

test('a query carries its fields, and no body', async () => {
  const huawei = fakeHuawei(() => json(200, { total_count: 0 }))

  await huawei.client.listOrders({
    service_type_code: 'hws.service.type.obs & more',
    status: 5,
    create_time_begin: new Date('2026-01-02T03:04:05.678Z'),
  })

  const [request] = huawei.received
  const url = new URL(request?.url ?? '')
  assert.equal(request?.method, 'GET')
  assert.equal(url.pathname, '/v2/orders/customer-orders')
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    service_type_code: 'hws.service.type.obs & more',
    status: '5',
    create_time_begin: '2026-01-02T03:04:05Z',
  })
  assert.equal(request.body, '')
})

test('a field of the path is sent there and nowhere else', async () => {
  const huawei = fakeHuawei(() => json(200, { total_count: 0 }))

  await huawei.client.showOrder({ order_id: 'CS 1?#%', limit: 10 })

  assert.equal(
    huawei.received[0]?.url,
    'https://bss.example.com/v2/orders/customer-orders/details/CS%201%3F%23%25?limit=10',
  )
})

for (const id of ['.', '..', 'a/b', '../customers', 'a\\b']) {
  test(`an id such as ${id} leads nowhere else: it is not sent`, async () => {
    const huawei = fakeHuawei(() => json(200, {}))

    await assert.rejects(
      huawei.client.showOrder({ order_id: id }),
      (error) => error instanceof Refusal && error.code === 'PARTNER_INVALID_INPUT',
    )

    assert.equal(huawei.received.length, 0)
  })
}

test('an encoded dot of an id is encoded again, so that it stays an id', async () => {
  const huawei = fakeHuawei(() => json(200, {}))

  await huawei.client.showOrder({ order_id: '%2e%2e' })

  assert.match(huawei.received[0]?.url ?? '', /\/details\/%252e%252e$/)
})

test('what is posted without fields is an empty object', async () => {
  const huawei = fakeHuawei(done)

  await huawei.client.enableAutoRenewal({ resource_id: 'r-1' }, { as: AS })

  assert.equal(huawei.received[0]?.method, 'POST')
  assert.equal(huawei.received[0].body, '{}')
})

test('what is deleted has no body, not even an empty one', async () => {
  const huawei = fakeHuawei(done)

  await huawei.client.disableAutoRenewal({ resource_id: 'r-1' }, { as: AS })

  assert.equal(huawei.received[0]?.method, 'DELETE')
  assert.equal(huawei.received[0].body, '')
})

test('what is put has its fields in the body', async () => {
  const huawei = fakeHuawei(done)

  await huawei.client.cancelOrder({ order_id: ORDER }, { as: AS })

  assert.equal(huawei.received[0]?.method, 'PUT')
  assert.equal(huawei.received[0].body, `{"order_id":"${ORDER}"}`)
})

test('an amount is sent as a number with every digit', async () => {
  const huawei = fakeHuawei(done)

  await huawei.client.setBudget({ customer_id: 'd0001', budget_amount: '1234567.89' })

  assert.match(huawei.received[0]?.body ?? '', /"budget_amount":1234567\.89[,}]/)
})

test('Huawei writes Chinese for a client that wants it, and English for a call that does not', async () => {
  const huawei = fakeHuawei(() => json(200, { count: 0 }), { language: 'zh_CN' })

  await huawei.client.queryCustomers()
  await huawei.client.queryCustomers({}, { language: 'en_US' })

  const languages = huawei.received.map(({ headers }) => headers.get('x-language'))
  assert.deepEqual(languages, ['zh_CN', 'en_US'])
})
