// Where the opening of an account stands: records in, rows of `activation` out, and back.

import type { Database } from './engine.ts'
import type { ActivationRecord, ActivationStep, Activations } from './store.ts'
import type { ActivationTable } from './tables.ts'
import { orNull, orUndefined } from './values.ts'

/** Activations kept in `db`, one for an account. */
export function createActivations(db: Database): Activations {
  return {
    find: async (accountId) => {
      const row = await db
        .selectFrom('activation')
        .selectAll()
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row === undefined ? undefined : toRecord(row)
    },
    move: async (from, to) => {
      const steps = from.filter((step) => step !== undefined)
      if (from.includes(undefined) && (await start(db, to))) return true
      return steps.length > 0 && moveOn(db, steps, to)
    },
    list: async (limit) => {
      const rows = await db
        .selectFrom('activation')
        .selectAll()
        .orderBy('changed_at_ms', 'desc')
        .orderBy('account_id')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
  }
}

async function start(db: Database, to: ActivationRecord): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('activation')
    .values(toRow(to))
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

// The step is in the condition, so that of two callers who read the same step one moves it.
async function moveOn(
  db: Database,
  from: readonly ActivationStep[],
  to: ActivationRecord,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('activation')
    .set(toRow(to))
    .where('account_id', '=', to.accountId)
    .where('step', 'in', from)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

function toRow(record: ActivationRecord): ActivationTable {
  return {
    account_id: record.accountId,
    step: record.step,
    domain_name: record.domainName,
    email: record.email,
    area: record.area,
    domain_id: orNull(record.domainId),
    problem: orNull(record.problem),
    started_at_ms: record.startedAt.getTime(),
    changed_at_ms: record.changedAt.getTime(),
  }
}

function toRecord(row: ActivationTable): ActivationRecord {
  return {
    accountId: row.account_id,
    step: row.step,
    domainName: row.domain_name,
    email: row.email,
    area: row.area,
    domainId: orUndefined(row.domain_id),
    problem: orUndefined(row.problem),
    startedAt: new Date(row.started_at_ms),
    changedAt: new Date(row.changed_at_ms),
  }
}
