// What a move means to the partner's portal: an event in, messages that wait for delivery out, in the
// transaction of the move. Whatever kills the process, both are there or neither.

import { addDays } from '../base/clock.ts'
import { type AccountEvent, eventBody, eventId, KEEP_EVENT_DAYS } from '../base/portal-event.ts'
import { enqueueWithin } from './deliveries.ts'
import type { Database } from './engine.ts'

/** Which line of which history the event tells of. */
type Line = {
  readonly history: 'binding-move' | 'activation-journal'
  readonly entry: number
  readonly at: Date
}

/** Puts an event on its way, once for each line. The account's row is locked: its events keep their order. */
export async function tellPortal(db: Database, event: AccountEvent, line: Line): Promise<void> {
  const { history, entry, at } = line
  await enqueueWithin(db, {
    eventId: eventId([history, event.accountId, entry]),
    kind: event.kind,
    body: eventBody(event, at),
    now: at,
    expiresAt: addDays(at, KEEP_EVENT_DAYS),
  })
}
