// Counts of attempts: a key and points in, the count so far out. Adding is one statement, because
// attempts that come at the same time are what an attacker sends.

import type { Database } from './engine.ts'
import type { Count, Counters } from './store.ts'
import type { CounterTable } from './tables.ts'

/** Counters kept in `db`. */
export function createCounters(db: Database): Counters {
  return {
    add: (key, points, durationMs, now) => add(db, toRow(key, points, durationMs, now), now),
    find: async (key, now) => {
      const row = await db
        .selectFrom('counter')
        .selectAll()
        .where('key', '=', key)
        .where('expires_at_ms', '>', now.getTime())
        .executeTakeFirst()
      return row === undefined ? undefined : toCount(row)
    },
    remove: async (key) => {
      const { numDeletedRows } = await db
        .deleteFrom('counter')
        .where('key', '=', key)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  }
}

async function add(db: Database, row: CounterTable, now: Date): Promise<Count> {
  const counted = await db
    .insertInto('counter')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((is) => {
        const hasRunOut = is('counter.expires_at_ms', '<=', now.getTime())
        const sum = is('counter.points', '+', is.ref('excluded.points'))
        return {
          points: is.case().when(hasRunOut).then(is.ref('excluded.points')).else(sum).end(),
          expires_at_ms: is
            .case()
            .when(hasRunOut)
            .then(is.ref('excluded.expires_at_ms'))
            .else(is.ref('counter.expires_at_ms'))
            .end(),
        }
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return toCount(counted)
}

function toRow(key: string, points: number, durationMs: number, now: Date): CounterTable {
  return { key, points, expires_at_ms: now.getTime() + durationMs }
}

function toCount(row: CounterTable): Count {
  return { points: row.points, expiresAt: new Date(row.expires_at_ms) }
}
