// Paying an order: whether discount, coupons and budget allow it, and the world in which it is paid.

import { Big } from 'big.js'
import type { ApiCall, InputOf } from '../api/behaviour.ts'
import { type ApiAnswer, bssError } from '../api-answer.ts'
import { isFrozen } from './answers.ts'
import { budgetLeft, quotaLeft } from './funds.ts'
import { fulfil, sumOf, withDiscount } from './order-book.ts'
import { CUSTOMER_DISCOUNT } from './price-list.ts'
import type { Coupon, Order, World } from './state.ts'
import { toSecond } from './time.ts'

/** How an order is paid: the fields of payOrder about coupons and discounts. */
export type Means = Pick<
  InputOf<'payOrder'>,
  'use_coupon' | 'use_discount' | 'coupon_infos' | 'discount_infos'
>

/** Paying without coupon and discount. */
export const PLAIN_MEANS: Means = { use_coupon: 'NO', use_discount: 'NO' }

/** The world in which the order is paid, or why it is not. */
export type Payment = { readonly world: World } | { readonly refused: ApiAnswer }

const FROZEN = bssError(
  400,
  'CBC.7281',
  'Renewal, unsubscription, or payment not supported. Your account has been frozen.',
)
// Huawei's number for a discount that a partner granted, in a payment.
const GRANTED_BY_PARTNER = 3

/** Pays an order of the caller that waits for payment. `world` may already hold it, or not yet. */
export function payOrderWith(
  means: Means,
  { world, order }: { readonly world: World; readonly order: Order },
  call: ApiCall,
): Payment {
  const refused = refuseState(order, call)
  if (refused !== undefined) return { refused }
  const priced = priceWith(means, order)
  if ('refused' in priced) return priced
  const couponed = spendCoupons(means, { world, order: priced.order }, call.now)
  if ('refused' in couponed) return couponed
  const short = refuseAmount({ world, order: couponed.order }, call)
  if (short !== undefined) return { refused: short }
  const moment = { now: call.now, random: call.deps.random }
  return { world: fulfil(couponed.world, couponed.order, moment) }
}

function refuseState(order: Order, call: ApiCall): ApiAnswer | undefined {
  if (order.status === 4 && order.payUntil !== undefined && new Date(order.payUntil) < call.now) {
    const message = 'The order has not been paid before the expiration time.'
    return bssError(400, 'CBC.99003110', message)
  }
  if (order.status !== 6) {
    const message = 'The order status has changed and no payment can be made.'
    return bssError(400, 'CBC.99003106', message)
  }
  return isFrozen(call, order.customerId) ? FROZEN : undefined
}

function refuseAmount(
  { world, order }: { readonly world: World; readonly order: Order },
  call: ApiCall,
): ApiAnswer | undefined {
  const money = { accounts: call.deps.state.read().accounts, world }
  const toPay = sumOf(order, 'amount').minus(order.couponAmount)
  // What costs nothing needs no money, even where use ran ahead of the budget.
  if (toPay.eq(0)) return undefined
  if (toPay.gt(budgetLeft(money, order.customerId, call.now))) {
    return bssError(400, 'CBC.99000046', 'Insufficient budget.')
  }
  if (toPay.lte(quotaLeft(money, call.now))) return undefined
  return bssError(400, 'CBC.99005003', 'Insufficient balance.')
}

type Priced = { readonly order: Order } | { readonly refused: ApiAnswer }

function priceWith({ discount_infos, use_discount }: Means, order: Order): Priced {
  if (use_discount === 'NO') return { order }
  const [chosen] = discount_infos ?? []
  const isOurs = chosen?.id === CUSTOMER_DISCOUNT.id && chosen.type === GRANTED_BY_PARTNER
  if (isOurs) return { order: withDiscount(order) }
  return { refused: bssError(400, 'CBC.99003108', 'This discount cannot be used for this order.') }
}

type Couponed = { readonly world: World; readonly order: Order } | { readonly refused: ApiAnswer }

function spendCoupons(
  { coupon_infos, use_coupon, use_discount }: Means,
  { world, order }: { readonly world: World; readonly order: Order },
  now: Date,
): Couponed {
  if (use_coupon === 'NO') return { world, order }
  if (use_discount === 'YES') {
    // The limit simultaneousUseWithEmpowerDiscount of every coupon that the sandbox grants.
    const message = 'The coupon cannot be used with the discount at the same time.'
    return { refused: bssError(400, 'CBC.99003116', message) }
  }
  let left = sumOf(order, 'amount')
  let { coupons } = world
  for (const { id } of coupon_infos ?? []) {
    const coupon = coupons.find((one) => one.couponId === id)
    if (coupon === undefined || coupon.customerId !== order.customerId) {
      return { refused: bssError(400, 'CBC.0100', 'Parameter error. coupon_infos: unknown coupon') }
    }
    if (new Big(coupon.balance).eq(0) || new Date(coupon.expireAt) <= now) {
      const message = 'The coupon or stored-value card has been used.'
      return { refused: bssError(400, 'CBC.99003112', message) }
    }
    const spent = new Big(coupon.balance).lt(left) ? new Big(coupon.balance) : left
    left = left.minus(spent)
    coupons = coupons.map((one) => (one === coupon ? spend(one, { spent, order, now }) : one))
  }
  const couponAmount = sumOf(order, 'amount').minus(left).toFixed()
  return { world: { ...world, coupons }, order: { ...order, couponAmount } }
}

function spend(
  coupon: Coupon,
  { spent, order, now }: { readonly spent: Big; readonly order: Order; readonly now: Date },
): Coupon {
  return {
    ...coupon,
    balance: new Big(coupon.balance).minus(spent).toFixed(),
    usedAt: toSecond(now),
    orderIds: [...coupon.orderIds, order.orderId],
  }
}
