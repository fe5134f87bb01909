// What the partner's portal is told of: the rooms where it happens hand in an event, and the portal API
// delivers it. Portals read the names; they never change.

/** One thing that the portal wants to know. Never a secret, and nothing that the portal cannot ask for. */
export type PortalEvent =
  /** The account is connected to a Huawei Cloud account. */
  | ({ readonly kind: 'bound' } & AboutAccount)
  /** The connection was given up; `domainId` and `domainName` are those it had. */
  | ({ readonly kind: 'unbound' } & AboutAccount)
  /** Huawei Cloud or a second customer claims otherwise; `domainId` and `domainName` are what is claimed. */
  | ({ readonly kind: 'conflict' } & AboutAccount)
  /** A Huawei Cloud account was opened from here. */
  | ({ readonly kind: 'created' } & AboutAccount)
  /** A certificate of ours or of Huawei Cloud ends soon. */
  | { readonly kind: 'certificate-due'; readonly certificate: string; readonly endsAt: Date }

type AboutAccount = {
  readonly accountId: string
  /** customer_id of the partner API. */
  readonly domainId: string | undefined
  /** The name of the Huawei Cloud account. */
  readonly domainName: string | undefined
}

/**
 * Takes an event for the portal. The change is durable before it is called, and the call itself awaits
 * only that the event is kept, never that the portal has it.
 */
export type NotifyPortal = (event: PortalEvent) => Promise<void>
