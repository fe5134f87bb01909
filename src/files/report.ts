// Reports on what was imported: sums of a month in; expenditure by what is asked for, and the differences
// between a bill and what it must agree with, out. Amounts are exact.

import type { FileTotal, Units } from '../store/file-records.ts'

/** By what expenditure can be added up. */
export const DIMENSIONS = ['customer', 'service', 'region', 'month'] as const

export type Dimension = (typeof DIMENSIONS)[number]

/** The sums of one month. */
export type MonthTotals = { readonly month: string; readonly totals: readonly FileTotal[] }

/** One line: the values of the dimensions that were asked for, in their order, and the sum. */
export type Expenditure = {
  readonly by: readonly string[]
  readonly rowCount: number
  readonly amount: Units
}

/** Adds up the months by the dimensions, in the order of their values. */
export function addUpExpenditure(
  months: readonly MonthTotals[],
  dimensions: readonly Dimension[],
): readonly Expenditure[] {
  const lines = new Map<string, Expenditure>()
  for (const { month, totals } of months) {
    for (const total of totals) {
      const by = dimensions.map((dimension) => partOf(dimension, month, total))
      const key = by.join('\n')
      const line = lines.get(key)
      const rowCount = (line?.rowCount ?? 0) + total.rowCount
      lines.set(key, { by, rowCount, amount: (line?.amount ?? 0n) + total.amount })
    }
  }
  return [...lines.entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, line]) => line)
}

function partOf(dimension: Dimension, month: string, total: FileTotal): string {
  const values = { customer: total.customerId, service: total.serviceType, region: total.region }
  return dimension === 'month' ? month : values[dimension]
}

/** What two sources say of one thing. */
export type Difference = {
  /** Empty where the sums of all customers, or services, are compared. */
  readonly customer: string
  readonly service: string
  readonly item: string
  /** What the bill says. */
  readonly ours: Units
  readonly theirs: Units
}

/** The summary of a month, from the operation listMonthlyBills. */
export type Summary = Readonly<Record<'due' | 'expenditures' | 'refunds' | 'adjustments', Units>>

// Bill Type: 0 expenditure, 1 unsubscription, 2 what Huawei writes off.
const ITEM_OF_TYPE: Readonly<Record<string, keyof Summary>> = {
  0: 'expenditures',
  1: 'refunds',
  2: 'adjustments',
}

/** Where the rows of a bill do not add up to the summary of its month; a bill that agrees has none. */
export function compareWithSummary(
  bill: readonly FileTotal[],
  summary: Summary,
): readonly Difference[] {
  const ours: Record<string, Units> = {}
  for (const { billType, amount } of bill) {
    const item = ITEM_OF_TYPE[billType] ?? `bill type ${billType}`
    ours[item] = (ours[item] ?? 0n) + amount
    ours['due'] = (ours['due'] ?? 0n) + amount
  }
  const theirs: Readonly<Record<string, Units>> = summary
  return [...new Set([...Object.keys(summary), ...Object.keys(ours)])]
    .map((item) => {
      return { customer: '', service: '', item, ours: ours[item] ?? 0n, theirs: theirs[item] ?? 0n }
    })
    .filter(differs)
}

/**
 * Where the list prices of a bill do not agree with the usage of its month, by customer and service: the
 * expenditure of usage is at list price.
 */
export function compareWithUsage(
  bill: readonly FileTotal[],
  usage: readonly FileTotal[],
): readonly Difference[] {
  const ours = addUpLines(bill, ({ listAmount }) => listAmount)
  const theirs = addUpLines(usage, ({ amount }) => amount)
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .toSorted()
    .map((key) => {
      const [customer = '', service = ''] = key.split('\n')
      const item = 'list price'
      return { customer, service, item, ours: ours.get(key) ?? 0n, theirs: theirs.get(key) ?? 0n }
    })
    .filter(differs)
}

function addUpLines(totals: readonly FileTotal[], amountOf: (total: FileTotal) => Units) {
  const sums = new Map<string, Units>()
  for (const total of totals) {
    const key = `${total.customerId}\n${total.serviceType}`
    sums.set(key, (sums.get(key) ?? 0n) + amountOf(total))
  }
  return sums
}

function differs({ ours, theirs }: Difference): boolean {
  return ours !== theirs
}
