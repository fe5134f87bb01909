// How often somebody may try: counters in the store, so that they hold across restarts and processes.
// Whoever guesses locks out strangers, never the owner in a browser that is known to them:
// docs/decisions/0009-passwords.md.

import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { networkOf } from '../base/network.ts'
import { fingerprint } from '../base/random.ts'
import type { Count, Counters } from '../store/store.ts'

const MINUTE_MS = 60_000
const WINDOW_MS = 15 * MINUTE_MS
// Whole offices share one address.
const PER_ADDRESS = 50
const FREE = 10
const LONGEST_WAIT_MS = 15 * MINUTE_MS
// So long a failure is remembered: some hundred guesses a day and account are left.
const MEMORY_MS = 24 * 60 * MINUTE_MS

/** Whose attempt it is. */
export type Trial = {
  /** Who is meant, in any spelling that finds them. */
  readonly login: string
  /** The network address it comes from. */
  readonly address: string
  /** The fingerprint of a browser that is known to be theirs; strangers have none. */
  readonly device?: string | undefined
}

export type Throttle = {
  /**
   * Counts an attempt before it is made: attempts side by side cannot slip through together. After ten
   * failures one attempt is let through each minute, then each second one, up to one in 15 minutes.
   * Throws `SIGN_IN_THROTTLED`, whose fact `retryAfterSeconds` says when the next one will be.
   */
  readonly enter: (trial: Trial) => Promise<void>
  /** Takes the attempt back, because it succeeded. */
  readonly forgive: (trial: Trial) => Promise<void>
}

/** The same for sign-ins that name nobody beforehand: attempts of one network, by its addresses. */
export type NetworkThrottle = {
  /** Throws `SIGN_IN_THROTTLED` after fifty attempts in 15 minutes. */
  readonly enter: (address: string) => Promise<void>
  /** Takes the attempt back, because it succeeded. */
  readonly forgive: (address: string) => Promise<void>
}

type ThrottleDeps = { readonly counters: Counters; readonly clock: Clock }

/** A throttle of networks for one kind of sign-in. */
export function createNetworkThrottle(kind: string, deps: ThrottleDeps): NetworkThrottle {
  const { counters, clock } = deps
  const add = (address: string, points: number) => {
    return counters.add(`${kind}:address:${networkOf(address)}`, points, WINDOW_MS, clock.now())
  }
  return {
    enter: async (address) => {
      const count = await add(address, 1)
      if (count.points > PER_ADDRESS) throw refuse('address', address, { count, clock })
    },
    forgive: async (address) => {
      await add(address, -1)
    },
  }
}

/** A throttle for one kind of sign-in; `kind` keeps its counters apart from others. */
export function createThrottle(kind: string, deps: ThrottleDeps): Throttle {
  const { counters, clock } = deps
  const networks = createNetworkThrottle(kind, deps)
  const add = (key: string, points: number, durationMs: number) => {
    return counters.add(key, points, durationMs, clock.now())
  }
  return {
    enter: async ({ login, address, device }) => {
      // A known browser has few guesses at one account, so that nobody beside it needs to pay for them.
      if (device === undefined) await networks.enter(address)
      const failures = failuresKey(kind, login, device)
      const { points } = await add(failures, 1, MEMORY_MS)
      if (points < FREE) return
      // Whoever finds no gate sets one up and passes; the gate goes when the wait is over.
      const gate = await add(`${failures}:gate`, 1, waitMs(points))
      if (gate.points === 1) return
      await add(failures, -1, MEMORY_MS)
      const by = device === undefined ? 'account' : 'device'
      throw refuse(by, address, { count: gate, clock })
    },
    forgive: async ({ login, address, device }) => {
      if (device === undefined) await networks.forgive(address)
      const failures = failuresKey(kind, login, device)
      await counters.remove(failures)
      await counters.remove(`${failures}:gate`)
    },
  }
}

function refuse(
  by: 'address' | 'account' | 'device',
  address: string,
  { count, clock }: { readonly count: Count; readonly clock: Clock },
): Refusal {
  const waitMs = count.expiresAt.getTime() - clock.now().getTime()
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000))
  return new Refusal('SIGN_IN_THROTTLED', { by, address, retryAfterSeconds })
}

function failuresKey(kind: string, login: string, device: string | undefined): string {
  const account = `${kind}:account:${fingerprint(login.normalize('NFC').toLowerCase())}`
  return device === undefined ? account : `${account}:${device}`
}

function waitMs(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, MINUTE_MS * 2 ** (attempts - FREE))
}
