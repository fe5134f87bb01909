// The commercial world of the sandbox: products, prices, orders, what they become, and what it costs.
// It owns the section `world` of the state file; everything else about customers is read, not changed.

import { bills } from './bills.ts'
import { coupons } from './coupons.ts'
import { onDemand } from './on-demand.ts'
import { orders } from './orders.ts'
import { packages } from './packages.ts'
import { prices } from './prices.ts'
import { productLists } from './product-lists.ts'
import { resources } from './resources.ts'

/** What the operations about products, prices, orders, resources, usage and bills do. */
export const worldBehaviours = {
  ...productLists,
  ...prices,
  ...coupons,
  ...orders,
  ...resources,
  ...packages,
  ...onDemand,
  ...bills,
}
