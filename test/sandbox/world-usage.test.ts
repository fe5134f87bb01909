// Usage, packages, budget and bill: four views of the same hours, which must agree to the last digit.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Big } from 'big.js'
import { entriesUntil } from '../../src/sandbox/world/book.ts'
import { billRow, usageRow } from '../../src/sandbox/world/file-rows.ts'
import { usedAmount } from '../../src/sandbox/world/used-amount.ts'
import { ADA, AS_ADA, AS_BOB, BOB, createWorld, daysLater, PARTNER, PLAIN } from './world-kit.ts'

const HOURLY = '0.0175'

describe('usage', () => {
  test('a server costs its price for each full hour that no package pays', () => {
    const world = createWorld()
    const uses = entriesUntil(world.world(), world.time.now).filter(
      (entry) => entry.kind === 'use' && entry.customerId === ADA,
    )

    const hours = uses.reduce(
      (sum, entry) => sum + (entry.kind === 'use' ? entry.usage.billedHours : 0),
      0,
    )
    const amount = uses.reduce((sum, entry) => sum.plus(entry.amount), new Big(0))

    // Forty days from half past ten to half past ten have 959 full hours, of which the package of
    // yesterday pays 23.
    assert.equal(hours, 959 - 23)
    assert.equal(amount.toFixed(), new Big(HOURLY).times(959 - 23).toFixed())
  })

  test('an hour counts once it is over', () => {
    const world = createWorld()
    const before = usedAmount(world.deps, ADA)
    world.state.change({ world: { ...world.world(), packages: [] } })
    const withoutPackage = usedAmount(world.deps, ADA)

    world.time.now = new Date('2026-03-20T10:59:59Z')
    const almost = usedAmount(world.deps, ADA)
    world.time.now = new Date('2026-03-20T11:00:00Z')
    const over = usedAmount(world.deps, ADA)

    assert.equal(withoutPackage.minus(before).toFixed(), new Big(HOURLY).times(23).toFixed())
    assert.equal(almost.toFixed(), withoutPackage.toFixed())
    assert.equal(over.minus(almost).toFixed(), HOURLY)
  })

  test('the frozen server of a frozen account is shown as such', () => {
    const world = createWorld()
    const status = () =>
      world.ask('queryOnDemandResources', { customer_id: ADA }, PARTNER).resources[0]?.status

    const before = status()
    world.freeze(ADA)

    assert.deepEqual([before, status()], ['1', '3'])
  })

  const filters = [
    [{ region_code: 'eu-west-101' }, 1],
    [{ region_code: 'ap-southeast-1' }, 0],
    [{ service_type_code: 'hws.service.type.obs' }, 0],
    [{ status: 6 }, 0],
    [{ resource_ids: ['nothing'] }, 0],
    [{ effective_time_begin: '2026-03-01T00:00:00Z' }, 0],
  ] as const
  for (const [filter, count] of filters) {
    test(`servers by ${Object.keys(filter)[0]} ${Object.values(filter)[0]}`, () => {
      const world = createWorld()

      const found = world.ask('queryOnDemandResources', { customer_id: ADA, ...filter }, PARTNER)

      assert.equal(found.total_count, count)
    })
  }
})

describe('packages', () => {
  test('what is left in a package is the same in all three queries', () => {
    const world = createWorld()
    world.time.now = daysLater(3)

    const [pack] = world.ask('queryPackages', {}, AS_ADA).free_resource_packages
    const item = pack?.free_resources[0]
    const input = { free_resource_ids: [item?.free_resource_id ?? ''] }
    const [usage] = world.ask('queryPackageUsage', input, AS_ADA).free_resources
    const { free_resource_records: records } = world.ask(
      'listPackageUsageRecords',
      { deduct_time_begin: '2026-03-01', deduct_time_end: '2026-03-31', limit: 100 },
      AS_ADA,
    )

    // Four days of 24 hours, less the hour that was half over when the package was bought.
    assert.equal(item?.amount?.toFixed(), String(500 - 95))
    assert.equal(usage?.amount?.toFixed(), item?.amount?.toFixed())
    assert.equal(records.at(-1)?.remaining_amount?.toFixed(), item?.amount?.toFixed())
    const used = records.reduce((sum, one) => sum.plus(one.used_amount ?? 0), new Big(0))
    assert.equal(used.toFixed(), '95')
  })

  test('a package is in effect, used up, and then expired', () => {
    const world = createWorld()
    const status = () => world.ask('queryPackages', {}, AS_ADA).free_resource_packages[0]?.status

    const seen = [0, 21, 31].map((days) => {
      world.time.now = daysLater(days)
      return status()
    })

    assert.deepEqual(seen, ['1', '2', '3'])
  })

  test('nobody sees the package of somebody else', () => {
    const world = createWorld()
    const [pack] = world.ask('queryPackages', {}, AS_ADA).free_resource_packages
    const id = pack?.free_resources[0]?.free_resource_id ?? ''

    const seen = world.ask('queryPackageUsage', { free_resource_ids: [id] }, AS_BOB)

    assert.deepEqual(seen.free_resources, [])
  })
})

describe('the month', () => {
  const world = createWorld()
  const resource_ids = [
    world.ask('queryPeriodResources', { only_main_resource: 1 }, AS_ADA).data[0]?.resource_id,
  ]
  const order_id = world.order()
  world.ask('payOrder', { order_id, ...PLAIN }, AS_ADA)
  world.ask('unsubscribeResources', { resource_ids, unsubscribe_type: 1 }, AS_ADA)
  world.time.now = daysLater(20)
  const entries = entriesUntil(world.world(), world.time.now)

  for (const month of ['2026-02', '2026-03', '2026-04']) {
    test(`the bill of ${month} is the sum of the rows of its file`, () => {
      const bill = world.ask('listMonthlyBills', { bill_cycle: month }, PARTNER)

      const rows = entries
        .filter((entry) => entry.month === month)
        .map((entry) => billRow(entry, { domainName: 'x' }))
      const sum = (type: string) =>
        rows
          .filter((row) => row['Bill Type'] === type)
          .reduce((whole, row) => whole.plus(row['Amount Due'] ?? 0), new Big(0))
      assert.ok(rows.length > 0)
      assert.equal(bill.consume_amount?.toFixed(), sum('0').toFixed())
      assert.equal(bill.refunds?.toFixed(), sum('1').toFixed())
      assert.equal(bill.initial_amount_due?.toFixed(), sum('0').plus(sum('1')).toFixed())
    })
  }

  test('what is used of a budget is what the usage file lists, but for discounts', () => {
    const listed = entries
      .filter((entry) => entry.month === '2026-03' && entry.customerId === BOB)
      .map((entry) => usageRow(entry, 'english'))
      .reduce((whole, row) => whole.plus(row['Expenditure Amount'] ?? 0), new Big(0))

    const used = usedAmount(world.deps, BOB, '2026-03')

    // The first server was bought with ten per cent off 8.40.
    assert.equal(listed.minus(used).toFixed(), '0.84')
  })

  test('a refund of March is in the bill of March', () => {
    const bill = world.ask('listMonthlyBills', { bill_cycle: '2026-03' }, PARTNER)

    assert.equal(bill.refunds?.lt(0), true)
  })

  test('a month without anything costs nothing', () => {
    const bill = world.ask('listMonthlyBills', { bill_cycle: '2025-01' }, PARTNER)

    assert.equal(bill.initial_amount_due?.toFixed(), '0')
  })
})
