// The page on which a customer of the sandbox places an order.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { PRODUCTS } from '../../src/sandbox/world/price-list.ts'
import { createCustomer, partnerToken } from './api-client.ts'
import { makeKey } from './good-answer.ts'
import { startTestSandbox, type TestSandbox } from './start.ts'

const [SERVER] = PRODUCTS
const DISK = PRODUCTS.find(({ sizeMeasure }) => sizeMeasure === 17)

describe('the order page', () => {
  let sandbox: TestSandbox
  let customer: string
  const idpKey = makeKey()
  before(async () => {
    sandbox = await startTestSandbox(await idpKey)
    customer = await createCustomer(sandbox, await partnerToken(sandbox))
  })
  after(() => sandbox.stop())

  const place = (fields: Readonly<Record<string, string>>) =>
    sandbox.browser.post('/sandbox/orders', {
      customer,
      product: SERVER?.productId ?? '',
      period: 'month',
      periods: '1',
      number: '1',
      ...fields,
    })
  const orders = () => sandbox.readState().world.orders

  test('what is placed is on the page, and waits for payment', async () => {
    const { status, location } = await place({ period: 'year', periods: '2', number: '3' })

    const { text } = await sandbox.browser.get('/sandbox/orders')
    const order = orders().at(-1)
    assert.equal(status, 303)
    assert.equal(location, `/sandbox/orders#${order?.orderId}`)
    assert.equal(order?.status, 6)
    // 8.40 a month, ten months a year.
    assert.equal(order?.lines[0]?.amount, '504')
    assert.match(text, new RegExp(`id="${order?.orderId}".*504\\.00.*to be paid`))
  })

  test('a disk has the size that was asked for', async () => {
    await place({ product: DISK?.productId ?? '', size: '100' })

    assert.equal(orders().at(-1)?.lines[0]?.size, 100)
  })

  const refusals = [
    { title: 'an unknown customer', fields: { customer: 'nobody' }, says: /customer/ },
    { title: 'an unknown product', fields: { product: 'nothing' }, says: /product/ },
    { title: 'an unknown period', fields: { period: 'century' }, says: /periodNum/ },
    { title: 'twelve months', fields: { periods: '12' }, says: /periodNum/ },
    { title: 'none', fields: { number: '0' }, says: /number/ },
    {
      title: 'a disk without a size',
      fields: { product: DISK?.productId ?? '', size: '' },
      says: /size/,
    },
  ] as const
  for (const { title, fields, says } of refusals) {
    test(`an order of ${title} is refused`, async () => {
      const count = orders().length

      const { status, text } = await place(fields)

      assert.equal(status, 400)
      assert.match(text, says)
      assert.equal(orders().length, count)
    })
  }
})
