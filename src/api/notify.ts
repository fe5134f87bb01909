// An event of the house in, messages to the portal's addresses out, kept until they have arrived.

import { addDays, type Clock } from '../base/clock.ts'
import type { NotifyPortal, PortalEvent } from '../base/portal-event.ts'
import { fingerprint, newToken, type Random } from '../base/random.ts'
import type { Store } from '../store/store.ts'

// Longer than anybody tries, so that what was given up can still be counted.
const KEEP_DAYS = 30

export type NotifyDeps = {
  readonly store: Pick<Store, 'deliveries'>
  readonly clock: Clock
  readonly random: Random
  /** Has the messages sent without waiting for them. */
  readonly nudge: () => void
}

/** The one function by which the house tells the portal. */
export function createNotifyPortal({ store, clock, random, nudge }: NotifyDeps): NotifyPortal {
  return async (event) => {
    const now = clock.now()
    const { kind } = event
    await store.deliveries.enqueue({
      eventId: idOf(event, { now, random }),
      kind,
      body: JSON.stringify({ type: kind, timestamp: now.toISOString(), data: dataOf(event) }),
      now,
      expiresAt: addDays(now, KEEP_DAYS),
    })
    nudge()
  }
}

// Ids only: names are personal, and erasing somebody does not reach what was sent.
function dataOf(event: PortalEvent) {
  if (event.kind === 'certificate-due') {
    return { certificate: event.certificate, endsAt: event.endsAt.toISOString() }
  }
  return { accountId: event.accountId, domainId: event.domainId ?? null }
}

const DAYS_AHEAD = [0, 7, 30] as const

// Every process sees a certificate that ends, every minute; the portal is told once as each of 60, 30 and
// 7 days come, and when it is over.
function idOf(
  event: PortalEvent,
  { now, random }: { readonly now: Date; readonly random: Random },
) {
  if (event.kind !== 'certificate-due') return `evt_${newToken(random)}`
  const { certificate, endsAt } = event
  const near = DAYS_AHEAD.find((days) => addDays(now, days) >= endsAt) ?? 60
  return `evt_${fingerprint(JSON.stringify([certificate, endsAt.toISOString(), near]))}`
}
