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
  let sums = new Map<string, FileTotal>()
  return {
    add: (row) => {
      const { customerId, serviceType, region, billType } = row
      const key = `${customerId}\n${serviceType}\n${region}\n${billType}`
      const sum = sums.get(key)
      const named = { customerId, serviceType, region, billType }
      sums.set(key, { ...named, ...plus(sum, row), rowCount: (sum?.rowCount ?? 0) + 1 })
    },
    isFull: () => sums.size >= MOST_KEYS,
    take: () => {
      const taken = [...sums.values()]
      sums = new Map()
      return taken
    },
  }
}

type Amounts = Pick<FileTotal, 'amount' | 'listAmount' | 'taxAmount'>

function plus(sum: Amounts | undefined, row: Amounts): Amounts {
  if (sum === undefined) {
    const { amount, listAmount, taxAmount } = row
    return { amount, listAmount, taxAmount }
  }
  return {
    amount: sum.amount + row.amount,
    listAmount: sum.listAmount + row.listAmount,
    taxAmount: sum.taxAmount + row.taxAmount,
  }
}
