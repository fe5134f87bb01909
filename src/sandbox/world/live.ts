// The world, brought up to the moment: new customers get something to look at, what has ended ends,
// what renews itself is renewed. Everything that reads the world comes through here.

import { addDays } from '../../base/clock.ts'
import type { LedgerDeps } from '../deps.ts'
import type { State } from '../state.ts'
import { changeResource, closeResource } from './change-resource.ts'
import { budgetLeft } from './funds.ts'
import {
  buildPurchase,
  buildRenewal,
  endOf,
  fulfil,
  type Moment,
  sumOf,
  withDiscount,
} from './order-book.ts'
import { FIRST_PACKAGE, FIRST_SERVER, getProduct } from './price-list.ts'
import type { Coupon, Resource, Server, World } from './state.ts'
import { addMonths, toSecond } from './time.ts'

// A customer of today would have no bill to show until next month: their server has been running for
// longer than they have been here.
const SERVER_DAYS = 40
const PURCHASE_DAYS = 10
const PACKAGE_DAYS = 1
const COUPON_VALUE = '20'
const COUPON_MONTHS = 12

/** Days before the end at which what renews itself is paid for, at 03:00 at Huawei. */
const RENEWAL_DAYS = 7
/** Days after the end for which a resource is kept, and can be renewed. */
const GRACE_DAYS = 15

/** The world as it is now; what changed on the way is kept. */
export function liveWorld({ state, random }: LedgerDeps, now: Date): World {
  const everything = state.read()
  const settled = settleNewcomers(everything, { now, random })
  const world = passTime({ ...everything, world: settled }, { now, random })
  if (world !== everything.world) state.change({ world })
  return world
}

function settleNewcomers({ world, accounts }: State, moment: Moment): World {
  const settled = new Set(world.settled)
  return accounts
    .filter((account) => account.xAccountId !== undefined && !settled.has(account.domainId))
    .reduce((before, { domainId, associatedAt }) => {
      // Since they came, whenever somebody first asks about them.
      const came = associatedAt === undefined ? moment.now : new Date(associatedAt)
      return settle(before, domainId, { ...moment, now: came })
    }, world)
}

function settle(before: World, customerId: string, { now, random }: Moment): World {
  const ago = (days: number): Moment => ({ now: addDays(now, -days), random })
  const wish = { customerId, periodType: 2, periodNum: 1, number: 1 }
  const monthly = buildPurchase({ ...wish, productId: FIRST_SERVER }, ago(PURCHASE_DAYS))
  const hours = buildPurchase({ ...wish, productId: FIRST_PACKAGE }, ago(PACKAGE_DAYS))
  const bought = fulfil(before, withDiscount(monthly), ago(PURCHASE_DAYS))
  const world = fulfil(bought, hours, ago(PACKAGE_DAYS))
  const couponId = `CP${random.bytes(8).toString('hex').toUpperCase()}`
  const coupon: Coupon = {
    couponId,
    customerId,
    faceValue: COUPON_VALUE,
    balance: COUPON_VALUE,
    validFrom: toSecond(now),
    expireAt: toSecond(addMonths(now, COUPON_MONTHS)),
    orderIds: [],
  }
  const server = buildServer({ customerId, productId: FIRST_SERVER }, ago(SERVER_DAYS))
  return {
    ...world,
    settled: [...world.settled, customerId],
    coupons: [...world.coupons, coupon],
    servers: [...world.servers, server],
  }
}

function buildServer(
  facts: Pick<Server, 'customerId' | 'productId' | 'size'>,
  { now, random }: Moment,
): Server {
  const resourceId = random.bytes(16).toString('hex')
  const spec = getProduct(facts.productId).spec.replace(/\W+/g, '-')
  return {
    ...facts,
    resourceId,
    name: `${spec}-${resourceId.slice(0, 4)}`,
    startedAt: toSecond(now),
  }
}

function passTime(state: State, moment: Moment): World {
  const world = forgetUnpaid(state.world, moment.now)
  return world.resources
    .filter((one) => one.parentId === undefined && one.closedAt === undefined)
    .reduce(
      (next, { resourceId }) => passTimeOf(resourceId, { ...state, world: next }, moment),
      world,
    )
}

function forgetUnpaid(world: World, now: Date): World {
  const isTooLate = (order: World['orders'][number]) =>
    order.status === 6 && order.payUntil !== undefined && new Date(order.payUntil) < now
  if (!world.orders.some(isTooLate)) return world
  const orders = world.orders.map((order) =>
    isTooLate(order) ? { ...order, status: 4 as const } : order,
  )
  return { ...world, orders }
}

function passTimeOf(resourceId: string, state: State, moment: Moment): World {
  let world = state.world
  for (;;) {
    const resource = world.resources.find((one) => one.resourceId === resourceId)
    if (resource === undefined) return world
    const renewed = renewByItself(resource, { ...state, world }, moment)
    if (renewed === undefined) return endResource(world, resource, moment)
    world = renewed
  }
}

function renewByItself(resource: Resource, state: State, moment: Moment): World | undefined {
  if (resource.policy !== 3 || resource.renewalsLeft === 0) return undefined
  const dueAt = addDays(new Date(endOf(resource)), -RENEWAL_DAYS)
  const account = state.accounts.find((one) => one.domainId === resource.customerId)
  if (dueAt > moment.now || account?.frozen !== undefined) return undefined
  const then: Moment = { ...moment, now: dueAt }
  const order = buildRenewal([resource], resource, then)
  const isAffordable = sumOf(order, 'amount').lte(budgetLeft(state, resource.customerId, dueAt))
  if (!isAffordable) return undefined
  const world = fulfil(state.world, order, then)
  const { renewalsLeft } = resource
  if (renewalsLeft === undefined) return world
  const counted = { renewalsLeft: renewalsLeft - 1 }
  return changeResource(world, resource.resourceId, counted)
}

function endResource(world: World, resource: Resource, { now }: Moment): World {
  const end = new Date(endOf(resource))
  const staysUntil = resource.policy === 1 ? end : addDays(end, GRACE_DAYS)
  if (staysUntil > now) return world
  const closed = closeResource(world, resource.resourceId, staysUntil)
  if (resource.policy !== 1) return closed
  const { customerId, productId, size, resourceId, name } = resource
  const server: Server = {
    customerId,
    productId,
    resourceId,
    name,
    ...(size === undefined ? {} : { size }),
    startedAt: toSecond(end),
  }
  return { ...closed, servers: [...closed.servers, server] }
}
