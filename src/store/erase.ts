// Erasing a person: an account id in, and nothing personal left in any table. docs/people.md tells
// customers of ours what stays and why.

import { forgetDevices } from './devices.ts'
import type { Database } from './engine.ts'
import { createSessions } from './sessions.ts'

/** Rows that go altogether, by how each table names the account. */
const BY_ACCOUNT = [
  'activation',
  'answer',
  'handoff_ticket',
  'identity',
  'logout_step',
  'password_link',
  'reconcile_finding',
] as const
const BY_OWNER = ['passkey', 'pending_sign_in', 'recovery_code', 'totp_factor'] as const

/**
 * In one transaction: personal fields emptied, secrets and sessions removed, the account kept under its
 * id and a pseudonym, so that the id is never given to somebody else. Whoever was erased stays so.
 */
export async function erase(
  db: Database,
  erased: { readonly accountId: string; readonly pseudonym: string; readonly now: Date },
): Promise<boolean> {
  const { accountId, pseudonym, now } = erased
  return db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('account')
      .set({
        login: pseudonym,
        login_key: pseudonym,
        email: null,
        email_key: null,
        name: null,
        mobile: null,
        password_hash: null,
        is_enabled: 0,
        erased_at_ms: now.getTime(),
      })
      .where('account_id', '=', accountId)
      .where('erased_at_ms', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return false
    await removeTraces(transaction, accountId)
    await removeRows(transaction, accountId)
    await createSessions(transaction).endAll(accountId)
    await emptyNames(transaction, accountId)
    return true
  })
}

// A trace knows the request, and the answers know whose it was: this comes before they go.
async function removeTraces(db: Database, accountId: string): Promise<void> {
  const answered = db
    .selectFrom('answer')
    .select('answer.request_id')
    .where('answer.account_id', '=', accountId)
  await db.deleteFrom('trace').where('request_id', 'in', answered).execute()
}

async function removeRows(db: Database, accountId: string): Promise<void> {
  for (const table of BY_ACCOUNT) {
    await db.deleteFrom(table).where('account_id', '=', accountId).execute()
  }
  for (const table of BY_OWNER) {
    const rows = db.deleteFrom(table).where('role', '=', 'customer')
    await rows.where('owner', '=', accountId).execute()
  }
  await forgetDevices(db, { role: 'customer', id: accountId })
  const signIns = db.deleteFrom('sign_in').where('role', '=', 'customer')
  await signIns.where('person_id', '=', accountId).execute()
}

// The domain id stays: it is what keeps the Huawei Cloud account from being connected to somebody else,
// and it names an account, not a person. A notice stays by its digest, so that it is known when it comes again.
async function emptyNames(db: Database, accountId: string): Promise<void> {
  await db
    .updateTable('binding')
    .set({ domain_name: null, conflict_domain_name: null })
    .where('account_id', '=', accountId)
    .execute()
  await db
    .updateTable('notice')
    .set({ domain_name: null, bind_request: '', signature: '' })
    .where('x_user_id', '=', accountId)
    .execute()
  // Nobody is connected any more who is not there.
  await db
    .updateTable('notice')
    .set({ outcome: 'unproven' })
    .where('x_user_id', '=', accountId)
    .where('outcome', '=', 'held')
    .execute()
}
