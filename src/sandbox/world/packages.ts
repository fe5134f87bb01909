// Packages of hours: which a customer has, what is left in them, and what took hours out. All three
// answers are counted from the same usage records.

import type { ApiCall, Behaviours, InputOf } from '../api/behaviour.ts'
import type { ApiAnswer } from '../api-answer.ts'
import { done, fits, pageOf, visible, worldOf } from './answers.ts'
import { getProduct, HOME_REGION } from './price-list.ts'
import { HOUR, resourceTypeName, serviceName } from './products.ts'
import type { Pack } from './state.ts'
import { toSecond } from './time.ts'
import { type Deduction, hoursLeft, hoursOf, type UsageRecord, usageUntil } from './usage.ts'

/** The behaviours of the group "Managing Resource Packages". */
export const packages: Behaviours<
  'queryPackages' | 'queryPackageUsage' | 'listPackageUsageRecords'
> = { queryPackages, queryPackageUsage, listPackageUsageRecords }

const NOT_RESETTABLE = 2

type Records = readonly UsageRecord[]

function queryPackages(input: InputOf<'queryPackages'>, call: ApiCall): ApiAnswer {
  const world = worldOf(call)
  const records = usageUntil(world, call.now)
  const services = input.service_type_code_list
  const found = visible(world.packages, call).filter((pack) => {
    const product = getProduct(pack.productId)
    return [
      fits(HOME_REGION, input.region_code),
      fits(pack.orderId, input.order_id),
      fits(pack.productId, input.product_id),
      fits(product.name, input.product_name),
      fits('0', input.enterprise_project_id),
      input.status === undefined || statusOf(pack, records, call.now) === input.status,
      services === undefined || services.some((code) => fits(product.service, code)),
    ].every(Boolean)
  })
  const page = pageOf(found, input).map((pack) => packageInfo(pack, records, call.now))
  return done({ total_count: found.length, free_resource_packages: page })
}

function queryPackageUsage(input: InputOf<'queryPackageUsage'>, call: ApiCall): ApiAnswer {
  const world = worldOf(call)
  const records = usageUntil(world, call.now)
  const wanted = visible(world.packages, call).filter(({ itemId }) =>
    input.free_resource_ids.includes(itemId),
  )
  return done({
    free_resources: wanted.map((pack) => ({
      free_resource_id: pack.itemId,
      free_resource_type_name: resourceTypeName(getProduct(pack.productId).resourceType),
      quota_reuse_cycle: null,
      quota_reuse_cycle_type: null,
      usage_type_name: 'Duration',
      start_time: pack.effectiveAt,
      end_time: pack.expireAt,
      amount: hoursLeft(pack, records),
      original_amount: hoursOf(pack),
      measure_id: HOUR,
    })),
  })
}

function listPackageUsageRecords(
  input: InputOf<'listPackageUsageRecords'>,
  call: ApiCall,
): ApiAnswer {
  const world = worldOf(call)
  const mine = new Set(visible(world.packages, call).map(({ itemId }) => itemId))
  const found = usageUntil(world, call.now)
    .filter(({ day }) => day >= input.deduct_time_begin && day <= input.deduct_time_end)
    .flatMap((record) => record.deductions.map((deduction) => ({ record, deduction })))
    .filter(({ record, deduction: { pack } }) =>
      [
        mine.has(pack.itemId),
        fits(pack.itemId, input.free_resource_id),
        fits(pack.productId, input.product_id),
        fits(getProduct(record.server.productId).resourceType, input.resource_type_code),
      ].every(Boolean),
    )
  return done({
    total_count: found.length,
    free_resource_records: pageOf(found, input).map(recordInfo),
  })
}

function statusOf(pack: Pack, records: Records, now: Date): 0 | 1 | 2 | 3 {
  if (new Date(pack.effectiveAt) > now) return 0
  if (new Date(pack.expireAt) <= now) return 3
  return hoursLeft(pack, records) === 0 ? 2 : 1
}

function packageInfo(pack: Pack, records: Records, now: Date) {
  const product = getProduct(pack.productId)
  return {
    order_instance_id: pack.instanceId,
    order_id: pack.orderId,
    product_id: pack.productId,
    product_name: product.name,
    enterprise_project_id: '0',
    enterprise_project_scope: 0,
    effective_time: pack.effectiveAt,
    expire_time: pack.expireAt,
    status: statusOf(pack, records, now),
    service_type_code: product.service,
    service_type_name: serviceName(product.service),
    region_code: HOME_REGION,
    source_type: 0,
    bundle_type: 'ATOMIC_PKG',
    quota_reuse_mode: NOT_RESETTABLE,
    free_resources: [
      {
        free_resource_id: pack.itemId,
        usage_type_name: 'Duration',
        amount: String(hoursLeft(pack, records)),
        original_amount: String(hoursOf(pack)),
        measure_id: HOUR,
      },
    ],
  }
}

type Taken = { readonly record: UsageRecord; readonly deduction: Deduction }

function recordInfo({ record, deduction }: Taken) {
  const { resourceType } = getProduct(record.server.productId)
  const { pack, before, after, hours } = deduction
  return {
    deduct_time: toSecond(record.to),
    free_resource_id: pack.itemId,
    resource_id: record.server.resourceId,
    resource_type_code: resourceType,
    resource_type_name: resourceTypeName(resourceType),
    resource_tag: '',
    product_id: pack.productId,
    product_name: getProduct(pack.productId).name,
    usage_type_code: 'Duration',
    available_amount: String(before),
    remaining_amount: String(after),
    used_amount: String(hours),
    measure_id: HOUR,
    effective_time: toSecond(record.from),
    expire_time: toSecond(record.to),
  }
}
