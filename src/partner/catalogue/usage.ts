// Rows of the group "Managing Pay-Per-Use Resources": what customers use without a period.
// Sections are those of the European API reference.

import { z } from 'zod'
import { operation } from '../operation.ts'
import { errors } from './codes.ts'
import {
  ids,
  limit,
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

// Asked for by 1 to 6, though the table of the request leaves out 6, which the result names.
const RESOURCE_STATUSES = {
  1: 'Normal (provisioned)',
  2: 'Grace period',
  3: 'Freezing',
  4: 'Changing',
  5: 'Canceling',
  6: 'Canceled',
} as const

const queryOnDemandResources = operation({
  title: "Querying Customer's Pay-Per-Use Resources",
  method: 'POST',
  path: '/v2/partners/sub-customers/on-demand-resources/query',
  input: z.strictObject({
    customer_id: text(64).describe('The Huawei Cloud account id of the customer.'),
    region_code: text(64).optional().describe('The region, such as eu-west-101.'),
    service_type_code: text(64)
      .optional()
      .describe('The cloud service type, such as hws.service.type.obs.'),
    resource_ids: ids(50, 256).optional().describe('Certain resources, 50 at most.'),
    effective_time_begin: time().optional().describe('In effect from this time (UTC) or later.'),
    effective_time_end: time().optional().describe('In effect from this time (UTC) or earlier.'),
    offset: offset(),
    limit: limit(100),
    status: oneOfNumbers(RESOURCE_STATUSES).optional().describe('The status of the resources.'),
    indirect_partner_id: text(64)
      .optional()
      .describe(
        'The reseller whose customer it is; a distributor must name it for such customers.',
      ),
  }),
  result: z.looseObject({
    total_count: looseNumber().describe('How many resources fit, on all pages.'),
    resources: looseList(
      z.looseObject({
        customer_id: looseText().describe('The Huawei Cloud account id of the customer.'),
        region_code: looseText().describe('The region.'),
        availability_zone_code: looseText().describe('The availability zone.'),
        service_type_code: looseText().describe('The cloud service type.'),
        resource_type_code: looseText().describe('The resource type.'),
        service_type_name: looseText().describe('The name of the cloud service type.'),
        resource_type_name: looseText().describe('The name of the resource type.'),
        resource_id: z.string().min(1).describe('The id of the resource.'),
        resource_name: looseText().describe('The name of the resource.'),
        effective_time: looseTime().describe('From when it is in effect (UTC).'),
        expire_time: looseTime().describe('When it expires (UTC).'),
        status: looseCode(RESOURCE_STATUSES).describe('The status of the resource.'),
        resource_spec_code: looseText().describe('The specification, such as s2.small.1.linux.'),
        resource_info: looseText().describe('The capacity, as JSON text: {"specSize":40.0}.'),
        product_spec_desc: looseText().describe('The specification in words.'),
      }),
    ).describe('The resources of this page.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: {
    list: 'resources',
    total: 'total_count',
    most: 100,
    // A resource may be billed under several types, such as a server and its image.
    identity: ['region_code', 'resource_type_code', 'resource_id'],
  },
  errors: errors(
    'CBC.0100',
    {
      code: 'CBC.99000000',
      remedy: 'Only customers who are associated in the Reseller model can be asked for.',
    },
    'CBC.99000037',
    'CBC.0151',
    'CBC.0999',
  ),
  source: { section: "8.6.1 Querying Customer's Pay-Per-Use Resources" },
})

export const usage = { queryOnDemandResources } as const
