// Which way a connection may move, who may move it and what must prove it: THE table of transitions, and
// the record that each of them leaves.

import type { Actor } from '../base/audit.ts'

/** `released`: it was connected, and an operator gave the connection up. */
export type BindingState = 'none' | 'asked' | 'bound' | 'conflict' | 'released'

/**
 * What Huawei's query customers says of an account, kept as evidence: ids and codes, no names, so that
 * the history outlives the person's data.
 */
export type CustomerAnswer = {
  readonly customer_id: string
  readonly xaccount_id?: string | undefined
  readonly xaccount_type?: string | undefined
  readonly association_type?: string | undefined
  readonly associated_on?: string | undefined
  readonly is_frozen?: string | undefined
}

/** What proves a move. */
export type Evidence = {
  /** The signed notice, which is kept word for word under this id. */
  readonly noticeId?: string | undefined
  /** What the partner API answered; `[]` when it knows no such customer. */
  readonly answer?: CustomerAnswer | readonly [] | undefined
  /** An operator's own words. */
  readonly note?: string | undefined
}

/** Who moves a connection, and by what right. */
export type MovedBy = { readonly actor: Actor; readonly evidence?: Evidence | undefined }

/** Why a connection moved. `kept` is what an upgrade found. */
export type MoveReason =
  | 'asked'
  | 'notice'
  | 'created'
  | 'query'
  | 'confirmed'
  | 'contradicted'
  | 'released'
  | 'settled'
  | 'kept'

/** One move as it is on record. It is never changed. */
export type BindingMove = {
  readonly accountId: string
  /** Counts from 1 for each account, without gaps. */
  readonly entry: number
  readonly from: BindingState
  readonly to: BindingState
  readonly actor: Actor
  readonly reason: MoveReason
  readonly evidence: Evidence
  /** The Huawei Cloud account that it is about: claimed, connected or given up. */
  readonly domainId: string | undefined
  readonly at: Date
}

/** A row of the table. `needs` is empty where the record of somebody else is the proof. */
export type MoveRule = {
  readonly from: readonly BindingState[]
  readonly to: BindingState
  readonly reason: MoveReason
  readonly by: readonly Actor['kind'][]
  readonly needs: readonly (keyof Evidence)[]
}

/** Every move there is; whatever is not here is refused as a fault. */
export const MOVES: readonly MoveRule[] = [
  { reason: 'asked', from: ['none', 'released'], to: 'asked', by: ['customer'], needs: [] },
  {
    reason: 'notice',
    from: ['none', 'asked', 'conflict', 'released'],
    to: 'bound',
    by: ['huawei'],
    needs: ['noticeId', 'answer'],
  },
  // The journal of the activation holds Huawei's own answer.
  {
    reason: 'created',
    from: ['none', 'asked', 'conflict', 'released'],
    to: 'bound',
    by: ['job'],
    needs: [],
  },
  {
    reason: 'query',
    from: ['none', 'asked', 'conflict', 'released'],
    to: 'bound',
    by: ['operator'],
    needs: ['answer'],
  },
  { reason: 'confirmed', from: ['bound'], to: 'bound', by: ['huawei', 'job'], needs: ['answer'] },
  {
    reason: 'contradicted',
    from: ['none', 'asked', 'bound', 'conflict', 'released'],
    to: 'conflict',
    by: ['huawei', 'job', 'operator'],
    needs: [],
  },
  {
    reason: 'released',
    from: ['bound', 'conflict'],
    to: 'released',
    by: ['operator', 'command'],
    needs: ['note'],
  },
  { reason: 'settled', from: ['conflict'], to: 'bound', by: ['operator'], needs: ['answer'] },
]
