// Sums while rows pass by: rows in, and out the sums of those that have a key in common, in memory that
// does not grow with the file.

import type { FileRow, FileTotal } from '../store/file-records.ts'

// Sums of far more customers, services and regions than most partners have; a flush costs a statement.
const MOST_KEYS = 5000

export type Totals = {
  readonly add: (row: FileRow) => void
  readonly isFull: () => boolean
  /** What was added since the last time. */
  readonly take: () => readonly FileTotal[]
}

/** Sums that begin at nothing. */
export function createTotals(): Totals {
  let sums = new Map<string, Sum>()
  return {
    add: (row) => {
      const { customerId, serviceType, region, billType } = row
      const key = `${customerId}\n${serviceType}\n${region}\n${billType}`
      const sum = sums.get(key) ?? { customerId, serviceType, region, billType, ...NOTHING }
      sum.rowCount += 1
      sum.amount += row.amount
      sum.listAmount += row.listAmount
      sum.taxAmount += row.taxAmount
      sums.set(key, sum)
    },
    isFull: () => sums.size >= MOST_KEYS,
    take: () => {
      const taken = [...sums.values()]
      sums = new Map()
      return taken
    },
  }
}

// Changed in place: a new object for each row would cost more than the sum.
type Sum = { -readonly [Name in keyof FileTotal]: FileTotal[Name] }

const NOTHING = { rowCount: 0, amount: 0n, listAmount: 0n, taxAmount: 0n } as const
