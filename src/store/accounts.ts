// Customers' records in, rows of `account` out, and back.

import { foldCase } from '../base/fold-case.ts'
import type { Database } from './engine.ts'
import { erase } from './erase.ts'
import { insertIdentity } from './identities.ts'
import type { Identity } from './identity-records.ts'
import type { Page } from './page-records.ts'
import { holds } from './search.ts'
import { createSessions } from './sessions.ts'
import type { AccountRecord, Accounts, Taken } from './store.ts'
import type { AccountTable } from './tables.ts'
import { orNull, orUndefined, toFlag, toMs } from './values.ts'

/** Accounts kept in `db`. None is ever removed, so that its id cannot be given to somebody else. */
export function createAccounts(db: Database): Accounts {
  const find = async (column: 'account_id' | 'login_key' | 'email_key', value: string) => {
    const row = await db
      .selectFrom('account')
      .selectAll()
      .where(column, '=', value)
      .executeTakeFirst()
    return row === undefined ? undefined : toRecord(row)
  }
  const set = async (accountId: string, change: Partial<AccountTable>, within = db) => {
    const { numUpdatedRows } = await within
      .updateTable('account')
      .set(change)
      .where('account_id', '=', accountId)
      .where('erased_at_ms', 'is', null)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  }
  return {
    add: (account, identity) =>
      identity === undefined ? add(db, account) : addIdentified(db, account, identity),
    find: (accountId) => find('account_id', accountId),
    findByLogin: (login) => find('login_key', foldCase(login)),
    findByEmail: (email) => find('email_key', foldCase(email)),
    list: (page) => list(db, page),
    setEnabled: (accountId, isEnabled) =>
      db.transaction().execute(async (transaction) => {
        if (isEnabled) await endOfDisabled(transaction, accountId)
        return set(accountId, { is_enabled: toFlag(isEnabled) }, transaction)
      }),
    setPassword: (accountId, passwordHash) => set(accountId, { password_hash: passwordHash }),
    update: (account) => update(db, account),
    change: (accountId, details) => write(db, accountId, toDetailColumns(details)),
    erase: (accountId, pseudonym, now) => erase(db, { accountId, pseudonym, now }),
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

/** Undoes the transaction around it. */
class Undo extends Error {}

// Of two first sign-ins of one person side by side, the second must leave no account behind.
async function addIdentified(
  db: Database,
  account: AccountRecord,
  identity: Identity,
): Promise<'added' | Taken> {
  const { accountId, createdAt: linkedAt } = account
  try {
    return await db.transaction().execute(async (transaction) => {
      const outcome = await add(transaction, account)
      if (outcome !== 'added') return outcome
      const link = { ...identity, accountId, linkedAt }
      if (!(await insertIdentity(transaction, link))) throw new Undo()
      return outcome
    })
  } catch (error) {
    if (error instanceof Undo) return 'identity'
    throw error
  }
}

// Sessions of somebody disabled open nothing, but they tell who it is: Huawei Cloud's requests are then
// refused with a signed status. They must not come back with the right to sign in.
async function endOfDisabled(db: Database, accountId: string): Promise<void> {
  const disabled = await db
    .selectFrom('account')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('is_enabled', '=', 0)
    .executeTakeFirst()
  if (disabled !== undefined) await createSessions(db).endAll(accountId)
}

async function update(
  db: Database,
  account: AccountRecord,
): Promise<'updated' | 'unknown' | Taken> {
  const { account_id, created_at_ms: _madeOnce, ...row } = toRow(account)
  return write(db, account_id, row)
}

// The unique names are looked at in the same transaction. A rival that commits between the look and the
// write has the database refuse the write; then the rival is there to be found.
async function write(
  db: Database,
  accountId: string,
  row: Partial<AccountTable>,
): Promise<'updated' | 'unknown' | Taken> {
  try {
    return await tryWrite(db, accountId, row)
  } catch (error) {
    const taken = await findRival(db, accountId, row)
    if (taken === undefined) throw error
    return taken
  }
}

async function findRival(
  db: Database,
  accountId: string,
  { login_key: login = '', email_key: email = null }: Partial<AccountTable>,
): Promise<'login' | 'email' | undefined> {
  const others = await db
    .selectFrom('account')
    .select(['login_key', 'email_key'])
    .where('account_id', '!=', accountId)
    .where((is) => is.or([is('login_key', '=', login), is('email_key', '=', email)]))
    .execute()
  if (others.some((other) => other.login_key === login)) return 'login'
  return others.length > 0 ? 'email' : undefined
}

function tryWrite(
  db: Database,
  accountId: string,
  row: Partial<AccountTable>,
): Promise<'updated' | 'unknown' | Taken> {
  return db.transaction().execute(async (transaction) => {
    const taken = await findRival(transaction, accountId, row)
    if (taken !== undefined) return taken
    if (row.is_enabled === 1) await endOfDisabled(transaction, accountId)
    const { numUpdatedRows } = await transaction
      .updateTable('account')
      .set(row)
      .where('account_id', '=', accountId)
      .where('erased_at_ms', 'is', null)
      .executeTakeFirstOrThrow()
    return numUpdatedRows === 0n ? 'unknown' : 'updated'
  })
}

// What is not given has no column: it stays as it is.
function toDetailColumns(
  details: Partial<Pick<AccountRecord, 'login' | 'email' | 'name' | 'mobile'>>,
): Partial<AccountTable> {
  const { login, email, name, mobile } = details
  return {
    ...(login === undefined ? {} : { login, login_key: foldCase(login) }),
    ...('email' in details
      ? { email: orNull(email), email_key: email === undefined ? null : foldCase(email) }
      : {}),
    ...('name' in details ? { name: orNull(name) } : {}),
    ...('mobile' in details ? { mobile: orNull(mobile) } : {}),
  }
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
    erased_at_ms: toMs(account.erasedAt),
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
    ...(row.erased_at_ms === null ? {} : { erasedAt: new Date(row.erased_at_ms) }),
  }
}
