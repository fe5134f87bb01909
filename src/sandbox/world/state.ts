// What the commercial world of the sandbox remembers: orders, what they became, coupons, packages and
// running servers. Usage and bills are not kept: they follow from these and the clock.

import { z } from 'zod'

/** An exact decimal, as text. */
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)

/** A point of time in UTC, to the second. */
const second = z.string()

const orderLine = z.object({
  lineId: z.string(),
  productId: z.string(),
  size: z.number().optional(),
  /** 2 is months, 3 is years; of a one-off purchase 5. */
  periodType: z.number(),
  periodNum: z.number().optional(),
  number: z.number(),
  listAmount: decimal,
  /** After the discount; before coupons. */
  amount: decimal,
  /** Of a refund: what was withheld for the handling, and what had been consumed. */
  fee: decimal.optional(),
  consumed: decimal.optional(),
  /** The resource that is renewed or given back, or that the line became. */
  resourceId: z.string().optional(),
  effectiveAt: second.optional(),
  expireAt: second.optional(),
  /** Of a refund: the order that the money had been paid for. */
  baseOrderId: z.string().optional(),
})

const order = z.object({
  orderId: z.string(),
  customerId: z.string(),
  /** 4 is cancelled, 5 completed, 6 to be paid. */
  status: z.union([z.literal(4), z.literal(5), z.literal(6)]),
  /** 1 is a purchase, 2 a renewal, 4 an unsubscription. */
  type: z.union([z.literal(1), z.literal(2), z.literal(4)]),
  createdAt: second,
  payUntil: second.optional(),
  paidAt: second.optional(),
  couponAmount: decimal,
  lines: z.array(orderLine),
})

/** A time that was paid for. */
const term = z.object({
  orderId: z.string(),
  from: second,
  to: second,
  /** What the customer paid, after discount and coupons. */
  paid: decimal,
})

const resource = z.object({
  resourceId: z.string(),
  customerId: z.string(),
  name: z.string(),
  productId: z.string(),
  size: z.number().optional(),
  /** The resource that this one is attached to. */
  parentId: z.string().optional(),
  /** The period by which it is renewed. */
  periodType: z.number(),
  periodNum: z.number(),
  terms: z.array(term),
  /** What happens at the end: 0 nothing, 1 it is paid per use from then on, 3 it is renewed. */
  policy: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  /** How often it is still renewed by itself; without limit if absent. */
  renewalsLeft: z.int().min(0).optional(),
  closedAt: second.optional(),
  updatedAt: second,
})

const server = z.object({
  resourceId: z.string(),
  customerId: z.string(),
  name: z.string(),
  productId: z.string(),
  size: z.number().optional(),
  startedAt: second,
})

const coupon = z.object({
  couponId: z.string(),
  customerId: z.string(),
  faceValue: decimal,
  balance: decimal,
  validFrom: second,
  expireAt: second,
  usedAt: second.optional(),
  orderIds: z.array(z.string()),
})

const pack = z.object({
  instanceId: z.string(),
  itemId: z.string(),
  customerId: z.string(),
  orderId: z.string(),
  productId: z.string(),
  effectiveAt: second,
  expireAt: second,
})

/** The section `world` of the state file. */
export const worldState = z.object({
  /** The customers whose starting life has been given. */
  settled: z.array(z.string()),
  orders: z.array(order),
  resources: z.array(resource),
  servers: z.array(server),
  coupons: z.array(coupon),
  packages: z.array(pack),
})

/** One product of an order. */
export type OrderLine = z.infer<typeof orderLine>
/** A row of `orders`, oldest first. */
export type Order = z.infer<typeof order>
/** A time of a resource that was paid for. */
export type Term = z.infer<typeof term>
/** A row of `resources`: something that is paid by the month or year. */
export type Resource = z.infer<typeof resource>
/** A row of `servers`: something that is paid per use. */
export type Server = z.infer<typeof server>
/** A row of `coupons`. */
export type Coupon = z.infer<typeof coupon>
/** A row of `packages`: hours that are paid for in advance. */
export type Pack = z.infer<typeof pack>
/** Everything that is kept. */
export type World = z.infer<typeof worldState>

/** A world before anything has happened. */
export const FRESH_WORLD: World = {
  settled: [],
  orders: [],
  resources: [],
  servers: [],
  coupons: [],
  packages: [],
}
