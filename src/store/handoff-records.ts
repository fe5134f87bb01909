// People on their way to the portal and back.

/** A person who was sent to the portal, and where they go when they are back. */
export type Trip = {
  /** Fingerprint of the `state` in the return address. */
  readonly stateHash: string
  readonly browserHash: string
  /** A path of ours. */
  readonly next: string
  readonly expiresAt: Date
}

/** A verified hand-off that waits for the browser's own GET (the POST carried no cookie). */
export type HandoffTicket = {
  readonly ticketHash: string
  readonly accountId: string
  readonly stateHash: string | undefined
  /** The `iss` of the portal; a launch link has none. */
  readonly issuer?: string | undefined
  /** What the portal calls its own session. */
  readonly portalSession?: string | undefined
  /** The path of ours that the portal wants to have opened. */
  readonly target?: string | undefined
  readonly expiresAt: Date
}

export type Handoffs = {
  readonly startTrip: (trip: Trip) => Promise<void>
  /** Gives a trip to exactly one caller, and only in the browser that started it. */
  readonly takeTrip: (
    stateHash: string,
    browserHash: string,
    now: Date,
  ) => Promise<Trip | undefined>
  readonly saveTicket: (ticket: HandoffTicket) => Promise<void>
  /** Gives a ticket to exactly one caller. */
  readonly takeTicket: (ticketHash: string, now: Date) => Promise<HandoffTicket | undefined>
  /** True for the first caller who brings this token, across all processes. */
  readonly useToken: (tokenHash: string, expiresAt: Date) => Promise<boolean>
}
