// What comes back about orders: amounts, times, codes, gaps, as Huawei's rows read them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import { orders } from '../../src/partner/catalogue/orders.ts'
import { resources } from '../../src/partner/catalogue/resources.ts'
import { EXAMPLES } from './order-examples.ts'

test('an amount that Huawei writes as text or number keeps every digit', () => {
  const coupons = CATALOGUE.listCoupons.result.parse(EXAMPLES.get('listCoupons')?.response)
  const order = CATALOGUE.showOrder.result.parse(EXAMPLES.get('showOrder')?.response)

  assert.equal(coupons.user_coupons[0]?.balance?.toString(), '100')
  assert.equal(order.order_info?.amount_after_discount?.toString(), '-277.92')
  assert.equal(order.order_line_items[0]?.amount_info?.commission_amount?.toString(), '3.68')
})

test('what Huawei leaves out or sends as null is absent, and what it adds is kept', () => {
  const list = CATALOGUE.listOrders.result.parse({
    total_count: '1',
    order_infos: [{ order_id: 'CS1', contract_id: null, amount_info: null, status: 77, new: 'x' }],
  })

  const [order] = list.order_infos
  assert.equal(list.total_count, 1)
  assert.equal(order?.contract_id, undefined)
  assert.equal(order?.amount_info, null)
  assert.equal(order?.status, '77')
  assert.equal(order?.['new'], 'x')
  assert.deepEqual(order?.enterprise_projects, [])
})

test('the unit of a refund is a text, and reads like every other', () => {
  const refunds = CATALOGUE.showRefunds.result.parse(EXAMPLES.get('showRefunds')?.response)
  const list = CATALOGUE.listOrders.result.parse(EXAMPLES.get('listOrders')?.response)

  assert.equal(refunds.refund_infos[0]?.measure_id, '1')
  assert.equal(list.order_infos[0]?.measure_id, '1')
})

test('a payment that fails tells which quota lacks', () => {
  const detail = orders.payOrder.errorDetail?.parse({
    error_code: 'CBC.99003141',
    quota_infos: [{ region: 'eu-west-101', resource_type_code: 'vm', auth_result: 2 }],
  })

  assert.deepEqual(detail, {
    error_code: 'CBC.99003141',
    quota_infos: [{ region: 'eu-west-101', resource_type_code: 'vm', auth_result: '2' }],
    enterprise_project_auth_result: [],
  })
})

test('a renewal that fails tells the expired resources and the orders that were made', () => {
  const detail = resources.renewResources.errorDetail?.parse({
    error_code: 'CBC.99003016',
    order_ids: ['CS1'],
    expiredResourceIds: ['r-1'],
  })

  assert.deepEqual(detail, {
    error_code: 'CBC.99003016',
    order_ids: ['CS1'],
    expiredResourceIds: ['r-1'],
  })
})

test('paying, renewing, unsubscribing and committing to later charges count as money', () => {
  const rows = Object.entries({ ...orders, ...resources })
  const money = rows.filter(([, { effect }]) => effect === 'money')

  assert.deepEqual(
    money.map(([name]) => name),
    ['payOrder', 'renewResources', 'unsubscribeResources', 'enableAutoRenewal', 'changeToOnDemand'],
  )
})
