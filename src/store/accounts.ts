// Customers' records in, rows of `account` out, and back.

import type { Database } from './engine.ts'
import { holds } from './search.ts'
import type { AccountRecord, Accounts, Page, Taken } from './store.ts'
import type { AccountTable } from './tables.ts'
import { foldCase, orNull, orUndefined } from './values.ts'

/** Accounts kept in `db`. None is ever removed, so that its id cannot be given to somebody else. */
export function createAccounts(db: Database): Accounts {
  const find = async (column: 'account_id' | 'login_key', value: string) => {
    const row = await db
      .selectFrom('account')
      .selectAll()
      .where(column, '=', value)
      .executeTakeFirst()
    return row === undefined ? undefined : toRecord(row)
  }
  const set = async (accountId: string, change: Partial<AccountTable>) => {
    const { numUpdatedRows } = await db
      .updateTable('account')
      .set(change)
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  }
  return {
    add: (account) => add(db, account),
    find: (accountId) => find('account_id', accountId),
    findByLogin: (login) => find('login_key', foldCase(login)),
    list: (page) => list(db, page),
    setEnabled: (accountId, isEnabled) => set(accountId, { is_enabled: isEnabled ? 1 : 0 }),
    setPassword: (accountId, passwordHash) => set(accountId, { password_hash: passwordHash }),
  }
}

async function add(db: Database, account: AccountRecord): Promise<'added' | Taken> {
  const row = toRow(account)
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('account')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n ? 'added' : findTaken(db, row)
}

async function findTaken(db: Database, row: AccountTable): Promise<Taken> {
  const others = await db
    .selectFrom('account')
    .select(['login_key', 'account_id', 'email_key'])
    .where((is) =>
      is.or([
        is('login_key', '=', row.login_key),
        is('account_id', '=', row.account_id),
        is('email_key', '=', row.email_key),
      ]),
    )
    .execute()
  if (others.some((other) => other.login_key === row.login_key)) return 'login'
  if (others.some((other) => other.account_id === row.account_id)) return 'account-id'
  return 'email'
}

async function list(db: Database, page: Page): Promise<readonly AccountRecord[]> {
  const { after, matching } = page
  const rows = await db
    .selectFrom('account')
    .selectAll()
    .$if(after !== undefined, (query) => query.where('login_key', '>', foldCase(after ?? '')))
    .$if(matching !== undefined, (query) =>
      query.where(holds(matching ?? '', ['login_key', 'account_id', 'email_key'])),
    )
    .orderBy('login_key')
    .limit(page.limit)
    .execute()
  return rows.map(toRecord)
}

function toRow(account: AccountRecord): AccountTable {
  return {
    account_id: account.accountId,
    login: account.login,
    login_key: foldCase(account.login),
    email: orNull(account.email),
    email_key: account.email === undefined ? null : foldCase(account.email),
    name: orNull(account.name),
    mobile: orNull(account.mobile),
    password_hash: orNull(account.passwordHash),
    is_enabled: account.isEnabled ? 1 : 0,
    created_at_ms: account.createdAt.getTime(),
  }
}

function toRecord(row: AccountTable): AccountRecord {
  return {
    accountId: row.account_id,
    login: row.login,
    email: orUndefined(row.email),
    name: orUndefined(row.name),
    mobile: orUndefined(row.mobile),
    passwordHash: orUndefined(row.password_hash),
    isEnabled: row.is_enabled === 1,
    createdAt: new Date(row.created_at_ms),
  }
}
