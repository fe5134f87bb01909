// The customer of a request: signed in, still known, still enabled. Asked anew at each step, because an
// operator may disable an account in the middle of a flow.

import type { Request } from 'express'
import { Refusal } from '../base/errors.ts'
import type { Sessions, SignedIn } from '../session/session.ts'
import type { AccountRecord, Store } from '../store/store.ts'

/** Somebody who may act now. */
export type Customer = {
  readonly account: AccountRecord
  readonly signIn: SignedIn
  /** Whether second factors are kept here for them, at /security. */
  readonly hasFactorPage?: boolean
}

/** The customer, or nobody. Throws `ACCOUNT_DISABLED` for one who may not act any more. */
export type FindCustomer = (request: Request) => Promise<Customer | undefined>

export function createFindCustomer(deps: {
  readonly sessions: Sessions
  readonly store: Pick<Store, 'accounts'>
  readonly asksForFactors: boolean
}): FindCustomer {
  return async (request) => {
    const signIn = deps.sessions.find(request, 'customer')
    if (signIn === undefined) return undefined
    const account = await deps.store.accounts.find(signIn.id)
    if (account === undefined) return undefined
    if (!account.isEnabled) throw new Refusal('ACCOUNT_DISABLED', { account: account.accountId })
    const isOurs = signIn.method !== 'portal' && signIn.method !== 'oidc'
    return { account, signIn, hasFactorPage: isOurs && deps.asksForFactors }
  }
}
