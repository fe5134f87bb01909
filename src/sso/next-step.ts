// The dispatcher: what a parked request needs next, decided from what is stored and who is signed in.

import type { Request } from 'express'
import { describe, Refusal } from '../base/errors.ts'
import { noContext, type Proof } from '../saml/authn-context.ts'
import type { SignInMethod } from '../session/session.ts'
import type { Customer } from '../signin/customer.ts'
import type { Method } from '../signin/methods.ts'
import { signInPath } from '../signin/way-in.ts'
import type { ParkedRequest } from '../store/request-records.ts'
import type { Departure } from '../web/departure.ts'
import { answer } from './answer.ts'
import { contextOf, proofOf } from './context.ts'
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
  const proof = proofOf(customer.signIn)
  return isFreshEnough(customer, parked) && contextOf(proof, parked, deps) !== undefined
}

// The portal, if people usually come from there and that will do; else our own page, if that will.
function chooseWay(
  parked: ParkedRequest,
  customer: Customer | undefined,
  deps: SsoDeps,
): 'usual' | 'form' {
  if (deps.hasPortal && contextOf('portal', parked, deps) !== undefined) return 'usual'
  const proofs = proofsOfPage(parked, customer, deps)
  if (proofs.some((proof) => contextOf(proof, parked, deps) !== undefined)) {
    // Whoever is signed in is not shown the page unless they are asked again.
    return deps.hasPortal || customer !== undefined ? 'form' : 'usual'
  }
  const { issuer, wantedContext } = parked
  throw noContext(wantedContext, { issuer, proof: customer?.signIn.method })
}

// What somebody may come back with. Whoever has typed their password since the request arrived was asked
// for the factors they have, and a provider has said what it knows: once more would prove no more, and so
// on for ever.
function proofsOfPage(
  parked: ParkedRequest,
  customer: Customer | undefined,
  { offered, asksForFactors }: SsoDeps,
): readonly Proof[] {
  const tried = triedSince(parked, customer)
  if (tried === 'password' || tried === 'ldap') return []
  const has = (method: Method) => offered.methods.includes(method) && tried !== method
  const hasPassword = customer === undefined || customer.account.passwordHash !== undefined
  const isTyped = (has('local') && hasPassword) || has('ldap')
  const proofs: readonly (readonly [proof: Proof, isPossible: boolean])[] = [
    ['password', isTyped],
    ['password+totp', isTyped && asksForFactors],
    ['password+passkey', isTyped && asksForFactors],
    ['passkey', (hasPassword || has('ldap')) && has('passkey') && asksForFactors],
    ['upstream', has('oidc')],
    ['upstream+second', has('oidc') && offered.tellsSecond],
  ]
  return proofs.flatMap(([proof, isPossible]) => (isPossible ? [proof] : []))
}

// The method of ours by which somebody has signed in since the request arrived, and as freshly as it asks.
function triedSince(
  parked: ParkedRequest,
  customer: Customer | undefined,
): SignInMethod | undefined {
  if (customer === undefined || !isFreshEnough(customer, parked)) return undefined
  const { method, at } = customer.signIn
  return at >= parked.arrivedAt ? method : undefined
}

// ForceAuthn (Core §3.4.1): a sign-in from before the request does not count.
function isFreshEnough({ signIn }: Customer, parked: ParkedRequest): boolean {
  // One that an upstream waved through is as old as what it knew.
  const provenAtMs = signIn.provenAtMs ?? signIn.at.getTime()
  return !parked.wantsFreshSignIn || provenAtMs >= parked.arrivedAt.getTime()
}
