// Links that the portal has made for a customer's browser: they sign the customer in, like a hand-off, and
// go on to Huawei Cloud. Each works once, within a minute.

import type { Request } from 'express'
import { addSeconds, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { fingerprint, newToken, type Random } from '../base/random.ts'
import type { Sessions } from '../session/session.ts'
import type { Store } from '../store/store.ts'
import type { Departure } from '../web/departure.ts'
import { readQuery } from '../web/form.ts'

/** The path of the door. */
export const LAUNCH_LINK_PATH = '/sign-in/link'

const TICKET_SECONDS = 60

export type LaunchLinkDeps = {
  readonly store: Pick<Store, 'accounts' | 'handoffs'>
  readonly clock: Clock
  readonly random: Random
  readonly publicUrl: string
}

/** Where /launch is to lead; it judges both itself. */
export type LaunchTarget = {
  readonly service?: string | undefined
  readonly site?: string | undefined
}

/**
 * Makes a link for an account. The address is a secret: it is never logged. Whoever calls it puts
 * `launch.made` on record before the link leaves the house. Throws `ACCOUNT_NOT_FOUND` and
 * `ACCOUNT_DISABLED`.
 */
export type MakeLaunchLink = (
  accountId: string,
  target: LaunchTarget,
) => Promise<{ readonly url: string; readonly expiresAt: Date }>

export function createMakeLaunchLink(deps: LaunchLinkDeps): MakeLaunchLink {
  const { store, clock, random, publicUrl } = deps
  return async (accountId, target) => {
    const account = await store.accounts.find(accountId)
    if (account === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { account: accountId })
    if (!account.isEnabled) throw new Refusal('ACCOUNT_DISABLED', { account: accountId })
    const ticket = newToken(random)
    const expiresAt = addSeconds(clock.now(), TICKET_SECONDS)
    const ticketHash = hashOf(ticket)
    await store.handoffs.saveTicket({ ticketHash, accountId, stateHash: undefined, expiresAt })
    return { url: `${publicUrl}${LAUNCH_LINK_PATH}${writeQuery({ ticket, ...target })}`, expiresAt }
  }
}

/**
 * GET /sign-in/link?ticket=T: signs in and goes on to /launch. Throws `HANDOFF_REPLAYED` for a link that
 * was used or is too old, and `ACCOUNT_DISABLED`.
 */
export async function arriveByLaunchLink(
  request: Request,
  deps: Omit<LaunchLinkDeps, 'publicUrl'> & { readonly sessions: Sessions },
): Promise<Departure> {
  const query = readQuery(request)
  const ticketHash = hashOf(query.text('ticket') ?? '')
  const handoff = await deps.store.handoffs.takeTicket(ticketHash, deps.clock.now())
  if (handoff === undefined) throw new Refusal('HANDOFF_REPLAYED', { part: 'launch link' })
  const { accountId: id } = handoff
  const account = await deps.store.accounts.find(id)
  if (account?.isEnabled !== true) throw new Refusal('ACCOUNT_DISABLED', { account: id })
  await deps.sessions.signIn(request, 'customer', { id, method: 'portal' })
  const target = { site: query.text('site'), service: query.text('service') }
  return { kind: 'redirect', to: `/launch${writeQuery(target)}` }
}

// A ticket of the one door opens nothing at the other.
function hashOf(ticket: string): string {
  return fingerprint(`launch link\n${ticket}`)
}

function writeQuery(values: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(values).flatMap(([name, value]) => {
    return value === undefined ? [] : `${name}=${encodeURIComponent(value)}`
  })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
