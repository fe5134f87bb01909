// Rows of the group "Managing Yearly/Monthly Resources": finding, renewing and unsubscribing from what
// customers have ordered. Sections are those of the European API reference.

import { z } from 'zod'
import { operation } from '../operation.ts'
import { errors } from './codes.ts'
import {
  ids,
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
  whole,
} from './fields.ts'

const STATUSES = {
  2: 'Provisioned',
  3: 'Closed (not visible to customers)',
  4: 'Frozen',
  5: 'Expired',
} as const

const EXPIRE_POLICIES = {
  0: 'Enters the grace period',
  1: 'Becomes pay-per-use',
  2: 'Is deleted (from resources in effect)',
  3: 'Is renewed automatically',
  4: 'Is frozen',
  5: 'Is deleted (from resources in the retention period)',
} as const

const resource = z.looseObject({
  id: z.string().min(1).describe('The id of the resource before it is provisioned.'),
  resource_id: looseText().describe('The id of the resource, once provisioned.'),
  resource_name: looseText().describe('The name of the resource.'),
  region_code: looseText().describe('The region.'),
  service_type_code: looseText().describe('The cloud service type.'),
  resource_type_code: looseText().describe('The resource type.'),
  resource_spec_code: looseText().describe('The specification, such as s2.small.1.linux.'),
  service_type_name: looseText().describe('The name of the cloud service type.'),
  resource_type_name: looseText().describe('The name of the resource type.'),
  project_id: looseText().describe('The project of the resource.'),
  product_id: looseText().describe('The id of the product.'),
  parent_resource_id: looseText().describe('The resource that it is attached to.'),
  is_main_resource: looseBoolean().describe('Whether it is a primary resource.'),
  status: looseCode(STATUSES).describe('The status of the resource.'),
  effective_time: looseTime().describe('From when it is in effect (UTC).'),
  expire_time: looseTime().describe('When it expires (UTC).'),
  expire_policy: looseCode(EXPIRE_POLICIES).describe('What happens when it expires.'),
  product_spec_desc: looseText().describe('The specification in words.'),
  spec_size: looseAmount().describe('The size of a product that comes in sizes, such as a disk.'),
  spec_size_measure_id: looseNumber().describe('The unit of the size, of listMeasureUnits.'),
  update_time: looseTime().describe('When an order last changed it (UTC).'),
  enterprise_project: z
    .looseObject({
      id: looseText().describe('The id of the enterprise project.'),
      name: looseText().describe('The name of the enterprise project.'),
    })
    .nullish()
    .describe('The enterprise project of the resource.'),
})

const queryPeriodResources = operation({
  title: "Querying Customer's Yearly/Monthly Resources",
  method: 'POST',
  // "suscriptions" is how Huawei spells this path, and only this one.
  path: '/v2/orders/suscriptions/resources/query',
  input: z.strictObject({
    resource_ids: ids(50).optional().describe('Certain resources, 50 at most.'),
    order_id: text(64).optional().describe('The order whose resources are asked for.'),
    only_main_resource: oneOfNumbers({
      0: 'Primary and attached resources',
      1: 'Primary resources only',
    })
      .optional()
      .describe('Whether attached resources are left out (0 if absent).'),
    status_list: z
      .array(oneOfNumbers(STATUSES))
      .min(1, 'must be a list of 1 to 10 statuses')
      .max(10, 'must be a list of 1 to 10 statuses')
      .optional()
      .describe('The statuses of the resources.'),
    offset: offset(2_147_483_646),
    limit: limit(500),
    expire_time_begin: time().optional().describe('Expires at this time (UTC) or later.'),
    expire_time_end: time().optional().describe('Expires at this time (UTC) or earlier.'),
    service_type_code: text(64)
      .optional()
      .describe('The cloud service type, such as hws.service.type.obs.'),
    // In Huawei's SDKs only.
    customer_id: text(64).optional().describe('The customer whose resources are asked for.'),
  }),
  result: z.looseObject({
    data: looseList(resource).describe('The resources of this page.'),
    total_count: looseNumber().describe('How many resources fit, on all pages.'),
  }),
  caller: 'customer',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: { list: 'data', total: 'total_count', most: 500, identity: ['id'] },
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: "8.4.1 Querying Customer's Yearly/Monthly Resources" },
})

const idList = looseList(z.string().min(1))

const notDone = looseList(
  z.looseObject({
    error_code: looseText().describe("Huawei's code."),
    error_msg: looseText().describe("Huawei's text."),
    resource_id: looseText().describe('The resource.'),
  }),
)

const MOST_YEARS = 3

const renewResources = operation({
  title: 'Renewing Subscription to Yearly/Monthly Resources',
  method: 'POST',
  path: '/v2/orders/subscriptions/resources/renew',
  input: z
    .strictObject({
      resource_ids: ids(10).describe('The primary resources, 10 at most.'),
      period_type: oneOfNumbers({ 2: 'Month', 3: 'Year' }).describe('The period.'),
      period_num: whole(1, 11).describe('How many periods: 1 to 11 months, or 1 to 3 years.'),
      expire_policy: oneOfNumbers({
        0: 'Entering a grace or retention period',
        1: 'Yearly/monthly to pay-per-use',
        2: 'Automatic unsubscription',
        3: 'Automatic renewal',
      })
        .optional()
        .describe(
          'Without effect since Huawei discarded it: see enableAutoRenewal and changeToOnDemand.',
        )
        .meta({ deprecated: true }),
      is_auto_pay: oneOfNumbers({
        0: 'The order waits for payOrder',
        1: 'The order is paid at once',
      })
        .optional()
        .describe('Whether the order is paid at once (0 if absent).'),
    })
    .refine(({ period_type, period_num }) => period_type === 2 || period_num <= MOST_YEARS, {
      path: ['period_num'],
      message: `must be a whole number from 1 to ${MOST_YEARS} if period_type is 3 (years)`,
    }),
  result: z.looseObject({
    order_ids: idList.describe('The orders of the renewal.'),
    fail_resource_infos: notDone.describe('The resources that were not renewed.'),
  }),
  caller: 'customer',
  succeeds: 200,
  effect: 'money',
  retry: 'never',
  failures: 'fail_resource_infos',
  confirm:
    'This orders more time for the resources and all that is attached to them; with is_auto_pay 1 the customer pays at once.',
  errors: errors(
    'CBC.0100',
    'CBC.30010036',
    'CBC.30010069',
    'CBC.30050006',
    'CBC.99000092',
    'CBC.99003100',
    'CBC.7281',
    {
      code: 'CBC.99003016',
      remedy: 'Leave out the resources that expiredResourceIds names.',
    },
    'CBC.99003144',
    'CBC.99003154',
    'CBC.99003634',
    'CBC.0151',
    'CBC.0999',
  ),
  errorDetail: z.looseObject({
    order_ids: idList.describe('The orders that were made all the same; they can be paid.'),
    // In camelCase, unlike every other field.
    expiredResourceIds: idList.describe(
      'The resources that expired or do not exist, with CBC.99003016.',
    ),
  }),
  source: { section: '8.4.2 Renewing Subscription to Yearly/Monthly Resources' },
})

const unsubscribeResources = operation({
  title: 'Unsubscribing from Yearly/Monthly Resources',
  method: 'POST',
  path: '/v2/orders/subscriptions/resources/unsubscribe',
  input: z.strictObject({
    resource_ids: ids(10).describe(
      'The primary resources, or resources attached to one, 10 at most.',
    ),
    unsubscribe_type: oneOfNumbers({
      1: 'The resource and its renewal periods',
      2: 'Only the renewal periods',
    }).describe('What ends.'),
    unsubscribe_reason_type: oneOfNumbers({
      1: 'The product is of poor usability',
      2: 'The functions do not meet the requirements',
      3: 'The product is too complex, or it is not known how to use it',
      4: 'Not satisfied with the service',
      5: 'Others',
    })
      .optional()
      .describe('The kind of reason.'),
    unsubscribe_reason: text(512).optional().describe("The reason, in the customer's words."),
  }),
  result: z.looseObject({
    order_ids: idList.describe('The unsubscription orders; see showRefunds.'),
    fail_resource_infos: notDone.describe('The resources that were not unsubscribed from.'),
  }),
  caller: 'customer',
  succeeds: 200,
  effect: 'money',
  retry: 'never',
  failures: 'fail_resource_infos',
  confirm:
    'This ends the resources and all that is attached to them, or with unsubscribe_type 2 their renewals, and refunds the customer. Resources that are not in the recycle bin cannot be restored.',
  errors: errors(
    'CBC.0100',
    'CBC.30000053',
    'CBC.30000067',
    'CBC.99003012',
    'CBC.99003100',
    'CBC.99003128',
    'CBC.99003185',
    'CBC.99003643',
    'CBC.99003647',
    'CBC.99003649',
    'CBC.99003650',
    'CBC.99003652',
    'CBC.99003654',
    'CBC.99003656',
    'CBC.99006066',
    'CBC.0151',
    'CBC.99003651',
    'CBC.0999',
  ),
  source: { section: '8.4.3 Unsubscribing from Yearly/Monthly Resources' },
})

const renewedResource = text(64).describe(
  'The resource. What is attached to a primary resource goes along with it.',
)

const enableAutoRenewal = operation({
  title: 'Enabling Automatic Subscription Renewal for Yearly/Monthly Resources',
  method: 'POST',
  path: '/v2/orders/subscriptions/resources/autorenew/{resource_id}',
  input: z.strictObject({
    resource_id: renewedResource,
    // These two are in Huawei's SDKs only; the European reference has no body.
    auto_renew_times: whole(0, 99)
      .optional()
      .describe('How often it is renewed (0, or absent the first time: without limit).'),
    period_type: oneOf({ MONTH: 'By the month', YEAR: 'By the year' })
      .optional()
      .describe('The period of a renewal (that of the latest order if absent).'),
  }),
  result: z.void(),
  caller: 'customer',
  succeeds: 204,
  // Nothing is paid by the call, but from then on Huawei charges the customer without being asked.
  effect: 'money',
  retry: 'never',
  confirm:
    'From now on the customer pays for each renewal of the resource, 7 days before it expires, until auto-renewal is disabled.',
  errors: errors('CBC.0100', 'CBC.99003012', 'CBC.99003602', 'CBC.0151', 'CBC.0999'),
  source: {
    section: '8.4.4 Enabling Automatic Subscription Renewal for Yearly/Monthly Resources',
  },
})

const disableAutoRenewal = operation({
  title: 'Disabling Automatic Subscription Renewal for Yearly/Monthly Resources',
  method: 'DELETE',
  path: '/v2/orders/subscriptions/resources/autorenew/{resource_id}',
  input: z.strictObject({ resource_id: renewedResource }),
  result: z.void(),
  caller: 'customer',
  succeeds: 204,
  // It takes later charges back and makes none; the resource ends with the period that is paid.
  effect: 'write',
  retry: 'never',
  errors: errors('CBC.0100', 'CBC.99003012', 'CBC.99003605', 'CBC.0151', 'CBC.0999'),
  source: {
    section: '8.4.5 Disabling Automatic Subscription Renewal for Yearly/Monthly Resources',
  },
})

const changeToOnDemand = operation({
  title: 'Enabling/Canceling the Change from Yearly/Monthly to Pay-per-Use upon Expiration',
  method: 'POST',
  path: '/v2/orders/subscriptions/resources/to-on-demand',
  input: z.strictObject({
    operation: oneOf({
      SET_UP: 'Pay-per-use once the period has ended',
      CANCEL: 'The change is called off',
    }).describe('What is done.'),
    resource_ids: ids(100).describe('The primary resources, 100 at most.'),
  }),
  result: z.looseObject({
    error_details: looseList(
      z.looseObject({
        id: looseText().describe('What failed; Huawei calls it the ID of a batch message.'),
        error_code: looseText().describe("Huawei's code."),
        error_msg: looseText().describe("Huawei's text."),
      }),
    ).describe('The resources that were not changed.'),
  }),
  caller: 'customer',
  succeeds: 200,
  // Nothing is paid by the call, but the resource goes on at a price without end.
  effect: 'money',
  retry: 'never',
  failures: 'error_details',
  confirm:
    'With SET_UP the resources do not end with their period: the customer pays for their use until they are deleted.',
  errors: errors(
    'CBC.0100',
    'CBC.99003609',
    'CBC.99003610',
    'CBC.99003611',
    'CBC.99003012',
    'CBC.99003622',
    'CBC.99003623',
    'CBC.99003624',
    'CBC.99003626',
    'CBC.0151',
    'CBC.0999',
  ),
  source: {
    section:
      '8.4.6 Enabling/Canceling the Change from Yearly/Monthly to Pay-per-Use upon Expiration',
  },
})

export const resources = {
  queryPeriodResources,
  renewResources,
  unsubscribeResources,
  enableAutoRenewal,
  disableAutoRenewal,
  changeToOnDemand,
} as const
