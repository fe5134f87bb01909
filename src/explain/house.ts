// What an explanation compares a message with: the same things as the flow.

import type { VerifyNotice } from '../saml/notice-signature.ts'
import type { Parties } from '../saml/relying-party.ts'
import type { Store } from '../store/store.ts'

/** What the checks of SAML messages need. */
export type MessageHouse = {
  readonly parties: Parties
  readonly ssoUrl: string
  readonly sloUrl: string
  readonly clockSkewSeconds: number
  /** The time of judgement. */
  readonly now: Date
}

/** What the checks of a bind notification need. */
export type NoticeHouse = {
  readonly store: Pick<Store, 'accounts' | 'bindings'>
  readonly verify: VerifyNotice
  readonly signedBytes: 'base64' | 'json'
  readonly bindHours: number
  readonly now: Date
}

/** What every kind of explanation needs. */
export type House = MessageHouse &
  NoticeHouse & {
    readonly store: Pick<Store, 'accounts' | 'bindings' | 'requests'>
    readonly entityId: string
    readonly partnerId: string
  }
