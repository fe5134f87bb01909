// What the partner's portal is told of, and in which words. Portals read the names; they never change.

import { fingerprint } from './random.ts'

/** Something that happened to an account. */
export type AccountEvent = {
  /**
   * `bound`: the account is connected to a Huawei Cloud account. `unbound`: the connection was given up;
   * the domain is the one it had. `conflict`: Huawei Cloud or a second customer claims otherwise; the
   * domain is what is claimed. `created`: a Huawei Cloud account was opened from here.
   */
  readonly kind: 'bound' | 'unbound' | 'conflict' | 'created'
  readonly accountId: string
  /** customer_id of the partner API. */
  readonly domainId: string | undefined
}

/** A certificate of ours or of Huawei Cloud ends soon. */
export type CertificateEvent = {
  readonly kind: 'certificate-due'
  readonly certificate: string
  readonly endsAt: Date
}

/** One thing that the portal wants to know. Never a secret, and nothing that the portal cannot ask for. */
export type PortalEvent = AccountEvent | CertificateEvent

/** How long messages are kept: longer than anybody tries, so that what was given up can be counted. */
export const KEEP_EVENT_DAYS = 30

/** The webhook-id of an event, made of what tells it from every other: a repeat has the same. */
export function eventId(parts: readonly (string | number)[]): string {
  return `evt_${fingerprint(JSON.stringify(parts))}`
}

/** The body of the message. Ids only: names are personal, and erasing somebody does not reach what was sent. */
export function eventBody(event: PortalEvent, at: Date): string {
  return JSON.stringify({ type: event.kind, timestamp: at.toISOString(), data: dataOf(event) })
}

function dataOf(event: PortalEvent) {
  if (event.kind === 'certificate-due') {
    return { certificate: event.certificate, endsAt: event.endsAt.toISOString() }
  }
  return { accountId: event.accountId, domainId: event.domainId ?? null }
}
