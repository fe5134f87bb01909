// THE table of partner operations. One row is one operation; its key here is its name everywhere.

import { bills } from './bills.ts'
import { budgets } from './budgets.ts'
import { coupons } from './coupons.ts'
import { customers } from './customers.ts'
import { orders } from './orders.ts'
import { packages } from './packages.ts'
import { partners } from './partners.ts'
import { prices } from './prices.ts'
import { products } from './products.ts'
import { resources } from './resources.ts'
import { usage } from './usage.ts'

export const CATALOGUE = {
  ...products,
  ...prices,
  ...customers,
  ...partners,
  ...budgets,
  ...coupons,
  ...orders,
  ...resources,
  ...packages,
  ...usage,
  ...bills,
} as const

export type Catalogue = typeof CATALOGUE

export type OperationName = keyof Catalogue
