// How an order comes to be, and what becomes of it once it is paid: resources, later ends, packages.
// Pure: a world goes in, the next world comes out. Whether somebody may pay is decided elsewhere.

import { Big } from 'big.js'
import { addDays } from '../../base/clock.ts'
import type { Random } from '../../base/random.ts'
import { discounted, getProduct, listPrice, type Purchase } from './price-list.ts'
import type { Order, OrderLine, Pack, Resource, World } from './state.ts'
import { addMonths, addPeriods, toSecond } from './time.ts'

/** When something happens, and where ids come from. */
export type Moment = { readonly now: Date; readonly random: Random }

const DAYS_TO_PAY = 7

/** Something that a customer wants to buy. */
export type Wish = Purchase & { readonly customerId: string; readonly productId: string }

/** A new order to be paid, of a product that is sold for such periods. */
export function buildPurchase(wish: Wish, moment: Moment): Order {
  const price = listPrice(getProduct(wish.productId), wish)
  if (price === undefined) throw new Error(`${wish.productId} is not sold for such periods`)
  const { productId, size, periodType, periodNum, number } = wish
  return buildOrder({ customerId: wish.customerId, type: 1 }, moment, [
    {
      productId,
      ...(size === undefined ? {} : { size }),
      periodType,
      periodNum,
      number,
      listAmount: price.toFixed(),
      amount: price.toFixed(),
    },
  ])
}

/** For how long something is renewed: 2 is months, 3 is years. */
export type Period = Pick<Purchase, 'periodType' | 'periodNum'>

/** A new order to be paid that renews resources. */
export function buildRenewal(
  resources: readonly Resource[],
  period: Period,
  moment: Moment,
): Order {
  const { periodType, periodNum } = period
  const [first] = resources
  if (first === undefined) throw new Error('an order renews at least one resource')
  return buildOrder(
    { customerId: first.customerId, type: 2 },
    moment,
    resources.map((resource) => {
      const price = renewalPrice(resource, period)
      if (price === undefined) throw new Error(`${resource.resourceId} cannot be renewed so`)
      return {
        productId: resource.productId,
        ...(resource.size === undefined ? {} : { size: resource.size }),
        periodType,
        periodNum,
        number: 1,
        listAmount: price.toFixed(),
        amount: price.toFixed(),
        resourceId: resource.resourceId,
      }
    }),
  )
}

/** The list price of a renewal. What is attached shares the price of what it is attached to. */
export function renewalPrice(
  { parentId, productId, size }: Resource,
  { periodType, periodNum }: Period,
): Big | undefined {
  if (parentId !== undefined) return new Big(0)
  return listPrice(getProduct(productId), { periodType, periodNum, size, number: 1 })
}

/** An order with numbered lines; the lines carry the amounts. */
export function buildOrder(
  facts: Pick<Order, 'customerId' | 'type'>,
  { now, random }: Moment,
  lines: readonly Omit<OrderLine, 'lineId'>[],
): Order {
  // As Huawei's: the minute in Beijing, then letters.
  const minute = toSecond(new Date(now.getTime() + 8 * 60 * 60 * 1000)).replace(/\D/g, '')
  const orderId = `CS${minute.slice(2, 12)}${random.bytes(4).toString('hex').toUpperCase()}`
  return {
    ...facts,
    orderId,
    status: 6,
    createdAt: toSecond(now),
    payUntil: toSecond(addDays(now, DAYS_TO_PAY)),
    couponAmount: '0',
    lines: lines.map((line, at) => ({
      ...line,
      lineId: `${orderId}-${String(at + 1).padStart(6, '0')}`,
    })),
  }
}

/** The order at its discounted price. */
export function withDiscount(order: Order): Order {
  return {
    ...order,
    lines: order.lines.map((line) => ({
      ...line,
      amount: discounted(new Big(line.listAmount)).toFixed(),
    })),
  }
}

/** What the lines of an order sum up to. */
export function sumOf(order: Order, what: 'amount' | 'listAmount' | 'fee' | 'consumed'): Big {
  return order.lines.reduce((sum, line) => sum.plus(line[what] ?? 0), new Big(0))
}

/** The world in which the order, which may be new to it, has been paid now. */
export function fulfil(world: World, order: Order, moment: Moment): World {
  const { payUntil: _noMore, ...kept } = order
  let next = world
  const lines: OrderLine[] = []
  for (const line of order.lines) {
    const done = fulfilLine(next, { order, line }, moment)
    next = done.world
    lines.push(done.line)
  }
  const paid: Order = { ...kept, status: 5, paidAt: toSecond(moment.now), lines }
  return saveOrder(next, paid)
}

/** The world with this order, in the place of one with its id. */
export function saveOrder(world: World, order: Order): World {
  const isKnown = world.orders.some((one) => one.orderId === order.orderId)
  const orders = isKnown
    ? world.orders.map((one) => (one.orderId === order.orderId ? order : one))
    : [...world.orders, order]
  return { ...world, orders }
}

type Part = { readonly order: Order; readonly line: OrderLine }
type Fulfilled = { readonly world: World; readonly line: OrderLine }

function fulfilLine(world: World, part: Part, moment: Moment): Fulfilled {
  if (part.order.type === 2) return renew(world, part, moment)
  const { hours } = getProduct(part.line.productId)
  return hours === undefined
    ? provision(world, part, moment)
    : openPackages(world, part, { ...moment, months: hours.months })
}

function provision(world: World, part: Part, moment: Moment): Fulfilled {
  const { line } = part
  const made = Array.from({ length: line.number }, () => newResources(part, moment)).flat()
  const [first] = made
  const end = first?.terms[0]?.to
  return {
    world: { ...world, resources: [...world.resources, ...made] },
    line: {
      ...line,
      effectiveAt: toSecond(moment.now),
      ...(first === undefined ? {} : { resourceId: first.resourceId }),
      ...(end === undefined ? {} : { expireAt: end }),
    },
  }
}

function newResources({ order, line }: Part, { now, random }: Moment): readonly Resource[] {
  const product = getProduct(line.productId)
  const periodNum = line.periodNum ?? 1
  const from = toSecond(now)
  const to = toSecond(addPeriods(now, line.periodType, periodNum))
  const resource = (productId: string, paid: string) => {
    const resourceId = random.bytes(16).toString('hex')
    return {
      resourceId,
      customerId: order.customerId,
      name: `${getProduct(productId).spec.replace(/\W+/g, '-')}-${resourceId.slice(0, 4)}`,
      productId,
      periodType: line.periodType,
      periodNum,
      terms: [{ orderId: order.orderId, from, to, paid }],
      policy: 0 as const,
      updatedAt: from,
    }
  }
  const share = new Big(paidFor({ order, line })).div(line.number).round(2, Big.roundDown)
  const main = {
    ...resource(line.productId, share.toFixed()),
    ...(line.size === undefined ? {} : { size: line.size }),
  }
  if (product.attached === undefined) return [main]
  const { productId, size } = product.attached
  const disk = resource(productId, '0')
  return [main, { ...disk, size, parentId: main.resourceId }]
}

// A coupon pays for every line by its share in the order.
function paidFor({ order, line }: Part): string {
  const whole = sumOf(order, 'amount')
  if (whole.eq(0)) return '0'
  const part = new Big(order.couponAmount).times(line.amount).div(whole).round(2)
  return new Big(line.amount).minus(part).toFixed()
}

function openPackages(
  world: World,
  { order, line }: Part,
  { now, random, months }: Moment & { readonly months: number },
): Fulfilled {
  const effectiveAt = toSecond(now)
  const expireAt = toSecond(addMonths(now, months * (line.periodNum ?? 1)))
  const packs = Array.from({ length: line.number }, (): Pack => {
    const id = random.bytes(16).toString('hex')
    return {
      instanceId: `01154-${id.slice(0, 9)}-0`,
      itemId: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
      customerId: order.customerId,
      orderId: order.orderId,
      productId: line.productId,
      effectiveAt,
      expireAt,
    }
  })
  const [first] = packs
  return {
    world: { ...world, packages: [...world.packages, ...packs] },
    line: {
      ...line,
      effectiveAt,
      expireAt,
      ...(first === undefined ? {} : { resourceId: first.itemId }),
    },
  }
}

function renew(world: World, part: Part, { now }: Moment): Fulfilled {
  const { order, line } = part
  const resource = world.resources.find((one) => one.resourceId === line.resourceId)
  if (resource === undefined) throw new Error(`no resource ${line.resourceId} to renew`)
  const from = new Date(endOf(resource))
  const to = toSecond(addPeriods(from, line.periodType, line.periodNum ?? 1))
  const longer = (one: Resource, paid: string): Resource => ({
    ...one,
    terms: [...one.terms, { orderId: order.orderId, from: toSecond(from), to, paid }],
    updatedAt: toSecond(now),
  })
  const resources = world.resources.map((one) => {
    if (one === resource) return longer(one, paidFor(part))
    const isAttached = one.parentId === resource.resourceId && one.closedAt === undefined
    return isAttached ? longer(one, '0') : one
  })
  return {
    world: { ...world, resources },
    line: { ...line, effectiveAt: toSecond(from), expireAt: to },
  }
}

/** Until when a resource is paid. */
export function endOf(resource: Resource): string {
  return resource.terms.at(-1)?.to ?? resource.updatedAt
}
