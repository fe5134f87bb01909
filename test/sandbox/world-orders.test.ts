// Orders: they cost what the price queries said, and are paid as the rules about budgets, discounts and
// coupons allow.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ADA,
  AS_ADA,
  AS_BOB,
  createWorld,
  DISCOUNT,
  daysLater,
  PARTNER,
  PLAIN,
} from './world-kit.ts'

const BANDWIDTH = '00301-290407719-0--1'
const LARGE_SERVER = '00301-243100-0--0'

const ASKED = {
  id: '1',
  cloud_service_type: 'hws.service.type.ec2',
  resource_type: 'hws.resource.type.vm',
  resource_spec: 'c6.2xlarge.4.linux',
  region: 'eu-west-101',
  period_type: 2,
  period_num: 3,
  subscription_num: 2,
}

describe('prices', () => {
  const world = createWorld()

  test('an order costs what the price query said, with the discount and without', () => {
    const price = world.ask(
      'queryPeriodPrices',
      { project_id: 'p', product_infos: [ASKED] },
      PARTNER,
    )
    const plain = world.order({ productId: LARGE_SERVER, periodNum: 3, number: 2 })
    const cut = world.order({ productId: LARGE_SERVER, periodNum: 3, number: 2 })
    world.setBudget(ADA, '10000')
    world.ask('payOrder', { order_id: plain, ...PLAIN }, AS_ADA)
    world.ask('payOrder', { order_id: cut, ...DISCOUNT }, AS_ADA)

    const listed = price.official_website_rating_result?.official_website_amount
    const [offer] = price.optional_discount_rating_results
    const paid = (order_id: string) =>
      world.ask('showOrder', { order_id }, AS_ADA).order_info?.amount_after_discount
    assert.equal(listed?.toFixed(), '1092.42')
    assert.equal(paid(plain)?.toFixed(), '1092.42')
    assert.equal(offer?.amount?.toFixed(), '983.18')
    assert.equal(paid(cut)?.toFixed(), '983.18')
  })

  test('Huawei’s own example of pay-per-use prices comes to Huawei’s own amounts', () => {
    const common = { region: 'eu-west-101', usage_factor: 'Duration', subscription_num: 1 }
    const vpc = { ...common, cloud_service_type: 'hws.service.type.vpc' }

    const result = world.ask(
      'queryOnDemandPrices',
      {
        project_id: 'p',
        inquiry_precision: 1,
        product_infos: [
          {
            ...common,
            id: '1',
            cloud_service_type: 'hws.service.type.ec2',
            resource_type: 'hws.resource.type.vm',
            resource_spec: 'c3.3xlarge.2.linux',
            usage_value: 2,
            usage_measure_id: 4,
          },
          {
            ...common,
            id: '2',
            cloud_service_type: 'hws.service.type.ebs',
            resource_type: 'hws.resource.type.volume',
            resource_spec: 'SSD',
            usage_value: 2,
            usage_measure_id: 4,
            resource_size: 10,
            size_measure_id: 17,
          },
          {
            ...vpc,
            id: '3',
            resource_type: 'hws.resource.type.ip',
            resource_spec: '5_bgp',
            usage_value: 3,
            usage_measure_id: 4,
          },
          {
            ...vpc,
            id: '4',
            resource_type: 'hws.resource.type.bandwidth',
            resource_spec: '12_sbgp',
            usage_factor: 'upflow',
            usage_value: 4,
            usage_measure_id: 10,
            resource_size: 1,
            size_measure_id: 15,
          },
        ],
      },
      PARTNER,
    )

    assert.deepEqual(
      result.product_rating_results.map(({ amount }) => amount?.toFixed()),
      ['5.48', '0.028', '0.06', '2.56'],
    )
    assert.equal(result.amount?.toFixed(), '8.128')
  })

  const USE = { ...ASKED, usage_factor: 'Duration', usage_value: 1, usage_measure_id: 4 }
  const { period_type: _type, period_num: _number, ...HOURLY } = USE
  const refusals = [
    ['a specification that nobody sells', { resource_spec: 'z9' }, 'CBC.99006006'],
    ['a region that does not exist', { region: 'moon-1' }, 'CBC.99006006'],
    ['a billing item that the product does not have', { usage_factor: 'upflow' }, 'CBC.99006074'],
    ['a unit that does not measure time', { usage_measure_id: 10 }, 'CBC.99006050'],
    ['more than anybody can pay', { usage_value: '1e9' }, 'CBC.99006055'],
  ] as const
  for (const [what, fields, code] of refusals) {
    test(`${what} has no price`, () => {
      const input = (more: object) => ({ project_id: 'p', product_infos: [{ ...HOURLY, ...more }] })

      assert.equal(world.outcome('queryOnDemandPrices', input({}), PARTNER), 'done')
      assert.equal(world.outcome('queryOnDemandPrices', input(fields), PARTNER), code)
    })
  }
})

describe('paying an order', () => {
  test('a paid order becomes resources and takes from the budget', () => {
    const world = createWorld()
    const order_id = world.order({ number: 2 })

    world.ask('payOrder', { order_id, ...PLAIN }, AS_ADA)

    const { data } = world.ask('queryPeriodResources', { order_id, only_main_resource: 1 }, AS_ADA)
    const { order_infos } = world.ask('listOrders', { order_id }, PARTNER)
    assert.deepEqual(
      data.map(({ status, expire_time }) => [status, expire_time?.toISOString()]),
      [
        ['2', '2026-04-20T10:30:00.000Z'],
        ['2', '2026-04-20T10:30:00.000Z'],
      ],
    )
    assert.equal(order_infos[0]?.status, '5')
  })

  test('an order beyond the budget is refused, and stays to be paid', () => {
    const world = createWorld()
    const order_id = world.order({ productId: BANDWIDTH, size: 200 })

    const refused = world.outcome('payOrder', { order_id, ...PLAIN }, AS_ADA)
    world.setBudget(ADA, '5000')
    const paid = world.outcome('payOrder', { order_id, ...PLAIN }, AS_ADA)

    assert.equal(refused, 'CBC.99000046')
    assert.equal(paid, 'done')
  })

  test('an order beyond what Huawei lets the partner spend is refused', () => {
    const world = createWorld()
    world.setBudget(ADA, '1000000')
    const order_id = world.order({ productId: BANDWIDTH, size: 10_000, periodNum: 2 })

    assert.equal(world.outcome('payOrder', { order_id, ...PLAIN }, AS_ADA), 'CBC.99005003')
  })

  test('a coupon pays a part, keeps the rest, and names the order', () => {
    const world = createWorld()
    const order_id = world.order()
    const [coupon] = world.ask('listCoupons', {}, AS_ADA).user_coupons
    const means = { use_coupon: 'YES', use_discount: 'NO' }
    const coupon_infos = [{ id: coupon?.coupon_id, type: 301 }]

    world.ask('payOrder', { order_id, ...means, coupon_infos }, AS_ADA)

    const { user_coupons } = world.ask('listCoupons', { order_id }, AS_ADA)
    const { order_info } = world.ask('showOrder', { order_id }, AS_ADA)
    assert.equal(user_coupons[0]?.balance?.toFixed(), '11.6')
    assert.equal(order_info?.amount_info?.coupon_amount?.toFixed(), '8.4')
  })

  const LATE = daysLater(8)
  const refusals = [
    { why: 'it does not exist', input: { order_id: 'CS0', ...PLAIN }, code: 'CBC.30000010' },
    { why: 'it is somebody else’s', caller: AS_BOB, code: 'CBC.30000010' },
    { why: 'it is paid already', before: 'pay', code: 'CBC.99003106' },
    { why: 'it is cancelled', before: 'cancel', code: 'CBC.99003106' },
    { why: 'it is a week old', now: LATE, code: 'CBC.99003110' },
    { why: 'the account is frozen', before: 'freeze', code: 'CBC.7281' },
    {
      why: 'the discount is not one of the partner’s',
      input: { ...DISCOUNT, discount_infos: [{ id: 'other', type: 3 }] },
      code: 'CBC.99003108',
    },
    {
      why: 'coupon and discount are used together',
      input: { ...DISCOUNT, use_coupon: 'YES', coupon_infos: [{ id: 'CP', type: 301 }] },
      code: 'CBC.99003116',
    },
    {
      why: 'the coupon is unknown',
      input: { use_coupon: 'YES', use_discount: 'NO', coupon_infos: [{ id: 'CP', type: 301 }] },
      code: 'CBC.0100',
    },
  ] as const
  for (const row of refusals) {
    test(`an order is not paid when ${row.why}`, () => {
      const { code, why: _why, ...given } = row
      const { before, input, caller, now } = {
        before: 'nothing',
        input: {},
        caller: AS_ADA,
        now: undefined,
        ...given,
      }
      const world = createWorld()
      const order_id = world.order()
      if (before === 'pay') world.ask('payOrder', { order_id, ...PLAIN }, AS_ADA)
      if (before === 'cancel') world.ask('cancelOrder', { order_id }, AS_ADA)
      if (before === 'freeze') world.freeze(ADA)
      if (now !== undefined) world.time.now = now
      const resources = world.world().resources.length

      const outcome = world.outcome('payOrder', { order_id, ...PLAIN, ...input }, caller)

      assert.equal(outcome, code)
      assert.equal(world.world().resources.length, resources, 'nothing is provided')
    })
  }

  test('only an order that waits for payment can be cancelled', () => {
    const world = createWorld()
    const order_id = world.order()

    const first = world.outcome('cancelOrder', { order_id }, AS_ADA)
    const second = world.outcome('cancelOrder', { order_id }, AS_ADA)

    assert.equal(first, 'done')
    assert.equal(second, 'CBC.99005010')
    assert.equal(world.ask('showOrder', { order_id }, AS_ADA).order_info?.status, '4')
  })
})

describe('finding orders', () => {
  const world = createWorld()
  const waiting = world.order()
  const rows = [
    ['by id, whatever the capitals', { order_id: waiting.toLowerCase() }, 1],
    ['to be paid', { status: 6 }, 1],
    ['completed', { status: 5 }, 4],
    ['of a customer', { customer_id: ADA }, 3],
    ['of a service', { service_type_code: 'HWS.SERVICE.TYPE.EC2' }, 5],
    ['of another service', { service_type_code: 'hws.service.type.obs' }, 0],
    ['that somebody else pays for', { method: 'sub_customer' }, 0],
    ['of another type', { order_type: '4' }, 0],
    ['placed since the day before', { create_time_begin: '2026-03-19T10:30:00Z' }, 3],
    ['paid until the week before', { payment_time_end: '2026-03-13T00:00:00Z' }, 2],
  ] as const
  for (const [how, input, count] of rows) {
    test(`orders ${how}`, () => {
      assert.equal(world.ask('listOrders', input, PARTNER).total_count, count)
    })
  }

  test('the newest order comes first unless the oldest is asked for', () => {
    const newest = world.ask('listOrders', {}, AS_ADA).order_infos
    const oldest = world.ask('listOrders', { order_by: 'createTime' }, AS_ADA).order_infos

    assert.equal(newest[0]?.order_id, waiting)
    assert.equal(oldest.at(-1)?.order_id, waiting)
  })
})
