// What becomes of a bind notification, for support. The room of accounts is handed this function: it
// explains nothing itself.

import type { Clock } from '../base/clock.ts'
import type { ErrorCode } from '../base/error-codes.ts'
import type { Parameters } from '../base/parameters.ts'
import type { NoticeHouse } from './house.ts'
import type { TraceKeeper } from './keep.ts'
import { explainNotice } from './notice.ts'
import { acceptAnyway, addRefusal } from './outcome.ts'

/** Keeps the trace of a notification that was applied, or refused with a code. Never throws. */
export type TraceNotice = (notice: {
  readonly reference: string
  readonly read: () => Parameters
  readonly code: ErrorCode | undefined
}) => Promise<void>

/** The function for a house. */
export function createTraceNotice(
  deps: Omit<NoticeHouse, 'now'> & { readonly traces: TraceKeeper; readonly clock: Clock },
): TraceNotice {
  return async ({ reference, read, code }) => {
    const house = { ...deps, now: deps.clock.now() }
    if (code === undefined) {
      deps.traces.keepAccepted(reference, async () => {
        return acceptAnyway(await explainNotice(read, house))
      })
    } else {
      await deps.traces.keepRefused(reference, async () => {
        return addRefusal(await explainNotice(read, house), code)
      })
    }
  }
}
