// How often somebody may try: counters in the store, so that they hold across restarts and processes.

import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { networkOf } from '../base/network.ts'
import { fingerprint } from '../base/random.ts'
import type { Counters } from '../store/store.ts'

const WINDOW_MS = 15 * 60_000
const PER_ACCOUNT = 10
// Whole offices share one address.
const PER_ADDRESS = 50

export type Throttle = {
  /**
   * Counts an attempt before it is made: attempts side by side cannot slip through together. Throws
   * `SIGN_IN_THROTTLED`.
   */
  readonly enter: (login: string, address: string) => Promise<void>
  /** Takes the attempt back, because it succeeded. */
  readonly forgive: (login: string, address: string) => Promise<void>
}

/** A throttle for one kind of sign-in; `kind` keeps its counters apart from others. */
export function createThrottle(
  kind: string,
  deps: { readonly counters: Counters; readonly clock: Clock },
): Throttle {
  const { counters, clock } = deps
  const account = (login: string) => `${kind}:account:${fingerprint(login.toLowerCase())}`
  const network = (address: string) => `${kind}:address:${networkOf(address)}`
  const count = (key: string, points: number) => {
    return counters.add(key, points, WINDOW_MS, clock.now())
  }
  return {
    enter: async (login, address) => {
      const ofAddress = await count(network(address), 1)
      if (ofAddress.points > PER_ADDRESS) {
        throw new Refusal('SIGN_IN_THROTTLED', { by: 'address', address })
      }
      const ofAccount = await count(account(login), 1)
      if (ofAccount.points > PER_ACCOUNT) {
        throw new Refusal('SIGN_IN_THROTTLED', { by: 'account', address })
      }
    },
    forgive: async (login, address) => {
      await count(network(address), -1)
      await counters.remove(account(login))
    },
  }
}
