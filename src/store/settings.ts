// Values that the installation draws once and then keeps, such as a secret that all processes share.

import type { Database } from './engine.ts'
import type { Settings } from './store.ts'

/** Settings kept in `db`. */
export function createSettings(db: Database): Settings {
  const find = async (name: string) => {
    const row = await db
      .selectFrom('setting')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirst()
    return row?.value
  }
  return {
    find,
    keepFirst: async (name, value) => {
      await db
        .insertInto('setting')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute()
      // Nothing removes a setting, so the row is there: ours or that of whoever was first.
      return (await find(name)) ?? value
    },
  }
}
