// The catalogue in groups, as people look for an operation: in the help of the command line, in the
// console and in docs/partner-api.md.

import type { AnyOperation } from '../operation.ts'
import { bills } from './bills.ts'
import { budgets } from './budgets.ts'
import { coupons } from './coupons.ts'
import { customers } from './customers.ts'
import type { OperationName } from './index.ts'
import { orders } from './orders.ts'
import { packages } from './packages.ts'
import { partners } from './partners.ts'
import { prices } from './prices.ts'
import { products } from './products.ts'
import { resources } from './resources.ts'
import { usage } from './usage.ts'

/** An operation by its name. */
export type NamedRow = { readonly name: OperationName; readonly row: AnyOperation }

export type Group = { readonly title: string; readonly rows: readonly NamedRow[] }

/** Every operation, in exactly one group. */
export const GROUPS: readonly Group[] = [
  group('Products', products),
  group('Prices', prices),
  group('Customers', customers),
  group('Partners', partners),
  group('Budgets and credit', budgets),
  group('Coupons', coupons),
  group('Orders', orders),
  group('Yearly and monthly resources', resources),
  group('Resource packages', packages),
  group('Pay-per-use resources', usage),
  group('Bills', bills),
]

/** The operation of that name. */
export function findRow(name: string): NamedRow | undefined {
  return GROUPS.flatMap(({ rows }) => rows).find((each) => each.name === name)
}

function group(title: string, rows: Readonly<Record<string, AnyOperation>>): Group {
  return {
    title,
    // The cast holds because the groups are what the catalogue is made of.
    rows: Object.entries(rows).map(([name, row]) => ({ name: name as OperationName, row })),
  }
}
