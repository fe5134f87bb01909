// Removes what has run out. Nothing relies on it: every reader looks at the end itself.

import { addDays } from '../base/clock.ts'
import type { Database } from './engine.ts'

const RUNS_OUT = [
  'session',
  'parked_request',
  'trip',
  'handoff_ticket',
  'used_token',
  'counter',
  'logout',
  'logout_step',
  'pending_sign_in',
  'passkey_challenge',
  'oidc_trip',
  'password_link',
  'device_mark',
  'idempotency',
  'webhook_delivery',
] as const

// A site that is asked at all is asked every week; what nobody asks for so long belongs to no site.
const COPY_DAYS = 30

/** Removes the rows whose end has come at `now`; safe to run in several processes at once. */
export async function sweep(db: Database, now: Date): Promise<void> {
  for (const table of RUNS_OUT) {
    await db.deleteFrom(table).where('expires_at_ms', '<=', now.getTime()).execute()
  }
  await db.deleteFrom('api_turn').where('free_at_ms', '<=', now.getTime()).execute()
  const long = addDays(now, -COPY_DAYS).getTime()
  await db.deleteFrom('metadata_copy').where('next_at_ms', '<=', long).execute()
}
