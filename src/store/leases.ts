// Leases of jobs: of several processes that ask, one gets a row of `lease` until its time is over.

import type { Database } from './engine.ts'
import type { Leases } from './lease-records.ts'

/** Leases kept in `db`. */
export function createLeases(db: Database): Leases {
  return {
    take: async (name, { holder, now, until }) => {
      const held = { holder, held_until_ms: until.getTime() }
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('lease')
        .values({ name, ...held })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet(held)
            .where((is) =>
              is.or([
                is('lease.holder', '=', holder),
                is('lease.held_until_ms', '<=', now.getTime()),
              ]),
            ),
        )
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
    release: async (name, holder) => {
      await db.deleteFrom('lease').where('name', '=', name).where('holder', '=', holder).execute()
    },
  }
}
