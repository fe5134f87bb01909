// Reading single rows: languages, times, guards against formulas, and cells too much.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAmount, writeAmount } from '../../src/files/amount.ts'
import { readTime } from '../../src/files/instant.ts'
import { readLayout } from '../../src/files/layout.ts'
import { readRow, unguard } from '../../src/files/row.ts'
import { BILL_EXAMPLE, BILL_HEADINGS, billRow, USAGE_HEADINGS, usageRow } from './archives.ts'

const PLACE = { file: 'f', entry: 'e' }
const AT = { ...PLACE, row: 2 }

const CHINESE_HEADINGS =
  '账期,客户ID,交易时间,计费模式,账单类型,资源ID,资源名称,资源标签,云服务类型编码,资源类型编码,产品ID,产品名称,产品规格,云服务区编码,项目ID,订单ID/交易ID,订单类型,周期数量,周期类型,使用量类型,使用量,使用量单位,套餐内使用量,套餐内使用量单位,预留实例使用量,预留实例使用量单位,消费金额,单价,单价单位,组合订单号,产品类型名称,资源类型名称,消费时间'

function readUsage(headings: string, row: string) {
  const layout = readLayout(headings.split(','), 'customerUsage', PLACE)
  return readRow(row.split(','), layout, AT)
}

function readBill(row: string) {
  return readRow(row.split(','), readLayout(BILL_HEADINGS.split(','), 'customerBill', PLACE), AT)
}

test('English files have their times in UTC and Chinese ones in Beijing time', () => {
  const row = usageRow({ time: '2026-10-03 10:00:00' })

  const english = readUsage(USAGE_HEADINGS, row)
  const chinese = readUsage(CHINESE_HEADINGS, row)

  assert.equal(english.row.occurredAt?.toISOString(), '2026-10-03T10:00:00.000Z')
  assert.equal(chinese.row.occurredAt?.toISOString(), '2026-10-03T02:00:00.000Z')
  assert.equal(chinese.row.details['transactionTime'], '2026-10-03T02:00:00.000Z')
  assert.equal(chinese.row.amount, english.row.amount)
})

const TIMES = [
  ['2021-04-26 16:13:35 GMT +08:00', '2021-04-26T08:13:35.000Z'],
  ['2024-05-15 20:06:36 GMT+08:00', '2024-05-15T12:06:36.000Z'],
  ['2024-05-15T20:06:36Z', '2024-05-15T20:06:36.000Z'],
  ['2024/05/15 20:06:36 UTC', '2024-05-15T20:06:36.000Z'],
  ['2024-05-15 20:06:36', '2024-05-15T12:06:36.000Z'],
  ['2024-05-15 20:06:36-0330', '2024-05-15T23:36:36.000Z'],
  ['2024-02-31 20:06:36', undefined],
  ['2024-13-01 20:06:36', undefined],
  ['2024-00-01 20:06:36', undefined],
  ['2024-05-15 24:06:36', undefined],
  ['2024-05-15', undefined],
  ['Apr-21', undefined],
] as const

for (const [text, expected] of TIMES) {
  test(`in a Chinese file, ${text} is ${expected ?? 'no time'}`, () => {
    assert.equal(readTime(text, '+08:00')?.toISOString(), expected)
  })
}

const AMOUNTS = [
  ['0', 0n],
  ['-12.5', -125_000_000_000n],
  ['+1', undefined],
  ['1E-7', 1000n],
  ['1.50000000000000', 15_000_000_000n],
  ['922337203.6854775807', 9_223_372_036_854_775_807n],
  ['922337203.6854775808', undefined],
  ['0.00000000001', undefined],
  ['1,000', undefined],
  ['', undefined],
  ['0x10', undefined],
] as const

for (const [text, expected] of AMOUNTS) {
  test(`the amount "${text}" is ${expected ?? 'refused'}`, () => {
    assert.equal(readAmount(text), expected)
  })
}

test('an amount is written as it was read', () => {
  const texts = ['-0.0000000001', '147.07056', '922337203.6854775807', '0', '100']

  const written = texts.map((text) => writeAmount(readAmount(text) ?? 0n))

  assert.deepEqual(written, texts)
})

const GUARDED = [
  ['"=cmd|calc"', '=cmd|calc'],
  [`"'=cmd|calc"`, '=cmd|calc'],
  [`'@sum`, '@sum'],
  ['"-a"', '-a'],
  ['"plain"', '"plain"'],
  ["'tis", "'tis"],
  ['-5', '-5'],
] as const

for (const [cell, expected] of GUARDED) {
  test(`the guard around ${cell} is taken off: ${expected}`, () => {
    assert.equal(unguard(cell), expected)
  })
}

test('columns may come in any order, and those nobody knows are kept', () => {
  const headings = [
    'New Heading',
    'amount',
    ...USAGE_HEADINGS.toUpperCase().split(',').toReversed(),
  ]
  const cells = ['x', 'y', ...usageRow().split(',').toReversed()]
  const layout = readLayout(headings, 'customerUsage', PLACE)

  const { row } = readRow(cells, layout, AT)

  assert.deepEqual(layout.unknown, ['New Heading', 'amount'])
  assert.equal(row.customerId, 'c-1')
  assert.equal(row.amount, 15_000_000_000n)
  assert.equal(row.details['New Heading'], 'x')
  assert.equal(row.details['column 2'], 'y')
})

test('every needed column that is missing is named, in the language of the file', () => {
  const headings = CHINESE_HEADINGS.replace('消费金额', '某').replace('客户ID', '某某').split(',')

  assert.throws(() => readLayout(headings, 'customerUsage', PLACE), {
    code: 'FILES_MISSING_COLUMN',
    facts: { ...PLACE, problems: ['客户ID or 客户账号ID: is missing', '消费金额: is missing'] },
  })
})

test('a column that comes twice is refused', () => {
  const headings = [...USAGE_HEADINGS.split(','), 'expenditure amount']

  assert.throws(() => readLayout(headings, 'customerUsage', PLACE), {
    code: 'FILES_MISSING_COLUMN',
    facts: { ...PLACE, problems: ['amount: comes twice'] },
  })
})

test('a comma at the end of each row is no cell', () => {
  const read = readBill(`${billRow({ due: '3' })},`)

  assert.equal(read.isLong, true)
  assert.equal(read.row.amount, 30_000_000_000n)
})

test("the cell too much in Huawei's example is found by what stands where amounts must be", () => {
  const { row, isLong } = readBill(BILL_EXAMPLE)

  assert.equal(isLong, true)
  assert.equal(row.customerId, '05876442ca80d5cc0f2dc01c66d6d0c0')
  assert.equal(row.details['amountAfterCoupons'], '210.1008')
  assert.equal(row.details['cashPayment'], '147.07056')
  assert.equal(row.details['combinedOrderId'], 'BO2023050900011')
})

test('a cell too much that leaves two amounts possible is refused, not guessed', () => {
  const cells = billRow({ due: '3', list: '5' }).split(',')
  const due = 33
  const row = [...cells.slice(0, due), '4', ...cells.slice(due)].join(',')

  assert.throws(() => readBill(row), { code: 'FILES_BAD_ROW' })
})
