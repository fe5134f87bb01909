// Rows of the group "Managing Coupons": which coupons there are, and what each may be used for.
// Sections are those of the European API reference.

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
  oneOfNumbers,
  text,
  time,
} from './fields.ts'

// The reference of the European site names cash coupons only, as the others are not available there;
// its range is 1 to 4, and its table of limits gives the numbers of the others.
const COUPON_TYPES = {
  1: 'Cash coupon',
  2: 'Discount coupon (not on the European site)',
  4: 'Flexi-purchase coupon (not on the European site)',
} as const

const COUPON_STATUSES = { 2: 'To be used', 3: 'Used', 4: 'Expired', 5: 'Withdrawn' } as const

const COUPON_LIMITS = {
  baseValue: 'Order amount: at least value1, at most value2',
  serviceType: 'Cloud service type: value1',
  regionCode: 'Region: code in value1, name in value2',
  productId: 'Product ids, separated by commas',
  subscribeType: 'Kind of order: new, renew or change in value1',
  firstOrderInService: 'Only for the first purchase: value1',
  cycleNum: 'Number of periods: value1',
  cycleType:
    'Period: 0 yearly or monthly, 1 yearly, 2 monthly, 3 daily, 4 hourly, 5 pay-per-use, 6 general purpose, 7 one-off, 8 reserved instance, 11 savings plan',
  simultaneousUseWithEmpowerDiscount: 'Together with authorised discounts: 0 no, 1 yes',
  simultaneousUseWithContractDiscount: 'Together with commercial discounts: 0 no',
  simultaneousUseWithPromotionProduct: 'Together with promotional products: 0 no, 1 yes',
  simultaneousUseWithPromotionDiscount: 'Together with promotion discounts: 0 no, 1 yes',
  simultaneousUseWithDiscountCoupon: 'Together with discount coupons: 0 no, 1 yes',
  usageTimes: 'How often it may be used: value1, where 0 is without limit',
  isOnlyForStrictSelected: 'Only for Featured Products on KooGallery: 0 no, 1 yes',
  isRebate: "Counted into the partner's incentive rebates: 0 no, 1 yes",
  serviceTypeBlackList: 'Cloud service types that are excluded: value1',
  minConsumeDiscount: 'The least discount of the customer: value1, between 0 and 1',
  isForAnnualContracts: 'Only for orders of one year: 0 no, 1 yes',
} as const

const coupon = z.looseObject({
  coupon_id: z.string().min(1).describe('The id of the coupon.'),
  coupon_code: looseText().describe('The code of the coupon.'),
  status: looseCode(COUPON_STATUSES).describe('Whether it can be used.'),
  customer_id: looseText().describe('The account that has the coupon.'),
  coupon_type: looseCode(COUPON_TYPES).describe('The kind of coupon.'),
  measure_id: looseCode({ 1: 'Dollar' }).describe('The unit of the amounts.'),
  face_value: looseAmount().describe('The amount of the coupon.'),
  valid_time: looseTime().describe('From when it is valid (UTC).'),
  expire_time: looseTime().describe('When it expires (UTC).'),
  order_id: looseText().describe(
    'The orders: those of one payment separated by commas, of several uses by semicolons. Not each of them used the coupon.',
  ),
  promotion_plan_id: looseText().describe('The id of the promotion plan.'),
  plan_name: looseText().describe('The name of the promotion plan.'),
  plan_desc: looseText().describe('What the promotion plan is.'),
  media_type: looseCode({ 1: 'E-coupon', 2: 'Paper coupon' }).describe('The medium.'),
  fetch_method: looseCode({
    1: 'Claimed online',
    2: 'Redeemed online',
    3: 'Issued online',
    4: 'Obtained offline',
    5: 'Rewarded based on events',
  }).describe('How the coupon was obtained.'),
  use_limits: looseList(
    z.looseObject({
      // "limiti": Huawei's own spelling, in its reference and in its SDKs.
      use_limiti_info_id: looseText().describe('The id of the limit.'),
      limit_key: looseCode(COUPON_LIMITS).describe('What is limited.'),
      value1: looseText().describe('The first value of the limit.'),
      value2: looseText().describe('The second value of the limit.'),
      value_unit: looseText().describe('The unit of the values.'),
      limit_type: looseText().describe('How the values are compared, such as =.'),
      promotion_plan_id: looseText().describe('The id of the promotion plan.'),
    }),
  ).describe('What the coupon may be used for.'),
  active_time: looseTime().describe('When it was activated (UTC).'),
  reserve_time: looseTime().describe('When it was used (UTC).'),
  promotion_id: looseText().describe('The id of the promotion.'),
  create_time: looseTime().describe('When it was made (UTC).'),
  coupon_version: looseCode({ 2: 'Can be used repeatedly' }).describe('The version of the coupon.'),
  balance: looseAmount().describe('What is left of the amount, in USD.'),
  lock_order_id: looseText().describe('The order that holds the coupon.'),
  coupon_usage: looseText().describe('What the coupon was used for.'),
  is_frozen: looseBoolean().describe('Whether the coupon is frozen.'),
  currency: looseText().describe('The currency: USD.'),
  extend_param1: looseText().describe('An extended field.'),
  source_id: looseText().describe(
    'Who or what issued the coupon: the partner, or an activity, event, reward or creator.',
  ),
})

const listCoupons = operation({
  title: 'Querying Coupons',
  method: 'GET',
  path: '/v2/promotions/benefits/coupons',
  input: z.strictObject({
    coupon_id: text(64).optional().describe('One coupon.'),
    order_id: text(64).optional().describe('The order for which coupons are used.'),
    promotion_plan_id: text(64).optional().describe('The promotion plan.'),
    coupon_type: oneOfNumbers(COUPON_TYPES).optional().describe('The kind of coupon.'),
    status: oneOfNumbers(COUPON_STATUSES).optional().describe('Whether it can be used.'),
    active_start_time: time().optional().describe('Activated at this time (UTC) or later.'),
    active_end_time: time().optional().describe('Activated at this time (UTC) or earlier.'),
    offset: offset(),
    limit: limit(100),
    source_id: text(255)
      .optional()
      .describe('Who issued the coupon: the id of a partner, for the coupons of that partner.'),
  }),
  result: z.looseObject({
    // Coupons that expired more than a year ago are neither counted nor given.
    count: looseNumber().describe('How many coupons fit, on all pages.'),
    user_coupons: looseList(coupon).describe('The coupons of this page.'),
  }),
  // With the partner's own credentials: the coupons of the partner and of its resellers.
  caller: 'either',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: { list: 'user_coupons', total: 'count', most: 100, identity: ['coupon_id'] },
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '8.2.1 Querying Coupons' },
})

export const coupons = { listCoupons } as const
