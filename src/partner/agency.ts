// Credentials of customers who let the partner act for them: the customer and a request come in,
// headers go out. What IAM lent for a customer is kept, for the customers called for last.

import { Refusal } from '../base/errors.ts'
import type { AgencyCustomer } from './acting.ts'
import { type AccessKey, type SignableRequest, signRequest } from './ak-sk.ts'
import {
  type AssumeRoleDeps,
  fetchCustomerKey,
  fetchCustomerToken,
  type Role,
} from './assume-role.ts'
import type { Authorization, Authorize } from './authorization.ts'
import { RENEW_TOKEN_EARLY_MINUTES } from './iam-token.ts'
import { createLeaseSource } from './lease.ts'

export type AgencyDeps = AssumeRoleDeps & {
  /** The name of an agency unless the customer chose another. */
  readonly platformId?: string | undefined
}

/** Proves that the call is made for a customer; throws `PARTNER_NO_AGENCY` when it may not be. */
export type Agencies = (
  request: SignableRequest,
  customer: AgencyCustomer,
) => Promise<Authorization>

// A token of Huawei's is some kilobytes, so that this is some megabytes.
const MOST_CUSTOMERS = 1000

const RENEW_KEY_EARLY_MINUTES = 10

/** Credentials for any number of customers; none are asked for before they are needed. */
export function createAgencies(deps: AgencyDeps): Agencies {
  // By last use: a Map keeps the order in which its entries were set.
  const kept = new Map<string, Authorize>()
  return async (request, customer) => {
    const role = readRole(customer, deps.platformId)
    const by = customer.by ?? 'token'
    const id = JSON.stringify([role, by])
    const authorize = kept.get(id) ?? (by === 'key' ? byKey(role, deps) : byToken(role, deps))
    kept.delete(id)
    kept.set(id, authorize)
    const [oldest] = kept.keys()
    if (kept.size > MOST_CUSTOMERS && oldest !== undefined) kept.delete(oldest)
    return authorize(request)
  }
}

// The id when both are given: a name can change.
function readRole(customer: AgencyCustomer, platformId: string | undefined): Role {
  const { domainId, domainName, agency = platformId, project } = customer
  if (agency === undefined) throw incomplete('as.agency', 'must be given: no platform id is set')
  if (domainId !== undefined) return { account: { domain_id: domainId }, agency, project }
  if (domainName !== undefined) return { account: { domain_name: domainName }, agency, project }
  throw incomplete('as', 'must name the account by domainId or domainName')
}

function incomplete(field: string, rule: string): Refusal {
  return new Refusal('PARTNER_INVALID_INPUT', { problems: [{ field, rule }] })
}

function byToken(role: Role, deps: AgencyDeps): Authorize {
  const terms = { clock: deps.clock, renewEarlyMinutes: RENEW_TOKEN_EARLY_MINUTES }
  const tokens = createLeaseSource(() => fetchCustomerToken(role, deps), terms)
  return async () => {
    const token = await tokens.get()
    return { headers: { 'X-Auth-Token': token }, discard: () => tokens.discard(token) }
  }
}

function byKey(role: Role, deps: AgencyDeps): Authorize {
  const terms = { clock: deps.clock, renewEarlyMinutes: RENEW_KEY_EARLY_MINUTES }
  const keys = createLeaseSource<AccessKey>(() => fetchCustomerKey(role, deps), terms)
  return async (request) => {
    const key = await keys.get()
    const headers = signRequest(request, key, deps.clock.now())
    return { headers, discard: () => keys.discard(key) }
  }
}
