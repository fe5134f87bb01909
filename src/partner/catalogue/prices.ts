// Rows of the group "Querying the Price of a Product": what something would cost a customer. Nothing
// is bought. Amounts are in the currency of the answer.

import { z } from 'zod'
import { operation } from '../operation.ts'
import { errors } from './codes.ts'
import {
  amount,
  ids,
  list,
  looseAmount,
  looseCode,
  looseList,
  looseText,
  oneOfNumbers,
  text,
  whole,
} from './fields.ts'

const DISCOUNT_TYPES = {
  '605': 'commercial discount by contract with Huawei Cloud',
  '606': 'commercial discount by contract with a reseller',
  '607': 'discount authorized by the partner',
} as const

const CURRENCY_UNITS = { '1': 'US dollar' } as const

const SIZE_UNITS = {
  14: 'amount (times)',
  15: 'Mbit/s, for bandwidth',
  17: 'GB, for a disk',
} as const

/** What is asked about a product, whichever way it is billed. */
const product = {
  id: text(64).describe('Your id of this product; the answer repeats it. No two may be equal.'),
  cloud_service_type: text(400).describe(
    'The service type, such as hws.service.type.ec2; listServiceTypes gives them.',
  ),
  resource_type: text(400).describe(
    'The resource type, such as hws.resource.type.vm; listServiceResources gives them.',
  ),
  resource_spec: text(400).describe(
    'The specification, such as s2.small.1.linux (an ECS flavor with .linux or .win), 12_bgp (bandwidth by traffic), 19_bgp (by bandwidth), 5_bgp (public IP address) or SSD (disk).',
  ),
  region: text(64).describe('The region, such as eu-west-101.'),
  available_zone: text(64).optional().describe('The zone; capitals do not matter.'),
  resource_size: whole(1, 2_147_483_647)
    .optional()
    .describe('The size of a product that is sold by size, such as a disk or bandwidth.'),
  size_measure_id: oneOfNumbers(SIZE_UNITS).optional().describe('The unit of resource_size.'),
  subscription_num: whole(1, 10_000).describe('How many are bought.'),
} as const

type Sized = {
  readonly resource_size?: number | undefined
  readonly size_measure_id?: number | undefined
}

const hasSizeAndUnit = ({ resource_size, size_measure_id }: Sized) =>
  (resource_size === undefined) === (size_measure_id === undefined)

const SIZE_AND_UNIT = {
  path: ['size_measure_id'],
  message: 'must be given together with resource_size',
}

const hasDifferentIds = (products: readonly { readonly id: string }[]) =>
  new Set(products.map(({ id }) => id)).size === products.length

const DIFFERENT_IDS = 'must have a different id for each product'

const queryOnDemandPrices = operation({
  title: 'Querying the Price of a Pay-Per-Use Product',
  method: 'POST',
  path: '/v2/bills/ratings/on-demand-resources',
  input: z.strictObject({
    project_id: text(64).describe("The customer's project in the region."),
    product_infos: list(
      z
        .strictObject({
          ...product,
          usage_factor: text(64).describe(
            'What is billed, such as Duration, or upflow for bandwidth by traffic; listUsageTypes gives them.',
          ),
          usage_value: amount().describe('How much is used, such as 1.'),
          usage_measure_id: whole(0, 9999).describe(
            'The unit of usage_value, such as 4 for an hour; listMeasureUnits gives them.',
          ),
        })
        .refine(hasSizeAndUnit, SIZE_AND_UNIT),
      100,
    )
      .refine(hasDifferentIds, DIFFERENT_IDS)
      .describe('The products.'),
    inquiry_precision: oneOfNumbers({ 0: 'up to 6 decimal places', 1: 'up to 10 decimal places' })
      .optional()
      .describe('How exact the answer is (0 if absent).'),
  }),
  result: z.looseObject({
    amount: looseAmount().describe('The price of everything, after discounts.'),
    discount_amount: looseAmount().describe('How much the discounts take off.'),
    official_website_amount: looseAmount().describe('The list price.'),
    measure_id: looseCode(CURRENCY_UNITS).describe('The unit of the amounts.'),
    currency: looseText().describe('The currency of the amounts; USD if absent.'),
    product_rating_results: looseList(
      z.looseObject({
        id: looseText().describe('Your id of the product.'),
        product_id: looseText().describe("Huawei's id of the product."),
        amount: looseAmount().describe('The price after discounts.'),
        discount_amount: looseAmount().describe('How much the discounts take off.'),
        official_website_amount: looseAmount().describe('The list price.'),
        measure_id: looseCode(CURRENCY_UNITS).describe('The unit of the amounts.'),
        discount_rating_results: looseList(
          z.looseObject({
            discount_id: looseText().describe('The id of the discount.'),
            discount_type: looseCode(DISCOUNT_TYPES).describe('Who gives the discount.'),
            discount_name: looseText().describe('The name of the discount.'),
            amount: looseAmount().describe('How much it takes off.'),
            measure_id: looseCode(CURRENCY_UNITS).describe('The unit of the amount.'),
          }),
        ).describe('The discounts.'),
      }),
    ).describe('The price of each product.'),
  }),
  caller: 'partner-for-customer',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  perSecond: 20,
  errors: errors(
    'CBC.0100',
    'CBC.99006006',
    'CBC.99006050',
    'CBC.99006055',
    'CBC.99006074',
    'CBC.0151',
    'CBC.0999',
  ),
  source: { section: '4.2.1 Querying the Price of a Pay-Per-Use Product' },
})

// Payment by instalments is for CloudPond only. The reference prints two of the fields, in examples;
// Huawei's SDK has them all.
const listPriceInstalments = {
  installment_official_website_amount: looseAmount().describe('The list price of an instalment.'),
  installment_period_type: looseCode({ '2': 'month', '3': 'year' }).describe(
    'How often an instalment is paid.',
  ),
} as const

const instalments = {
  ...listPriceInstalments,
  installment_official_discount_amount: looseAmount().describe(
    'How much the discount takes off an instalment.',
  ),
  installment_amount: looseAmount().describe('An instalment after the discount.'),
} as const

const offer = {
  discount_id: looseText().describe('The id of the discount.'),
  discount_type: looseCode(DISCOUNT_TYPES).describe('Who gives the discount.'),
  discount_name: looseText().describe('The name of the discount.'),
  amount: looseAmount().describe('The price after the discount.'),
  official_website_amount: looseAmount().describe('The list price.'),
  discount_amount: looseAmount().describe('How much the discount takes off.'),
  best_offer: looseCode({ '0': 'no', '1': 'yes' }).describe(
    'Whether no commercial or partner discount takes off more; between equals it is the commercial one.',
  ),
  ...instalments,
} as const

const queryPeriodPrices = operation({
  title: 'Querying the Price of a Yearly/Monthly Product',
  method: 'POST',
  path: '/v2/bills/ratings/period-resources/subscribe-rate',
  input: z.strictObject({
    project_id: text(64).describe("The customer's project in the region."),
    product_infos: list(
      z
        .strictObject({
          ...product,
          period_type: oneOfNumbers({ 0: 'day', 2: 'month', 3: 'year', 4: 'hour' }).describe(
            'The kind of period that is bought.',
          ),
          period_num: whole(1, 2_147_483_647).describe('How many periods are bought.'),
        })
        .refine(hasSizeAndUnit, SIZE_AND_UNIT),
      100,
    )
      .refine(hasDifferentIds, DIFFERENT_IDS)
      .describe('The products.'),
  }),
  result: z.looseObject({
    official_website_rating_result: z
      .looseObject({
        official_website_amount: looseAmount().describe('The list price of everything.'),
        measure_id: looseCode(CURRENCY_UNITS).describe('The unit of the amounts.'),
        ...listPriceInstalments,
        product_rating_results: looseList(
          z.looseObject({
            id: looseText().describe('Your id of the product.'),
            product_id: looseText().describe("Huawei's id of the product."),
            official_website_amount: looseAmount().describe('The list price.'),
            measure_id: looseCode(CURRENCY_UNITS).describe('The unit of the amount.'),
            ...listPriceInstalments,
          }),
        ).describe('The list price of each product.'),
      })
      .nullish()
      .describe('What it costs without a discount.'),
    optional_discount_rating_results: looseList(
      z.looseObject({
        ...offer,
        measure_id: looseCode(CURRENCY_UNITS).describe('The unit of the amounts.'),
        product_rating_results: looseList(
          z.looseObject({
            id: looseText().describe('Your id of the product.'),
            product_id: looseText().describe("Huawei's id of the product."),
            amount: looseAmount().describe('The price after the discount.'),
            official_website_amount: looseAmount().describe('The list price.'),
            discount_amount: looseAmount().describe('How much the discount takes off.'),
            measure_id: looseCode(CURRENCY_UNITS).describe('The unit of the amounts.'),
            ...instalments,
          }),
        ).describe('The price of each product.'),
      }),
    ).describe('What it costs with each discount the customer could choose.'),
    currency: looseText().describe('The currency of the amounts; USD if absent.'),
  }),
  caller: 'partner-for-customer',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  perSecond: 30,
  errors: errors('CBC.0100', 'CBC.99006006', 'CBC.99006055', 'CBC.0151', 'CBC.0250', 'CBC.0999'),
  source: { section: '4.2.2 Querying the Price of a Yearly/Monthly Product' },
})

const queryRenewalPrices = operation({
  title: 'Querying the Renewal Price of a Yearly/Monthly Resource',
  method: 'POST',
  path: '/v2/bills/ratings/period-resources/renew-rate',
  input: z
    .strictObject({
      resource_ids: ids(10).describe(
        'The primary resources; is_main_resource of queryPeriodResources tells.',
      ),
      period_type: oneOfNumbers({ 2: 'month', 3: 'year' }).describe('The kind of period.'),
      period_num: whole(1, 11).describe('How many periods: 1 to 11 months, or 1 to 3 years.'),
      include_relative_resources: z
        .boolean()
        .optional()
        .describe('Whether the resources that belong to them are included (false if absent).'),
    })
    .refine(({ period_type, period_num }) => period_type === 2 || period_num <= 3, {
      path: ['period_num'],
      message: 'must be a whole number from 1 to 3 for years',
    }),
  result: z.looseObject({
    currency: looseText().describe('The currency of the amounts; USD if absent.'),
    renew_inquiry_results: looseList(
      z.looseObject({
        resource_id: looseText().describe('The primary resource.'),
        amount: looseAmount().describe('What it costs to renew it and what belongs to it.'),
      }),
    ).describe('The price of each primary resource.'),
    official_website_rating_result: z
      .looseObject({
        official_website_amount: looseAmount().describe('The list price of everything.'),
        ...listPriceInstalments,
      })
      .nullish()
      .describe('What it costs without a discount.'),
    optional_discount_rating_results: looseList(z.looseObject(offer)).describe(
      'What it costs with each discount the customer could choose.',
    ),
    fail_resource_infos: looseList(
      z.looseObject({
        resource_id: looseText().describe('The resource.'),
        error_code: looseText().describe("Huawei's error code."),
        error_msg: looseText().describe("Huawei's words."),
      }),
    ).describe('The resources whose price could not be worked out, and why.'),
  }),
  // "Only customer AK/SK can be used": a partner cannot own yearly or monthly resources.
  caller: 'customer',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  failures: 'fail_resource_infos',
  // One more is cut off in print: CBC.300500…, for resources that are being unsubscribed from or changed.
  errors: errors(
    'CBC.30050007',
    'CBC.30050008',
    'CBC.30050009',
    'CBC.30050010',
    'CBC.30050013',
    'CBC.0100',
    'CBC.99006006',
    'CBC.99006024',
    'CBC.99006016',
    'CBC.99006017',
    'CBC.99006050',
    'CBC.99006055',
    'CBC.99006066',
    'CBC.99006073',
    'CBC.30050012',
    'CBC.0151',
    { code: 'CBC.0154', http: 403 },
    'CBC.0999',
  ),
  source: { section: '4.2.3 Querying the Renewal Price of a Yearly/Monthly Resource' },
})

export const prices = { queryOnDemandPrices, queryPeriodPrices, queryRenewalPrices } as const
