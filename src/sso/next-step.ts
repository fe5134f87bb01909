// The dispatcher: what a parked request needs next, decided from what is stored and who is signed in.

import type { Request } from 'express'
import { describe, Refusal } from '../base/errors.ts'
import type { Customer } from '../signin/customer.ts'
import type { ParkedRequest } from '../store/store.ts'
import type { Departure } from '../web/departure.ts'
import { answer } from './answer.ts'
import type { SsoDeps } from './deps.ts'

/** The path at which a parked request goes on. */
export function resumePath(parked: Pick<ParkedRequest, 'id'>): string {
  return `/saml/sso/resume?request=${parked.id}`
}

/**
 * Signs the person in, or answers. Throws `ACCOUNT_DISABLED`, `SAML_NO_PASSIVE` and `SAML_REPLAYED`,
 * which travel as a signed status and end the request.
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
  if (customer !== undefined && isFreshEnough(customer, parked)) {
    return answer(parked, customer, deps.sessions.idHash(request), deps)
  }
  if (parked.isPassive) throw new Refusal('SAML_NO_PASSIVE', { issuer: parked.issuer })
  return deps.sendToSignIn(request, resumePath(parked), parked.wantsFreshSignIn)
}

// ForceAuthn (Core §3.4.1): a sign-in from before the request does not count.
function isFreshEnough({ signIn }: Customer, parked: ParkedRequest): boolean {
  return !parked.wantsFreshSignIn || signIn.at >= parked.arrivedAt
}
