// Orders: listed, shown, paid and cancelled. Who may see which is decided here.

import { Big } from 'big.js'
import type { ApiCall, Behaviours, InputOf } from '../api/behaviour.ts'
import { refuseReseller } from '../api/resellers.ts'
import { type ApiAnswer, bssError } from '../api-answer.ts'
import {
  DONE,
  done,
  fits,
  isWithin,
  ofReseller,
  pageOf,
  visible,
  visibleCustomers,
  worldOf,
} from './answers.ts'
import { saveOrder, sumOf } from './order-book.ts'
import { payOrderWith } from './payment.ts'
import { CUSTOMER_DISCOUNT, describeProduct, getProduct } from './price-list.ts'
import { serviceName } from './products.ts'
import { showRefunds } from './refunds.ts'
import type { Order, OrderLine, World } from './state.ts'

/** The behaviours of the group "Managing Yearly/Monthly Orders". */
export const orders: Behaviours<
  'listOrders' | 'showOrder' | 'payOrder' | 'cancelOrder' | 'showRefunds'
> = { listOrders, showOrder, payOrder, cancelOrder, showRefunds }

const UNKNOWN = bssError(
  400,
  'CBC.30000010',
  'Operation not supported because the order is invalid or does not exist.',
)

function listOrders(input: InputOf<'listOrders'>, call: ApiCall): ApiAnswer {
  const refused = refuseReseller(input.indirect_partner_id)
  if (refused !== undefined) return refused
  const created = { begin: input.create_time_begin, end: input.create_time_end }
  const paid = { begin: input.payment_time_begin, end: input.payment_time_end }
  const found = ofReseller(visible(worldOf(call).orders, call), input, call)
    .filter((order) =>
      [
        // Nobody pays for anybody else here.
        input.method !== 'sub_customer',
        fits(order.orderId, input.order_id),
        input.customer_id === undefined || order.customerId === input.customer_id,
        fits(serviceOf(order), input.service_type_code),
        input.status === undefined || order.status === input.status,
        fits(String(order.type), input.order_type),
        isWithin(order.createdAt, created),
        isWithin(order.paidAt, paid),
      ].every(Boolean),
    )
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt))
  const sorted = input.order_by === 'createTime' ? found : found.reverse()
  return done({
    total_count: sorted.length,
    order_infos: pageOf(sorted, input).map((order) => ({
      ...orderInfo(order),
      enterprise_projects: [{ id: '0', name: 'default' }],
    })),
  })
}

function showOrder(input: InputOf<'showOrder'>, call: ApiCall): ApiAnswer {
  const refused = refuseReseller(input.indirect_partner_id)
  if (refused !== undefined) return refused
  const order = ofReseller(visible(worldOf(call).orders, call), input, call).find(({ orderId }) =>
    fits(orderId, input.order_id),
  )
  if (order === undefined) return UNKNOWN
  const owner = visibleCustomers(call).find(({ domainId }) => domainId === order.customerId)
  return done({
    total_count: order.lines.length,
    order_info: {
      ...orderInfo(order),
      user_name: owner?.domainName ?? '',
      pending_payment_end_time: order.status === 6 ? order.payUntil : null,
    },
    order_line_items: pageOf(order.lines, input).map((line) => lineInfo(order, line)),
  })
}

function payOrder(input: InputOf<'payOrder'>, call: ApiCall): ApiAnswer {
  const world = worldOf(call)
  const order = findOrder(world, input.order_id, call)
  if (order === undefined) return UNKNOWN
  const payment = payOrderWith(input, { world, order }, call)
  if ('refused' in payment) return payment.refused
  call.deps.state.change({ world: payment.world })
  return DONE
}

function cancelOrder(input: InputOf<'cancelOrder'>, call: ApiCall): ApiAnswer {
  const world = worldOf(call)
  const order = findOrder(world, input.order_id, call)
  if (order === undefined) return bssError(400, 'CBC.0100', 'Parameter error. order_id')
  if (order.status !== 6) {
    return bssError(400, 'CBC.99005010', 'Orders in this state cannot be canceled.')
  }
  call.deps.state.change({ world: saveOrder(world, { ...order, status: 4 }) })
  return DONE
}

function findOrder(world: World, orderId: string, call: ApiCall): Order | undefined {
  return visible(world.orders, call).find((order) => fits(order.orderId, orderId))
}

function serviceOf(order: Order): string {
  const [first] = order.lines
  return first === undefined ? '' : getProduct(first.productId).service
}

function orderInfo(order: Order) {
  const service = serviceOf(order)
  return {
    order_id: order.orderId,
    customer_id: order.customerId,
    service_type_code: service,
    service_type_name: serviceName(service),
    source_type: 1,
    status: order.status,
    order_type: order.type,
    official_amount: sumOf(order, 'listAmount'),
    amount_after_discount: sumOf(order, 'amount'),
    measure_id: 1,
    create_time: order.createdAt,
    payment_time: order.paidAt ?? null,
    currency: 'USD',
    contract_id: null,
    amount_info: amountInfo(order, {
      list: sumOf(order, 'listAmount'),
      amount: sumOf(order, 'amount'),
      coupon: new Big(order.couponAmount),
      fee: sumOf(order, 'fee'),
      consumed: sumOf(order, 'consumed'),
    }),
  }
}

type Parts = Readonly<Record<'list' | 'amount' | 'coupon' | 'fee' | 'consumed', Big>>

function amountInfo(order: Order, { list, amount, coupon, fee, consumed }: Parts) {
  const isRefund = order.type === 4
  const discounts = [
    { discount_type: String(CUSTOMER_DISCOUNT.type), discount_amount: list.minus(amount) },
    { discount_type: '301', discount_amount: coupon },
  ]
  return {
    discounts: discounts.filter(({ discount_amount }) => discount_amount.gt(0)),
    flexipurchase_coupon_amount: new Big(0),
    coupon_amount: coupon,
    stored_card_amount: new Big(0),
    commission_amount: isRefund ? fee : null,
    consumed_amount: isRefund ? consumed : null,
  }
}

function lineInfo(order: Order, line: OrderLine) {
  const product = getProduct(line.productId)
  const isOnly = order.lines.length === 1
  return {
    order_line_item_id: line.lineId,
    service_type_code: product.service,
    service_type_name: serviceName(product.service),
    product_id: line.productId,
    product_spec_desc: describeProduct(product, line.size),
    period_type: line.periodType,
    period_num: line.periodNum ?? null,
    effective_time: line.effectiveAt ?? null,
    expire_time: line.expireAt ?? null,
    subscription_num: line.number,
    amount_after_discount: new Big(line.amount),
    official_amount: new Big(line.listAmount),
    amount_info: amountInfo(order, {
      list: new Big(line.listAmount),
      amount: new Big(line.amount),
      // Which line a coupon paid for is not kept where there are several.
      coupon: new Big(isOnly ? order.couponAmount : 0),
      fee: new Big(line.fee ?? 0),
      consumed: new Big(line.consumed ?? 0),
    }),
    currency: 'USD',
    category_code: product.resourceType,
    product_owner_service: product.service,
    commercial_resource: product.resourceType,
    base_product_info: null,
  }
}
