// What customers have ordered, as rows: Huawei's own example requests pass, and each change of one is
// stopped with a message that says what to do.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CATALOGUE, type OperationName } from '../../src/partner/catalogue/index.ts'
import { EXAMPLES } from './order-examples.ts'

type Fields = Readonly<Record<string, unknown>>

type Row = {
  readonly operation: OperationName
  readonly title: string
  /** What differs from Huawei's example; `undefined` leaves a field out. */
  readonly change: Fields
  /** The field at fault and the message; a change without it is accepted. */
  readonly refused?: string
}

const COUPON = { id: 'CP191010121314ABCD', type: 301 }
const DISCOUNT = { id: '3b5b9d6d0a6f4d6c', type: 2 }
const NEEDS_LIST = 'must be given if use_coupon is YES, and left out if it is NO'
const NEEDS_DISCOUNT = 'must be given if use_discount is YES, and left out if it is NO'
const YEAR_FROM_CREATION = 'must not be before create_time_begin, nor more than a year after it'
const DAYS_FROM_BEGIN = 'must not be before deduct_time_begin, nor more than 90 days after it'
const FIFTY = 'must be a list of 1 to 50 different texts of 1 to 64 characters'
const TEN = 'must be a list of 1 to 10 different texts of 1 to 64 characters'

const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `r-${index}`)

const ROWS: readonly Row[] = [
  // Coupons
  {
    operation: 'listCoupons',
    title: 'a status that coupons do not have',
    change: { status: 1 },
    refused: 'status: must be one of 2, 3, 4, 5',
  },
  {
    operation: 'listCoupons',
    title: 'a source of 255 characters',
    change: { source_id: 's'.repeat(255) },
  },
  {
    operation: 'listCoupons',
    title: 'a source of 256 characters',
    change: { source_id: 's'.repeat(256) },
    refused: 'source_id: must be a text of 1 to 255 characters',
  },
  {
    operation: 'listCoupons',
    title: 'an empty source, which Huawei would search for',
    change: { source_id: '' },
    refused: 'source_id: must be a text of 1 to 255 characters',
  },
  {
    operation: 'listCoupons',
    title: 'a time without a zone',
    change: { active_start_time: '2019-05-06T08:05:01' },
    refused: 'active_start_time: must be a time such as 2019-05-06T08:05:01Z',
  },
  {
    operation: 'listCoupons',
    title: 'a page of 101',
    change: { limit: 101 },
    refused: 'limit: must be a whole number from 1 to 100',
  },

  // Orders
  {
    operation: 'listOrders',
    title: 'the orders of exactly a year',
    change: { create_time_begin: '2020-05-06T08:05:01Z', create_time_end: '2021-05-06T08:05:01Z' },
  },
  {
    operation: 'listOrders',
    title: 'the orders of a year and a second',
    change: { create_time_begin: '2020-05-06T08:05:01Z', create_time_end: '2021-05-06T08:05:02Z' },
    refused: `create_time_end: ${YEAR_FROM_CREATION}`,
  },
  {
    operation: 'listOrders',
    title: 'a creation that ends before it begins',
    change: { create_time_end: '2020-05-06T08:05:00Z' },
    refused: `create_time_end: ${YEAR_FROM_CREATION}`,
  },
  {
    operation: 'listOrders',
    title: 'payments of more than a year',
    change: { payment_time_end: '2021-05-07T08:05:01Z' },
    refused:
      'payment_time_end: must not be before payment_time_begin, nor more than a year after it',
  },
  {
    operation: 'listOrders',
    title: 'an open end',
    change: { create_time_begin: '2001-01-01T00:00:00Z', create_time_end: undefined },
  },
  {
    operation: 'listOrders',
    title: 'a status that can only come back',
    change: { status: 2 },
    refused: 'status: must be one of 1, 3, 4, 5, 6, 9',
  },
  {
    operation: 'listOrders',
    title: 'another order than that of creation',
    change: { order_by: 'paymentTime' },
    refused: 'order_by: must be one of createTime, -createTime',
  },
  {
    operation: 'listOrders',
    title: 'a misspelt field',
    change: { costumer_id: 'd0001' },
    refused: ': Unrecognized key: "costumer_id"',
  },
  {
    operation: 'showOrder',
    title: 'no order',
    change: { order_id: undefined },
    refused: 'order_id: must be a text of 1 to 64 characters',
  },

  // Paying
  {
    operation: 'payOrder',
    title: 'neither coupon nor discount',
    change: {
      use_coupon: 'NO',
      use_discount: 'NO',
      coupon_infos: undefined,
      discount_infos: undefined,
    },
  },
  {
    operation: 'payOrder',
    title: 'coupons used, and none named',
    change: { coupon_infos: undefined },
    refused: `coupon_infos: ${NEEDS_LIST}`,
  },
  {
    operation: 'payOrder',
    title: 'coupons not used, and one named',
    change: { use_coupon: 'NO' },
    refused: `coupon_infos: ${NEEDS_LIST}`,
  },
  {
    operation: 'payOrder',
    title: 'a discount used, and none named',
    change: { discount_infos: undefined },
    refused: `discount_infos: ${NEEDS_DISCOUNT}`,
  },
  {
    operation: 'payOrder',
    title: 'a discount not used, and one named',
    change: { use_discount: 'NO' },
    refused: `discount_infos: ${NEEDS_DISCOUNT}`,
  },
  { operation: 'payOrder', title: '3 coupons', change: { coupon_infos: Array(3).fill(COUPON) } },
  {
    operation: 'payOrder',
    title: '4 coupons',
    change: { coupon_infos: Array(4).fill(COUPON) },
    refused: 'coupon_infos: must be a list of 1 to 3 coupons',
  },
  {
    operation: 'payOrder',
    title: '2 discounts',
    change: { discount_infos: [DISCOUNT, DISCOUNT] },
    refused: 'discount_infos: must be a list of exactly one discount',
  },
  {
    operation: 'payOrder',
    title: 'a kind of coupon that does not exist',
    change: { coupon_infos: [{ ...COUPON, type: 304 }] },
    refused: 'coupon_infos.0.type: must be one of 300, 301, 302, 303',
  },
  {
    operation: 'payOrder',
    title: 'a kind of discount that does not exist',
    change: { discount_infos: [{ ...DISCOUNT, type: 1 }] },
    refused: 'discount_infos.0.type: must be one of 0, 2, 3',
  },
  {
    operation: 'payOrder',
    title: 'a yes in small letters',
    change: { use_coupon: 'yes' },
    refused: 'use_coupon: must be one of YES, NO',
  },

  // Resources
  {
    operation: 'queryPeriodResources',
    title: '51 resources',
    change: { resource_ids: idsOf(51) },
    refused: `resource_ids: ${FIFTY}`,
  },
  {
    operation: 'queryPeriodResources',
    title: 'an empty list, which Huawei answers with every resource',
    change: { resource_ids: [] },
    refused: `resource_ids: ${FIFTY}`,
  },
  {
    operation: 'queryPeriodResources',
    title: 'a status that resources do not have',
    change: { status_list: [1] },
    refused: 'status_list.0: must be one of 2, 3, 4, 5',
  },
  {
    operation: 'queryPeriodResources',
    title: 'a page of 501',
    change: { limit: 501 },
    refused: 'limit: must be a whole number from 1 to 500',
  },
  {
    operation: 'queryPeriodResources',
    title: 'an empty cloud service type',
    change: { service_type_code: '' },
    refused: 'service_type_code: must be a text of 1 to 64 characters',
  },
  { operation: 'renewResources', title: '11 months', change: { period_num: 11 } },
  {
    operation: 'renewResources',
    title: '12 months',
    change: { period_num: 12 },
    refused: 'period_num: must be a whole number from 1 to 11',
  },
  { operation: 'renewResources', title: '3 years', change: { period_type: 3, period_num: 3 } },
  {
    operation: 'renewResources',
    title: '4 years',
    change: { period_type: 3, period_num: 4 },
    refused: 'period_num: must be a whole number from 1 to 3 if period_type is 3 (years)',
  },
  {
    operation: 'renewResources',
    title: '11 resources',
    change: { resource_ids: idsOf(11) },
    refused: `resource_ids: ${TEN}`,
  },
  {
    operation: 'renewResources',
    title: 'the same resource twice',
    change: { resource_ids: ['r-1', 'r-1'] },
    refused: `resource_ids: ${TEN}`,
  },
  {
    operation: 'unsubscribeResources',
    title: 'no kind of unsubscription',
    change: { unsubscribe_type: undefined },
    refused: 'unsubscribe_type: must be one of 1, 2',
  },
  {
    operation: 'unsubscribeResources',
    title: 'an unknown kind of reason',
    change: { unsubscribe_reason_type: 6 },
    refused: 'unsubscribe_reason_type: must be one of 1, 2, 3, 4, 5',
  },
  {
    operation: 'unsubscribeResources',
    title: 'a reason of 513 characters',
    change: { unsubscribe_reason: 'r'.repeat(513) },
    refused: 'unsubscribe_reason: must be a text of 1 to 512 characters',
  },
  {
    operation: 'enableAutoRenewal',
    title: '99 renewals by the year',
    change: { auto_renew_times: 99, period_type: 'YEAR' },
  },
  {
    operation: 'enableAutoRenewal',
    title: '100 renewals',
    change: { auto_renew_times: 100 },
    refused: 'auto_renew_times: must be a whole number from 0 to 99',
  },
  {
    operation: 'disableAutoRenewal',
    title: 'a resource of 65 characters',
    change: { resource_id: 'r'.repeat(65) },
    refused: 'resource_id: must be a text of 1 to 64 characters',
  },
  { operation: 'changeToOnDemand', title: '100 resources', change: { resource_ids: idsOf(100) } },
  {
    operation: 'changeToOnDemand',
    title: 'another operation than the two',
    change: { operation: 'SETUP' },
    refused: 'operation: must be one of SET_UP, CANCEL',
  },

  // Packages, usage, bills
  {
    operation: 'queryPackages',
    title: 'a million packages skipped',
    change: { offset: 1_000_000 },
    refused: 'offset: must be a whole number from 0 to 999999',
  },
  {
    operation: 'queryPackages',
    title: '11 cloud service types',
    change: { service_type_code_list: idsOf(11) },
    refused: `service_type_code_list: ${TEN}`,
  },
  {
    operation: 'queryPackageUsage',
    title: '101 items',
    change: { free_resource_ids: idsOf(101) },
    refused: 'free_resource_ids: must be a list of 1 to 100 different texts of 1 to 64 characters',
  },
  {
    operation: 'listPackageUsageRecords',
    title: 'the deductions of 90 days',
    change: { deduct_time_end: '2021-12-30' },
  },
  {
    operation: 'listPackageUsageRecords',
    title: 'the deductions of 91 days',
    change: { deduct_time_end: '2021-12-31' },
    refused: `deduct_time_end: ${DAYS_FROM_BEGIN}`,
  },
  {
    operation: 'listPackageUsageRecords',
    title: 'a last day before the first',
    change: { deduct_time_end: '2021-09-30' },
    refused: `deduct_time_end: ${DAYS_FROM_BEGIN}`,
  },
  {
    operation: 'listPackageUsageRecords',
    title: 'a day that no calendar has',
    change: { deduct_time_begin: '2021-02-29' },
    refused: 'deduct_time_begin: must be a day such as 2021-10-31',
  },
  {
    operation: 'queryOnDemandResources',
    title: 'no customer',
    change: { customer_id: undefined },
    refused: 'customer_id: must be a text of 1 to 64 characters',
  },
  {
    operation: 'queryOnDemandResources',
    title: 'a status that resources do not have',
    change: { status: 7 },
    refused: 'status: must be one of 1, 2, 3, 4, 5, 6',
  },
  {
    operation: 'listMonthlyBills',
    title: 'a thirteenth month',
    change: { bill_cycle: '2020-13' },
    refused: 'bill_cycle: must be a month such as 2020-12',
  },
]

function faultsOf(operation: OperationName, input: Fields): readonly string[] {
  const { error } = CATALOGUE[operation].input.safeParse(input)
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

for (const { operation, title, change, refused } of ROWS) {
  test(`${operation} ${refused === undefined ? 'takes' : 'does not take'} ${title}`, () => {
    const example = EXAMPLES.get(operation)?.request ?? {}

    const before = faultsOf(operation, example)
    const after = faultsOf(operation, { ...example, ...change })

    assert.deepEqual(before, [], "Huawei's example must pass, or this proves nothing")
    assert.deepEqual(after, refused === undefined ? [] : [refused])
  })
}
