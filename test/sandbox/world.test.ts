// The world of a customer who has just come, as every query shows it.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ADA, AS_ADA, BOB, createWorld, NOW, PARTNER } from './world-kit.ts'

describe('the world of a new customer', () => {
  const world = createWorld()

  const lists = [
    { name: 'listServiceTypes', caller: PARTNER, input: {}, total: 12 },
    { name: 'listResourceTypes', caller: PARTNER, input: {}, total: 16 },
    {
      name: 'listServiceResources',
      caller: PARTNER,
      input: { service_type_code: 'hws.service.type.ec2' },
      total: 3,
    },
    {
      name: 'listUsageTypes',
      caller: PARTNER,
      input: { resource_type_code: 'hws.resource.type.bandwidth' },
      total: 2,
    },
    { name: 'listOrders', caller: AS_ADA, input: {}, total: 2 },
    { name: 'queryPeriodResources', caller: AS_ADA, input: {}, total: 2 },
    { name: 'queryPackages', caller: AS_ADA, input: {}, total: 1 },
    {
      name: 'queryOnDemandResources',
      caller: PARTNER,
      input: { customer_id: ADA },
      total: 1,
    },
  ] as const

  for (const { name, caller, input, total } of lists) {
    test(`${name} shows ${total} at once`, () => {
      const result = world.ask(name, input, caller)

      assert.equal(result.total_count, total)
    })
  }

  test('units can be converted', () => {
    const { measure_units } = world.ask('listMeasureUnits', {}, PARTNER)
    const { conversions } = world.ask('listConversions', { measure_type: 3 }, PARTNER)

    assert.ok(measure_units.some(({ measure_name }) => measure_name === 'Hour'))
    assert.deepEqual(conversions, [
      { measure_id: 10, ref_measure_id: 11, conversion_ratio: 1024, measure_type: '3' },
    ])
  })

  test('a page is as long as asked, and ten items if nothing is asked', () => {
    const first = world.ask('listResourceTypes', {}, PARTNER).resource_types
    const second = world.ask('listResourceTypes', { offset: 10, limit: 4 }, PARTNER).resource_types

    assert.equal(first.length, 10)
    assert.equal(second.length, 4)
    assert.notEqual(first.at(-1)?.resource_type_code, second[0]?.resource_type_code)
  })

  test('a customer sees only what is theirs, the partner what is of all its customers', () => {
    const owners = (caller: typeof PARTNER) =>
      world.ask('listOrders', {}, caller).order_infos.map(({ customer_id }) => customer_id)

    assert.deepEqual(new Set(owners(AS_ADA)), new Set([ADA]))
    assert.deepEqual(new Set(owners(PARTNER)), new Set([ADA, BOB]))
  })

  test('the customers of a reseller are shown when the reseller is named', () => {
    const reselling = createWorld()
    const reseller = '5e11e200000000000000000000000001'
    const [ada, bob] = reselling.state.read().accounts
    assert.ok(ada && bob)
    reselling.state.change({ accounts: [ada, { ...bob, indirectPartnerId: reseller }] })

    const own = reselling.ask('listOrders', {}, PARTNER)
    const theirs = reselling.ask('listOrders', { indirect_partner_id: reseller }, PARTNER)

    assert.deepEqual(new Set(own.order_infos.map((one) => one.customer_id)), new Set([ADA]))
    assert.deepEqual(new Set(theirs.order_infos.map((one) => one.customer_id)), new Set([BOB]))
    assert.equal(
      reselling.outcome('listOrders', { indirect_partner_id: 'nobody' }, PARTNER),
      'CBC.99000037',
    )
  })

  test('asking twice changes nothing', () => {
    const before = world.world()

    const after = world.world()

    assert.equal(after, before)
  })

  test('what is somebody else’s customer is refused', () => {
    const input = { customer_id: 'nobody' }

    assert.equal(world.outcome('queryOnDemandResources', input, PARTNER), 'CBC.99000000')
  })

  test('a customer who comes later gets the same', () => {
    const later = createWorld()
    const [ada] = later.state.read().accounts
    assert.ok(ada)
    later.world()
    later.time.now = new Date(NOW.getTime() + 3_600_000)

    later.state.change({
      accounts: [...later.state.read().accounts, { ...ada, domainId: 'c', xAccountId: 'c-3' }],
    })

    const { order_infos } = later.ask('listOrders', { customer_id: 'c' }, PARTNER)
    assert.equal(order_infos.length, 2)
  })
})
