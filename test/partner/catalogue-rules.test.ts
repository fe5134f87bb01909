// What is stopped before it is sent, in the words that the caller gets: Huawei's limits and the rules
// between fields.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Big } from 'big.js'
import { CATALOGUE, type OperationName } from '../../src/partner/catalogue/index.ts'

type Fields = Readonly<Record<string, unknown>>

type Refused = {
  readonly operation: OperationName
  readonly title: string
  /** What differs from an input that is accepted. */
  readonly change: Fields
  readonly says: string
}

const PRODUCT = {
  id: '1',
  cloud_service_type: 'hws.service.type.ebs',
  resource_type: 'hws.resource.type.volume',
  resource_spec: 'SSD',
  region: 'eu-west-101',
  resource_size: 10,
  size_measure_id: 17,
  subscription_num: 1,
} as const

const USED = { ...PRODUCT, usage_factor: 'Duration', usage_value: 1, usage_measure_id: 4 } as const
const BOUGHT = { ...PRODUCT, period_type: 2, period_num: 1 } as const

/** An input of each operation that is accepted. */
const ACCEPTED = {
  listServiceTypes: { service_type_name: 'Cloud', offset: 1_000_000_000, limit: 1000 },
  listServiceResources: { service_type_code: 'hws.service.type.obs', limit: 100 },
  listUsageTypes: { resource_type_code: 'hws.resource.type.vm' },
  listConversions: { measure_type: 104 },
  queryOnDemandPrices: { project_id: 'p-1', product_infos: [USED], inquiry_precision: 0 },
  queryPeriodPrices: { project_id: 'p-1', product_infos: [BOUGHT] },
  queryRenewalPrices: { resource_ids: ['r-1'], period_type: 3, period_num: 3 },
  queryCustomers: { account_name: 'acme', associated_on_begin: '2019-05-06T08:05:01Z' },
  freezeCustomers: { customer_ids: ['d-1'], reason: 'Arrears', freeze_type: 'ACCOUNT' },
  unfreezeCustomers: { customer_ids: ['d-1'], reason: 'Paid' },
  queryResellers: { account_name: 'reseller', limit: 1 },
  showBudget: { customer_id: 'd-1' },
  setBudget: { customer_id: 'd-1', budget_amount: '100.25', cancel_partner_frozen: '0' },
  listBudgetRecords: { customer_id: 'd-1', operation_type: 'SETTING' },
  showCredit: { partner_id: 'p-1', customer_id: 'd-1' },
} as const satisfies Partial<Record<OperationName, Fields>>

const REFUSED: readonly (Refused & { readonly operation: keyof typeof ACCEPTED })[] = [
  {
    operation: 'listServiceTypes',
    title: 'a page of 1,001',
    change: { limit: 1001 },
    says: 'limit: must be a whole number from 1 to 1000',
  },
  {
    operation: 'listServiceTypes',
    title: 'a page of none',
    change: { limit: 0 },
    says: 'limit: must be a whole number from 1 to 1000',
  },
  {
    operation: 'listServiceTypes',
    title: 'a page far beyond the end',
    change: { offset: 1_000_000_001 },
    says: 'offset: must be a whole number from 0 to 1000000000',
  },
  {
    operation: 'listServiceResources',
    title: 'an empty service type',
    change: { service_type_code: '' },
    says: 'service_type_code: must be a text of 1 to 64 characters',
  },
  {
    operation: 'listServiceResources',
    title: 'a page of 101',
    change: { limit: 101 },
    says: 'limit: must be a whole number from 1 to 100',
  },
  {
    operation: 'listUsageTypes',
    title: 'null for a resource type, which Huawei would search for',
    change: { resource_type_code: null },
    says: 'resource_type_code: must be a text of 1 to 64 characters',
  },
  {
    operation: 'listConversions',
    title: 'half a measurement type',
    change: { measure_type: 1.5 },
    says: 'measure_type: must be a whole number from 1 to 2147483647',
  },
  {
    operation: 'queryOnDemandPrices',
    title: 'no product',
    change: { product_infos: [] },
    says: 'product_infos: must be a list of 1 to 100 items',
  },
  {
    operation: 'queryOnDemandPrices',
    title: '101 products',
    change: { product_infos: Array.from({ length: 101 }, (_, n) => ({ ...USED, id: `${n}` })) },
    says: 'product_infos: must be a list of 1 to 100 items',
  },
  {
    operation: 'queryOnDemandPrices',
    title: 'two products of one id',
    change: { product_infos: [USED, USED] },
    says: 'product_infos: must have a different id for each product',
  },
  {
    operation: 'queryOnDemandPrices',
    title: 'a size without its unit',
    change: { product_infos: [{ ...USED, size_measure_id: undefined }] },
    says: 'product_infos.0.size_measure_id: must be given together with resource_size',
  },
  {
    operation: 'queryOnDemandPrices',
    title: 'a size in a unit of time',
    change: { product_infos: [{ ...USED, size_measure_id: 4 }] },
    says: 'product_infos.0.size_measure_id: must be one of 14, 15, 17',
  },
  {
    operation: 'queryOnDemandPrices',
    title: 'an amount of usage in words',
    change: { product_infos: [{ ...USED, usage_value: 'one' }] },
    says: 'product_infos.0.usage_value: must be a number with at most 10 decimal places',
  },
  {
    operation: 'queryOnDemandPrices',
    title: '10,001 subscriptions',
    change: { product_infos: [{ ...USED, subscription_num: 10_001 }] },
    says: 'product_infos.0.subscription_num: must be a whole number from 1 to 10000',
  },
  {
    operation: 'queryOnDemandPrices',
    title: 'another precision than the two',
    change: { inquiry_precision: 2 },
    says: 'inquiry_precision: must be one of 0, 1',
  },
  {
    operation: 'queryPeriodPrices',
    title: 'a unit without its size',
    change: { product_infos: [{ ...BOUGHT, resource_size: undefined }] },
    says: 'product_infos.0.size_measure_id: must be given together with resource_size',
  },
  {
    operation: 'queryPeriodPrices',
    title: 'two products of one id',
    change: { product_infos: [BOUGHT, BOUGHT] },
    says: 'product_infos: must have a different id for each product',
  },
  {
    operation: 'queryPeriodPrices',
    title: 'weeks',
    change: { product_infos: [{ ...BOUGHT, period_type: 1 }] },
    says: 'product_infos.0.period_type: must be one of 0, 2, 3, 4',
  },
  {
    operation: 'queryRenewalPrices',
    title: 'four years',
    change: { period_num: 4 },
    says: 'period_num: must be a whole number from 1 to 3 for years',
  },
  {
    operation: 'queryRenewalPrices',
    title: 'twelve months',
    change: { period_type: 2, period_num: 12 },
    says: 'period_num: must be a whole number from 1 to 11',
  },
  {
    operation: 'queryRenewalPrices',
    title: 'one resource twice',
    change: { resource_ids: ['r-1', 'r-1'] },
    says: 'resource_ids: must be a list of 1 to 10 different texts of 1 to 64 characters',
  },
  {
    operation: 'queryCustomers',
    title: 'a search with a space',
    change: { account_name: 'acme cloud' },
    says: 'account_name: must not contain spaces',
  },
  {
    operation: 'queryCustomers',
    title: 'a day where a time is asked for',
    change: { associated_on_begin: '2019-05-06' },
    says: 'associated_on_begin: must be a time such as 2019-05-06T08:05:01Z',
  },
  {
    operation: 'queryCustomers',
    title: 'a type of association that does not exist',
    change: { association_type: '2' },
    says: 'association_type: must be one of 1, 3',
  },
  {
    operation: 'freezeCustomers',
    title: 'eleven customers',
    change: { customer_ids: Array.from({ length: 11 }, (_, n) => `d-${n}`) },
    says: 'customer_ids: must be a list of 1 to 10 different texts of 1 to 64 characters',
  },
  {
    operation: 'freezeCustomers',
    title: 'no reason',
    change: { reason: '' },
    says: 'reason: must be a text of 1 to 256 characters',
  },
  {
    operation: 'freezeCustomers',
    title: 'a type of freezing in small letters',
    change: { freeze_type: 'account' },
    says: 'freeze_type: must be one of ACCOUNT, ACCOUNT_AND_RESOURCE',
  },
  {
    operation: 'unfreezeCustomers',
    title: 'no type of unfreezing at all',
    change: { unfreeze_type: '' },
    says: 'unfreeze_type: must be one of ACCOUNT, ACCOUNT_AND_RESOURCE',
  },
  {
    operation: 'queryResellers',
    title: 'an account name of 65 characters',
    change: { account_name: 'x'.repeat(65) },
    says: 'account_name: must be a text of 1 to 64 characters',
  },
  {
    operation: 'showBudget',
    title: 'no customer',
    change: { customer_id: undefined },
    says: 'customer_id: must be a text of 1 to 64 characters',
  },
  {
    operation: 'setBudget',
    title: 'a budget of nothing',
    change: { budget_amount: 0 },
    says: 'budget_amount: must be more than 0 and at most 2147483647',
  },
  {
    operation: 'setBudget',
    title: 'a budget beyond the largest',
    change: { budget_amount: '2147483647.01' },
    says: 'budget_amount: must be more than 0 and at most 2147483647',
  },
  {
    operation: 'setBudget',
    title: 'a thousandth of a dollar',
    change: { budget_amount: new Big('0.001') },
    says: 'budget_amount: must be a number with at most 2 decimal places',
  },
  {
    operation: 'setBudget',
    title: 'the wish to unfreeze as a number, as the reference has it in its example',
    change: { cancel_partner_frozen: 0 },
    says: 'cancel_partner_frozen: must be one of 0, 1',
  },
  {
    operation: 'listBudgetRecords',
    title: 'an empty type of operation',
    change: { operation_type: '' },
    says: 'operation_type: must be one of SETTING, DELETE',
  },
  {
    operation: 'showCredit',
    title: 'no partner',
    change: { partner_id: '' },
    says: 'partner_id: must be a text of 1 to 64 characters',
  },
]

for (const [operation, input] of Object.entries(ACCEPTED)) {
  test(`${operation} takes an input that keeps to its rules`, () => {
    const row = CATALOGUE[operation as keyof typeof ACCEPTED]

    assert.equal(row.input.safeParse(input).success, true)
  })
}

for (const { operation, title, change, says } of REFUSED) {
  test(`${operation} does not take ${title}`, () => {
    const checked = CATALOGUE[operation].input.safeParse({ ...ACCEPTED[operation], ...change })

    const [problem] = checked.error?.issues ?? []
    assert.equal(`${problem?.path.join('.')}: ${problem?.message}`, says)
  })
}

test('a time goes out in UTC, to the second, however it was given', () => {
  const moment = new Date('2019-05-06T08:05:01.999Z')

  const sent = CATALOGUE.queryCustomers.input.parse({ associated_on_end: moment })

  assert.equal(sent.associated_on_end, '2019-05-06T08:05:01Z')
})

test('an amount keeps every digit on its way out', () => {
  const sent = CATALOGUE.queryOnDemandPrices.input.parse({
    ...ACCEPTED.queryOnDemandPrices,
    product_infos: [{ ...USED, usage_value: '12345678901234567.0000000001' }],
  })

  assert.equal(sent.product_infos[0]?.usage_value.toFixed(), '12345678901234567.0000000001')
})
