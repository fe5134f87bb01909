// Removes what has run out. Nothing relies on it: every reader looks at the end itself.

import type { Database } from './engine.ts'

const RUNS_OUT = [
  'session',
  'parked_request',
  'trip',
  'handoff_ticket',
  'used_token',
  'counter',
] as const

/** Removes the rows whose end has come at `now`; safe to run in several processes at once. */
export async function sweep(db: Database, now: Date): Promise<void> {
  for (const table of RUNS_OUT) {
    await db.deleteFrom(table).where('expires_at_ms', '<=', now.getTime()).execute()
  }
}
