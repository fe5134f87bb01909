// A certificate that ends soon in, messages to the portal's addresses out, kept until they have arrived.

import { addDays, type Clock } from '../base/clock.ts'
import { type CertificateEvent, eventBody, eventId, KEEP_EVENT_DAYS } from '../base/portal-event.ts'
import type { Store } from '../store/store.ts'

export type CertificateDueDeps = {
  readonly store: Pick<Store, 'deliveries'>
  readonly clock: Clock
  /** Has the messages sent without waiting for them. */
  readonly nudge: () => void
}

/** Takes a certificate that ends soon; it may be told of the same one as often as it likes. */
export type TellCertificateDue = (due: Omit<CertificateEvent, 'kind'>) => Promise<void>

const DAYS_AHEAD = [0, 7, 30] as const

/**
 * Every process sees a certificate that ends, every minute; the portal is told once as each of 60, 30 and
 * 7 days come, and when it is over.
 */
export function createTellCertificateDue(deps: CertificateDueDeps): TellCertificateDue {
  const { store, clock, nudge } = deps
  return async ({ certificate, endsAt }) => {
    const now = clock.now()
    // Messages are forgotten in the end: without this the last one would be told anew after that.
    if (addDays(endsAt, KEEP_EVENT_DAYS - 1) <= now) return
    const near = DAYS_AHEAD.find((days) => addDays(now, days) >= endsAt) ?? 60
    const kind = 'certificate-due'
    await store.deliveries.enqueue({
      eventId: eventId([certificate, endsAt.toISOString(), near]),
      kind,
      body: eventBody({ kind, certificate, endsAt }, now),
      now,
      expiresAt: addDays(now, KEEP_EVENT_DAYS),
    })
    nudge()
  }
}
