// THE price list of the sandbox: what a product costs by the hour, the month and the year, and what
// the customer's discount and the partner's own leave of it. Prices of Huawei's examples are theirs.

import { Big } from 'big.js'

/** A unit in which a product has a size: 15 Mbit/s, 17 GB. */
type SizeMeasure = 15 | 17

/** Something that can be bought or used. */
export type Product = {
  readonly productId: string
  readonly service: string
  readonly resourceType: string
  readonly spec: string
  readonly name: string
  /** As Huawei describes it: parts with bars between. */
  readonly description: string
  /** USD an hour, per unit of size if it has a size. */
  readonly perHour?: string
  /** USD a gigabyte of traffic. */
  readonly perGb?: string
  /** USD a month; a year costs ten of them. */
  readonly perMonth?: string
  /** The unit of its size; such a product is what Huawei calls linear. */
  readonly sizeMeasure?: SizeMeasure
  /** What comes with it, and shares its price. */
  readonly attached?: { readonly productId: string; readonly size: number }
  /** Of a package: the hours of the kind of resource that it holds, and for how many months. */
  readonly hours?: { readonly amount: number; readonly of: string; readonly months: number }
}

const ECS = { service: 'hws.service.type.ec2', resourceType: 'hws.resource.type.vm' } as const
const EVS = { service: 'hws.service.type.ebs', resourceType: 'hws.resource.type.volume' } as const
const BANDWIDTH = {
  service: 'hws.service.type.vpc',
  resourceType: 'hws.resource.type.bandwidth',
} as const

/** The disk that comes with every server. */
export const SYSTEM_DISK = '00301-290407773-0--1'
/** The server that every new customer has running. */
export const FIRST_SERVER = '00301-238595-0--0'
/** The package that every new customer has. */
export const FIRST_PACKAGE = '00301-400500-0--0'

/** Everything that is sold, by the month, by use or both. */
export const PRODUCTS: readonly Product[] = [
  {
    ...ECS,
    productId: FIRST_SERVER,
    spec: 's3.small.1.linux',
    name: 'General computing s3.small.1',
    description: 'General computing | s3.small.1 | 1 vCPU | 1 GB | Linux',
    perHour: '0.0175',
    perMonth: '8.4',
    attached: { productId: SYSTEM_DISK, size: 40 },
  },
  {
    ...ECS,
    productId: '00301-243025-0--0',
    spec: 'c3.3xlarge.2.linux',
    name: 'General computing-plus c3.3xlarge.2',
    description: 'General computing-plus | c3.3xlarge.2 | 12 vCPUs | 24 GB | Linux',
    perHour: '2.74',
    perMonth: '1315.2',
    attached: { productId: SYSTEM_DISK, size: 40 },
  },
  {
    ...ECS,
    productId: '00301-243100-0--0',
    spec: 'c6.2xlarge.4.linux',
    name: 'General computing-plus c6.2xlarge.4',
    description: 'General computing-plus | c6.2xlarge.4 | 8 vCPUs | 32 GB | Linux',
    perHour: '0.3793',
    perMonth: '182.07',
    attached: { productId: SYSTEM_DISK, size: 40 },
  },
  {
    ...EVS,
    productId: '00301-290407774-0--1',
    spec: 'SSD',
    name: 'Ultra-high I/O volume',
    description: 'Ultra-high I/O',
    perHour: '0.0014',
    perMonth: '0.6',
    sizeMeasure: 17,
  },
  {
    ...EVS,
    productId: SYSTEM_DISK,
    spec: 'GPSSD',
    name: 'General-purpose SSD volume',
    description: 'General-purpose SSD',
    perHour: '0.0003',
    perMonth: '0.14',
    sizeMeasure: 17,
  },
  {
    service: 'hws.service.type.vpc',
    resourceType: 'hws.resource.type.ip',
    productId: '00301-238601-0--0',
    spec: '5_bgp',
    name: 'Dynamic BGP address',
    description: 'Dynamic BGP public IP address',
    perHour: '0.02',
    perMonth: '0',
  },
  {
    ...BANDWIDTH,
    productId: '00301-290407706-0--1',
    spec: '12_sbgp',
    name: 'Static BGP bandwidth by traffic',
    description: 'Static BGP bandwidth billed by traffic',
    perGb: '0.64',
    sizeMeasure: 15,
  },
  {
    ...BANDWIDTH,
    productId: '00301-290407719-0--1',
    spec: '19_bgp',
    name: 'Dynamic BGP bandwidth',
    description: 'Dynamic BGP bandwidth billed by bandwidth',
    perHour: '0.018',
    perMonth: '8.55',
    sizeMeasure: 15,
  },
  {
    service: 'hws.service.type.rds',
    resourceType: 'hws.resource.type.rds.vm',
    productId: '00301-310020-0--0',
    spec: 'rds.pg.n1.medium.2',
    name: 'PostgreSQL single',
    description: 'RDS for PostgreSQL | rds.pg.n1.medium.2 | 1 vCPU | 2 GB',
    perHour: '0.0604',
    perMonth: '29',
  },
  {
    service: 'hws.service.type.ec2',
    resourceType: 'hws.resource.type.ecs.package',
    productId: FIRST_PACKAGE,
    spec: 'ecs.package.500h',
    name: 'ECS package of 500 hours',
    description: 'ECS package | 500 hours',
    perMonth: '5',
    hours: { amount: 500, of: 'hws.resource.type.vm', months: 1 },
  },
]

/** The regions where products are sold: code → name. */
export const REGIONS: Readonly<Record<string, string>> = {
  'eu-west-101': 'EU-Dublin',
  'ap-southeast-1': 'CN-Hong Kong',
}
/** Where what the sandbox sells by itself is. */
export const HOME_REGION = 'eu-west-101'

/** What the partner lets customers have off the list price of what is bought by month or year. */
export const CUSTOMER_DISCOUNT = {
  id: 'sandbox-discount-10',
  name: 'Partner authorized discount',
  /** Huawei's number for a discount that a partner grants. */
  type: 607,
  share: new Big('0.1'),
} as const

/** What Huawei lets the partner have off the list price ("Partner preference ratio" of the bill). */
export const PARTNER_RATIO = new Big('0.15')

const MONTHS_OF_YEAR_PAID = 10

/** The product of that id. Throws a fault: ids are checked where they come in. */
export function getProduct(productId: string): Product {
  const found = PRODUCTS.find((product) => product.productId === productId)
  if (found === undefined) throw new Error(`the price list has no product ${productId}`)
  return found
}

/** How a price question and the list name a product. */
export type ProductName = Pick<Product, 'service' | 'resourceType' | 'spec'>

/** The product of that name; capitals do not matter. */
export function findProduct(name: ProductName): Product | undefined {
  return PRODUCTS.find(
    (product) =>
      isSame(product.service, name.service) &&
      isSame(product.resourceType, name.resourceType) &&
      isSame(product.spec, name.spec),
  )
}

/** How much, for how long, how often. */
export type Purchase = {
  readonly size?: number | undefined
  /** 2 is months, 3 is years. */
  readonly periodType: number
  readonly periodNum: number
  readonly number: number
}

/** The list price of a purchase; `undefined` when the product is not sold for such periods. */
export function listPrice(product: Product, purchase: Purchase): Big | undefined {
  const months = { 2: 1, 3: MONTHS_OF_YEAR_PAID }[purchase.periodType]
  if (product.perMonth === undefined || months === undefined) return undefined
  const periods = months * purchase.periodNum * purchase.number
  return new Big(product.perMonth).times(purchase.size ?? 1).times(periods)
}

/** What a discount leaves of a list price, to the cent. */
export function discounted(amount: Big): Big {
  return amount.times(new Big(1).minus(CUSTOMER_DISCOUNT.share)).round(2)
}

/** What the partner owes Huawei for something of that list price. */
export function amountDue(listAmount: Big): Big {
  return listAmount.times(new Big(1).minus(PARTNER_RATIO))
}

/** Its description with its size, as Huawei writes it. */
export function describeProduct(product: Product, size: number | undefined): string {
  if (product.sizeMeasure === undefined || size === undefined) return product.description
  const unit = product.sizeMeasure === 15 ? 'Mbps' : 'GB'
  return `${product.description} | ${size.toFixed(1)} ${unit}`
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
