// Rows of the group "Querying the Product Catalog": the codes of services, resources, usage and units
// that prices, bills and packages speak in. Huawei changes them rarely; they are worth keeping a day.

import { z } from 'zod'
import { operation } from '../operation.ts'
import { errors } from './codes.ts'
import {
  limit,
  looseCode,
  looseList,
  looseNumber,
  looseText,
  offset,
  text,
  whole,
} from './fields.ts'

const MEASURE_TYPES = {
  '1': 'currency',
  '2': 'duration',
  '3': 'traffic',
  '4': 'quantity',
  '6': 'length',
  '7': 'capacity',
  '9': 'number of lines',
  '10': 'period',
  '11': 'frequency',
  '12': 'count',
  '15': 'capacity x duration',
  '16': 'bandwidth',
  '17': 'capacity-duration',
  '18': 'query rate',
  '19': 'bandwidth (1000)',
  '20': 'performance test usage',
  '21': 'area',
  '22': 'video',
  '23': 'throughput',
  '26': 'deduction unit of a general resource package',
  '27': 'number of cores x duration',
  '28': 'memory x duration',
  '29': 'IOPS x duration',
  '30': 'throughput x duration',
  '31': 'number / duration',
  '40': 'traffic (1000)',
  '41': '1,000 tokens',
  '103': 'Hong Kong dollar',
  '104': 'tokens',
} as const

const listServiceTypes = operation({
  title: 'Querying Cloud Service Types',
  method: 'GET',
  path: '/v2/products/service-types',
  input: z.strictObject({
    // Only Huawei's SDK has it.
    service_type_name: text(200).optional().describe('A part of the name of the service.'),
    offset: offset(1_000_000_000),
    limit: limit(1000),
  }),
  result: z.looseObject({
    total_count: looseNumber().describe('How many service types there are, on all pages.'),
    service_types: looseList(
      z.looseObject({
        service_type_code: looseText().describe('The code, such as hws.service.type.obs.'),
        service_type_name: looseText().describe('The name.'),
        abbreviation: looseText().describe('The name in short, such as OBS.'),
      }),
    ).describe('The service types of this page, without those of the KooGallery.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: {
    list: 'service_types',
    total: 'total_count',
    most: 1000,
    identity: ['service_type_code'],
  },
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '4.1.1 Querying Cloud Service Types' },
})

const listResourceTypes = operation({
  title: 'Querying Resource Types',
  method: 'GET',
  path: '/v2/products/resource-types',
  input: z.strictObject({ offset: offset(1_000_000_000), limit: limit(1000) }),
  result: z.looseObject({
    total_count: looseNumber().describe('How many resource types there are, on all pages.'),
    resource_types: looseList(
      z.looseObject({
        resource_type_code: looseText().describe('The code, such as hws.resource.type.vm.'),
        resource_type_name: looseText().describe('The name.'),
        resource_type_desc: looseText().describe('What it is.'),
        service_type_code: looseText().describe('The service type that the resource belongs to.'),
      }),
    ).describe('The resource types of this page.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: {
    list: 'resource_types',
    total: 'total_count',
    most: 1000,
    identity: ['service_type_code', 'resource_type_code'],
  },
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '4.1.2 Querying Resource Types' },
})

const listServiceResources = operation({
  title: 'Querying Resources by Cloud Service Type',
  method: 'GET',
  path: '/v2/products/service-resources',
  input: z.strictObject({
    service_type_code: text(64).describe(
      'The service type, such as hws.service.type.obs; listServiceTypes gives them.',
    ),
    offset: offset(10_000_000),
    limit: limit(100),
  }),
  result: z.looseObject({
    total_count: looseNumber().describe('How many resources the service has, on all pages.'),
    infos: looseList(
      z.looseObject({
        basic_info: z
          .looseObject({
            resource_type_code: looseText().describe('The code, such as hws.resource.type.vm.'),
            product_owner_service: looseText().describe(
              'The service that the resource belongs to, such as hws.service.type.ec2.',
            ),
            name: looseText().describe('The name of the resource type.'),
            description: looseText().describe('What it is.'),
          })
          .nullish()
          .describe('What the resource is.'),
      }),
    ).describe('The resources of this page.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: { list: 'infos', total: 'total_count', most: 100, identity: ['basic_info'] },
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '4.1.3 Querying Resources by Cloud Service Type' },
})

const listUsageTypes = operation({
  title: 'Querying Usage Types',
  method: 'GET',
  path: '/v2/products/usage-types',
  input: z.strictObject({
    resource_type_code: text(64)
      .optional()
      .describe('A resource type, such as hws.resource.type.vm; listResourceTypes gives them.'),
    offset: offset(100_000_000),
    limit: limit(100),
  }),
  result: z.looseObject({
    total_count: looseNumber().describe('How many usage types fit, on all pages.'),
    usage_types: looseList(
      z.looseObject({
        code: looseText().describe('The code, such as reqNumber: usage_factor of a price query.'),
        name: looseText().describe('The name, such as the number of calls.'),
        resource_type_code: looseText().describe('The resource type that is used.'),
        resource_type_name: looseText().describe('The name of the resource type.'),
        service_type_code: looseText().describe('The service type of the resource.'),
        service_type_name: looseText().describe('The name of the service type.'),
      }),
    ).describe('The usage types of this page.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: {
    list: 'usage_types',
    total: 'total_count',
    most: 100,
    identity: ['service_type_code', 'resource_type_code', 'code'],
  },
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '4.1.4 Querying Usage Types' },
})

const listMeasureUnits = operation({
  title: 'Querying Measurement Units',
  method: 'GET',
  path: '/v2/bases/measurements',
  input: z.strictObject({}),
  result: z.looseObject({
    measure_units: looseList(
      z.looseObject({
        measure_id: looseNumber().describe('The id; 10 is GB.'),
        measure_name: looseText().describe('The name, such as GB.'),
        abbreviation: looseText().describe('The name in short, such as G.'),
        measure_type: looseCode(MEASURE_TYPES).describe('What the unit measures.'),
      }),
    ).describe('All units.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  errors: errors('CBC.0151', 'CBC.0999'),
  source: { section: '4.1.5 Querying Measurement Units' },
})

const listConversions = operation({
  title: 'Querying the Measurement Unit Number System',
  method: 'GET',
  path: '/v2/bases/conversions',
  input: z.strictObject({
    // Huawei prints a range, and the kinds it knows today; a kind it adds must not be stopped here.
    measure_type: whole(1, 2_147_483_647)
      .optional()
      .meta({ meanings: MEASURE_TYPES })
      .describe('The kind of unit: measure_type of listMeasureUnits.'),
  }),
  result: z.looseObject({
    conversions: looseList(
      z.looseObject({
        measure_id: looseNumber().describe('The unit that is converted; 10 is GB.'),
        ref_measure_id: looseNumber().describe('The unit it is converted to; 11 is MB.'),
        conversion_ratio: looseNumber().describe('How many of the other unit make one: 1024.'),
        measure_type: looseCode(MEASURE_TYPES).describe('What both units measure.'),
      }),
    ).describe('The conversions.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  errors: errors('CBC.0151', 'CBC.0999'),
  source: { section: '4.1.6 Querying the Measurement Unit Number System' },
})

export const products = {
  listServiceTypes,
  listResourceTypes,
  listServiceResources,
  listUsageTypes,
  listMeasureUnits,
  listConversions,
} as const
