// The history of connections: a move in, checked against the table, and a row of `binding_move` out, with
// what the portal is told of it.

import type { AccountEvent } from '../base/portal-event.ts'
import type {
  BindingMove,
  BindingState,
  CustomerAnswer,
  MovedBy,
  MoveReason,
} from './binding-move-records.ts'
import { MOVES } from './binding-move-records.ts'
import type { Database } from './engine.ts'
import { tellPortal } from './portal-events.ts'
import type { BindingMoveTable } from './reconcile-tables.ts'
import { orNull, orUndefined } from './values.ts'

type Move = MovedBy & {
  readonly accountId: string
  readonly from: BindingState
  readonly to: BindingState
  readonly reason: MoveReason
  readonly domainId: string | undefined
  readonly now: Date
}

/**
 * Puts a move on record, in the transaction that makes it; the caller holds the lock on the account's
 * row, so that the numbers have no gaps. A move that the table does not allow is a fault, and undoes the
 * transaction.
 */
export async function recordMove(db: Database, move: Move): Promise<BindingMove> {
  checkMove(move)
  const { accountId, actor, evidence = {}, from, to, reason, domainId, now } = move
  const last = await db
    .selectFrom('binding_move')
    .select('entry')
    .where('account_id', '=', accountId)
    .orderBy('entry', 'desc')
    .limit(1)
    .executeTakeFirst()
  const entry = (last?.entry ?? 0) + 1
  const { noticeId, answer, note } = evidence
  await db
    .insertInto('binding_move')
    .values({
      account_id: accountId,
      entry,
      from_state: from,
      to_state: to,
      actor_kind: actor.kind,
      actor_id: actor.id,
      reason,
      note: orNull(note),
      domain_id: orNull(domainId),
      notice_id: orNull(noticeId),
      answer: answer === undefined ? null : JSON.stringify(answer),
      at_ms: now.getTime(),
    })
    .execute()
  const kind = EVENTS[to]
  // A move that changes no state, such as a confirmation, is on record only.
  if (kind !== undefined && (from !== to || to === 'conflict')) {
    const line = { history: 'binding-move', entry, at: now } as const
    await tellPortal(db, { kind, accountId, domainId }, line)
  }
  return { accountId, entry, from, to, actor, reason, evidence, domainId, at: now }
}

const EVENTS: Readonly<Partial<Record<BindingState, AccountEvent['kind']>>> = {
  bound: 'bound',
  released: 'unbound',
  conflict: 'conflict',
}

function checkMove({ from, to, reason, actor, evidence = {} }: Move): void {
  const rule = MOVES.find((row) => row.reason === reason)
  const isAllowed = rule?.to === to && rule.from.includes(from) && rule.by.includes(actor.kind)
  const isProven = rule?.needs.every((name) => evidence[name] !== undefined) ?? false
  if (!isAllowed || !isProven) {
    throw new Error(`a connection cannot move from ${from} to ${to}: ${reason} by ${actor.kind}`)
  }
}

/** The last moves of an account, oldest first. */
export async function listMoves(
  db: Database,
  accountId: string,
  limit: number,
): Promise<readonly BindingMove[]> {
  const rows = await db
    .selectFrom('binding_move')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('entry', 'desc')
    .limit(limit)
    .execute()
  return rows.toReversed().map(toMove)
}

function toMove(row: BindingMoveTable): BindingMove {
  return {
    accountId: row.account_id,
    entry: row.entry,
    from: row.from_state,
    to: row.to_state,
    actor: { kind: row.actor_kind, id: row.actor_id },
    reason: row.reason,
    evidence: {
      ...(row.notice_id === null ? {} : { noticeId: row.notice_id }),
      // The cast holds because this file wrote it.
      ...(row.answer === null ? {} : { answer: JSON.parse(row.answer) as CustomerAnswer }),
      ...(row.note === null ? {} : { note: row.note }),
    },
    domainId: orUndefined(row.domain_id),
    at: new Date(row.at_ms),
  }
}
