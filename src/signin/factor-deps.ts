// What second factors need of the house, and whose they are.

import type { RecordAudit } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import type { Random } from '../base/random.ts'
import type { Role, Sessions } from '../session/session.ts'
import type { Store } from '../store/store.ts'
import type { FactorKey } from './factor-key.ts'

/** Somebody who may act now. */
export type FactorPerson = {
  readonly id: string
  /** What their authenticators show: the sign-in name. */
  readonly label: string
  /** Whether it is we who know them, so that a passkey alone may let them in. */
  readonly hasPassword: boolean
}

/** One of the two kinds of people, and the rules for them. */
export type Door = {
  readonly role: Role
  readonly isRequired: boolean
  /** Whether a passkey alone is a way in here. */
  readonly takesPasskeyAlone: boolean
  /** Nobody for somebody who is not known or may not act any more. */
  readonly find: (id: string) => Promise<FactorPerson | undefined>
  /** A path of this door's pages, whatever the text tries. */
  readonly readNext: (text: string | undefined) => string
  /** Where a sign-in here may lead. */
  readonly formTargets: readonly string[]
}

export type FactorDeps = {
  readonly store: Pick<Store, 'factors' | 'counters' | 'signIns'>
  readonly sessions: Sessions
  readonly key: FactorKey
  readonly clock: Clock
  readonly random: Random
  readonly record: RecordAudit
  readonly publicUrl: string
  /** What authenticators call us. */
  readonly issuer: string
}

/** What a request is handled with. */
export type At = { readonly door: Door; readonly deps: FactorDeps }
