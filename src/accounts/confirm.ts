// Asks the partner API whether a claimed connection is true: a notification proves that Huawei signed it,
// not that it is about us (the key is the whole site's).

import type { Clock } from '../base/clock.ts'
import { asRefusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { PartnerAsks } from '../partner/client.ts'
import type { Store } from '../store/store.ts'

/** What the API says about a connection. */
export type Verdict = 'confirmed' | 'contradicted' | 'unknown'

export type ConfirmDeps = {
  readonly partner: Pick<PartnerAsks, 'queryCustomers'>
  readonly clock: Clock
  readonly log: Log
  readonly platformId: string
}

/** A connection that somebody claims. */
export type Claim = {
  readonly accountId: string
  readonly domainId: string
  readonly domainName: string | undefined
}

/**
 * Compares a claim with query customers. `unknown` while the API cannot be asked or does not list the
 * customer yet: the association is made asynchronously.
 */
export async function confirmClaim(claim: Claim, deps: ConfirmDeps): Promise<Verdict> {
  if (claim.domainName === undefined) return 'unknown'
  const found = await listCustomers(claim.domainName, deps)
  const customer = found?.find(({ customer_id: id }) => id === claim.domainId)
  if (customer === undefined) return 'unknown'
  const { xaccount_id: accountId, xaccount_type: platform } = customer
  if (accountId === undefined || accountId === '') return 'unknown'
  const isOurs = platform === undefined || platform === '' || platform === deps.platformId
  return isOurs && accountId === claim.accountId ? 'confirmed' : 'contradicted'
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
  const found = await listCustomers(name, deps)
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

// The search is fuzzy: "acme" finds "acme-berlin" too, so the right one may be on a later page.
const PAGE = 100
const MOST_PAGES = 10

async function listCustomers(
  name: string | undefined,
  deps: ConfirmDeps,
): Promise<Customers | undefined> {
  const found: Customers = []
  try {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { customer_infos: customers = [] } = await deps.partner.queryCustomers({
        ...(name === undefined ? {} : { account_name: name }),
        limit: PAGE,
        offset: page * PAGE,
      })
      found.push(...customers)
      if (customers.length < PAGE) break
    }
    return found
  } catch (error) {
    // An API that is down must not keep a person out: the question is asked again later.
    const { code, facts } = asRefusal(error)
    deps.log.warn({ event: 'binding.unconfirmed', code, facts }, 'the partner API did not answer')
    return undefined
  }
}

/**
 * Asks about the connections that nobody could confirm when they were made. Answers where to go on
 * next time: `undefined` after the last.
 */
export async function confirmLater(
  after: string | undefined,
  deps: ConfirmDeps & { readonly store: Pick<Store, 'bindings'> },
): Promise<string | undefined> {
  const page = after === undefined ? { limit: 20 } : { limit: 20, after }
  const open = await deps.store.bindings.list({ ...page, state: 'bound', isConfirmed: false })
  for (const { accountId, domainId, domainName } of open) {
    if (domainId === undefined) continue
    const verdict = await confirmClaim({ accountId, domainId, domainName }, deps)
    if (verdict === 'confirmed') {
      await deps.store.bindings.confirm(accountId, domainId, deps.clock.now())
    } else if (verdict === 'contradicted') {
      await deps.store.bindings.flag(accountId, { domainId, domainName })
      deps.log.error({ event: 'binding.contradicted', account: accountId, domainId })
    }
  }
  return open.at(-1)?.accountId
}
