// Browser sessions: fingerprint and body in, rows of `session` out, and back.

import type { Database } from './engine.ts'
import type { Sessions } from './store.ts'

/** Sessions kept in `db`, from where every process of one installation sees them. */
export function createSessions(db: Database): Sessions {
  return {
    find: async (idHash, now) => {
      const row = await db
        .selectFrom('session')
        .select('body')
        .where('id_hash', '=', idHash)
        .where('expires_at_ms', '>', now.getTime())
        .executeTakeFirst()
      return row?.body
    },
    save: async (idHash, body, expiresAt) => {
      const change = { body, expires_at_ms: expiresAt.getTime() }
      await db
        .insertInto('session')
        .values({ id_hash: idHash, ...change })
        .onConflict((conflict) => conflict.column('id_hash').doUpdateSet(change))
        .execute()
    },
    // An update, never an insert: a request that began before the sign-out must not undo it.
    extend: async (idHash, body, expiresAt) => {
      await db
        .updateTable('session')
        .set({ body, expires_at_ms: expiresAt.getTime() })
        .where('id_hash', '=', idHash)
        .execute()
    },
    remove: async (idHash) => {
      await db.deleteFrom('session').where('id_hash', '=', idHash).execute()
    },
  }
}
