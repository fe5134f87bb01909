// Sign-in with a name and a password of ours. Every failure looks and takes the same.

import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { PasswordOwner } from '../store/password-records.ts'
import type { AccountRecord, Store } from '../store/store.ts'
import { isPassword, renewHash } from './password.ts'
import { createThrottle, type Throttle } from './throttle.ts'

export type LocalDeps = {
  readonly store: Pick<Store, 'accounts' | 'operators' | 'counters' | 'devices' | 'passwords'>
  readonly clock: Clock
}

export type Attempt = {
  readonly login: string
  readonly password: string
  /** The network address it comes from. */
  readonly address: string
  /** The fingerprint of the browser's token, whoever it is known for. */
  readonly device?: string | undefined
}

/** Proves passwords. Throws `SIGN_IN_FAILED`, `SIGN_IN_THROTTLED` and `ACCOUNT_DISABLED`. */
export type LocalSignIn = {
  readonly customer: (attempt: Attempt) => Promise<AccountRecord>
  /** The login of the operator. */
  readonly operator: (attempt: Attempt) => Promise<string>
}

export function createLocalSignIn(deps: LocalDeps): LocalSignIn {
  const { store, clock } = deps
  const customers = createThrottle('customer', { counters: store.counters, clock })
  const operators = createThrottle('operator', { counters: store.counters, clock })
  return {
    customer: async (attempt) => {
      const account = await store.accounts.findByLogin(attempt.login)
      const owner = { role: 'customer', id: account?.accountId ?? '' } as const
      const proven = { throttle: customers, owner, passwordHash: account?.passwordHash }
      const isRight = await prove(attempt, proven, deps)
      if (!isRight || account === undefined) {
        const { address } = attempt
        throw new Refusal('SIGN_IN_FAILED', { address, isKnown: account !== undefined })
      }
      // Only somebody who knew the password learns this.
      if (!account.isEnabled) throw new Refusal('ACCOUNT_DISABLED', { account: account.accountId })
      return account
    },
    operator: async (attempt) => {
      const operator = await store.operators.find(attempt.login)
      const owner = { role: 'operator', id: operator?.login ?? '' } as const
      const passwordHash = operator?.isEnabled === true ? operator.passwordHash : undefined
      const isRight = await prove(attempt, { throttle: operators, owner, passwordHash }, deps)
      if (!isRight || operator === undefined) {
        throw new Refusal('SIGN_IN_FAILED', { address: attempt.address, role: 'operator' })
      }
      return operator.login
    },
  }
}

async function prove(
  { login, password, address, device }: Attempt,
  meant: {
    readonly throttle: Throttle
    readonly owner: PasswordOwner
    readonly passwordHash: string | undefined
  },
  { store, clock }: LocalDeps,
): Promise<boolean> {
  const { throttle, owner, passwordHash } = meant
  const isKnown = device !== undefined && (await store.devices.isKnown(device, owner, clock.now()))
  const trial = { login, address, device: isKnown ? device : undefined }
  await throttle.enter(trial)
  if (!(await isPassword(password, passwordHash)) || passwordHash === undefined) return false
  await throttle.forgive(trial)
  const renewed = await renewHash(password, passwordHash)
  if (renewed !== undefined) await store.passwords.rehash(owner, passwordHash, renewed)
  return true
}
