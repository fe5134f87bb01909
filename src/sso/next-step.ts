// The dispatcher: what a parked request needs next, decided from what is stored and who is signed in.

import type { Request } from 'express'
import { describe, Refusal } from '../base/errors.ts'
import { noContext } from '../saml/authn-context.ts'
import type { Customer } from '../signin/customer.ts'
import { signInPath } from '../signin/way-in.ts'
import type { ParkedRequest } from '../store/store.ts'
import type { Departure } from '../web/departure.ts'
import { answer } from './answer.ts'
import { contextOf } from './context.ts'
import type { SsoDeps } from './deps.ts'

/** The path at which a parked request goes on. */
export function resumePath(parked: Pick<ParkedRequest, 'id'>): string {
  return `/saml/sso/resume?request=${parked.id}`
}

/**
 * Signs the person in, or answers. Throws `ACCOUNT_DISABLED`, `SAML_NO_AUTHN_CONTEXT`,
 * `SAML_NO_PASSIVE` and what `answer` throws; what travels as a signed status ends the request.
 */
export async function nextStep(
  request: Request,
  parked: ParkedRequest,
  deps: SsoDeps,
): Promise<Departure> {
  try {
    return await decide(request, parked, deps)
  } catch (error) {
    const isFinal = error instanceof Refusal && describe(error.code).saml !== undefined
    if (isFinal) await deps.store.requests.finish(parked.id, undefined, deps.clock.now())
    throw error
  }
}

async function decide(request: Request, parked: ParkedRequest, deps: SsoDeps): Promise<Departure> {
  const customer = await deps.findCustomer(request)
  if (customer !== undefined && isGoodEnough(customer, parked, deps)) {
    return answer(parked, customer, deps.sessions.idHash(request), deps)
  }
  const way = chooseWay(parked, customer, deps)
  if (parked.isPassive) throw new Refusal('SAML_NO_PASSIVE', { issuer: parked.issuer })
  const path = resumePath(parked)
  if (way === 'form') return { kind: 'redirect', to: signInPath(path, true) }
  return deps.sendToSignIn(request, path, parked.wantsFreshSignIn)
}

function isGoodEnough(customer: Customer, parked: ParkedRequest, deps: SsoDeps): boolean {
  const { method } = customer.signIn
  return isFreshEnough(customer, parked) && contextOf(method, parked, deps) !== undefined
}

// Where people usually sign in, if that will do; else the form of ours, for those who have a password.
function chooseWay(
  parked: ParkedRequest,
  customer: Customer | undefined,
  deps: SsoDeps,
): 'usual' | 'form' {
  if (contextOf(deps.hasPortal ? 'portal' : 'password', parked, deps) !== undefined) return 'usual'
  const mayHavePassword = customer === undefined || customer.account.passwordHash !== undefined
  if (mayHavePassword && contextOf('password', parked, deps) !== undefined) return 'form'
  const { issuer, wantedContext } = parked
  throw noContext(wantedContext, { issuer, proof: customer?.signIn.method })
}

// ForceAuthn (Core §3.4.1): a sign-in from before the request does not count.
function isFreshEnough({ signIn }: Customer, parked: ParkedRequest): boolean {
  return !parked.wantsFreshSignIn || signIn.at >= parked.arrivedAt
}
