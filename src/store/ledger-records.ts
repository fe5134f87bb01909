// What the ledger tells: types only, like store.ts, of which they are a part.

/** A place in the ledger: as long as its hash is known outside, nothing before it can be rewritten. */
export type LedgerPlace = {
  /** Counts from 1 without gaps; 0 is the place before the first entry. */
  readonly sequence: number
  /** SHA-256, 64 lower-case hexadecimal digits. */
  readonly hash: string
}

/** SHA-256 of an assertion's text in UTF-8, 64 lower-case hexadecimal digits. */
export type AssertionDigest = { readonly digest: string }

/** One assertion that left this house. */
export type LedgerEntry = LedgerPlace &
  AssertionDigest & {
    readonly assertionId: string
    /** The entity ID of the site it was issued for. */
    readonly issuer: string
    readonly requestId: string
    readonly accountId: string
    readonly sessionIndex: string
    readonly issuedAt: Date
    /** The hash of the entry before. */
    readonly previousHash: string
  }

/** Where the ledger begins: after what retention has removed, if it has. */
export type LedgerAnchor = LedgerPlace & {
  /** Everything removed was issued before this. */
  readonly issuedBefore: Date | undefined
}

/**
 * What is wrong with the first entry that breaks the chain. `altered`: its words are not those that
 * were hashed. `missing`: it is not there. `reordered`: it was written for another place. `forked`: it
 * is sound in itself and continues another history.
 */
export type LedgerProblem = 'altered' | 'missing' | 'reordered' | 'forked'

/** What a walk along the chain has found. */
export type LedgerReport = {
  readonly anchor: LedgerAnchor
  /** As the house itself remembers it. */
  readonly head: LedgerPlace
  /** How many entries have proved sound, from the anchor on. */
  readonly count: number
  readonly first: LedgerEntry | undefined
  readonly last: LedgerEntry | undefined
  readonly broken: { readonly sequence: number; readonly problem: LedgerProblem } | undefined
  /** Whether the place noted outside could be compared; one before the anchor cannot. */
  readonly noted: 'holds' | 'removed' | 'differs' | undefined
}

/** The append-only record of issued assertions. `Requests.finish` is what writes it. */
export type Ledger = {
  readonly find: (assertionId: string) => Promise<LedgerEntry | undefined>
  readonly anchor: () => Promise<LedgerAnchor>
  readonly head: () => Promise<LedgerPlace>
  /** Walks along the whole chain, and past a place that somebody has noted outside. */
  readonly verify: (noted?: LedgerPlace) => Promise<LedgerReport>
  /**
   * Removes what was issued before the start of the day (UTC) that is `days` before `now`, oldest
   * first, and the answers to match. Answers how many entries went. 0 days keep everything.
   */
  readonly keepDays: (days: number, now: Date) => Promise<number>
}
