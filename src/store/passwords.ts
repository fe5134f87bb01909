// Passwords, and the links that set them: a change takes everything with it that rested on the old one.

import { foldCase } from '../base/fold-case.ts'
import { forgetDevices } from './devices.ts'
import type { Database } from './engine.ts'
import type { KeptBrowser, PasswordLink, PasswordOwner, Passwords } from './password-records.ts'
import { createSessions } from './sessions.ts'

/** Passwords and links kept in `db`. */
export function createPasswords(db: Database): Passwords {
  return {
    change: (owner, passwordHash, kept) =>
      db.transaction().execute((transaction) => change(transaction, { owner, passwordHash, kept })),
    rehash: (owner, before, after) => setHash(db, owner, { before, after }),
    saveLink: (link) => saveLink(db, link),
    findLink: async (tokenHash, now) => {
      const row = await db
        .selectFrom('password_link')
        .select('account_id')
        .where('token_hash', '=', tokenHash)
        .where('expires_at_ms', '>', now.getTime())
        .executeTakeFirst()
      return row?.account_id
    },
    useLink: (tokenHash, passwordHash, now) =>
      db.transaction().execute(async (transaction) => {
        const row = await transaction
          .deleteFrom('password_link')
          .where('token_hash', '=', tokenHash)
          .where('expires_at_ms', '>', now.getTime())
          .returning('account_id')
          .executeTakeFirst()
        if (row === undefined) return undefined
        const owner = { role: 'customer', id: row.account_id } as const
        const isChanged = await change(transaction, { owner, passwordHash, kept: undefined })
        return isChanged ? row.account_id : undefined
      }),
  }
}

async function change(
  db: Database,
  changed: {
    readonly owner: PasswordOwner
    readonly passwordHash: string
    readonly kept: KeptBrowser | undefined
  },
): Promise<boolean> {
  const { owner, passwordHash, kept } = changed
  if (!(await setHash(db, owner, { after: passwordHash }))) return false
  await createSessions(db).endAll(owner.id, kept?.sessionHash, owner.role)
  await forgetDevices(db, owner, kept?.deviceHash)
  await db
    .deleteFrom('pending_sign_in')
    .where('role', '=', owner.role)
    .where('owner', '=', owner.id)
    .execute()
  if (owner.role === 'customer') {
    await db.deleteFrom('password_link').where('account_id', '=', owner.id).execute()
  }
  return true
}

async function setHash(
  db: Database,
  { role, id }: PasswordOwner,
  { before, after }: { readonly before?: string; readonly after: string },
): Promise<boolean> {
  const set = { password_hash: after }
  const wasBefore = before ?? ''
  const { numUpdatedRows } =
    role === 'operator'
      ? await db
          .updateTable('operator')
          .set(set)
          .where('login_key', '=', foldCase(id))
          .$if(before !== undefined, (same) => same.where('password_hash', '=', wasBefore))
          .executeTakeFirstOrThrow()
      : await db
          .updateTable('account')
          .set(set)
          .where('account_id', '=', id)
          .where('erased_at_ms', 'is', null)
          .$if(before !== undefined, (same) => same.where('password_hash', '=', wasBefore))
          .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

async function saveLink(db: Database, link: PasswordLink): Promise<void> {
  const columns = { token_hash: link.tokenHash, expires_at_ms: link.expiresAt.getTime() }
  await db
    .insertInto('password_link')
    .values({ account_id: link.accountId, ...columns })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(columns))
    .execute()
}
