// What customers have by the month or year: listed, renewed, given back, and what happens at the end.

import type { ApiCall, Behaviours, InputOf } from '../api/behaviour.ts'
import { type ApiAnswer, bssError } from '../api-answer.ts'
import {
  areResourcesFrozen,
  DONE,
  done,
  fits,
  isFrozen,
  isWithin,
  pageOf,
  visible,
  worldOf,
} from './answers.ts'
import { changeResource } from './change-resource.ts'
import { buildRenewal, endOf, type Period, renewalPrice, saveOrder } from './order-book.ts'
import { PLAIN_MEANS, payOrderWith } from './payment.ts'
import { describeProduct, getProduct, HOME_REGION } from './price-list.ts'
import { resourceTypeName, serviceName } from './products.ts'
import { type Extent, giveBack, refundableTerms } from './refunds.ts'
import { findOpen, hasOrderToPay, isExpired, type Renewable, renewalHindrance } from './renewal.ts'
import { projectOf } from './resource-info.ts'
import type { Resource, World } from './state.ts'

/** The behaviours of the group "Managing Yearly/Monthly Resources". */
export const resources: Behaviours<
  | 'queryPeriodResources'
  | 'renewResources'
  | 'unsubscribeResources'
  | 'enableAutoRenewal'
  | 'disableAutoRenewal'
  | 'changeToOnDemand'
> = {
  queryPeriodResources,
  renewResources,
  unsubscribeResources,
  enableAutoRenewal,
  disableAutoRenewal,
  changeToOnDemand,
}

function queryPeriodResources(input: InputOf<'queryPeriodResources'>, call: ApiCall): ApiAnswer {
  const span = { begin: input.expire_time_begin, end: input.expire_time_end }
  const found = visible(worldOf(call).resources, call).filter((resource) =>
    [
      isAmong(resource, input.resource_ids),
      input.order_id === undefined ||
        resource.terms.some(({ orderId }) => fits(orderId, input.order_id)),
      // An attached resource that is named is given nevertheless.
      input.only_main_resource !== 1 ||
        resource.parentId === undefined ||
        input.resource_ids?.includes(resource.resourceId) === true,
      isStatusAsked(statusOf(resource, call), input.status_list),
      isWithin(endOf(resource), span),
      fits(getProduct(resource.productId).service, input.service_type_code),
      fits(resource.customerId, input.customer_id),
    ].every(Boolean),
  )
  const data = pageOf(found, input).map((resource) => resourceInfo(resource, call))
  return done({ total_count: found.length, data })
}

// What is attached to a resource that is asked for comes along.
function isAmong({ resourceId, parentId }: Resource, ids: readonly string[] | undefined): boolean {
  return ids === undefined || ids.includes(resourceId) || ids.includes(parentId ?? '')
}

type Status = 2 | 3 | 4 | 5

const CLOSED = 3

// "Closed (not visible to customers)": only who asks for it gets it.
function isStatusAsked(status: Status, asked: readonly Status[] | undefined): boolean {
  return asked === undefined ? status !== CLOSED : asked.includes(status)
}

function statusOf(resource: Resource, call: ApiCall): Status {
  if (resource.closedAt !== undefined) return CLOSED
  if (isExpired(resource, call.now)) return 5
  return areResourcesFrozen(call, resource.customerId) ? 4 : 2
}

function resourceInfo(resource: Resource, call: ApiCall) {
  const product = getProduct(resource.productId)
  const isSized = product.sizeMeasure !== undefined
  return {
    id: `01154-${resource.resourceId.slice(0, 9)}-0`,
    resource_id: resource.resourceId,
    resource_name: resource.name,
    region_code: HOME_REGION,
    service_type_code: product.service,
    resource_type_code: product.resourceType,
    resource_spec_code: product.spec,
    service_type_name: serviceName(product.service),
    resource_type_name: resourceTypeName(product.resourceType),
    project_id: projectOf(resource.customerId),
    product_id: resource.productId,
    parent_resource_id: resource.parentId ?? resource.resourceId,
    is_main_resource: resource.parentId === undefined ? 1 : 0,
    status: statusOf(resource, call),
    effective_time: resource.terms[0]?.from ?? null,
    expire_time: endOf(resource),
    expire_policy: resource.policy,
    product_spec_desc: describeProduct(product, resource.size),
    spec_size: isSized ? (resource.size ?? null) : null,
    spec_size_measure_id: product.sizeMeasure ?? null,
    update_time: resource.updatedAt,
    enterprise_project: { id: '0', name: 'default' },
  }
}

function renewResources(input: InputOf<'renewResources'>, call: ApiCall): ApiAnswer {
  const world = worldOf(call)
  const period = { periodType: input.period_type, periodNum: input.period_num }
  const found = input.resource_ids.map((id) => ({ id, ...renewalHindrance(world, id, call) }))
  const refused = refuseRenewal(found, period)
  if (refused !== undefined) return refused
  const wanted = found.flatMap(({ resource }) => resource ?? [])
  const [first] = wanted
  if (first !== undefined && isFrozen(call, first.customerId)) return ACCOUNT_FROZEN
  const order = buildRenewal(wanted, period, { now: call.now, random: call.deps.random })
  const waiting = saveOrder(world, order)
  call.deps.state.change({ world: waiting })
  const answer = done({ order_ids: [order.orderId], fail_resource_infos: [] })
  if (input.is_auto_pay !== 1) return answer

  const payment = payOrderWith(PLAIN_MEANS, { world: waiting, order }, call)
  if ('refused' in payment) {
    const message = 'Automatic order payment failed.'
    // The order stays, and can be paid.
    return withDetail(bssError(400, 'CBC.30050006', message), { order_ids: [order.orderId] })
  }
  call.deps.state.change({ world: payment.world })
  return answer
}

const ACCOUNT_FROZEN = bssError(
  400,
  'CBC.7281',
  'Renewal, payment, or unsubscription not supported. Your account has been frozen.',
)

function refuseRenewal(
  found: readonly (Renewable & { readonly id: string })[],
  period: Period,
): ApiAnswer | undefined {
  const first = found.find(({ hindrance }) => hindrance !== undefined)?.hindrance
  if (first !== undefined) {
    const error = bssError(400, first.renew, first.message)
    const gone = found.filter(({ resource }) => resource === undefined).map(({ id }) => id)
    return gone.length === 0 ? error : withDetail(error, { expiredResourceIds: gone })
  }
  const isSold = found.every(({ resource }) => resource && renewalPrice(resource, period))
  return isSold ? undefined : bssError(400, 'CBC.30010069', 'The renewal period does not exist.')
}

function withDetail(error: ApiAnswer, detail: Readonly<Record<string, unknown>>): ApiAnswer {
  return { ...error, body: Object.assign({}, error.body, detail) }
}

function unsubscribeResources(input: InputOf<'unsubscribeResources'>, call: ApiCall): ApiAnswer {
  const extent: Extent = input.unsubscribe_type === 2 ? 'renewals' : 'resource'
  const before = worldOf(call)
  for (const id of input.resource_ids) {
    const refused = refuseGivingBack(before, { id, extent }, call)
    if (refused !== undefined) return refused
  }
  let world = before
  const orderIds: string[] = []
  for (const id of input.resource_ids) {
    const resource = findOpen(world, id, call)
    if (resource === undefined) continue
    const moment = { now: call.now, random: call.deps.random }
    const given = giveBack(world, { resource, extent }, moment)
    world = given.world
    orderIds.push(given.order.orderId)
  }
  call.deps.state.change({ world })
  return done({ order_ids: orderIds, fail_resource_infos: [] })
}

function refuseGivingBack(
  world: World,
  { id, extent }: { readonly id: string; readonly extent: Extent },
  call: ApiCall,
): ApiAnswer | undefined {
  if (world.packages.some(({ itemId }) => itemId === id)) {
    const message = 'Unsubscription not supported for this pay-per-use package.'
    return bssError(400, 'CBC.99003647', message)
  }
  const resource = findOpen(world, id, call)
  if (resource === undefined) return NO_RESOURCE
  if (resource.parentId !== undefined) {
    const message = 'The associated resources of a cloud service cannot be operated independently.'
    return bssError(400, 'CBC.99003185', message)
  }
  if (hasOrderToPay(world, id)) {
    const message =
      'This operation is not allowed because some resources are included in your orders to be paid.'
    return bssError(400, 'CBC.99003100', message)
  }
  if (isFrozen(call, resource.customerId)) {
    return bssError(400, 'CBC.99003656', 'Operation not allowed. Your resource has been frozen.')
  }
  if (refundableTerms(resource, extent, call.now).length > 0) return undefined
  const message =
    'The resource does not have renewed periods or the renewed periods have taken effect.'
  return extent === 'renewals' ? bssError(400, 'CBC.99003128', message) : undefined
}

const NO_RESOURCE = bssError(400, 'CBC.99003012', 'The resource ID does not exist.')

function enableAutoRenewal(input: InputOf<'enableAutoRenewal'>, call: ApiCall): ApiAnswer {
  const world = worldOf(call)
  const resource = findMain(world, input.resource_id, call)
  if (resource === undefined) return NO_RESOURCE
  if (isExpired(resource, call.now) || areResourcesFrozen(call, resource.customerId)) {
    const message = 'Automatic renewal is not supported for expired or frozen resources.'
    return bssError(400, 'CBC.99003602', message)
  }
  const period = { MONTH: 2, YEAR: 3 }[input.period_type ?? 'MONTH']
  const traits: Partial<Resource> = {
    policy: 3,
    ...(input.period_type === undefined ? {} : { periodType: period, periodNum: 1 }),
    ...(input.auto_renew_times ? { renewalsLeft: input.auto_renew_times } : {}),
  }
  call.deps.state.change({ world: changeResource(world, resource.resourceId, traits) })
  return DONE
}

function disableAutoRenewal(input: InputOf<'disableAutoRenewal'>, call: ApiCall): ApiAnswer {
  const world = worldOf(call)
  const resource = findMain(world, input.resource_id, call)
  if (resource === undefined) return NO_RESOURCE
  if (resource.policy !== 3) {
    const message =
      'Automatic renewal has been canceled and you cannot perform the current operation.'
    return bssError(400, 'CBC.99003605', message)
  }
  const { resourceId } = resource
  call.deps.state.change({ world: changeResource(world, resourceId, { policy: 0 }) })
  return DONE
}

// "If automatic renewal is enabled for the secondary resource, the primary resource will also be renewed."
function findMain(world: World, resourceId: string, call: ApiCall): Resource | undefined {
  const resource = findOpen(world, resourceId, call)
  return resource?.parentId === undefined ? resource : findOpen(world, resource.parentId, call)
}

function changeToOnDemand(input: InputOf<'changeToOnDemand'>, call: ApiCall): ApiAnswer {
  let world = worldOf(call)
  const failures: { id: string; error_code: string; error_msg: string }[] = []
  for (const id of input.resource_ids) {
    const resource = findOpen(world, id, call)
    const refused = refuseOnDemand(world, { id, resource }, call)
    if (refused !== undefined) return refused
    if (resource !== undefined && isExpired(resource, call.now)) {
      failures.push({ id, ...IN_GRACE })
    } else {
      world = changeResource(world, id, { policy: input.operation === 'SET_UP' ? 1 : 0 })
    }
  }
  call.deps.state.change({ world })
  return done({ error_details: failures })
}

const IN_GRACE = {
  error_code: 'CBC.99003610',
  error_msg:
    'The billing mode of resources in the grace or retention period cannot be changed to pay-per-use.',
}

function refuseOnDemand(
  world: World,
  { id, resource }: { readonly id: string; readonly resource: Resource | undefined },
  call: ApiCall,
): ApiAnswer | undefined {
  if (world.packages.some(({ itemId }) => itemId === id)) {
    const message = 'The billing mode of packages cannot be changed to pay-per-use.'
    return bssError(400, 'CBC.99003611', message)
  }
  if (resource === undefined) return NO_RESOURCE
  if (getProduct(resource.productId).perHour === undefined) {
    const message = 'The billing mode of this product type cannot be changed to pay-per-use.'
    return bssError(400, 'CBC.99003609', message)
  }
  if (!isFrozen(call, resource.customerId)) return undefined
  const message = 'Cannot be changed to pay-per-use because this account has been frozen.'
  return bssError(400, 'CBC.99003626', message)
}
