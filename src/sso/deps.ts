// What the flow needs of the house; wired in app.ts.

import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Random } from '../base/random.ts'
import type { TraceKeeper } from '../explain/keep.ts'
import type { Keyring } from '../saml/keyring.ts'
import type { Parties } from '../saml/relying-party.ts'
import type { Sessions } from '../session/session.ts'
import type { FindCustomer } from '../signin/customer.ts'
import type { KnownPortals } from '../signin/known-portal.ts'
import type { Offered } from '../signin/methods.ts'
import type { SendToSignIn } from '../signin/way-in.ts'
import type { Store } from '../store/store.ts'
import type { Counter } from './counter.ts'

export type SsoDeps = {
  readonly store: Pick<
    Store,
    'requests' | 'bindings' | 'activations' | 'sessions' | 'handoffs' | 'logouts'
  >
  readonly parties: Parties
  readonly keyring: Keyring
  readonly sessions: Sessions
  readonly findCustomer: FindCustomer
  readonly sendToSignIn: SendToSignIn
  /** Whether people are usually sent to the portal. */
  readonly hasPortal: boolean
  /** Whether people may have a second factor here. */
  readonly asksForFactors: boolean
  /** What people may sign in with at our own page. */
  readonly offered: Offered
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly counter: Counter
  readonly traces: TraceKeeper
  readonly entityId: string
  /** Makes the persistent names that parties know people by. */
  readonly pairwiseSecret: string
  readonly ssoUrl: string
  readonly sloUrl: string
  readonly partnerId: string
  readonly platformId: string
  readonly knownPortals: Pick<KnownPortals, 'homeOf'>
  readonly huaweiAuthUrl: string
  readonly huaweiConsoleUrl: string
  /** The consoles of Huawei's own sites, by the origin at which a site signs people in. */
  readonly consoleUrls: ReadonlyMap<string, string>
  readonly assertionMinutes: number
  readonly clockSkewSeconds: number
}
