// When an operation of the partner API may next be called, for all processes: a key and a rate come in,
// how long to wait goes out. One statement, because callers come at the same time.

import type { ApiTurns } from './api-turn-records.ts'
import type { Database } from './engine.ts'

/** Turns kept in `db`: each row holds the moment that is free next. */
export function createApiTurns(db: Database): ApiTurns {
  return {
    take: async ({ key, intervalMs, nowMs, mostWaitMs, wrongAfterMs }) => {
      const taken = await db
        .insertInto('api_turn')
        .values({ key, free_at_ms: nowMs + intervalMs })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet((is) => {
              const free = is.ref('api_turn.free_at_ms')
              const isAhead = is.and([
                is('api_turn.free_at_ms', '>', nowMs),
                is('api_turn.free_at_ms', '<=', nowMs + wrongAfterMs),
              ])
              const later = is(free, '+', intervalMs)
              const now = is.ref('excluded.free_at_ms')
              return { free_at_ms: is.case().when(isAhead).then(later).else(now).end() }
            })
            .where((is) =>
              is.or([
                is('api_turn.free_at_ms', '<=', nowMs + mostWaitMs),
                is('api_turn.free_at_ms', '>', nowMs + wrongAfterMs),
              ]),
            ),
        )
        .returning('free_at_ms')
        .executeTakeFirst()
      return taken === undefined ? undefined : taken.free_at_ms - intervalMs - nowMs
    },
  }
}
