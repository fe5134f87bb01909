// The record of what was done, for its readers: types only, like store.ts, of which they are a part.

import type { Actor, AuditEvent } from '../base/audit.ts'
import type { AuditAction } from '../base/audit-actions.ts'

/** An event as it is kept. */
export type AuditRecord = AuditEvent & {
  /** Counts from 1 without gaps, in the order in which events became durable. */
  readonly sequence: number
  readonly at: Date
}

/** Which events are asked for. */
export type AuditQuery = {
  readonly subject?: string | undefined
  /** The id of whoever did it, of any kind. */
  readonly actor?: string | undefined
  readonly action?: AuditAction | undefined
  readonly from?: Date | undefined
  /** Everything before this moment. */
  readonly to?: Date | undefined
}

/** Where somebody who takes the events elsewhere has got to. */
export type AuditLease = {
  /** Everything up to this sequence has been taken. */
  readonly sequence: number
}

/** The append-only record. */
export type Audit = {
  readonly append: (event: AuditEvent, at: Date) => Promise<void>
  /** Newest first; `before` is a sequence. */
  readonly list: (
    query: AuditQuery & { readonly before?: number | undefined; readonly limit: number },
  ) => Promise<readonly AuditRecord[]>
  /** Oldest first, after a sequence. Nothing can appear later before what this has shown. */
  readonly follow: (
    query: AuditQuery & { readonly after: number; readonly limit: number },
  ) => Promise<readonly AuditRecord[]>
  /**
   * Removes what is older than that many days, oldest first, and answers how much; 0 days keep
   * everything.
   */
  readonly keepDays: (days: number, now: Date) => Promise<number>
  /**
   * The place of the reader `name`, for whoever `holder` is, until `until`; `undefined` while somebody
   * else has it.
   */
  readonly lease: (
    name: string,
    held: { readonly holder: string; readonly now: Date; readonly until: Date },
  ) => Promise<AuditLease | undefined>
  /** Moves the place on; answers false when the lease is lost. */
  readonly advance: (name: string, holder: string, sequence: number) => Promise<boolean>
}

/** The kinds of those who do something. */
export type ActorKind = Actor['kind']
