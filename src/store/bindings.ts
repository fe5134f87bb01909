// How accounts are connected to Huawei Cloud: what was asked, found or contradicted in, rows of
// `binding` out, and back. The claim itself, where two can race, is in claim.ts.

import { listMoves, recordMove } from './binding-moves.ts'
import type { BindingRecord, Bindings } from './binding-records.ts'
import { conflictWith, emptyRow, toBinding } from './binding-row.ts'
import { bind, change, lockBinding } from './claim.ts'
import type { Database } from './engine.ts'
import { findHeld } from './notices.ts'
import { holds } from './search.ts'
import type { BindingTable } from './tables.ts'

/** Bindings kept in `db`. */
export function createBindings(db: Database): Bindings {
  return {
    find: async (accountId) => {
      const row = await findRow(db, 'account_id', accountId)
      const [binding] = await withHeld(db, [row ?? emptyRow(accountId)])
      return binding ?? toBinding(emptyRow(accountId))
    },
    findByDomain: async (domainId) => {
      const row = await findRow(db, 'domain_id', domainId)
      return row === undefined ? undefined : toBinding(row)
    },
    ask: (accountId, now) => ask(db, accountId, now),
    bind: (claim) => bind(db, claim),
    confirm: (pair, how) => confirm(db, pair, how),
    flag: (claimed, how) => flag(db, claimed, how),
    release: (accountId, how) => release(db, accountId, how),
    settle: (pair, how) => settle(db, pair, how),
    listMoves: (accountId, limit) => listMoves(db, accountId, limit),
    list: (page) => list(db, page),
  }
}

function findRow(db: Database, column: 'account_id' | 'domain_id', value: string) {
  return db.selectFrom('binding').selectAll().where(column, '=', value).executeTakeFirst()
}

/** The records of rows, with the notices that wait. */
export async function withHeld(
  db: Database,
  rows: readonly BindingTable[],
): Promise<readonly BindingRecord[]> {
  const open = rows.filter((row) => row.domain_id === null)
  const held = await findHeld(
    db,
    open.map((row) => row.account_id),
  )
  return rows.map((row) => toBinding(row, held.get(row.account_id)))
}

function ask(db: Database, accountId: string, now: Date): Promise<void> {
  return db.transaction().execute(async (transaction) => {
    const row = await lockBinding(transaction, accountId)
    const isNews = row.state === 'none' || row.state === 'released'
    await change(transaction, accountId, {
      asked_at_ms: now.getTime(),
      ...(isNews ? { state: 'asked' } : {}),
    })
    if (!isNews) return
    await recordMove(transaction, {
      accountId,
      from: row.state,
      to: 'asked',
      reason: 'asked',
      actor: { kind: 'customer', id: accountId },
      domainId: undefined,
      now,
    })
  })
}

type How = Parameters<Bindings['flag']>[1]
type Pair = Parameters<Bindings['confirm']>[0]

function confirm(db: Database, pair: Pair, how: How): ReturnType<Bindings['confirm']> {
  return db.transaction().execute(async (transaction) => {
    const { accountId, domainId } = pair
    const row = await lockBinding(transaction, accountId)
    const isOpen = row.state === 'bound' && row.confirmed_at_ms === null
    if (!isOpen || row.domain_id !== domainId) return undefined
    await change(transaction, accountId, { confirmed_at_ms: how.now.getTime() })
    const move = { ...how, accountId, domainId, from: 'bound', to: 'bound' } as const
    return recordMove(transaction, { ...move, reason: 'confirmed' })
  })
}

type Claimed = Parameters<Bindings['flag']>[0]

function flag(db: Database, claimed: Claimed, how: How): ReturnType<Bindings['flag']> {
  return db.transaction().execute(async (transaction) => {
    const { accountId, domainId } = claimed
    const row = await lockBinding(transaction, accountId)
    await change(transaction, accountId, conflictWith(claimed))
    const noticeId = how.evidence?.noticeId
    if (noticeId !== undefined) {
      const told = transaction.updateTable('notice').set({ outcome: 'conflict' })
      await told.where('id', '=', noticeId).execute()
    }
    const move = { ...how, accountId, domainId, from: row.state, to: 'conflict' } as const
    return recordMove(transaction, { ...move, reason: 'contradicted' })
  })
}

function release(db: Database, accountId: string, how: How): ReturnType<Bindings['release']> {
  return db.transaction().execute(async (transaction) => {
    const row = await lockBinding(transaction, accountId)
    if (row.state !== 'bound' && row.state !== 'conflict') return undefined
    // What is asked for after this is another connection: notices of before must not bring it about.
    const nothing = { ...emptyRow(accountId), state: 'released' } as const
    await change(transaction, accountId, nothing)
    await transaction.deleteFrom('domain_holder').where('account_id', '=', accountId).execute()
    await transaction
      .updateTable('notice')
      .set({ outcome: 'unproven' })
      .where('x_user_id', '=', accountId)
      .where('outcome', '=', 'held')
      .execute()
    const domainId = row.domain_id ?? undefined
    const move = { ...how, accountId, domainId, from: row.state, to: 'released' } as const
    return recordMove(transaction, { ...move, reason: 'released' })
  })
}

function settle(db: Database, pair: Pair, how: How): ReturnType<Bindings['settle']> {
  return db.transaction().execute(async (transaction) => {
    const { accountId, domainId } = pair
    const row = await lockBinding(transaction, accountId)
    if (row.state !== 'conflict' || row.domain_id !== domainId) return undefined
    await change(transaction, accountId, {
      state: 'bound',
      confirmed_at_ms: how.now.getTime(),
      conflict_domain_id: null,
      conflict_domain_name: null,
    })
    const move = { ...how, accountId, domainId, from: 'conflict', to: 'bound' } as const
    return recordMove(transaction, { ...move, reason: 'settled' })
  })
}

async function list(
  db: Database,
  page: Parameters<Bindings['list']>[0],
): Promise<readonly BindingRecord[]> {
  const { after, matching, state, isConfirmed } = page
  let query = db.selectFrom('binding').selectAll()
  if (after !== undefined) query = query.where('account_id', '>', after)
  if (state !== undefined) query = query.where('state', '=', state)
  if (isConfirmed !== undefined) {
    query = query.where('confirmed_at_ms', isConfirmed ? 'is not' : 'is', null)
  }
  if (matching !== undefined) {
    query = query.where(holds(matching, ['account_id', 'domain_id', 'domain_name']))
  }
  return withHeld(db, await query.orderBy('account_id').limit(page.limit).execute())
}
