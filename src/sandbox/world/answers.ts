// What the behaviours of the world have in common: answers with amounts and pages, who may see whom,
// and how Huawei compares codes.

import { Big } from 'big.js'
import type { ApiCall } from '../api/behaviour.ts'
import { type ApiAnswer, bssError } from '../api-answer.ts'
import type { Account } from '../state.ts'
import { liveWorld } from './live.ts'
import type { World } from './state.ts'

/** Success with a body. Amounts become JSON numbers, as Huawei sends them. */
export function done(body: Readonly<Record<string, unknown>>): ApiAnswer {
  return { status: 200, body: withNumbers(body) }
}

/** Success without a body. */
export const DONE: ApiAnswer = { status: 204 }

/** The error of what the fields do not allow, which names the field. */
export function badField(field: string, problem: string): ApiAnswer {
  return bssError(400, 'CBC.0100', `Parameter error. ${field}: ${problem}`)
}

/** Which part of a list is asked for. */
export type PageWish = { readonly offset?: number | undefined; readonly limit?: number | undefined }

const ITEMS_IF_UNSAID = 10

/** The items of the page: Huawei counts from 0, and gives ten unless told. */
export function pageOf<Item>(items: readonly Item[], wish: PageWish): readonly Item[] {
  const { offset = 0, limit = ITEMS_IF_UNSAID } = wish
  return items.slice(offset, offset + limit)
}

/** Whether a filter lets a value through; capitals do not matter, and no filter lets everything. */
export function fits(value: string | undefined, filter: string | undefined): boolean {
  return filter === undefined || value?.toLowerCase() === filter.toLowerCase()
}

/** A span of time; each end may be open. */
export type Span = { readonly begin?: string | undefined; readonly end?: string | undefined }

/** Whether a point of time lies in the span, both ends included. */
export function isWithin(time: string | undefined, { begin, end }: Span): boolean {
  if (begin === undefined && end === undefined) return true
  if (time === undefined) return false
  const at = new Date(time)
  return !(
    (begin !== undefined && at < new Date(begin)) ||
    (end !== undefined && at > new Date(end))
  )
}

/** The world of the call, brought up to its moment. */
export function worldOf({ deps, now }: ApiCall): World {
  return liveWorld(deps, now)
}

/** The customers that the caller may see: the partner its own, a customer themselves. */
export function visibleCustomers({ deps, caller }: ApiCall): readonly Account[] {
  return deps.state
    .read()
    .accounts.filter((account) =>
      caller.kind === 'partner'
        ? account.xAccountId !== undefined
        : account.domainId === caller.domainId,
    )
}

/** What belongs to somebody the caller may see. */
export function visible<Item extends { readonly customerId: string }>(
  items: readonly Item[],
  call: ApiCall,
): readonly Item[] {
  const ids = new Set(visibleCustomers(call).map(({ domainId }) => domainId))
  return items.filter(({ customerId }) => ids.has(customerId))
}

/**
 * What belongs to customers of the reseller that the partner names, or of no reseller if none is named.
 * A customer sees their own in either case.
 */
export function ofReseller<Item extends { readonly customerId: string }>(
  items: readonly Item[],
  asked: { readonly indirect_partner_id?: string | undefined },
  call: ApiCall,
): Item[] {
  if (call.caller.kind === 'customer') return [...items]
  const ids = new Set(
    visibleCustomers(call)
      .filter((account) => account.indirectPartnerId === asked.indirect_partner_id)
      .map(({ domainId }) => domainId),
  )
  return items.filter(({ customerId }) => ids.has(customerId))
}

/** Whether the partner has frozen the account: it can pay and order nothing. */
export function isFrozen(call: ApiCall, customerId: string): boolean {
  return freezingOf(call, customerId) !== undefined
}

/** Whether the partner has frozen what the account has, too. */
export function areResourcesFrozen(call: ApiCall, customerId: string): boolean {
  return freezingOf(call, customerId) === 'ACCOUNT_AND_RESOURCE'
}

function freezingOf({ deps }: ApiCall, customerId: string): Account['frozen'] {
  return deps.state.read().accounts.find(({ domainId }) => domainId === customerId)?.frozen
}

function withNumbers(value: unknown): unknown {
  if (value instanceof Big) return value.toNumber()
  if (Array.isArray(value)) return value.map(withNumbers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withNumbers(part)]))
}
