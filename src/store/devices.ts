// Browsers that are known to people: the fingerprint of a browser's token and an owner in, rows of
// `device_mark` out.

import type { Database } from './engine.ts'
import type { Devices, PasswordOwner } from './password-records.ts'

/** Known browsers kept in `db`. */
export function createDevices(db: Database): Devices {
  return {
    remember: (mark) =>
      db.transaction().execute(async (transaction) => {
        const { tokenHash, before, owner, expiresAt } = mark
        if (before !== undefined) {
          await transaction
            .updateTable('device_mark')
            .set({ token_hash: tokenHash })
            .where('token_hash', '=', before)
            .execute()
        }
        const end = { expires_at_ms: expiresAt.getTime() }
        await transaction
          .insertInto('device_mark')
          .values({ token_hash: tokenHash, role: owner.role, person_id: owner.id, ...end })
          .onConflict((conflict) =>
            conflict.columns(['token_hash', 'role', 'person_id']).doUpdateSet(end),
          )
          .execute()
      }),
    isKnown: async (tokenHash, { role, id }, now) => {
      const row = await db
        .selectFrom('device_mark')
        .select('token_hash')
        .where('token_hash', '=', tokenHash)
        .where('role', '=', role)
        .where('person_id', '=', id)
        .where('expires_at_ms', '>', now.getTime())
        .executeTakeFirst()
      return row !== undefined
    },
    forget: (owner) => forgetDevices(db, owner),
  }
}

/** Forgets the browsers of somebody, all or all but one, within whatever transaction `db` is. */
export async function forgetDevices(
  db: Database,
  { role, id }: PasswordOwner,
  except?: string,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('device_mark')
    .where('role', '=', role)
    .where('person_id', '=', id)
    .$if(except !== undefined, (query) => query.where('token_hash', '!=', except ?? ''))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
