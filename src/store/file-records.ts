// What is kept of Huawei Cloud's subscribed files, and what may be asked of it. Types only.

/** The two files a partner can subscribe to; the names are those of their folders in the bucket. */
export const SUBSCRIPTIONS = ['customerUsage', 'customerBill'] as const

export type Subscription = (typeof SUBSCRIPTIONS)[number]

/** An amount of money as a whole number of 10^-10 of the currency, so that sums are exact. */
export type Units = bigint

/** What a file says of one month. */
export type MonthFile = {
  readonly subscription: Subscription
  /** Such as 2026-10. */
  readonly month: string
  /** The name of the archive. */
  readonly file: string
  /** The day in its name as YYYYMMDD; empty for a bill, which is made once. */
  readonly madeOn: string
}

/** The import that counts for a month. */
export type ImportedMonth = MonthFile & {
  readonly importId: number
  /** Of the archive, hexadecimal. */
  readonly sha256: string
  readonly rowCount: number
  readonly finishedAt: Date
}

/** By what amounts are added up. */
export type TotalKey = {
  readonly customerId: string
  readonly serviceType: string
  readonly region: string
  readonly billType: string
}

type Amounts = {
  /** Of usage the expenditure at list price, of a bill what the partner must pay. */
  readonly amount: Units
  /** Of a bill the list price; 0 of usage. */
  readonly listAmount: Units
  /** Of a bill; 0 of usage. */
  readonly taxAmount: Units
}

/** One row of a file. `rowNumber` counts from 1 through all parts of the archive. */
export type FileRow = TotalKey &
  Amounts & {
    readonly rowNumber: number
    readonly occurredAt: Date | undefined
    /** Every other cell that is not empty, by its column. */
    readonly details: Readonly<Record<string, string>>
  }

/** The sum of the rows that have a key in common. */
export type FileTotal = TotalKey & Amounts & { readonly rowCount: number }

export type Imports = {
  readonly find: (subscription: Subscription, month: string) => Promise<ImportedMonth | undefined>
  /** By subscription and month. */
  readonly list: () => Promise<readonly ImportedMonth[]>
  /** Starts an import that nobody sees before it is finished, and answers its id. */
  readonly begin: (file: MonthFile, now: Date) => Promise<number>
  /** Adds rows in one short transaction; false when the import was given up for dead meanwhile. */
  readonly addRows: (importId: number, rows: readonly FileRow[], now: Date) => Promise<boolean>
  /** Adds to the sums that the import has so far. */
  readonly addTotals: (importId: number, totals: readonly FileTotal[]) => Promise<void>
  /**
   * Makes the import the one that counts for its month, in one short transaction. `older`: a newer
   * file counts already. `gone`: the import was given up for dead.
   */
  readonly finish: (
    importId: number,
    outcome: { readonly sha256: string; readonly rowCount: number },
    now: Date,
  ) => Promise<'current' | 'older' | 'gone'>
  /** Gives up an import that is not finished; `removeLeftovers` takes its rows. */
  readonly giveUp: (importId: number, now: Date) => Promise<void>
  /** Removes in slices what counts for no month: replaced, given up, or untouched for an hour. */
  readonly removeLeftovers: (now: Date) => Promise<void>
  /** The sums of a month, in the order of their keys; none for a month without a file. */
  readonly listTotals: (subscription: Subscription, month: string) => Promise<readonly FileTotal[]>
  /** Rows of an import after a number, in the order of the file. */
  readonly listRows: (
    importId: number,
    page: { readonly after: number; readonly limit: number },
  ) => Promise<readonly FileRow[]>
}
