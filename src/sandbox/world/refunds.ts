// Giving resources back: what is refunded of the time that was paid for, the order that says so, and
// the query that takes the order apart.

import { Big } from 'big.js'
import type { ApiCall, InputOf } from '../api/behaviour.ts'
import { type ApiAnswer, bssError } from '../api-answer.ts'
import { done, fits, visible, worldOf } from './answers.ts'
import { closeResource } from './change-resource.ts'
import { buildOrder, type Moment, saveOrder } from './order-book.ts'
import { getProduct, HOME_REGION } from './price-list.ts'
import { resourceTypeName, serviceName } from './products.ts'
import type { Order, OrderLine, Resource, Term, World } from './state.ts'
import { daysBetween, toSecond } from './time.ts'

/** What is given back: everything, or only renewals that have not begun. */
export type Extent = 'resource' | 'renewals'

const FREE_DAYS = 5
const FEE_SHARE = new Big('0.1')

/** The terms that give money back. */
export function refundableTerms(resource: Resource, extent: Extent, now: Date): readonly Term[] {
  return resource.terms.filter(({ from, to }) =>
    extent === 'renewals' ? new Date(from) > now : new Date(to) > now,
  )
}

/** The world in which the resource, or its renewals, are given back, and the order that refunds. */
export function giveBack(
  world: World,
  { resource, extent }: { readonly resource: Resource; readonly extent: Extent },
  moment: Moment,
): { readonly world: World; readonly order: Order } {
  const terms = refundableTerms(resource, extent, moment.now)
  const { productId, resourceId, periodType, size, customerId } = resource
  const lines = terms.map((term) => {
    const { refund, fee, consumed } = refundOf(term, moment.now)
    const amount = refund.times(-1).toFixed()
    return {
      productId,
      resourceId,
      periodType,
      number: 1,
      ...(size === undefined ? {} : { size }),
      listAmount: amount,
      amount,
      fee: fee.toFixed(),
      consumed: consumed.toFixed(),
      effectiveAt: term.from,
      expireAt: term.to,
      baseOrderId: term.orderId,
    }
  })
  const { payUntil: _nothingToPay, ...order } = buildOrder({ customerId, type: 4 }, moment, lines)
  const paid: Order = { ...order, status: 5, paidAt: order.createdAt }
  const rest =
    extent === 'resource'
      ? closeResource(world, resourceId, moment.now)
      : withoutRenewals(world, resourceId, moment.now)
  return { world: saveOrder(rest, paid), order: paid }
}

// The time that has passed is paid for; of the rest the fee is kept, but for the first days. What a
// coupon paid is not given back.
function refundOf(term: Term, now: Date) {
  const from = new Date(term.from)
  const paid = new Big(term.paid)
  if (from > now) return { refund: paid, fee: new Big(0), consumed: new Big(0) }
  const share = daysBetween(from, now) / daysBetween(from, new Date(term.to))
  const consumed = paid.times(share).round(2)
  const rest = paid.minus(consumed)
  const fee = daysBetween(from, now) < FREE_DAYS ? new Big(0) : rest.times(FEE_SHARE).round(2)
  return { refund: rest.minus(fee), fee, consumed }
}

function withoutRenewals(world: World, resourceId: string, now: Date): World {
  const isPart = (one: Resource) => one.resourceId === resourceId || one.parentId === resourceId
  const resources = world.resources.map((one) =>
    isPart(one) && one.closedAt === undefined
      ? {
          ...one,
          terms: one.terms.filter(({ from }) => new Date(from) <= now),
          updatedAt: toSecond(now),
        }
      : one,
  )
  return { ...world, resources }
}

/** `GET /v2/orders/customer-orders/refund-orders`. */
export function showRefunds(input: InputOf<'showRefunds'>, call: ApiCall): ApiAnswer {
  const order = visible(worldOf(call).orders, call)
    .filter(({ customerId }) => fits(customerId, input.customer_id))
    .find(({ orderId }) => fits(orderId, input.order_id))
  if (order?.type !== 4) {
    const message = 'The order is not a degrade or unsubscription order.'
    return bssError(400, 'CBC.99005026', message)
  }
  const infos = order.lines.flatMap((line) => refundInfos(order, line))
  return done({ total_count: infos.length, refund_infos: infos })
}

function refundInfos(order: Order, line: OrderLine) {
  const product = getProduct(line.productId)
  const fee = new Big(line.fee ?? 0)
  const info = (id: string, amount: Big) => ({
    id: `${line.lineId}-${id}`,
    amount,
    // The only operation where this is a text.
    measure_id: '1',
    customer_id: order.customerId,
    resource_type_code: product.resourceType,
    service_type_code: product.service,
    resource_type_name: resourceTypeName(product.resourceType),
    service_type_name: serviceName(product.service),
    region_code: HOME_REGION,
    base_order_id: line.baseOrderId,
  })
  const given = info('refund', new Big(line.amount).minus(fee))
  return fee.eq(0) ? [given] : [given, info('fee', fee)]
}
