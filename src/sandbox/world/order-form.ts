// Where a customer of the sandbox places an order: a page with a form, as Huawei's console would have
// it. The partner's own program finds the order by listOrders and pays it as the customer.

import type { Departure, Step } from '../../web/departure.ts'
import { readForm } from '../../web/form.ts'
import { type Html, html } from '../../web/html.ts'
import type { LedgerDeps } from '../deps.ts'
import { cloudPage, sorryPage } from '../frame.ts'
import type { Account } from '../state.ts'
import { liveWorld } from './live.ts'
import { buildPurchase, saveOrder, sumOf } from './order-book.ts'
import { describeProduct, getProduct, listPrice, PRODUCTS, type Product } from './price-list.ts'
import type { Order } from './state.ts'

/** The steps of the order page. */
export type OrderForm = {
  readonly page: Step
  /** Form fields `customer`, `product`, `size`, `period` (month or year), `periods` and `number`. */
  readonly place: Step
}

const PERIOD_TYPES: Readonly<Record<string, number>> = { month: 2, year: 3 }
const MOST_PERIODS: Readonly<Record<number, number>> = { 2: 11, 3: 3 }
const MOST_NUMBER = 100
const MOST_SIZE = 10_000
const ORDERS_SHOWN = 20

/** The page over the sandbox's state. */
export function createOrderForm(deps: LedgerDeps): OrderForm {
  return {
    page: () => orderPage(deps),
    place: (request) => {
      const field = readForm(request).text
      const product = forSale().find(({ productId }) => productId === field('product'))
      const customer = customersOf(deps).find(({ domainId }) => domainId === field('customer'))
      const periodType = PERIOD_TYPES[field('period') ?? 'month'] ?? 0
      const periodNum = wholeUpTo(field('periods') ?? '1', MOST_PERIODS[periodType] ?? 0)
      const number = wholeUpTo(field('number') ?? '1', MOST_NUMBER)
      const size = sizeOf(product, field('size'))
      const facts = { customer, product, periodNum, number, size }
      const missing = Object.entries(facts).find(([, value]) => value === undefined)
      if (missing !== undefined) {
        return sorryPage('This cannot be ordered', `The field “${missing[0]}” is not right.`, 400)
      }
      return place({ ...facts, periodType }, deps)
    },
  }
}

type Choice = {
  readonly customer: Account | undefined
  readonly product: Product | undefined
  readonly periodType: number
  readonly periodNum: number | undefined
  readonly number: number | undefined
  readonly size: number | 'none' | undefined
}

function place(choice: Choice, deps: LedgerDeps): Departure {
  const { customer, product, periodType, periodNum = 1, number = 1, size } = choice
  const now = deps.clock.now()
  const wish = { periodType, periodNum, number, size: size === 'none' ? undefined : size }
  const named = { customerId: customer?.domainId ?? '', productId: product?.productId ?? '' }
  const world = liveWorld(deps, now)
  const order = buildPurchase({ ...wish, ...named }, { now, random: deps.random })
  deps.state.change({ world: saveOrder(world, order) })
  return { kind: 'redirect', to: `/sandbox/orders#${order.orderId}`, status: 303 }
}

function forSale(): readonly Product[] {
  const oneMonth = { periodType: 2, periodNum: 1, number: 1 }
  return PRODUCTS.filter((product) => listPrice(product, oneMonth) !== undefined)
}

function customersOf({ state }: LedgerDeps): readonly Account[] {
  return state.read().accounts.filter(({ xAccountId }) => xAccountId !== undefined)
}

function wholeUpTo(text: string, most: number): number | undefined {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0
  return number >= 1 && number <= most ? number : undefined
}

// A product without sizes needs none, whatever the form says.
function sizeOf(product: Product | undefined, text = ''): number | 'none' | undefined {
  return product?.sizeMeasure === undefined ? 'none' : wholeUpTo(text, MOST_SIZE)
}

function orderPage(deps: LedgerDeps): Departure {
  const customers = customersOf(deps)
  const { orders } = liveWorld(deps, deps.clock.now())
  const body =
    customers.length === 0
      ? html`<p>No customer has an account yet. <a href="/portal">Start at the partner portal.</a></p>`
      : html`<p>A customer orders something here; until it is paid the order waits.</p>
${form(customers)}
<h2>Orders</h2>
${orderTable(orders, customers)}`
  return { kind: 'page', page: cloudPage({ title: 'Orders', body, isWide: true }) }
}

function form(customers: readonly Account[]): Html {
  return html`<form method="post" action="/sandbox/orders">
<label>Customer <select name="customer">${customers.map(
    ({ domainId, domainName }) => html`<option value="${domainId}">${domainName}</option>`,
  )}</select></label>
<label>Product <select name="product">${forSale().map(
    ({ productId, name, perMonth, sizeMeasure }) =>
      html`<option value="${productId}">${name}: ${perMonth} USD a month${
        sizeMeasure !== undefined && ' for each unit of size'
      }</option>`,
  )}</select></label>
<label>Size, of a disk (GB) or bandwidth (Mbit/s) <input name="size" inputmode="numeric" value="40"></label>
<label>Period <select name="period"><option value="month">Months</option><option value="year">Years</option></select></label>
<label>How many periods <input name="periods" inputmode="numeric" value="1"></label>
<label>How many <input name="number" inputmode="numeric" value="1"></label>
<button type="submit">Place the order</button>
</form>`
}

const STATES: Readonly<Record<Order['status'], string>> = {
  4: 'cancelled',
  5: 'completed',
  6: 'to be paid',
}

function orderTable(orders: readonly Order[], customers: readonly Account[]): Html {
  const names = new Map(customers.map(({ domainId, domainName }) => [domainId, domainName]))
  const newest = orders.toReversed().slice(0, ORDERS_SHOWN)
  return html`<div class="scroll" role="region" aria-label="Orders" tabindex="0"><table>
<thead><tr><th scope="col">Order</th><th scope="col">Customer</th><th scope="col">What</th><th scope="col">USD</th><th scope="col">State</th></tr></thead>
<tbody>
${newest.map(
  (order) => html`<tr id="${order.orderId}"><td><code>${order.orderId}</code></td><td>${
    names.get(order.customerId) ?? order.customerId
  }</td><td>${order.lines.map(({ productId, size }) => describeProduct(getProduct(productId), size)).join(', ')}</td><td>${sumOf(
    order,
    'amount',
  ).toFixed(2)}</td><td>${STATES[order.status]}</td></tr>
`,
)}</tbody>
</table></div>`
}
