// Rows of the group "Managing Yearly/Monthly Orders": finding, paying and cancelling orders, and what
// an unsubscription gave back. Sections are those of the European API reference.

import { z } from 'zod'
import { operation } from '../operation.ts'
import { errors } from './codes.ts'
import {
  limit,
  looseAmount,
  looseBoolean,
  looseCode,
  looseList,
  looseNumber,
  looseText,
  looseTime,
  offset,
  oneOf,
  oneOfNumbers,
  text,
  time,
} from './fields.ts'

// What a list can be asked for; orders also come back in other statuses.
const ASKED_STATUSES = {
  1: 'Pending approval',
  3: 'Processing',
  4: 'Canceled',
  5: 'Completed',
  6: 'Pending payment',
  9: 'To be confirmed',
} as const

const STATUSES = {
  ...ASKED_STATUSES,
  2: 'Pending refund',
  10: 'To be shipped',
  11: 'To be received',
  12: 'Pending pick-up',
  13: 'Exchange in progress',
} as const

// Texts: the type of an order is a String where it is asked for.
const ORDER_TYPES = {
  '1': 'New purchase',
  '2': 'Renewal',
  '3': 'Change',
  '4': 'Unsubscription',
  '10': 'Yearly/monthly to pay-per-use',
  '11': 'Pay-per-use to yearly/monthly',
  '13': 'Trial',
  '14': 'Commercial use',
  '15': 'Price adjustment',
} as const

const SOURCES = { 1: 'Customer', 2: 'Agent', 3: 'Contract', 4: 'Distributor' } as const

const MEASURES = { 1: 'Yuan or dollar' } as const

const PERIOD_TYPES = {
  0: 'Day',
  1: 'Week',
  2: 'Month',
  3: 'Year',
  4: 'Hour',
  5: 'One-off',
  6: 'Pay-per-use (reserved)',
  7: 'By usage report (reserved)',
} as const

const DISCOUNT_TYPES = {
  200: 'Promotion product discount',
  300: 'Promotion discount coupon',
  301: 'Promotion coupon',
  302: 'Promotion flexi-purchase coupon',
  500: 'Specified discount for agent subscription',
  501: 'Specified exemption for agent subscription',
  502: 'Specified buy-it-now price for agent subscription',
  600: 'Discount specified in the discount and rebate contract',
  601: 'Discount specified in the channel frame contract',
  602: 'Discount specified in the designated-purpose fund contract',
  603: 'Discount specified in the directly signed offline contract',
  604: 'Discount specified in the authorized telemarketing contract',
  605: 'Discount specified in the commercial contract',
  606: 'Discount specified in the channel commercial contract',
  607: 'Partner authorized discount',
  609: 'Discount for order price adjusting',
  610: 'Discount amount',
  700: 'Promotion discount',
  800: 'Top-up account discount',
} as const

const amounts = z.looseObject({
  discounts: looseList(
    z.looseObject({
      discount_type: looseCode(DISCOUNT_TYPES).describe('The kind of discount.'),
      discount_amount: looseAmount().describe('The amount of the discount.'),
    }),
  ).describe('The discounts.'),
  flexipurchase_coupon_amount: looseAmount().describe('Paid by flexi-purchase coupons (reserved).'),
  coupon_amount: looseAmount().describe('Paid by cash coupons.'),
  stored_card_amount: looseAmount().describe('Paid by stored-value cards (reserved).'),
  commission_amount: looseAmount().describe('The handling fee of an unsubscription.'),
  consumed_amount: looseAmount().describe('What was consumed before an unsubscription.'),
})

const order = z.looseObject({
  order_id: z.string().min(1).describe('The id of the order.'),
  customer_id: looseText().describe('The Huawei Cloud account id of the customer.'),
  service_type_code: looseText().describe('The cloud service type.'),
  service_type_name: looseText().describe('The name of the cloud service type.'),
  source_type: looseCode(SOURCES).describe('Where the order comes from.'),
  status: looseCode(STATUSES).describe('The status of the order.'),
  order_type: looseCode(ORDER_TYPES).describe('The kind of order.'),
  official_amount: looseAmount().describe(
    'The list price; of an unsubscription, the same as amount_after_discount.',
  ),
  amount_after_discount: looseAmount().describe(
    'The price after discounts, without coupons and cards; of an unsubscription, the refund less the fee.',
  ),
  measure_id: looseCode(MEASURES).describe('The unit of the amounts.'),
  create_time: looseTime().describe('When the order was placed (UTC).'),
  payment_time: looseTime().describe('When it was paid (UTC).'),
  currency: looseText().describe('The currency of the amounts.'),
  contract_id: looseText().describe('The id of the contract.'),
  amount_info: amounts.nullish().describe('How the price is made up.'),
})

const enterpriseProjects = looseList(
  z.looseObject({
    id: looseText().describe('The id of the enterprise project.'),
    name: looseText().describe('The name of the enterprise project.'),
  }),
).describe('The enterprise projects of the order.')

const listedOrder = order.extend({ enterprise_projects: enterpriseProjects })

// The parts of a combined order. They are in Huawei's SDKs; its European reference leaves them out.
const subOrders = looseList(listedOrder).describe('The orders that a combined order is made of.')

// Huawei takes spans of at most a year. One that is open at an end is not measured.
function isSpan(begin: string | undefined, end: string | undefined): boolean {
  if (begin === undefined || end === undefined) return true
  const last = new Date(begin)
  last.setUTCFullYear(last.getUTCFullYear() + 1)
  return begin <= end && new Date(end) <= last
}

const listOrders = operation({
  title: 'Querying Orders',
  method: 'GET',
  path: '/v2/orders/customer-orders',
  input: z
    .strictObject({
      order_id: text(64).optional().describe('One order; capitals do not matter.'),
      customer_id: text(64).optional().describe('The customer whose orders are asked for.'),
      create_time_begin: time().optional().describe('Placed at this time (UTC) or later.'),
      create_time_end: time()
        .optional()
        .describe('Placed at this time (UTC) or earlier, at most a year after the begin.'),
      service_type_code: text(64)
        .optional()
        .describe('The cloud service type, such as hws.service.type.obs; capitals do not matter.'),
      status: oneOfNumbers(ASKED_STATUSES).optional().describe('The status of the orders.'),
      order_type: oneOf(ORDER_TYPES).optional().describe('The kind of order, as text.'),
      limit: limit(100),
      offset: offset(),
      order_by: oneOf({
        createTime: 'By the time of creation, the oldest first',
        '-createTime': 'By the time of creation, the newest first',
      })
        .optional()
        .describe('How the orders are sorted (the newest first if absent).'),
      payment_time_begin: time().optional().describe('Paid at this time (UTC) or later.'),
      payment_time_end: time()
        .optional()
        .describe('Paid at this time (UTC) or earlier, at most a year after the begin.'),
      indirect_partner_id: text(64)
        .optional()
        .describe('The reseller; a distributor must name it for the customers of its resellers.'),
      method: oneOf({
        oneself: 'Your own orders',
        sub_customer: "Customers' orders that are paid for by you",
      })
        .optional()
        .describe('Whose orders are asked for (oneself if absent).'),
    })
    .refine((input) => isSpan(input.create_time_begin, input.create_time_end), {
      path: ['create_time_end'],
      message: 'must not be before create_time_begin, nor more than a year after it',
    })
    .refine((input) => isSpan(input.payment_time_begin, input.payment_time_end), {
      path: ['payment_time_end'],
      message: 'must not be before payment_time_begin, nor more than a year after it',
    }),
  result: z.looseObject({
    total_count: looseNumber().describe('How many orders fit, on all pages.'),
    order_infos: looseList(
      listedOrder.extend({
        // In Huawei's SDKs only, as are the parts of a combined order.
        agent_pay_info: z
          .looseObject({
            is_agent_pay: looseBoolean().describe('Whether somebody else pays the order.'),
            paying_agent_id: looseText().describe('The account that pays.'),
          })
          .nullish()
          .describe('Who pays the order in place of the customer.'),
        sub_order_infos: subOrders,
      }),
    ).describe('The orders of this page.'),
  }),
  // With the partner's own credentials: the orders of all its customers.
  caller: 'either',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: { list: 'order_infos', total: 'total_count', most: 100, identity: ['order_id'] },
  errors: errors('CBC.0100', 'CBC.0101', 'CBC.99000037', 'CBC.0155', 'CBC.0999'),
  source: { section: '8.3.1 Querying Orders' },
})

const product = {
  product_id: looseText().describe('The id of the product.'),
  product_spec_desc: looseText().describe('The specification in words.'),
  category_code: looseText().describe('The code of the product catalogue.'),
  product_owner_service: looseText().describe('The cloud service type that owns the product.'),
  commercial_resource: looseText().describe('The resource type of the commercial resource.'),
} as const

const orderLine = z.looseObject({
  order_line_item_id: z.string().min(1).describe('The id of the item.'),
  service_type_code: looseText().describe('The cloud service type.'),
  service_type_name: looseText().describe('The name of the cloud service type.'),
  ...product,
  period_type: looseCode(PERIOD_TYPES).describe('The period.'),
  period_num: looseNumber().describe('How many periods; absent for an unsubscription.'),
  effective_time: looseTime().describe('From when it is in effect (UTC).'),
  expire_time: looseTime().describe('When it expires (UTC).'),
  subscription_num: looseNumber().describe('How many were ordered.'),
  amount_after_discount: looseAmount().describe(
    'The price after discounts, without coupons and cards; of an unsubscription, the refund less the fee.',
  ),
  official_amount: looseAmount().describe(
    'The list price; of an unsubscription, the same as amount_after_discount.',
  ),
  amount_info: amounts.nullish().describe('How the price is made up.'),
  currency: looseText().describe('The currency of the amounts.'),
  base_product_info: z
    .looseObject(product)
    .nullish()
    .describe('The product before the change, if the order is a change.'),
})

const showOrder = operation({
  title: 'Querying Order Details',
  method: 'GET',
  path: '/v2/orders/customer-orders/details/{order_id}',
  input: z.strictObject({
    order_id: text(64).describe('The id of the order.'),
    limit: limit(100),
    offset: offset(),
    indirect_partner_id: text(64)
      .optional()
      .describe('The reseller; a distributor must name it for the customers of its resellers.'),
  }),
  result: z.looseObject({
    // Huawei's table describes this number and the list by each other's text.
    total_count: looseNumber().describe('How many items the order has, on all pages.'),
    order_info: order
      .extend({
        user_name: looseText().describe('Who placed the order: a login name, or a kind of system.'),
        pending_payment_end_time: looseTime().describe(
          'Until when the order must be paid (UTC), while it waits for that.',
        ),
        sub_order_infos: subOrders,
      })
      .nullish()
      .describe('The order.'),
    order_line_items: looseList(orderLine).describe('The items of this page.'),
  }),
  caller: 'either',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: {
    list: 'order_line_items',
    total: 'total_count',
    most: 100,
    identity: ['order_line_item_id'],
  },
  errors: errors('CBC.0100', 'CBC.0101', 'CBC.99000037', 'CBC.30000010', 'CBC.0155', 'CBC.0999'),
  source: { section: '8.3.2 Querying Order Details' },
})

const coupon = z.strictObject({
  id: text(64).describe('The id of the coupon.'),
  type: oneOfNumbers({
    300: 'Discount coupon (reserved)',
    301: 'Promotion coupon',
    302: 'Promotion flexi-purchase coupon (reserved)',
    303: 'Promotion stored-value card (reserved)',
  }).describe('The kind of coupon.'),
})

const discount = z.strictObject({
  id: text(64).describe('The id of the discount.'),
  type: oneOfNumbers({
    0: 'Promotion discount',
    2: 'Commercial discount',
    3: 'Discount granted by a partner',
  }).describe('The kind of discount.'),
})

// Huawei ignores a list beside NO according to one sentence of its table, and refuses it according to
// another; either way the caller means something else than what is sent.
function agrees(use: 'YES' | 'NO', list: readonly unknown[] | undefined): boolean {
  return (use === 'YES') === (list !== undefined)
}

const payOrder = operation({
  title: 'Paying Yearly/Monthly Product Orders',
  method: 'POST',
  path: '/v3/orders/customer-orders/pay',
  input: z
    .strictObject({
      order_id: text(64).describe('The order, of listOrders or renewResources.'),
      use_coupon: oneOf({ YES: 'Coupons are used', NO: 'No coupons are used' }).describe(
        'Whether coupons are used.',
      ),
      use_discount: oneOf({ YES: 'A discount is used', NO: 'No discount is used' }).describe(
        'Whether a discount is used.',
      ),
      coupon_infos: z
        .array(coupon)
        .min(1, 'must be a list of 1 to 3 coupons')
        .max(3, 'must be a list of 1 to 3 coupons')
        .optional()
        .describe('The coupons, 3 at most; only with use_coupon YES.'),
      discount_infos: z
        .array(discount)
        .length(1, 'must be a list of exactly one discount')
        .optional()
        .describe('The discount, only one; only with use_discount YES.'),
    })
    .refine((input) => agrees(input.use_coupon, input.coupon_infos), {
      path: ['coupon_infos'],
      message: 'must be given if use_coupon is YES, and left out if it is NO',
    })
    .refine((input) => agrees(input.use_discount, input.discount_infos), {
      path: ['discount_infos'],
      message: 'must be given if use_discount is YES, and left out if it is NO',
    }),
  result: z.void(),
  caller: 'customer',
  succeeds: 204,
  effect: 'money',
  retry: 'never',
  confirm: 'This pays the order from the budget or balance of the customer.',
  errors: errors(
    { code: 'CBC.99000046', remedy: 'Raise the budget of the customer with setBudget.' },
    'CBC.30000010',
    'CBC.99003106',
    'CBC.99003108',
    'CBC.99003110',
    'CBC.99003112',
    'CBC.99003116',
    'CBC.99003117',
    {
      code: 'CBC.99003141',
      remedy:
        'quota_infos tells what lacks: ask for more quota and pay again; for capacity or a changed specification, place a new order.',
    },
    'CBC.99003147',
    'CBC.99003155',
    'CBC.99003156',
    'CBC.99003162',
    'CBC.99003198',
    'CBC.99005003',
    'CBC.99006093',
    'CBC.7281',
    'CBC.99008040',
    'CBC.0999',
    {
      code: 'CBC.99000088',
      remedy: 'Do not pay again; showOrder tells when the payment is done.',
    },
    'CBC.99000089',
    'CBC.99008056',
  ),
  errorDetail: z.looseObject({
    quota_infos: looseList(
      z.looseObject({
        region: looseText().describe('The region.'),
        service_type_code: looseText().describe('The cloud service type.'),
        resource_type_code: looseText().describe('The resource type.'),
        resource_spec_code: looseText().describe('The specification.'),
        service_type_name: looseText().describe('The name of the cloud service type.'),
        resource_type_name: looseText().describe('The name of the resource type.'),
        auth_result: looseCode({
          1: 'The quota is insufficient',
          2: 'The capacity is insufficient',
          3: 'The specification changed since the order was placed',
          4: 'The associated resource changed since the order was placed',
          99: 'Other errors',
        }).describe('What lacks.'),
        available_zone: looseText().describe('The availability zone.'),
      }),
    ).describe('The resources whose quota or capacity is insufficient, with CBC.99003141.'),
    enterprise_project_auth_result: looseList(
      z.looseObject({
        enterprise_project_id: looseText().describe(
          'The enterprise project; 0 is the default one, -1 is none.',
        ),
        enterprise_project_name: looseText().describe('The name of the enterprise project.'),
        auth_status: looseCode({
          10: 'Its funds are insufficient, or the project is invalid',
          11: 'The budget of the organization is insufficient',
        }).describe('What lacks.'),
      }),
    ).describe('The enterprise projects whose funds are insufficient, with CBC.99003155.'),
  }),
  source: {
    section: '8.3.3 Paying Yearly/Monthly Product Orders',
    page: 'https://support.huaweicloud.com/eu/api-bpconsole/api_order_00030.html',
  },
})

const cancelOrder = operation({
  title: 'Canceling Orders in the Pending Payment Status',
  method: 'PUT',
  path: '/v2/orders/customer-orders/cancel',
  input: z.strictObject({
    order_id: text(64).describe('The order, which must be pending payment.'),
  }),
  result: z.void(),
  caller: 'customer',
  succeeds: 204,
  effect: 'write',
  retry: 'never',
  errors: errors('CBC.0100', 'CBC.99005010', 'CBC.0151', 'CBC.0999', 'CBC.99000089'),
  source: { section: '8.3.4 Canceling Orders in the Pending Payment Status' },
})

const showRefunds = operation({
  title: 'Querying the Amount of Unsubscription Orders',
  method: 'GET',
  path: '/v2/orders/customer-orders/refund-orders',
  input: z.strictObject({
    order_id: text(64).describe('An unsubscription or downgrade order, of May 2018 or later.'),
    // These two are in Huawei's SDKs only.
    customer_id: text(64).optional().describe('The customer whose order it is.'),
    indirect_partner_id: text(64).optional().describe('The reseller whose customer it is.'),
  }),
  result: z.looseObject({
    total_count: looseNumber().describe('How many amounts there are.'),
    refund_infos: looseList(
      z.looseObject({
        id: looseText().describe('The id of the record.'),
        amount: looseAmount().describe(
          'The amount: negative is given back, positive is the handling fee.',
        ),
        // The only operation where this is a text.
        measure_id: looseCode(MEASURES).describe('The unit of the amount.'),
        customer_id: looseText().describe('The Huawei Cloud account id of the customer.'),
        resource_type_code: looseText().describe('The resource type.'),
        service_type_code: looseText().describe('The cloud service type.'),
        resource_type_name: looseText().describe('The name of the resource type.'),
        service_type_name: looseText().describe('The name of the cloud service type.'),
        region_code: looseText().describe('The region.'),
        base_order_id: looseText().describe('The original order of the amount.'),
      }),
    ).describe('The amounts, by resource type and original order.'),
  }),
  caller: 'partner-for-customer',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  errors: errors('CBC.99005026', 'CBC.0151', 'CBC.0999'),
  source: { section: '8.3.5 Querying the Amount of Unsubscription Orders' },
})

export const orders = { listOrders, showOrder, payOrder, cancelOrder, showRefunds } as const
