// Attempts to sign in: records in, rows of `sign_in` out, and back. Only the newest of each person stay.

import type { Database } from './engine.ts'
import { SIGN_INS_KEPT, type SignInRecord, type SignIns } from './session-records.ts'
import { orNull, orUndefined } from './values.ts'

/** Attempts kept in `db`. */
export function createSignIns(db: Database): SignIns {
  return {
    add: (attempt) => add(db, attempt),
    list: async (id, role = 'customer') => {
      const rows = await db
        .selectFrom('sign_in')
        .selectAll()
        .where('role', '=', role)
        .where('person_id', '=', id)
        .orderBy('id', 'desc')
        .limit(SIGN_INS_KEPT)
        .execute()
      return rows.map((row) => ({
        role: row.role,
        id: row.person_id,
        at: new Date(row.at_ms),
        method: row.method,
        refusal: orUndefined(row.refusal),
        network: orUndefined(row.network),
        agent: orUndefined(row.agent),
      }))
    },
  }
}

async function add(db: Database, attempt: SignInRecord): Promise<void> {
  const { role, id } = attempt
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('sign_in')
      .values({
        role,
        person_id: id,
        at_ms: attempt.at.getTime(),
        method: attempt.method,
        refusal: orNull(attempt.refusal),
        network: orNull(attempt.network),
        agent: orNull(attempt.agent),
      })
      .execute()
    const firstTooOld = transaction
      .selectFrom('sign_in')
      .select('id')
      .where('role', '=', role)
      .where('person_id', '=', id)
      .orderBy('id', 'desc')
      .offset(SIGN_INS_KEPT)
      .limit(1)
    await transaction
      .deleteFrom('sign_in')
      .where('role', '=', role)
      .where('person_id', '=', id)
      .where('id', '<=', firstTooOld)
      .execute()
  })
}
