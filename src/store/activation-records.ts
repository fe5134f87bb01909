// The opening of Huawei Cloud accounts: where each stands, and the journal of how it got there.

/**
 * Where the opening of an account stands; src/accounts/journey/steps.ts says what each means.
 * `create-asked` is written before Huawei is asked, so that a crash or time-out leaves an open question,
 * which only a query settles.
 */
export type ActivationStep =
  | 'checked'
  | 'code-sent'
  | 'create-asked'
  | 'unknown'
  | 'created'
  | 'associated'
  | 'bound'
  | 'refused'
  | 'abandoned'

export type ActivationRecord = {
  readonly accountId: string
  readonly step: ActivationStep
  /** Counts the forms that the customer has sent, from 1. */
  readonly attempt: number
  /** The number of the last entry in the journal. */
  readonly entry: number
  readonly domainName: string
  readonly email: string
  readonly area: string
  readonly domainId: string | undefined
  /** The refusal code of the last attempt. */
  readonly problem: string | undefined
  /** When Huawei was asked to create, while it is not known what became of it. */
  readonly createAskedAt: Date | undefined
  /** When the service looks again by itself; `undefined` is never. */
  readonly resumeAt: Date | undefined
  readonly startedAt: Date
  readonly changedAt: Date
}

/**
 * How a step was reached: `asking` before Huawei is asked, `done` and `refused` by its answer, `unknown`
 * without one, `retried` and `abandoned` by a person.
 */
export type JournalOutcome = 'asking' | 'done' | 'refused' | 'unknown' | 'retried' | 'abandoned'

/** One line of the journal. It is never changed. */
export type JournalEntry = {
  readonly accountId: string
  /** Counts from 1 for each account, without gaps. */
  readonly entry: number
  readonly attempt: number
  readonly step: ActivationStep
  readonly outcome: JournalOutcome
  readonly problem: string | undefined
  /** How Huawei calls the request whose answer led to the step. */
  readonly requestId: string | undefined
  readonly at: Date
}

/** What the journal says of a move beside the record itself. */
export type Moved = Pick<JournalEntry, 'outcome'> & { readonly requestId?: string | undefined }

export type Activations = {
  readonly find: (accountId: string) => Promise<ActivationRecord | undefined>
  /**
   * Writes the record and its journal entry in one transaction, when `from` is how it stands
   * (`undefined`: there is none). False when it is not: somebody else moved it. This is what makes
   * "asked once" true. Answers the record with the number of its entry.
   */
  readonly move: (
    from: ActivationRecord | undefined,
    to: Omit<ActivationRecord, 'entry'>,
    how: Moved,
  ) => Promise<ActivationRecord | false>
  /** Looks at it later; nothing when it has moved meanwhile. */
  readonly postpone: (record: ActivationRecord, resumeAt: Date) => Promise<void>
  /** Those whose time to be looked at has come, the longest waiting first. */
  readonly listDue: (now: Date, limit: number) => Promise<readonly ActivationRecord[]>
  /** Newest change first. */
  readonly list: (limit: number) => Promise<readonly ActivationRecord[]>
  /** Oldest first: the last `limit` entries of an account. */
  readonly listJournal: (accountId: string, limit: number) => Promise<readonly JournalEntry[]>
}
