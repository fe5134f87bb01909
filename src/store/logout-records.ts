// Sign-outs that lead a browser from site to site: what is kept of them, and what may be asked. Types only.

/**
 * What became of telling a site. `told`: its answer is awaited; `silent`: the person went on without
 * it; `untold`: there is no way to tell it.
 */
export type LogoutOutcome = 'waiting' | 'told' | 'confirmed' | 'refused' | 'silent' | 'untold'

/** One site that got an answer in the sign-in that has ended. */
export type LogoutStep = {
  readonly issuer: string
  readonly accountId: string
  readonly nameId: string
  readonly sessionIndex: string
  readonly outcome: LogoutOutcome
}

/** A sign-out that leads the browser from site to site. The session here has ended before. */
export type LogoutRecord = {
  /** Ours, unguessable. */
  readonly id: string
  /** The browser it belongs to; `undefined` until one claims it (arrival by HTTP-POST). */
  readonly browserHash: string | undefined
  /** The site that began it, to be answered at the end; `undefined` for our own sign-out. */
  readonly askedBy:
    | {
        readonly issuer: string
        readonly requestId: string
        readonly relayState: string | undefined
      }
    | undefined
  readonly expiresAt: Date
}

export type Logouts = {
  /** `steps` must not be empty, and name each site once. */
  readonly start: (logout: LogoutRecord, steps: readonly LogoutStep[]) => Promise<void>
  /** Its steps come in the order of their issuers. */
  readonly find: (
    id: string,
    now: Date,
  ) => Promise<(LogoutRecord & { readonly steps: readonly LogoutStep[] }) | undefined>
  /** Gives an unclaimed logout to a browser; false when another one has it. */
  readonly claim: (id: string, browserHash: string) => Promise<boolean>
  /** waiting → told, under the ID of the LogoutRequest; true for one caller. */
  readonly tell: (
    step: { readonly id: string; readonly issuer: string },
    requestId: string,
  ) => Promise<boolean>
  /** waiting → untold. */
  readonly skip: (step: { readonly id: string; readonly issuer: string }) => Promise<void>
  /** told → silent, for whichever site is awaited. */
  readonly giveUp: (id: string) => Promise<void>
  /** Takes a site's answer to a request of ours, once; gives the id of the logout. */
  readonly settle: (
    answered: { readonly issuer: string; readonly requestId: string },
    outcome: 'confirmed' | 'refused',
    now: Date,
  ) => Promise<string | undefined>
  /** Ends it: true for one caller. */
  readonly take: (id: string, now: Date) => Promise<boolean>
}
