// Sign-in with a name and a password of ours. Every failure looks and takes the same.

import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { AccountRecord, Store } from '../store/store.ts'
import { isPassword } from './password.ts'
import { createThrottle } from './throttle.ts'

export type LocalDeps = {
  readonly store: Pick<Store, 'accounts' | 'operators' | 'counters'>
  readonly clock: Clock
}

export type Attempt = {
  readonly login: string
  readonly password: string
  /** The network address it comes from. */
  readonly address: string
}

/** Proves passwords. Throws `SIGN_IN_FAILED`, `SIGN_IN_THROTTLED` and `ACCOUNT_DISABLED`. */
export type LocalSignIn = {
  readonly customer: (attempt: Attempt) => Promise<AccountRecord>
  /** The login of the operator. */
  readonly operator: (attempt: Attempt) => Promise<string>
}

export function createLocalSignIn({ store, clock }: LocalDeps): LocalSignIn {
  const customers = createThrottle('customer', { counters: store.counters, clock })
  const operators = createThrottle('operator', { counters: store.counters, clock })
  return {
    customer: async ({ login, password, address }) => {
      await customers.enter(login, address)
      const account = await store.accounts.findByLogin(login)
      if (!(await isPassword(password, account?.passwordHash)) || account === undefined) {
        throw new Refusal('SIGN_IN_FAILED', { address, isKnown: account !== undefined })
      }
      await customers.forgive(login, address)
      // Only somebody who knew the password learns this.
      if (!account.isEnabled) throw new Refusal('ACCOUNT_DISABLED', { account: account.accountId })
      return account
    },
    operator: async ({ login, password, address }) => {
      await operators.enter(login, address)
      const operator = await store.operators.find(login)
      const hash = operator?.isEnabled === true ? operator.passwordHash : undefined
      if (!(await isPassword(password, hash)) || operator === undefined) {
        throw new Refusal('SIGN_IN_FAILED', { address, role: 'operator' })
      }
      await operators.forgive(login, address)
      return operator.login
    },
  }
}
