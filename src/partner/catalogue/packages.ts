// Rows of the group "Managing Resource Packages": what was bought in advance, and what is left of it.
// Sections are those of the European API reference.

import { z } from 'zod'
import { operation } from '../operation.ts'
import { errors } from './codes.ts'
import {
  billingDay,
  ids,
  limit,
  looseAmount,
  looseCode,
  looseList,
  looseNumber,
  looseText,
  looseTime,
  offset,
  oneOfNumbers,
  text,
} from './fields.ts'

const STATUSES = {
  0: 'Not effective',
  1: 'In effect',
  2: 'Used up',
  3: 'Expired',
  4: 'Unsubscribed',
} as const

const measureUnit = looseNumber().describe('The unit of the amounts, of listMeasureUnits.')

const packageResource = z.looseObject({
  free_resource_id: z.string().min(1).describe('The id of the item, for queryPackageUsage.'),
  usage_type_name: looseText().describe('The name of the usage type.'),
  amount: looseAmount().describe('What is left, of the current period if it is reset.'),
  original_amount: looseAmount().describe('What there is, of each period if it is reset.'),
  measure_id: measureUnit,
})

const queryPackages = operation({
  title: 'Querying Resource Packages',
  method: 'POST',
  path: '/v3/payments/free-resources/query',
  input: z.strictObject({
    region_code: text(64).optional().describe('The region, such as eu-west-101.'),
    order_id: text(64).optional().describe('The order of the packages.'),
    product_id: text(64).optional().describe('The product id of a package.'),
    product_name: text(256).optional().describe('The name of a package.'),
    enterprise_project_id: text(64)
      .optional()
      .describe('The enterprise project (packages that are in none if absent).'),
    status: oneOfNumbers(STATUSES).optional().describe('The status of the packages.'),
    offset: offset(999_999),
    limit: limit(1000),
    service_type_code_list: ids(10)
      .optional()
      .describe('The cloud service types, 10 at most; capitals do not matter.'),
  }),
  result: z.looseObject({
    // Packages that expired more than 18 months ago are neither counted nor given.
    total_count: looseNumber().describe('How many packages fit, on all pages.'),
    free_resource_packages: looseList(
      z.looseObject({
        order_instance_id: z.string().min(1).describe('The id of the package.'),
        order_id: looseText().describe('The order; absent for a gift.'),
        product_id: looseText().describe('The product id of the package.'),
        product_name: looseText().describe('The name of the package.'),
        enterprise_project_id: looseText().describe('The enterprise project.'),
        enterprise_project_scope: looseCode({
          0: 'All enterprise projects',
          1: 'Specific enterprise projects',
        }).describe('Which enterprise projects use the package.'),
        effective_time: looseTime().describe('When it was bought (UTC).'),
        expire_time: looseTime().describe('When it expires (UTC).'),
        status: looseCode(STATUSES).describe('The status of the package.'),
        service_type_code: looseText().describe('The cloud service type.'),
        service_type_name: looseText().describe('The name of the cloud service type.'),
        region_code: looseText().describe('The region.'),
        source_type: looseCode({ 0: 'Order', 1: 'Gifted by DevCloud' }).describe(
          'Where it comes from.',
        ),
        bundle_type: looseCode({
          ATOMIC_PKG: 'Atomic package',
          BUNDLE_PKG: 'Combined package',
        }).describe('How it is bundled.'),
        quota_reuse_mode: looseCode({
          1: 'Resettable: full again at the begin of each period',
          2: 'Not resettable',
        }).describe('Whether it is filled again.'),
        free_resources: looseList(packageResource).describe('The items of the package.'),
      }),
    ).describe('The packages of this page.'),
  }),
  caller: 'customer',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: {
    list: 'free_resource_packages',
    total: 'total_count',
    most: 1000,
    identity: ['order_instance_id'],
  },
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '8.5.1 Querying Resource Packages' },
})

const queryPackageUsage = operation({
  title: 'Viewing Resource Package Usage',
  method: 'POST',
  path: '/v2/payments/free-resources/usages/details/query',
  input: z.strictObject({
    free_resource_ids: ids(100).describe('The items, free_resource_id of queryPackages.'),
  }),
  result: z.looseObject({
    free_resources: looseList(
      z.looseObject({
        free_resource_id: z.string().min(1).describe('The id of the item.'),
        free_resource_type_name: looseText().describe('The name of the resource type.'),
        quota_reuse_cycle: looseCode({
          1: 'Hour',
          2: 'Day',
          3: 'Week',
          4: 'Month',
          5: 'Year',
        }).describe('After which period it is full again, if it is resettable.'),
        quota_reuse_cycle_type: looseCode({
          1: 'By the calendar',
          2: 'By the day of the order',
        }).describe('When the periods begin, if it is resettable.'),
        usage_type_name: looseText().describe('The name of the usage type.'),
        start_time: looseTime().describe(
          'The begin (UTC) of the current period, or of the package.',
        ),
        end_time: looseTime().describe('The end (UTC) of the current period, or of the package.'),
        amount: looseAmount().describe('What is left, of the current period if it is reset.'),
        original_amount: looseAmount().describe('What there is, of each period if it is reset.'),
        measure_id: measureUnit,
      }),
    ).describe('The items.'),
  }),
  caller: 'customer',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '8.5.2 Viewing Resource Package Usage' },
})

const MOST_DAYS = 90
const DAY_MS = 24 * 60 * 60 * 1000

function isPeriod(begin: string, end: string): boolean {
  const days = (Date.parse(end) - Date.parse(begin)) / DAY_MS
  return days >= 0 && days <= MOST_DAYS
}

const listPackageUsageRecords = operation({
  title: 'Querying Resource Package Usage Details',
  method: 'GET',
  path: '/v2/bills/customer-bills/free-resources-usage-records',
  input: z
    .strictObject({
      free_resource_id: text(64).optional().describe('An item, of queryPackages.'),
      product_id: text(64).optional().describe('The product id of a package.'),
      resource_type_code: text(64)
        .optional()
        .describe('The resource type, such as hws.resource.type.vm.'),
      deduct_time_begin: billingDay().describe('The first day of the deductions (GMT+8).'),
      deduct_time_end: billingDay().describe(
        `The last day of the deductions (GMT+8), at most ${MOST_DAYS} days after the first.`,
      ),
      offset: offset(),
      limit: limit(1000),
    })
    .refine((input) => isPeriod(input.deduct_time_begin, input.deduct_time_end), {
      path: ['deduct_time_end'],
      message: `must not be before deduct_time_begin, nor more than ${MOST_DAYS} days after it`,
    }),
  result: z.looseObject({
    total_count: looseNumber().describe('How many deductions fit, on all pages.'),
    free_resource_records: looseList(
      z.looseObject({
        deduct_time: looseTime().describe('When it was deducted (UTC).'),
        free_resource_id: looseText().describe('The item of the package.'),
        resource_id: looseText().describe('The resource that used it.'),
        resource_type_code: looseText().describe('The resource type.'),
        resource_type_name: looseText().describe('The name of the resource type.'),
        resource_tag: looseText().describe('The tag of the resource.'),
        product_id: looseText().describe('The product id of the package.'),
        product_name: looseText().describe('The name of the package.'),
        usage_type_code: looseText().describe('The usage type.'),
        available_amount: looseAmount().describe('What was left before.'),
        remaining_amount: looseAmount().describe('What was left after.'),
        used_amount: looseAmount().describe('What was deducted.'),
        measure_id: measureUnit,
        effective_time: looseTime().describe('The begin of the use (UTC).'),
        expire_time: looseTime().describe('The end of the use (UTC).'),
      }),
    ).describe('The deductions of this page.'),
  }),
  caller: 'customer',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: {
    list: 'free_resource_records',
    total: 'total_count',
    most: 1000,
    identity: [], // Deductions have no id, and two of one moment may be alike in every field.
  },
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '8.5.3 Querying Resource Package Usage Details' },
})

export const packages = { queryPackages, queryPackageUsage, listPackageUsageRecords } as const
