// What something would cost: the prices that orders and usage then really come to.

import { Big } from 'big.js'
import type { ApiCall, Behaviours, InputOf } from '../api/behaviour.ts'
import { type ApiAnswer, bssError } from '../api-answer.ts'
import { done, worldOf } from './answers.ts'
import { renewalPrice } from './order-book.ts'
import {
  CUSTOMER_DISCOUNT,
  discounted,
  findProduct,
  listPrice,
  type Product,
  REGIONS,
} from './price-list.ts'
import { HOUR, TRAFFIC_GB, USD } from './products.ts'
import { renewalHindrance } from './renewal.ts'
import type { Resource } from './state.ts'

/** The behaviours of the group "Querying the Price of a Product". */
export const prices: Behaviours<
  'queryOnDemandPrices' | 'queryPeriodPrices' | 'queryRenewalPrices'
> = { queryOnDemandPrices, queryPeriodPrices, queryRenewalPrices }

type Question = {
  readonly cloud_service_type: string
  readonly resource_type: string
  readonly resource_spec: string
  readonly region: string
  readonly resource_size?: number | undefined
  readonly size_measure_id?: number | undefined
}

const NOT_FOUND = bssError(400, 'CBC.99006006', 'Product not found.')
const TOO_MUCH = bssError(400, 'CBC.99006055', 'The queried amount exceeds the upper limit.')
// Huawei does not say where its limit is; up to here a JSON number keeps every digit.
const MOST_AMOUNT = 100_000_000

function queryOnDemandPrices(input: InputOf<'queryOnDemandPrices'>): ApiAnswer {
  const places = input.inquiry_precision === 1 ? 10 : 6
  const results: { readonly amount: Big; readonly result: Record<string, unknown> }[] = []
  for (const asked of input.product_infos) {
    const product = productOf(asked)
    if (product === undefined) return NOT_FOUND
    const price = unitPrice(product, asked.usage_factor)
    if (price === undefined) return bssError(400, 'CBC.99006074', 'No such billing item.')
    const units = unitsOf(product, asked.usage_measure_id)
    if (units === undefined) return bssError(400, 'CBC.99006050', 'Incorrect usage unit.')
    const amount = new Big(price)
      // Traffic costs the same over any bandwidth.
      .times(product.perGb === undefined ? (sizeOf(product, asked) ?? 1) : 1)
      .times(asked.usage_value)
      .times(asked.subscription_num)
      .times(units.times)
      .div(units.over)
      .round(places)
    const result = {
      id: asked.id,
      product_id: product.productId,
      ...atListPrice(amount),
      discount_rating_results: [],
    }
    if (amount.gt(MOST_AMOUNT)) return TOO_MUCH
    results.push({ amount, result })
  }
  return done({
    ...atListPrice(sum(results.map(({ amount }) => amount))),
    currency: 'USD',
    product_rating_results: results.map(({ result }) => result),
  })
}

// What is paid per use is paid at the list price.
function atListPrice(amount: Big) {
  return {
    amount,
    discount_amount: new Big(0),
    official_website_amount: amount,
    measure_id: USD,
  }
}

function unitPrice(product: Product, factor: string): string | undefined {
  if (/^duration$/i.test(factor)) return product.perHour
  return /^upflow$/i.test(factor) ? product.perGb : undefined
}

type Ratio = { readonly times: number; readonly over: number }

// The asked unit in units of the price: a day is 24 hours, a minute the sixtieth part of one.
function unitsOf(product: Product, measure: number): Ratio | undefined {
  const known: Readonly<Record<number, Ratio>> =
    product.perGb === undefined
      ? {
          0: { times: 24, over: 1 },
          [HOUR]: { times: 1, over: 1 },
          5: { times: 1, over: 60 },
          6: { times: 1, over: 3600 },
        }
      : { [TRAFFIC_GB]: { times: 1, over: 1 }, 11: { times: 1, over: 1024 } }
  return known[measure]
}

function queryPeriodPrices(input: InputOf<'queryPeriodPrices'>): ApiAnswer {
  const found: { readonly id: string; readonly productId: string; readonly amount: Big }[] = []
  for (const asked of input.product_infos) {
    const product = productOf(asked)
    const amount =
      product &&
      listPrice(product, {
        size: sizeOf(product, asked),
        periodType: asked.period_type,
        periodNum: asked.period_num,
        number: asked.subscription_num,
      })
    if (product === undefined || amount === undefined) return NOT_FOUND
    if (amount.gt(MOST_AMOUNT)) return TOO_MUCH
    found.push({ id: asked.id, productId: product.productId, amount })
  }
  const listed = sum(found.map(({ amount }) => amount))
  const cut = sum(found.map(({ amount }) => discounted(amount)))
  return done({
    official_website_rating_result: {
      official_website_amount: listed,
      measure_id: USD,
      product_rating_results: found.map(({ id, productId, amount }) => ({
        id,
        product_id: productId,
        official_website_amount: amount,
        measure_id: USD,
      })),
    },
    optional_discount_rating_results: [
      {
        ...offer(listed, cut),
        measure_id: USD,
        product_rating_results: found.map(({ id, productId, amount }) => ({
          id,
          product_id: productId,
          amount: discounted(amount),
          official_website_amount: amount,
          discount_amount: amount.minus(discounted(amount)),
          measure_id: USD,
        })),
      },
    ],
    currency: 'USD',
  })
}

function queryRenewalPrices(input: InputOf<'queryRenewalPrices'>, call: ApiCall): ApiAnswer {
  const period = { periodType: input.period_type, periodNum: input.period_num }
  const world = worldOf(call)
  const good: { readonly resource: Resource; readonly amount: Big }[] = []
  const failed: { resource_id: string; error_code: string; error_msg: string }[] = []
  for (const id of input.resource_ids) {
    const { resource, hindrance } = renewalHindrance(world, id, call)
    const amount = resource && renewalPrice(resource, period)
    if (hindrance !== undefined || resource === undefined || amount === undefined) {
      const { price: code, message } = hindrance ?? NO_PERIOD
      failed.push({ resource_id: id, error_code: code, error_msg: message })
    } else {
      good.push({ resource, amount })
    }
  }
  const listed = sum(good.map(({ amount }) => amount))
  const cut = sum(good.map(({ amount }) => discounted(amount)))
  return done({
    currency: 'USD',
    renew_inquiry_results: good.map(({ resource, amount }) => ({
      resource_id: resource.resourceId,
      amount: amount.toFixed(),
    })),
    official_website_rating_result: { official_website_amount: listed.toFixed() },
    optional_discount_rating_results: [asTexts(offer(listed, cut))],
    fail_resource_infos: failed,
  })
}

const NO_PERIOD = {
  price: 'CBC.30050008',
  message: 'The period type or number of periods for the resource does not exist.',
}

function offer(listed: Big, cut: Big) {
  return {
    discount_id: CUSTOMER_DISCOUNT.id,
    discount_type: CUSTOMER_DISCOUNT.type,
    discount_name: CUSTOMER_DISCOUNT.name,
    amount: cut,
    official_website_amount: listed,
    discount_amount: listed.minus(cut),
    best_offer: 1,
  }
}

// This operation alone writes its amounts as texts.
function asTexts(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      value instanceof Big ? value.toFixed() : value,
    ]),
  )
}

function productOf(asked: Question): Product | undefined {
  const product = findProduct({
    service: asked.cloud_service_type,
    resourceType: asked.resource_type,
    spec: asked.resource_spec,
  })
  if (product === undefined || !Object.hasOwn(REGIONS, asked.region.replaceAll('_', '-'))) {
    return undefined
  }
  const { sizeMeasure } = product
  const isSized = asked.resource_size !== undefined && asked.size_measure_id === sizeMeasure
  return sizeMeasure === undefined || isSized ? product : undefined
}

// The size of something that has none means nothing.
function sizeOf({ sizeMeasure }: Product, { resource_size }: Question): number | undefined {
  return sizeMeasure === undefined ? undefined : resource_size
}

function sum(amounts: readonly Big[]): Big {
  return amounts.reduce((whole, amount) => whole.plus(amount), new Big(0))
}
