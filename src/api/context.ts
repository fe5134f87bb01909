// What operations are given beside their input, and what they answer.

import type { Actor, AuditEvent, RecordAudit } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import type { Random } from '../base/random.ts'
import type { AccountRecord, Store } from '../store/store.ts'
import type { KeyDeps } from './key.ts'
import type { AddressRule } from './webhook-address.ts'

/** A one-time link. */
type MadeLink = { readonly url: string; readonly expiresAt: Date }

/** What the customer wants opened. */
export type Wish = { readonly domainName: string; readonly email: string; readonly area: string }

export type ApiDeps = KeyDeps & {
  readonly store: Pick<
    Store,
    | 'accounts'
    | 'activations'
    | 'apiKeys'
    | 'bindings'
    | 'counters'
    | 'deliveries'
    | 'idempotency'
    | 'webhooks'
  >
  readonly clock: Clock
  readonly random: Random
  readonly record: RecordAudit
  readonly publicUrl: string
  /** A link that signs in and goes on to /launch. */
  readonly makeLaunchLink: (
    accountId: string,
    target: { readonly service?: string | undefined; readonly site?: string | undefined },
  ) => Promise<MadeLink>
  readonly makePasswordLink: (accountId: string) => Promise<MadeLink>
  /** `undefined` where accounts are not opened here. */
  readonly activation:
    | {
        readonly requestCode: (account: AccountRecord, wish: Wish) => Promise<unknown>
        readonly createWithCode: (account: AccountRecord, code: string) => Promise<unknown>
      }
    | undefined
  /** The secret that those of webhooks are derived from. */
  readonly webhookKey: string
  readonly webhookRule: AddressRule
}

/** Who asks, from where, and for which time. */
export type Call = {
  readonly actor: Actor
  readonly address: string | undefined
  readonly reference: string
  /** An attempt at the same request that began then came to no answer: part of it may be done. */
  readonly since: Date | undefined
}

/** An operation's answer; the row's first status when it names none. */
export type Reply<Result> = { readonly status?: number; readonly body: Result }

/** Puts on record what a call has done. */
export function recordCall(
  call: Call,
  event: Omit<AuditEvent, 'actor' | 'address' | 'reference'>,
  { record }: Pick<ApiDeps, 'record'>,
): Promise<void> {
  const { actor, address, reference } = call
  return record({ ...event, actor, address, reference })
}
