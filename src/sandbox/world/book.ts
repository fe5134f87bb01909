// The book: what was paid, refunded and used, each as one entry. Budget, monthly bill and both files
// are sums and lists of these entries.

import { Big } from 'big.js'
import { amountDue } from './price-list.ts'
import type { Order, OrderLine, World } from './state.ts'
import { beijingMonth } from './time.ts'
import { type UsageRecord, usageUntil } from './usage.ts'

/** What all entries have. */
type Sums = {
  readonly at: Date
  /** The month of Beijing that bills it. */
  readonly month: string
  readonly customerId: string
  /** At the list price; negative for a refund. */
  readonly listAmount: Big
  /** What it costs the customer after the discount; the coupon pays a part of it. */
  readonly amount: Big
  readonly coupon: Big
  /** What the partner owes Huawei for it. */
  readonly due: Big
}

/** A line of a paid order, or a day of use. */
export type Entry = Sums &
  (
    | { readonly kind: 'order'; readonly order: Order; readonly line: OrderLine }
    | { readonly kind: 'use'; readonly usage: UsageRecord }
  )

/** Every entry until then: orders first, then days. */
export function entriesUntil(world: World, until: Date): readonly Entry[] {
  return [
    ...world.orders.flatMap((order) => orderEntries(order, until)),
    ...usageUntil(world, until).map(usageEntry),
  ]
}

/** What a month has cost the customer; refunds take away from it. All months without one. */
export function costOf(entries: readonly Entry[], customerId: string, month?: string): Big {
  return entries
    .filter((entry) => entry.customerId === customerId)
    .filter((entry) => month === undefined || entry.month === month)
    .reduce((sum, entry) => sum.plus(entry.amount).minus(entry.coupon), new Big(0))
}

/** Whether an entry gives money back. */
export function isRefund(entry: Entry): boolean {
  return entry.kind === 'order' && entry.order.type === 4
}

function orderEntries(order: Order, until: Date): readonly Entry[] {
  if (order.paidAt === undefined || new Date(order.paidAt) > until) return []
  const at = new Date(order.paidAt)
  let coupon = new Big(order.couponAmount)
  return order.lines.map((line) => {
    const amount = new Big(line.amount)
    const share = coupon.lt(amount) ? coupon : amount
    if (share.gt(0)) coupon = coupon.minus(share)
    const listAmount = new Big(line.listAmount)
    return {
      kind: 'order',
      order,
      line,
      at,
      month: beijingMonth(at),
      customerId: order.customerId,
      listAmount,
      amount,
      coupon: share.gt(0) ? share : new Big(0),
      due: amountDue(listAmount),
    }
  })
}

function usageEntry(usage: UsageRecord): Entry {
  return {
    kind: 'use',
    usage,
    at: usage.to,
    // The end of the last hour of a month is the first moment of the next one.
    month: usage.day.slice(0, 7),
    customerId: usage.server.customerId,
    listAmount: usage.amount,
    amount: usage.amount,
    coupon: new Big(0),
    due: amountDue(usage.amount),
  }
}
