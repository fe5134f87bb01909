// Reports of what was imported, and CSV that a spreadsheet does not run.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addUpExpenditure, compareWithSummary, compareWithUsage } from '../../src/files/report.ts'
import { writeCsvLine } from '../../src/files/write-csv.ts'
import type { FileTotal } from '../../src/store/file-records.ts'

const TOTAL: FileTotal = {
  customerId: 'c-1',
  serviceType: 'ecs',
  region: 'eu',
  billType: '0',
  rowCount: 1,
  amount: 10n,
  listAmount: 12n,
  taxAmount: 0n,
}

test('expenditure is added up by what is asked for, in order', () => {
  const totals = [TOTAL, { ...TOTAL, region: 'us' }, { ...TOTAL, customerId: 'b-1', amount: -3n }]
  const months = [
    { month: '2026-10', totals },
    { month: '2026-09', totals: [TOTAL] },
  ]

  const byCustomer = addUpExpenditure(months, ['customer'])
  const byMonthAndRegion = addUpExpenditure(months, ['month', 'region'])

  assert.deepEqual(
    byCustomer.map(({ by, rowCount, amount }) => [...by, rowCount, amount]),
    [
      ['b-1', 1, -3n],
      ['c-1', 3, 30n],
    ],
  )
  assert.deepEqual(
    byMonthAndRegion.map(({ by, amount }) => [...by, amount]),
    [
      ['2026-09', 'eu', 10n],
      ['2026-10', 'eu', 7n],
      ['2026-10', 'us', 10n],
    ],
  )
})

const BILL = [
  TOTAL,
  { ...TOTAL, billType: '1', amount: -4n },
  { ...TOTAL, billType: '2', amount: -1n },
]
const SUMMARY = { due: 5n, expenditures: 10n, refunds: -4n, adjustments: -1n }

test('a bill that agrees with the summary of its month has no differences', () => {
  assert.deepEqual(compareWithSummary(BILL, SUMMARY), [])
})

test('each sum of a bill that differs from the summary is listed', () => {
  const differences = compareWithSummary(BILL, { ...SUMMARY, due: 6n, refunds: -3n })

  const named = differences.map(({ item, ours, theirs }) => [item, ours, theirs])
  assert.deepEqual(named, [
    ['due', 5n, 6n],
    ['refunds', -4n, -3n],
  ])
})

test('a bill type that nobody knows is a difference of its own', () => {
  const differences = compareWithSummary(
    [...BILL, { ...TOTAL, billType: '7', amount: 0n }],
    SUMMARY,
  )
  const strange = compareWithSummary([...BILL, { ...TOTAL, billType: '7', amount: 2n }], SUMMARY)

  assert.deepEqual(differences, [])
  assert.deepEqual(
    strange.map(({ item }) => item),
    ['due', 'bill type 7'],
  )
})

test('list prices of a bill are compared with the usage by customer and service', () => {
  const usage = [
    { ...TOTAL, amount: 12n },
    { ...TOTAL, customerId: 'c-2', amount: 1n },
  ]
  const bill = [TOTAL, { ...TOTAL, serviceType: 'evs', listAmount: 2n }]

  const differences = compareWithUsage(bill, usage)

  assert.deepEqual(
    differences.map(({ customer, service, ours, theirs }) => [customer, service, ours, theirs]),
    [
      ['c-1', 'evs', 2n, 0n],
      ['c-2', 'ecs', 0n, 1n],
    ],
  )
})

test('CSV quotes what needs it, and takes formulas their power', () => {
  const line = writeCsvLine(['a', '=1+1', '-5', '-x', '@a', 'say "hi"', 'a,b', '\t=1'])

  assert.equal(line, `a,'=1+1,-5,'-x,'@a,"say ""hi""","a,b",'\t=1\r\n`)
})
