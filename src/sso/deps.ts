// What the flow needs of the house; wired in app.ts.

import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Random } from '../base/random.ts'
import type { SigningKey } from '../saml/keys.ts'
import type { Parties } from '../saml/relying-party.ts'
import type { Sessions } from '../session/session.ts'
import type { FindCustomer } from '../signin/customer.ts'
import type { SendToSignIn } from '../signin/way-in.ts'
import type { Store } from '../store/store.ts'
import type { Counter } from './counter.ts'

export type SsoDeps = {
  readonly store: Pick<Store, 'requests' | 'bindings' | 'sessions'>
  readonly parties: Parties
  readonly key: SigningKey
  readonly sessions: Sessions
  readonly findCustomer: FindCustomer
  readonly sendToSignIn: SendToSignIn
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly counter: Counter
  readonly entityId: string
  readonly ssoUrl: string
  readonly sloUrl: string
  readonly partnerId: string
  readonly platformId: string
  readonly huaweiAuthUrl: string
  readonly huaweiConsoleUrl: string
  readonly assertionMinutes: number
  readonly clockSkewSeconds: number
}
