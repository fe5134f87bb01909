// Who does a job that only one process may do at a time.

export type LeaseTerm = {
  /** Names the process; a new one each time it starts. */
  readonly holder: string
  readonly now: Date
  readonly until: Date
}

export type Leases = {
  /** Takes or renews the lease; false while another holder's has not run out. */
  readonly take: (name: string, term: LeaseTerm) => Promise<boolean>
  /** Gives it back, when it is still the holder's. */
  readonly release: (name: string, holder: string) => Promise<void>
}
