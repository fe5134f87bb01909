// What customers have by the month: renewed, given back, ended, and what it becomes then.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { worldState } from '../../src/sandbox/world/state.ts'
import { ADA, AS_ADA, AS_BOB, createWorld, daysLater, PLAIN, type TestWorld } from './world-kit.ts'

const MONTH = { period_type: 2, period_num: 1 }

/** Ada's server, which ends a month after it was bought, ten days before she came. */
function server(world: TestWorld): string {
  const input = { only_main_resource: 1 }
  return world.ask('queryPeriodResources', input, AS_ADA).data[0]?.resource_id ?? ''
}

function ends(world: TestWorld): readonly string[] {
  const { data } = world.ask('queryPeriodResources', {}, AS_ADA)
  return data.map(({ expire_time }) => expire_time?.toISOString().slice(0, 10) ?? '')
}

describe('renewing', () => {
  test('a renewal costs what its price query said, and moves the end of the disk as well', () => {
    const world = createWorld()
    const resource_ids = [server(world)]

    const price = world.ask('queryRenewalPrices', { resource_ids, ...MONTH }, AS_ADA)
    const input = { resource_ids, ...MONTH, is_auto_pay: 1 }
    const [order_id] = world.ask('renewResources', input, AS_ADA).order_ids

    const order = world.ask('showOrder', { order_id }, AS_ADA).order_info
    assert.equal(price.renew_inquiry_results[0]?.amount?.toFixed(), '8.4')
    assert.equal(order?.amount_after_discount?.toFixed(), '8.4')
    assert.deepEqual(ends(world), ['2026-05-10', '2026-05-10'])
  })

  test('a renewal that is not paid at once waits for payment', () => {
    const world = createWorld()
    const resource_ids = [server(world)]
    const [order_id] = world.ask('renewResources', { resource_ids, ...MONTH }, AS_ADA).order_ids

    const before = ends(world)
    const again = world.outcome('renewResources', { resource_ids, ...MONTH }, AS_ADA)
    world.ask('payOrder', { order_id, ...PLAIN }, AS_ADA)

    assert.deepEqual(before, ['2026-04-10', '2026-04-10'])
    assert.equal(again, 'CBC.99003100')
    assert.deepEqual(ends(world), ['2026-05-10', '2026-05-10'])
  })

  test('a renewal that the budget does not pay leaves an order that can be paid', () => {
    const world = createWorld()
    world.setBudget(ADA, '1')
    const input = { resource_ids: [server(world)], ...MONTH, is_auto_pay: 1 }

    const { status, body } = world.answer('renewResources', input, AS_ADA)

    assert.equal(status, 400)
    const [waiting] = world.ask('listOrders', { status: 6 }, AS_ADA).order_infos
    assert.deepEqual(body, {
      error_code: 'CBC.30050006',
      error_msg: 'Automatic order payment failed.',
      order_ids: [waiting?.order_id],
    })
  })

  test('what cannot be renewed is named, to the price query and to the renewal', () => {
    const world = createWorld()
    const { data } = world.ask('queryPeriodResources', {}, AS_ADA)
    const disk = data.find((one) => one.is_main_resource === false)?.resource_id ?? ''
    const codes = (id: string, caller = AS_ADA) => {
      const input = { resource_ids: [id], ...MONTH }
      const price = world.ask('queryRenewalPrices', input, caller).fail_resource_infos[0]
      return [price?.error_code, world.outcome('renewResources', input, caller)]
    }

    assert.deepEqual(codes('nothing'), ['CBC.30050009', 'CBC.99003016'])
    assert.deepEqual(codes(server(world), AS_BOB), ['CBC.30050009', 'CBC.99003016'])
    assert.deepEqual(codes(disk), ['CBC.30050007', 'CBC.30010036'])
  })
})

describe('renewing what is not there', () => {
  test('every resource that is gone is named', () => {
    const world = createWorld()
    const resource_ids = ['gone-1', server(world), 'gone-2']

    const { body } = world.answer('renewResources', { resource_ids, ...MONTH }, AS_ADA)

    assert.deepEqual(body, {
      error_code: 'CBC.99003016',
      error_msg: 'The resources have expired and been deleted or do not exist.',
      expiredResourceIds: ['gone-1', 'gone-2'],
    })
  })
})

describe('renewing by itself', () => {
  test('a resource is renewed seven days before each end, for as long as it is wanted', () => {
    const world = createWorld()
    const resource_id = server(world)
    world.ask('enableAutoRenewal', { resource_id, auto_renew_times: 2 }, AS_ADA)

    world.time.now = daysLater(13)
    const before = ends(world)
    world.time.now = daysLater(15)
    const once = ends(world)
    world.time.now = daysLater(75)
    const twice = ends(world)

    assert.deepEqual(before, ['2026-04-10', '2026-04-10'])
    assert.deepEqual(once, ['2026-05-10', '2026-05-10'])
    assert.deepEqual(twice, ['2026-06-10', '2026-06-10'])
  })

  test('what is kept of it is what a restart can read', () => {
    const world = createWorld()
    world.ask('enableAutoRenewal', { resource_id: server(world), period_type: 'YEAR' }, AS_ADA)
    world.time.now = daysLater(15)

    const kept = world.world()

    assert.deepEqual(worldState.parse(JSON.parse(JSON.stringify(kept))), kept)
    assert.deepEqual(ends(world), ['2027-04-10', '2027-04-10'])
  })

  test('without budget it is not renewed', () => {
    const world = createWorld()
    const resource_id = server(world)
    world.ask('enableAutoRenewal', { resource_id }, AS_ADA)
    world.setBudget(ADA, '1')
    world.time.now = daysLater(15)

    assert.deepEqual(ends(world), ['2026-04-10', '2026-04-10'])
  })

  test('it is turned off once, and only where it is on', () => {
    const world = createWorld()
    const input = { resource_id: server(world) }

    const outcomes = [
      world.outcome('disableAutoRenewal', input, AS_ADA),
      world.outcome('enableAutoRenewal', input, AS_ADA),
      world.outcome('disableAutoRenewal', input, AS_ADA),
      world.outcome('disableAutoRenewal', { resource_id: 'nothing' }, AS_ADA),
      world.outcome('enableAutoRenewal', { resource_id: 'nothing' }, AS_ADA),
    ]

    assert.deepEqual(outcomes, ['CBC.99003605', 'done', 'done', 'CBC.99003012', 'CBC.99003012'])
  })

  test('what is frozen or over is not renewed by itself', () => {
    const frozen = createWorld()
    const over = createWorld()
    const input = { resource_id: server(frozen) }
    server(over)

    frozen.freeze(ADA)
    over.time.now = daysLater(25)

    assert.equal(frozen.outcome('enableAutoRenewal', input, AS_ADA), 'CBC.99003602')
    assert.equal(over.outcome('enableAutoRenewal', input, AS_ADA), 'CBC.99003602')
  })
})

describe('the end of a resource', () => {
  const statuses = (world: TestWorld, status_list?: number[]) =>
    world
      .ask('queryPeriodResources', { only_main_resource: 1, status_list }, AS_ADA)
      .data.map(({ status }) => status)

  test('a resource is provisioned, then expired, then closed and out of sight', () => {
    const world = createWorld()
    const first = statuses(world)
    world.time.now = daysLater(22)
    const second = statuses(world)
    world.time.now = daysLater(40)

    assert.deepEqual(first, ['2'])
    assert.deepEqual(second, ['5'])
    assert.deepEqual(statuses(world), [])
    assert.deepEqual(statuses(world, [3]), ['3'])
  })

  test('resources are frozen when they are frozen together with the account', () => {
    const alone = createWorld()
    const together = createWorld()

    alone.freeze(ADA, 'ACCOUNT')
    together.freeze(ADA, 'ACCOUNT_AND_RESOURCE')

    assert.deepEqual(statuses(alone), ['2'])
    assert.deepEqual(statuses(together), ['4'])
  })

  test('a resource goes on per use when that was set up', () => {
    const world = createWorld()
    const id = server(world)
    const set = { operation: 'SET_UP', resource_ids: [id] }
    const details = world.ask('changeToOnDemand', set, AS_ADA).error_details

    world.time.now = daysLater(30)

    const servers = world.world().servers.filter(({ customerId }) => customerId === ADA)
    assert.deepEqual(details, [])
    assert.deepEqual(
      servers.map(({ resourceId, startedAt }) => [resourceId === id, startedAt]),
      [
        [false, '2026-02-08T10:30:00Z'],
        [true, '2026-04-10T10:30:00Z'],
      ],
    )
  })

  test('what is over, a package or unknown cannot go on per use', () => {
    const world = createWorld()
    const id = server(world)
    const [pack] = world.ask('queryPackages', {}, AS_ADA).free_resource_packages
    const item = pack?.free_resources[0]?.free_resource_id
    const set = (one: unknown) => ({ operation: 'SET_UP', resource_ids: [one] })

    const outcomes = [item, 'nothing'].map((one) =>
      world.outcome('changeToOnDemand', set(one), AS_ADA),
    )
    world.time.now = daysLater(25)
    const late = world.ask('changeToOnDemand', set(id), AS_ADA)

    assert.deepEqual(outcomes, ['CBC.99003611', 'CBC.99003012'])
    assert.equal(late.error_details[0]?.error_code, 'CBC.99003610')
  })
})

describe('giving back', () => {
  test('what has passed is paid, a tenth of the rest is kept, and the refund says of which order', () => {
    const world = createWorld()
    const input = { resource_ids: [server(world)], unsubscribe_type: 1 }

    const [order_id] = world.ask('unsubscribeResources', input, AS_ADA).order_ids

    // Bought for 7.56 (8.40 less ten per cent); 10 of 31 days have passed: 2.44.
    const { refund_infos } = world.ask('showRefunds', { order_id }, AS_ADA)
    const { order_info } = world.ask('showOrder', { order_id }, AS_ADA)
    const [bought] = world.ask('listOrders', { order_type: '1' }, AS_ADA).order_infos.slice(-1)
    assert.deepEqual(
      refund_infos.map(({ amount, base_order_id }) => [amount?.toFixed(), base_order_id]),
      [
        ['-5.12', bought?.order_id],
        ['0.51', bought?.order_id],
      ],
    )
    assert.equal(order_info?.amount_after_discount?.toFixed(), '-4.61')
    assert.equal(order_info?.amount_info?.consumed_amount?.toFixed(), '2.44')
    assert.equal(world.ask('queryPeriodResources', {}, AS_ADA).total_count, 0)
  })

  test('a renewal that has not begun is given back whole, and the resource stays', () => {
    const world = createWorld()
    const resource_ids = [server(world)]
    const renewal = { resource_ids, unsubscribe_type: 2 }
    const early = world.outcome('unsubscribeResources', renewal, AS_ADA)
    world.ask('renewResources', { resource_ids, ...MONTH, is_auto_pay: 1 }, AS_ADA)

    const [order_id] = world.ask('unsubscribeResources', renewal, AS_ADA).order_ids

    const { refund_infos } = world.ask('showRefunds', { order_id }, AS_ADA)
    assert.equal(early, 'CBC.99003128')
    assert.deepEqual(
      refund_infos.map(({ amount }) => amount?.toFixed()),
      ['-8.4'],
    )
    assert.deepEqual(ends(world), ['2026-04-10', '2026-04-10'])
  })

  test('what is not there, attached, frozen or a package is not given back', () => {
    const world = createWorld()
    const id = server(world)
    const { data } = world.ask('queryPeriodResources', {}, AS_ADA)
    const disk = data.find((one) => one.is_main_resource === false)?.resource_id ?? ''
    const [pack] = world.ask('queryPackages', {}, AS_ADA).free_resource_packages
    const item = pack?.free_resources[0]?.free_resource_id ?? ''
    const outcome = (one: string) =>
      world.outcome('unsubscribeResources', { resource_ids: [one], unsubscribe_type: 1 }, AS_ADA)

    const known = [outcome('nothing'), outcome(item), outcome(disk)]
    world.freeze(ADA)

    assert.deepEqual(known, ['CBC.99003012', 'CBC.99003647', 'CBC.99003185'])
    assert.equal(outcome(id), 'CBC.99003656')
  })

  test('an order that refunds nothing has no refunds to show', () => {
    const world = createWorld()

    assert.equal(world.outcome('showRefunds', { order_id: world.order() }, AS_ADA), 'CBC.99005026')
  })
})
