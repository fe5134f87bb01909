// Operators' records in, rows of `operator` out, and back.

import type { Database } from './engine.ts'
import type { OperatorRecord, Operators } from './store.ts'
import type { OperatorTable } from './tables.ts'
import { foldCase } from './values.ts'

/** Operators kept in `db`, apart from customers: one login may be both. */
export function createOperators(db: Database): Operators {
  return {
    add: async (operator) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('operator')
        .values({
          login: operator.login,
          login_key: foldCase(operator.login),
          password_hash: operator.passwordHash,
          is_enabled: operator.isEnabled ? 1 : 0,
          created_at_ms: operator.createdAt.getTime(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
    setPassword: async (login, passwordHash) => {
      const { numUpdatedRows } = await db
        .updateTable('operator')
        .set({ password_hash: passwordHash })
        .where('login_key', '=', foldCase(login))
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n
    },
    find: async (login) => {
      const row = await db
        .selectFrom('operator')
        .selectAll()
        .where('login_key', '=', foldCase(login))
        .executeTakeFirst()
      return row === undefined ? undefined : toRecord(row)
    },
    list: async () => {
      const rows = await db.selectFrom('operator').selectAll().orderBy('login_key').execute()
      return rows.map(toRecord)
    },
  }
}

function toRecord(row: OperatorTable): OperatorRecord {
  return {
    login: row.login,
    passwordHash: row.password_hash,
    isEnabled: row.is_enabled === 1,
    createdAt: new Date(row.created_at_ms),
  }
}
