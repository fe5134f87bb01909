// What customers have per use: the servers that run, with their state.

import type { ApiCall, Behaviours, InputOf } from '../api/behaviour.ts'
import { findCustomer, refuseReseller } from '../api/resellers.ts'
import { type ApiAnswer, bssError } from '../api-answer.ts'
import { areResourcesFrozen, done, fits, isWithin, pageOf, worldOf } from './answers.ts'
import { describeProduct, getProduct, HOME_REGION } from './price-list.ts'
import { resourceTypeName, serviceName } from './products.ts'
import type { Server } from './state.ts'

/** The behaviours of the group "Managing Pay-Per-Use Resources". */
export const onDemand: Behaviours<'queryOnDemandResources'> = { queryOnDemandResources }

// Servers run until somebody stops them; Huawei writes the last moment of its calendar.
const NO_END = '2099-12-31T15:59:59Z'

function queryOnDemandResources(
  input: InputOf<'queryOnDemandResources'>,
  call: ApiCall,
): ApiAnswer {
  const refused = refuseReseller(input.indirect_partner_id)
  if (refused !== undefined) return refused
  const state = call.deps.state.read()
  const customer = findCustomer(state, input.customer_id, input.indirect_partner_id)
  if (customer === undefined) {
    const message = 'You do not have the operation permission to the customer.'
    return bssError(400, 'CBC.99000000', message)
  }
  const span = { begin: input.effective_time_begin, end: input.effective_time_end }
  const status = areResourcesFrozen(call, customer.domainId) ? 3 : 1
  const found = worldOf(call).servers.filter((server) =>
    [
      server.customerId === customer.domainId,
      fits(HOME_REGION, input.region_code),
      fits(getProduct(server.productId).service, input.service_type_code),
      input.resource_ids === undefined || input.resource_ids.includes(server.resourceId),
      isWithin(server.startedAt, span),
      input.status === undefined || input.status === status,
    ].every(Boolean),
  )
  return done({
    total_count: found.length,
    resources: pageOf(found, input).map((server) => serverInfo(server, status)),
  })
}

function serverInfo(server: Server, status: 1 | 3) {
  const product = getProduct(server.productId)
  return {
    customer_id: server.customerId,
    region_code: HOME_REGION,
    availability_zone_code: `${HOME_REGION}a`,
    service_type_code: product.service,
    resource_type_code: product.resourceType,
    service_type_name: serviceName(product.service),
    resource_type_name: resourceTypeName(product.resourceType),
    resource_id: server.resourceId,
    resource_name: server.name,
    effective_time: server.startedAt,
    expire_time: NO_END,
    status,
    resource_spec_code: product.spec,
    resource_info: JSON.stringify(server.size === undefined ? {} : { specSize: server.size }),
    product_spec_desc: describeProduct(product, server.size),
  }
}
