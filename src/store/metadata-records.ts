// SP metadata as it was fetched: what is kept of it, and what may be asked of the keeper.

/** SP metadata as it was fetched, and how the fetching goes. */
export type MetadataCopy = {
  /** The name of the site's file of options, without `.json`. */
  readonly name: string
  readonly url: string
  /** The last good document, word for word; `undefined` until there was one. */
  readonly xml: string | undefined
  readonly etag: string | undefined
  readonly lastModified: string | undefined
  /** When `xml` came into effect. */
  readonly takenAt: Date | undefined
  /** When the site last answered with a good document, or with "not modified". */
  readonly checkedAt: Date | undefined
  readonly triedAt: Date
  readonly nextAt: Date
  /** Why the last attempt failed. */
  readonly problem: string | undefined
  /** A changed document that waits for an operator; what changes is one sentence each. */
  readonly pending:
    | { readonly xml: string; readonly changes: readonly string[]; readonly at: Date }
    | undefined
}

/** What an attempt changes of a copy; what is not named stays. */
export type MetadataChange = Partial<Omit<MetadataCopy, 'name' | 'url' | 'triedAt'>>

type Named = Pick<MetadataCopy, 'name' | 'url'>

export type Metadata = {
  readonly find: (name: string) => Promise<MetadataCopy | undefined>
  /** In the order of names. */
  readonly list: () => Promise<readonly MetadataCopy[]>
  /**
   * True for one caller when the next attempt is due or `isForced`; the one after is due at `until`.
   * A name that has a new URL forgets the copy of the old one.
   */
  readonly claim: (
    named: Named,
    asked: { readonly now: Date; readonly until: Date; readonly isForced: boolean },
  ) => Promise<boolean>
  /** Writes what an attempt brought, unless the name has another URL meanwhile. */
  readonly change: (named: Named, change: MetadataChange) => Promise<void>
  /** Puts the document that waits since `pendingAt` into effect; false when it waits no more. */
  readonly accept: (name: string, pendingAt: Date, now: Date) => Promise<boolean>
}
