// Comparisons with Huawei's list of customers: how far one is, and the differences it found.

import type { CustomerAnswer } from './binding-move-records.ts'
import type { BindingRecord, Frozen } from './binding-records.ts'

/** `abandoned`: another one was started in its place. */
export type RunState = 'running' | 'finished' | 'abandoned'

/** How differently Huawei sees a connection; src/accounts/reconcile/drift.ts says what each means. */
export type DriftKind =
  | 'unknown-there'
  | 'unknown-here'
  | 'different-account'
  | 'association-changed'
  | 'conflict-over'

/** What accepting a finding does. */
export type Proposal = 'bind' | 'release' | 'note' | 'settle'

/** `gone`: a later comparison did not find it any more. */
export type FindingState = 'open' | 'accepted' | 'dismissed' | 'gone'

/** One comparison, as far as it is. */
export type ReconcileRun = {
  readonly id: string
  readonly state: RunState
  /** A dry one leaves nothing behind but this record. */
  readonly isDryRun: boolean
  /** How many customers of the list it has passed. */
  readonly position: number
  /** The customers on Huawei's list, if Huawei says. */
  readonly total: number | undefined
  /** What was seen, fixed and found, by its name. */
  readonly counts: Readonly<Record<string, number>>
  readonly startedAt: Date
  readonly movedAt: Date
  readonly finishedAt: Date | undefined
}

/** What our books say of a connection. */
export type OurView = { readonly accountId: string; readonly domainId?: string | undefined }

/** A difference as it was found. */
export type Drift = {
  readonly kind: DriftKind
  readonly proposal: Proposal
  readonly accountId: string
  /** The Huawei Cloud account that it is about. */
  readonly domainId: string
  readonly ours: OurView
  /** What Huawei answered; `undefined` when it knows no such customer. */
  readonly theirs: CustomerAnswer | undefined
}

/** A difference that an operator decides about. */
export type Finding = Drift & {
  /** Made of what it says: the same difference has the same id in every comparison. */
  readonly id: string
  readonly state: FindingState
  readonly runId: string
  readonly foundAt: Date
  readonly seenAt: Date
  readonly decidedBy: string | undefined
  readonly decidedAt: Date | undefined
  /** The operator's reason. */
  readonly note: string | undefined
}

/** What is safe to write without asking anybody; only where the pair is as it was compared. */
export type Fix = {
  readonly accountId: string
  readonly domainId: string
  readonly domainName?: string
  readonly association?: string
  /** Huawei's answer, when it confirms a connection that nobody has confirmed. */
  readonly confirmedBy?: CustomerAnswer
  /** `null` when nothing is frozen any more. */
  readonly frozen?: Frozen | null
}

/** What one page of the list came to. */
export type ComparedPage = {
  readonly position: number
  readonly total: number | undefined
  readonly counts: Readonly<Record<string, number>>
  /** Keys of customers and accounts that were met. */
  readonly seen: readonly string[]
  readonly fixes: readonly Fix[]
  readonly drifts: readonly (Drift & { readonly id: string })[]
}

/** What we know of some customers of Huawei's. */
export type Ours = {
  /** By domain id. */
  readonly holders: ReadonlyMap<string, BindingRecord>
  /** By account id; an account without a binding has one of state `none`. */
  readonly named: ReadonlyMap<string, BindingRecord>
}

export type Reconciles = {
  /** Begins a comparison; one of the same kind that is unfinished is abandoned. */
  readonly start: (run: {
    readonly id: string
    readonly isDryRun: boolean
    readonly now: Date
  }) => Promise<ReconcileRun>
  /** The newest one that was started, dry ones aside. */
  readonly findLast: () => Promise<ReconcileRun | undefined>
  /** Newest first. */
  readonly listRuns: (limit: number) => Promise<readonly ReconcileRun[]>
  readonly findOurs: (domainIds: readonly string[], accountIds: readonly string[]) => Promise<Ours>
  /** Those of the keys that the run has met. */
  readonly listSeen: (runId: string, keys: readonly string[]) => Promise<ReadonlySet<string>>
  /**
   * Keeps what a page came to, in one transaction; `undefined` when somebody else has moved the run from
   * `from` meanwhile, and nothing is kept then. A dry run keeps neither fixes nor drifts.
   */
  readonly savePage: (
    from: ReconcileRun,
    page: ComparedPage,
    now: Date,
  ) => Promise<ReconcileRun | undefined>
  /** Writes what is safe, outside of a run. */
  readonly applyFix: (fix: Fix, now: Date) => Promise<void>
  /** Connections made before the run that it has not met, in the order of account ids. */
  readonly listUnseen: (run: ReconcileRun, limit: number) => Promise<readonly BindingRecord[]>
  /** Ends a run; open findings that it has not found again are gone. */
  readonly finish: (run: ReconcileRun, now: Date) => Promise<ReconcileRun | undefined>
  readonly findFinding: (id: string) => Promise<Finding | undefined>
  /** In the order of ids; `after` is one. */
  readonly listFindings: (page: {
    readonly state?: FindingState
    readonly after?: string
    readonly limit: number
  }) => Promise<readonly Finding[]>
  readonly countOpen: () => Promise<number>
  /** Decides an open finding; false when it is open no more. */
  readonly decide: (
    id: string,
    decision: {
      readonly state: 'accepted' | 'dismissed'
      readonly by: string
      readonly note: string | undefined
      readonly now: Date
    },
  ) => Promise<boolean>
}
