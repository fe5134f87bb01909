// A person comes back from the portal. By form post the browser sends no cookie of ours (SameSite=Lax), so
// the proven account waits under a ticket for the GET that follows and carries the cookie.

import type { Request } from 'express'
import { addSeconds, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { fingerprint, newToken, type Random } from '../base/random.ts'
import type { Sessions } from '../session/session.ts'
import type { HandoffTicket } from '../store/handoff-records.ts'
import type { Store } from '../store/store.ts'
import type { Departure } from '../web/departure.ts'
import { readForm, readQuery } from '../web/form.ts'
import type { ProvenHandoff, VerifyHandoff } from './handoff.ts'
import type { KnownPortals } from './known-portal.ts'

export type HandoffArrivalDeps = {
  readonly store: Pick<Store, 'accounts' | 'handoffs'>
  readonly sessions: Sessions
  readonly clock: Clock
  readonly random: Random
  readonly knownPortals: KnownPortals
  /** `undefined` when no portal is configured. */
  readonly verifyHandoff: VerifyHandoff | undefined
}

const TICKET_SECONDS = 60

/** The form post: proves the token and turns it into a ticket. */
export async function handoffByPost(
  request: Request,
  deps: HandoffArrivalDeps,
): Promise<Departure> {
  const verify = getVerifier(deps)
  const token = readForm(request).text('token')
  const state = readQuery(request).text('state')
  const proven = await verify(getToken(token))

  const ticket = newToken(deps.random)
  await deps.store.handoffs.saveTicket({
    ticketHash: fingerprint(ticket),
    ...handoffOf(proven, state),
    expiresAt: addSeconds(deps.clock.now(), TICKET_SECONDS),
  })
  return { kind: 'redirect', to: `/sign-in/handoff?ticket=${ticket}` }
}

/** The GET: with a ticket after a post, or with the token itself when the portal redirects. */
export async function handoffByGet(request: Request, deps: HandoffArrivalDeps): Promise<Departure> {
  const verify = getVerifier(deps)
  const query = readQuery(request)
  const ticket = query.text('ticket')
  if (ticket !== undefined) return redeem(request, ticket, deps)
  const state = query.text('state')
  const proven = await verify(getToken(query.text('token')))
  return enter(request, handoffOf(proven, state), deps)
}

type Handoff = Pick<
  HandoffTicket,
  'accountId' | 'stateHash' | 'issuer' | 'portalSession' | 'target'
>

function handoffOf(proven: ProvenHandoff, state: string | undefined): Handoff {
  const { account, ...portal } = proven
  const stateHash = state === undefined ? undefined : fingerprint(state)
  return { accountId: account.accountId, stateHash, ...portal }
}

function getVerifier({ verifyHandoff: verify }: HandoffArrivalDeps): VerifyHandoff {
  if (verify === undefined) throw new Refusal('HANDOFF_NOT_CONFIGURED')
  return verify
}

function getToken(token: string | undefined): string {
  if (token === undefined || token === '') {
    throw new Refusal('HANDOFF_BAD_TOKEN', { problem: 'the parameter token is missing' })
  }
  return token
}

async function redeem(
  request: Request,
  ticket: string,
  deps: HandoffArrivalDeps,
): Promise<Departure> {
  const handoff = await deps.store.handoffs.takeTicket(fingerprint(ticket), deps.clock.now())
  if (handoff === undefined) throw new Refusal('HANDOFF_REPLAYED', { part: 'ticket' })
  const account = await deps.store.accounts.find(handoff.accountId)
  if (account?.isEnabled !== true) {
    throw new Refusal('ACCOUNT_DISABLED', { account: handoff.accountId })
  }
  return enter(request, handoff, deps)
}

// A person whom we sent comes back to the browser that we sent, or not at all: otherwise a stranger's
// return address would finish the stranger's sign-in to Huawei Cloud as this person. One whom the
// portal sends of its own accord gets to the page that the portal has signed, or to their own.
async function enter(
  request: Request,
  handoff: Handoff,
  deps: HandoffArrivalDeps,
): Promise<Departure> {
  const { accountId: id, stateHash, issuer: upstream, portalSession: upstreamSession } = handoff
  let next = handoff.target ?? '/'
  if (stateHash !== undefined) {
    const browser = deps.sessions.browserHash(request)
    const trip = await deps.store.handoffs.takeTrip(stateHash, browser, deps.clock.now())
    if (trip === undefined) throw new Refusal('HANDOFF_WRONG_BROWSER', { account: id })
    next = trip.next
  }
  await deps.sessions.signIn(request, 'customer', {
    id,
    method: 'portal',
    ...(upstream === undefined ? {} : { upstream }),
    ...(upstreamSession === undefined ? {} : { upstreamSession }),
  })
  if (upstream !== undefined) deps.knownPortals.remember(request, upstream)
  return { kind: 'redirect', to: next }
}
