// Operators' records in, rows of `operator` out, and back.

import { foldCase } from '../base/fold-case.ts'
import type { Database } from './engine.ts'
import { createSessions } from './sessions.ts'
import type { OperatorRecord, Operators } from './store.ts'
import type { OperatorTable } from './tables.ts'
import { toFlag } from './values.ts'

/** Operators kept in `db`, apart from customers: one login may be both. */
export function createOperators(db: Database): Operators {
  const set = async (login: string, change: Partial<OperatorTable>, within = db) => {
    const { numUpdatedRows } = await within
      .updateTable('operator')
      .set(change)
      .where('login_key', '=', foldCase(login))
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  }
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
          role: operator.role ?? 'editor',
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
    setPassword: (login, passwordHash) => set(login, { password_hash: passwordHash }),
    setEnabled: (login, isEnabled) =>
      db.transaction().execute(async (transaction) => {
        const isThere = await set(login, { is_enabled: toFlag(isEnabled) }, transaction)
        const operator = isThere && !isEnabled ? await find(transaction, login) : undefined
        if (operator !== undefined) {
          await createSessions(transaction).endAll(operator.login, undefined, 'operator')
        }
        return isThere
      }),
    setRole: (login, role) => set(login, { role }),
    find: (login) => find(db, login),
    list: async () => {
      const rows = await db.selectFrom('operator').selectAll().orderBy('login_key').execute()
      return rows.map(toRecord)
    },
  }
}

async function find(db: Database, login: string): Promise<OperatorRecord | undefined> {
  const row = await db
    .selectFrom('operator')
    .selectAll()
    .where('login_key', '=', foldCase(login))
    .executeTakeFirst()
  return row === undefined ? undefined : toRecord(row)
}

function toRecord(row: OperatorTable): OperatorRecord {
  return {
    login: row.login,
    passwordHash: row.password_hash,
    isEnabled: row.is_enabled === 1,
    createdAt: new Date(row.created_at_ms),
    role: row.role,
  }
}
