// Usage by the clock: running servers and packages in, one record for each server and day of Beijing
// out. Nothing of it is kept, so the usage query, the budget, the bill and the files cannot disagree.

import { Big } from 'big.js'
import { getProduct } from './price-list.ts'
import type { Pack, Server, World } from './state.ts'
import { addHours, beijingDate, earlier, fullHours, later, startOfBeijingDay } from './time.ts'

/** Hours that a package paid for. */
export type Deduction = {
  readonly pack: Pack
  readonly hours: number
  /** The hours in the package before and after. */
  readonly before: number
  readonly after: number
}

/** What one server used on one day of Beijing. */
export type UsageRecord = {
  readonly server: Server
  /** Such as 2026-11-21, in GMT+8. */
  readonly day: string
  readonly from: Date
  readonly to: Date
  readonly hours: number
  readonly deductions: readonly Deduction[]
  /** The hours that no package paid for. */
  readonly billedHours: number
  /** What those cost, exactly. */
  readonly amount: Big
}

type Slice = Pick<UsageRecord, 'server' | 'day' | 'from' | 'to' | 'hours'>

/** Everything that was used until then, oldest day first. Only full hours count. */
export function usageUntil(world: World, until: Date): readonly UsageRecord[] {
  const left = new Map(world.packages.map((pack) => [pack.itemId, hoursOf(pack)]))
  return world.servers
    .flatMap((server) => daySlices(server, until))
    .sort((a, b) => a.day.localeCompare(b.day))
    .map((slice) => toRecord(slice, world.packages, left))
}

/** The hours that a package was bought with. */
export function hoursOf(pack: Pack): number {
  return getProduct(pack.productId).hours?.amount ?? 0
}

/** The hours that are left in a package. */
export function hoursLeft(pack: Pack, records: readonly UsageRecord[]): number {
  const used = records
    .flatMap((record) => record.deductions)
    .filter((deduction) => deduction.pack.itemId === pack.itemId)
  return used.at(-1)?.after ?? hoursOf(pack)
}

function daySlices(server: Server, until: Date): readonly Slice[] {
  const { first, count } = fullHours(new Date(server.startedAt), until)
  const end = addHours(first, count)
  const slices: Slice[] = []
  for (let from = first; from < end; ) {
    const day = beijingDate(from)
    const to = earlier(addHours(startOfBeijingDay(day), 24), end)
    slices.push({ server, day, from, to, hours: fullHours(from, to).count })
    from = to
  }
  return slices
}

function toRecord(slice: Slice, packs: readonly Pack[], left: Map<string, number>): UsageRecord {
  const product = getProduct(slice.server.productId)
  let billedHours = slice.hours
  const deductions: Deduction[] = []
  for (const pack of packs) {
    const before = left.get(pack.itemId) ?? 0
    const hours = Math.min(before, billedHours, hoursCovered(pack, slice))
    if (hours <= 0) continue
    left.set(pack.itemId, before - hours)
    billedHours -= hours
    deductions.push({ pack, hours, before, after: before - hours })
  }
  const price = new Big(product.perHour ?? 0).times(slice.server.size ?? 1)
  return { ...slice, deductions, billedHours, amount: price.times(billedHours) }
}

function hoursCovered(pack: Pack, { server, from, to }: Slice): number {
  const isItsKind =
    getProduct(pack.productId).hours?.of === getProduct(server.productId).resourceType
  if (pack.customerId !== server.customerId || !isItsKind) return 0
  const start = later(from, new Date(pack.effectiveAt))
  return fullHours(start, earlier(to, new Date(pack.expireAt))).count
}
