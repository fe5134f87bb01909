// Addresses of the portal that want to be told, and what waits to be told to them.

import type { PortalEvent } from '../base/portal-event.ts'

export type PortalEventKind = PortalEvent['kind']

/** An address of the portal. Its secret is derived from `id` and `generation`, and nowhere in the store. */
export type WebhookRecord = {
  readonly name: string
  readonly id: string
  readonly url: string
  readonly kinds: readonly PortalEventKind[]
  /** Counts its secrets, from 1. */
  readonly generation: number
  /** Until when the secret before signs as well. */
  readonly previousUntil: Date | undefined
  readonly createdAt: Date
  readonly deliveredAt: Date | undefined
  /** Since when nothing has arrived; `undefined` while all is well. */
  readonly failingSince: Date | undefined
  /** Why the last attempt failed. */
  readonly problem: string | undefined
  /** When it was given up; nothing is sent any more until it is set anew. */
  readonly endedAt: Date | undefined
}

/** How an address does; `ended` until it is tried again or set anew. */
export function stateOf({
  failingSince,
  endedAt,
}: Pick<WebhookRecord, 'failingSince' | 'endedAt'>): 'fine' | 'failing' | 'ended' {
  if (endedAt !== undefined) return 'ended'
  return failingSince === undefined ? 'fine' : 'failing'
}

export type Webhooks = {
  /**
   * Adds an address, or changes the one of this name: then id, generation and time of creation stay,
   * and one that was given up is taken up again. Answers what is there now, and whether it was added.
   */
  readonly set: (
    webhook: Pick<WebhookRecord, 'name' | 'id' | 'url' | 'kinds' | 'createdAt'>,
  ) => Promise<{ readonly webhook: WebhookRecord; readonly isNew: boolean }>
  readonly find: (name: string) => Promise<WebhookRecord | undefined>
  readonly list: () => Promise<readonly WebhookRecord[]>
  /** A new secret; the one before signs as well until a time. `undefined` without such an address. */
  readonly rotate: (name: string, previousUntil: Date) => Promise<WebhookRecord | undefined>
  /** Gives it up, with everything that waits for it, until it is resumed or set anew. False without it. */
  readonly stop: (
    name: string,
    why: { readonly now: Date; readonly problem: string },
  ) => Promise<boolean>
  /** Takes it up again, with everything that was given up and is still kept. False without it. */
  readonly resume: (name: string, now: Date) => Promise<boolean>
  /** Removes it with everything that waits for it. */
  readonly remove: (name: string) => Promise<boolean>
}

/** One event on its way to one address. */
export type DeliveryRecord = {
  readonly id: string
  readonly webhook: string
  /** The same for all addresses and all attempts. */
  readonly eventId: string
  readonly kind: PortalEventKind
  /** What is sent, to the byte. */
  readonly body: string
  /** Attempts that failed. */
  readonly attempts: number
  readonly createdAt: Date
}

/** What became of an attempt. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly now: Date }
  /** `nextAt` undefined: nobody tries again. */
  | {
      readonly kind: 'failed'
      readonly now: Date
      readonly problem: string
      readonly nextAt: Date | undefined
    }
  /** The address says that it is gone: everything that waits for it is dead. */
  | { readonly kind: 'gone'; readonly now: Date; readonly problem: string }

export type Deliveries = {
  /**
   * Puts the event on its way to every address that wants its kind. An event of the same id is not
   * put on its way twice.
   */
  readonly enqueue: (event: {
    readonly eventId: string
    readonly kind: PortalEventKind
    readonly body: string
    readonly now: Date
    readonly expiresAt: Date
  }) => Promise<void>
  /** Takes some that are due; nobody else is given them until `heldUntil`. */
  readonly take: (turn: {
    readonly holder: string
    readonly now: Date
    readonly heldUntil: Date
    readonly limit: number
  }) => Promise<readonly DeliveryRecord[]>
  /** Notes what became of one, when it is still the holder's. */
  readonly settle: (
    delivery: Pick<DeliveryRecord, 'id' | 'webhook'>,
    holder: string,
    outcome: DeliveryOutcome,
  ) => Promise<void>
  /** How many wait for an address, and how many were given up. */
  readonly count: (webhook: string) => Promise<{ readonly waiting: number; readonly dead: number }>
}
