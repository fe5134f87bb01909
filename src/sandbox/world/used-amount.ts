// How much of a customer's budget is used, for the queries about budgets.

import type { Big } from 'big.js'
import type { LedgerDeps } from '../deps.ts'
import { costOf, entriesUntil } from './book.ts'
import { liveWorld } from './live.ts'

/**
 * What the customer's orders and servers cost in a month of Beijing such as 2026-11, less coupons and
 * refunds; in all months without one.
 */
export function usedAmount(deps: LedgerDeps, domainId: string, month?: string): Big {
  const now = deps.clock.now()
  return costOf(entriesUntil(liveWorld(deps, now), now), domainId, month)
}
