// Asks the partner API whether a claimed connection is true: a notification proves that Huawei signed it,
// not that it is about us (the key is the whole site's).

import type { Clock } from '../base/clock.ts'
import { asRefusal, type Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { CallOptions } from '../partner/acting.ts'
import type { PartnerAsks } from '../partner/client.ts'
import type { CustomerAnswer } from '../store/binding-move-records.ts'

/** What the API says about a connection. */
export type Verdict = 'confirmed' | 'contradicted' | 'unknown'

/** The same in full, with what the API said. */
export type Answered =
  | { readonly is: 'confirmed' | 'contradicted'; readonly answer: CustomerAnswer }
  /** No such customer, or one without an account id: the association is made asynchronously. */
  | { readonly is: 'unlisted' }
  | { readonly is: 'unreachable' }

export type ConfirmDeps = {
  readonly partner: Pick<PartnerAsks, 'queryCustomers'>
  readonly clock: Clock
  readonly log: Log
  readonly platformId: string
  /** Told of each answer of query customers, for whoever keeps Huawei's request ids. */
  readonly onAnswer?: CallOptions['onAnswer']
  /** Told when the API gave no usable answer; without it, that is logged. */
  readonly onSilence?: (refusal: Refusal) => void
}

/** A connection that somebody claims. */
export type Claim = {
  readonly accountId: string
  readonly domainId: string
  readonly domainName: string | undefined
}

/**
 * Compares a claim with query customers. `unknown` while the API cannot be asked or does not list the
 * customer yet.
 */
export async function confirmClaim(claim: Claim, deps: ConfirmDeps): Promise<Verdict> {
  const { is } = await askAbout(claim, deps)
  return is === 'confirmed' || is === 'contradicted' ? is : 'unknown'
}

/** Asks query customers about a claim. It never throws for an API that is down. */
export async function askAbout(claim: Claim, deps: ConfirmDeps): Promise<Answered> {
  const { domainId, domainName } = claim
  // The European reference knows no search by id, so that a name is asked for where there is one.
  const search = domainName === undefined ? { customer_id: domainId } : { account_name: domainName }
  const found = await listCustomers(search, deps)
  if (found === undefined) return { is: 'unreachable' }
  const customer = found.find(({ customer_id: id }) => id === domainId)
  if (customer === undefined) return { is: 'unlisted' }
  const owner = readOwner(customer, deps.platformId)
  if (owner === undefined) return { is: 'unlisted' }
  const isTheirs = owner !== 'foreign' && owner.accountId === claim.accountId
  const is = isTheirs ? 'confirmed' : 'contradicted'
  return { is, answer: toEvidence(customer) }
}

/** What of an answer is kept as evidence. */
export function toEvidence(customer: ListedCustomer): CustomerAnswer {
  const { customer_id, xaccount_id, xaccount_type, association_type, associated_on } = customer
  const said = { xaccount_id, xaccount_type, association_type, associated_on }
  const known = Object.entries({ ...said, is_frozen: customer.is_frozen }).flatMap(
    ([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]),
  )
  return { customer_id, ...Object.fromEntries(known) }
}

/**
 * Whom Huawei says that a customer belongs to: an account id of ours, `foreign` for one of another platform
 * of the partner, `undefined` when it says nobody.
 */
export function readOwner(
  customer: ListedCustomer,
  platformId: string,
): { readonly accountId: string } | 'foreign' | undefined {
  const { xaccount_id: accountId, xaccount_type: platform } = customer
  if (accountId === undefined || accountId === '') return undefined
  const isOurs = platform === undefined || platform === '' || platform === platformId
  return isOurs ? { accountId } : 'foreign'
}

/**
 * The Huawei Cloud account that the API has under our account id: among those called `name`, or among
 * all when the name is not known.
 */
export async function findCreated(
  accountId: string,
  name: string | undefined,
  deps: ConfirmDeps,
): Promise<Claim | undefined | 'unreachable'> {
  const found = await listCustomers(name === undefined ? {} : { account_name: name }, deps)
  if (found === undefined) return 'unreachable'
  const customer = found.find((each) => {
    const platform = each.xaccount_type
    const isOurs = platform === undefined || platform === '' || platform === deps.platformId
    return each.xaccount_id === accountId && isOurs
  })
  if (customer?.customer_id === undefined) return undefined
  const domainName = customer.account_name
  return { accountId, domainId: customer.customer_id, domainName }
}

type Customers = NonNullable<Awaited<ReturnType<PartnerAsks['queryCustomers']>>['customer_infos']>

/** A customer as query customers lists it. */
export type ListedCustomer = Customers[number]

type Search = { readonly account_name?: string; readonly customer_id?: string }

// The search is fuzzy: "acme" finds "acme-berlin" too, so the right one may be on a later page.
const PAGE = 100
const MOST_PAGES = 10

async function listCustomers(search: Search, deps: ConfirmDeps): Promise<Customers | undefined> {
  const found: Customers = []
  try {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { customer_infos: customers = [] } = await deps.partner.queryCustomers(
        { ...search, limit: PAGE, offset: page * PAGE },
        { onAnswer: deps.onAnswer },
      )
      found.push(...customers)
      if (customers.length < PAGE) break
    }
    return found
  } catch (error) {
    // An API that is down must not keep a person out: the question is asked again later.
    const refusal = asRefusal(error)
    if (deps.onSilence === undefined) logSilence(refusal, 1, deps.log)
    else deps.onSilence(refusal)
    return undefined
  }
}

/** One line for what could not be asked, however often. */
export function logSilence({ code, facts }: Refusal, times: number, log: Log): void {
  log.warn({ event: 'binding.unconfirmed', code, facts, times }, 'the partner API did not answer')
}
