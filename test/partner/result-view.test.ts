// Results as people read them, and values as texts: nothing is rounded, shifted or lost.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Big } from 'big.js'
import { Refusal } from '../../src/base/errors.ts'
import { beijingDay } from '../../src/partner/beijing-day.ts'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import { inputFields } from '../../src/partner/field.ts'
import { cellText, readTyped, toPlain } from '../../src/partner/field-text.ts'
import { viewResult } from '../../src/partner/result-view.ts'

const CELLS = [
  { title: 'a small amount', value: new Big('0.00000001'), text: '0.00000001' },
  {
    title: 'an amount longer than a float',
    value: new Big('12345678901234567890.12'),
    text: '12345678901234567890.12',
  },
  { title: 'a time', value: new Date('2026-03-01T10:00:00Z'), text: '2026-03-01T10:00:00.000Z' },
  { title: 'a day of Beijing', value: beijingDay('2026-03-01'), text: '2026-03-01 (GMT+8)' },
  { title: 'zero', value: 0, text: '0' },
  { title: 'no', value: false, text: 'false' },
  { title: 'a list', value: ['a', new Big('1.10')], text: '["a","1.1"]' },
  { title: 'nothing', value: undefined, text: null },
  { title: 'null', value: null, text: null },
  { title: 'an empty text', value: '', text: null },
]

for (const { title, value, text } of CELLS) {
  test(`${title} is shown as ${text ?? 'nothing'}`, () => {
    assert.equal(cellText(value), text)
  })
}

test('JSON keeps every digit of amounts, at any depth', () => {
  const plain = toPlain({ a: [{ amount: new Big('0.10000000000000000001') }], b: undefined })

  assert.equal(JSON.stringify(plain), '{"a":[{"amount":"0.10000000000000000001"}]}')
})

test('a page is a table of what has values, what tells items apart first', () => {
  const items = [
    { account_name: 'one', customer_id: 'd-1', account_managers: [{}] },
    { account_name: 'two', customer_id: 'd-2' },
  ]

  const view = viewResult(CATALOGUE.queryCustomers, { count: 2, customer_infos: items })

  assert.deepEqual(view.facts, [['count', '2']])
  const [table] = view.tables
  assert.deepEqual(table?.heads, ['customer_id', 'account_name'])
  assert.deepEqual(table?.rows, [
    ['d-1', 'one'],
    ['d-2', 'two'],
  ])
  assert.deepEqual(table?.hidden, ['account_managers'])
})

test('a table begins with identity, status and amounts, and ends with the fields of objects', () => {
  const coupon_amount = new Big('0.5')
  const order = { customer_id: 'd-1', order_id: 'CS1', status: 6, amount_info: { coupon_amount } }

  const view = viewResult(CATALOGUE.listOrders, {
    order_infos: [{ ...order, official_amount: new Big('8.40') }],
  })

  const [table] = view.tables
  assert.deepEqual(table?.heads, [
    'order_id',
    'status',
    'official_amount',
    'customer_id',
    'amount_info.coupon_amount',
  ])
  assert.deepEqual(table?.rows, [['CS1', '6 (Pending payment)', '8.4', 'd-1', '0.5']])
})

test('codes have their meaning beside them, and fields that Huawei added are shown', () => {
  const result = { measure_id: '1', news: 'added' }

  const view = viewResult(CATALOGUE.showBudget, result)

  assert.deepEqual(view.facts, [
    ['measure_id', '1 (US dollar)'],
    ['news', 'added'],
  ])
})

test('an answer that is no object shows nothing', () => {
  assert.deepEqual(viewResult(CATALOGUE.showBudget, undefined), { facts: [], tables: [] })
})

const PRICES = inputFields(CATALOGUE.queryOnDemandPrices)

test('objects of a list are typed as one JSON list, or one by one', () => {
  const field = PRICES.find(({ name }) => name === 'product_infos')
  assert.ok(field)

  const whole = readTyped('x', [{ field, texts: ['[{"id":"1"},{"id":"2"}]'] }])
  const single = readTyped('x', [{ field, texts: ['{"id":"1"}', '{"id":"2"}'] }])

  assert.deepEqual(whole, { product_infos: [{ id: '1' }, { id: '2' }] })
  assert.deepEqual(single, whole)
})

for (const text of ['[{"id":', 'true', '"text"', '12']) {
  test(`${text} is refused by the name of the field that must be JSON objects`, () => {
    const typed = PRICES.filter(({ kind }) => kind === 'object').map((field) => {
      return { field, texts: [text] }
    })

    assert.throws(
      () => readTyped('x', typed),
      (error) =>
        error instanceof Refusal &&
        error.code === 'PARTNER_INVALID_INPUT' &&
        JSON.stringify(error.facts).includes('"field":"product_infos"'),
    )
  })
}
