// What can be asked about the products: the lists of codes that prices, orders and bills speak in.

import type { Behaviours } from '../api/behaviour.ts'
import { done, fits, pageOf } from './answers.ts'
import {
  CONVERSIONS,
  MEASURES,
  RESOURCE_TYPES,
  resourceTypeName,
  SERVICE_TYPES,
  type ServiceType,
  serviceName,
  USAGE_TYPES,
} from './products.ts'

/** The behaviours of the group "Querying the Product Catalog". */
export const productLists: Behaviours<
  | 'listServiceTypes'
  | 'listResourceTypes'
  | 'listServiceResources'
  | 'listUsageTypes'
  | 'listMeasureUnits'
  | 'listConversions'
> = {
  listServiceTypes: (input, { language }) => {
    const part = input.service_type_name?.toLowerCase() ?? ''
    const nameOf = ({ name, chineseName }: ServiceType) =>
      language === 'zh_CN' ? chineseName : name
    const found = SERVICE_TYPES.filter((service) => nameOf(service).toLowerCase().includes(part))
    return done({
      total_count: found.length,
      service_types: pageOf(found, input).map((service) => ({
        service_type_code: service.code,
        service_type_name: nameOf(service),
        abbreviation: service.abbreviation,
      })),
    })
  },

  listResourceTypes: (input) =>
    done({
      total_count: RESOURCE_TYPES.length,
      resource_types: pageOf(RESOURCE_TYPES, input).map(({ code, name, service }) => ({
        resource_type_code: code,
        resource_type_name: name,
        resource_type_desc: `${name} of ${serviceName(service)}`,
        service_type_code: service,
      })),
    }),

  listServiceResources: (input) => {
    const found = RESOURCE_TYPES.filter(({ service }) => fits(service, input.service_type_code))
    return done({
      total_count: found.length,
      infos: pageOf(found, input).map(({ code, name, service }) => ({
        basic_info: {
          resource_type_code: code,
          product_owner_service: service,
          name,
          description: name,
        },
      })),
    })
  },

  listUsageTypes: (input) => {
    const found = USAGE_TYPES.filter(({ resourceType }) =>
      fits(resourceType, input.resource_type_code),
    )
    return done({
      total_count: found.length,
      usage_types: pageOf(found, input).map(({ code, name, resourceType }) => ({
        code,
        name,
        resource_type_code: resourceType,
        resource_type_name: resourceTypeName(resourceType),
        service_type_code: serviceOf(resourceType),
        service_type_name: serviceName(serviceOf(resourceType)),
      })),
    })
  },

  listMeasureUnits: () =>
    done({
      measure_units: MEASURES.map(({ id, name, abbreviation, type }) => ({
        measure_id: id,
        measure_name: name,
        abbreviation,
        measure_type: type,
      })),
    }),

  listConversions: (input) =>
    done({
      conversions: CONVERSIONS.filter(
        ({ type }) => input.measure_type === undefined || type === input.measure_type,
      ).map(({ from, to, ratio, type }) => ({
        measure_id: from,
        ref_measure_id: to,
        conversion_ratio: ratio,
        measure_type: type,
      })),
    }),
}

function serviceOf(resourceType: string): string {
  return RESOURCE_TYPES.find(({ code }) => code === resourceType)?.service ?? ''
}
