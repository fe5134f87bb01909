// SP metadata that the sandbox handed over, by entity id.

import type { Database } from './engine.ts'
import type { Parties } from './store.ts'

/** Relying parties kept in `db`; a later document of one entity replaces the earlier. */
export function createParties(db: Database): Parties {
  return {
    save: async (entityId, xml, now) => {
      const change = { xml, saved_at_ms: now.getTime() }
      await db
        .insertInto('party')
        .values({ entity_id: entityId, ...change })
        .onConflict((conflict) => conflict.column('entity_id').doUpdateSet(change))
        .execute()
    },
    list: async () => {
      const rows = await db
        .selectFrom('party')
        .select(['entity_id', 'xml'])
        .orderBy('entity_id')
        .execute()
      return rows.map((row) => ({ entityId: row.entity_id, xml: row.xml }))
    },
  }
}
