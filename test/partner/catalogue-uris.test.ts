// Huawei's documents and the catalogue: every operation that they print, by section title, method and
// path as printed, and the name it has here. The first 36 are of the European API reference; the
// records and the v1.0 query are pages of the international one.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import type { AnyOperation } from '../../src/partner/operation.ts'

type Printed = readonly [title: string, uri: string, name: string]

const PRINTED: readonly Printed[] = [
  ['Querying Cloud Service Types', 'GET /v2/products/service-types', 'listServiceTypes'],
  ['Querying Resource Types', 'GET /v2/products/resource-types', 'listResourceTypes'],
  [
    'Querying Resources by Cloud Service Type',
    'GET /v2/products/service-resources',
    'listServiceResources',
  ],
  ['Querying Usage Types', 'GET /v2/products/usage-types', 'listUsageTypes'],
  ['Querying Measurement Units', 'GET /v2/bases/measurements', 'listMeasureUnits'],
  ['Querying the Measurement Unit Number System', 'GET /v2/bases/conversions', 'listConversions'],
  [
    'Querying the Price of a Pay-Per-Use Product',
    'POST /v2/bills/ratings/on-demand-resources',
    'queryOnDemandPrices',
  ],
  [
    'Querying the Price of a Yearly/Monthly Product',
    'POST /v2/bills/ratings/period-resources/subscribe-rate',
    'queryPeriodPrices',
  ],
  [
    'Querying the Renewal Price of a Yearly/Monthly Resource',
    'POST /v2/bills/ratings/period-resources/renew-rate',
    'queryRenewalPrices',
  ],
  [
    'Verifying Customer Registration Information',
    'POST /v2/partners/sub-customers/users/check-identity',
    'checkIdentity',
  ],
  ['Sending a Verification Code', 'POST /v2/bases/verificationcode/send', 'sendVerificationCode'],
  ['Creating a Customer', 'POST /v2/partners/sub-customers', 'createCustomer'],
  ['Querying Customers', 'POST /v2/partners/sub-customers/query', 'queryCustomers'],
  ['Freezing a Customer Account', 'POST /v2/partners/sub-customers/freeze', 'freezeCustomers'],
  [
    'Unfreezing a Customer Account',
    'POST /v2/partners/sub-customers/unfreeze',
    'unfreezeCustomers',
  ],
  [
    'Querying the List of Huawei Cloud Resellers',
    'POST /v2/partners/indirect-partners/query',
    'queryResellers',
  ],
  [
    'Querying Consumption Quota',
    'GET /v2/partners/credit/consumption-quota',
    'showConsumptionQuota',
  ],
  ['Querying Customer Budgets', 'GET /v2/partners/sub-customers/budget', 'showBudget'],
  ['Setting Customer Budgets', 'POST /v2/partners/sub-customers/budget', 'setBudget'],
  ['Querying Coupons', 'GET /v2/promotions/benefits/coupons', 'listCoupons'],
  ['Querying Orders', 'GET /v2/orders/customer-orders', 'listOrders'],
  ['Querying Order Details', 'GET /v2/orders/customer-orders/details/{order_id}', 'showOrder'],
  ['Paying Yearly/Monthly Product Orders', 'POST /v3/orders/customer-orders/pay', 'payOrder'],
  [
    'Canceling Orders in the Pending Payment Status',
    'PUT /v2/orders/customer-orders/cancel',
    'cancelOrder',
  ],
  [
    'Querying the Amount of Unsubscription Orders',
    'GET /v2/orders/customer-orders/refund-orders',
    'showRefunds',
  ],
  [
    "Querying Customer's Yearly/Monthly Resources",
    'POST /v2/orders/suscriptions/resources/query',
    'queryPeriodResources',
  ],
  [
    'Renewing Subscription to Yearly/Monthly Resources',
    'POST /v2/orders/subscriptions/resources/renew',
    'renewResources',
  ],
  [
    'Unsubscribing from Yearly/Monthly Resources',
    'POST /v2/orders/subscriptions/resources/unsubscribe',
    'unsubscribeResources',
  ],
  [
    'Enabling Automatic Subscription Renewal for Yearly/Monthly Resources',
    'POST /v2/orders/subscriptions/resources/autorenew/{resource_id}',
    'enableAutoRenewal',
  ],
  [
    'Disabling Automatic Subscription Renewal for Yearly/Monthly Resources',
    'DELETE /v2/orders/subscriptions/resources/autorenew/{resource_id}',
    'disableAutoRenewal',
  ],
  [
    'Enabling/Canceling the Change from Yearly/Monthly to Pay-per-Use upon Expiration',
    'POST /v2/orders/subscriptions/resources/to-on-demand',
    'changeToOnDemand',
  ],
  ['Querying Resource Packages', 'POST /v3/payments/free-resources/query', 'queryPackages'],
  [
    'Viewing Resource Package Usage',
    'POST /v2/payments/free-resources/usages/details/query',
    'queryPackageUsage',
  ],
  [
    'Querying Resource Package Usage Details',
    'GET /v2/bills/customer-bills/free-resources-usage-records',
    'listPackageUsageRecords',
  ],
  [
    "Querying Customer's Pay-Per-Use Resources",
    'POST /v2/partners/sub-customers/on-demand-resources/query',
    'queryOnDemandResources',
  ],
  [
    'Querying Monthly Bills',
    'GET /v2/bills/partner-bills/postpaid-bill-summary',
    'listMonthlyBills',
  ],
  [
    'Querying Customer Budget Adjustment Records',
    'GET /v2/partners/sub-customers/budget/records',
    'listBudgetRecords',
  ],
  [
    "Querying Customers' Budgets",
    'GET /v1.0/{partner_id}/partner/account-mgr/credit',
    'showCredit',
  ],
]

const ROWS: Readonly<Record<string, AnyOperation>> = CATALOGUE

test('the catalogue has the 38 operations that Huawei documents, and no other', () => {
  const documented = PRINTED.map(([, , name]) => name)

  assert.equal(documented.length, 38)
  assert.deepEqual(Object.keys(CATALOGUE).sort(), [...documented].sort())
})

for (const [title, uri, name] of PRINTED) {
  test(`${name} is "${title}": ${uri}`, () => {
    const row = ROWS[name]

    assert.equal(`${row?.method} ${row?.path}`, uri)
    assert.ok(row?.title.startsWith(title), row?.title)
    assert.ok(row?.source.section.includes(title), row?.source.section)
  })
}
