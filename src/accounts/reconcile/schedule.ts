// The comparison that comes by itself: looked at every minute, begun when the last one is old enough, and
// gone on with when it is unfinished. One process does it at a time.

import { addMinutes } from '../../base/clock.ts'
import { asRefusal } from '../../base/errors.ts'
import type { ReconcileDeps } from './deps.ts'
import { reconcile } from './reconcile.ts'

export type ScheduledReconcile = {
  /** Begins one in the background when it is due, and none beside another. */
  readonly look: () => Promise<void>
  /** Ends the one that is under way after its page; another process, or the next start, goes on with it. */
  readonly stop: () => Promise<void>
}

export type ScheduleDeps = ReconcileDeps & {
  /** From the start of one comparison to that of the next; 0 is never. */
  readonly reconcileHours: number
}

const ACTOR = { kind: 'job', id: 'reconcile' } as const

/** Comparisons of this process. */
export function createScheduledReconcile(deps: ScheduleDeps): ScheduledReconcile {
  const ending = new AbortController()
  let underWay: Promise<void> | undefined
  const run = async (how: 'start' | 'resume') => {
    try {
      await reconcile({ how, isDryRun: false, actor: ACTOR, signal: ending.signal }, deps)
    } catch (error) {
      if (ending.signal.aborted) return
      const { code, facts } = asRefusal(error)
      // Somebody else is at it: that is how it should be.
      if (code === 'RECONCILE_RUNNING') return
      deps.log.warn({ event: 'reconcile.failed', code, facts }, 'the comparison goes on later')
    } finally {
      underWay = undefined
    }
  }
  return {
    look: async () => {
      if (underWay !== undefined || ending.signal.aborted) return
      const how = await findDue(deps)
      if (how !== undefined) underWay = run(how)
    },
    stop: async () => {
      ending.abort()
      await underWay
    },
  }
}

// One that stopped is left alone for a while: whatever stopped it may last.
const PAUSE_MINUTES = 15

async function findDue(deps: ScheduleDeps): Promise<'start' | 'resume' | undefined> {
  const { store, clock, reconcileHours } = deps
  if (reconcileHours === 0) return undefined
  const last = await store.reconciles.findLast()
  const now = clock.now()
  if (last === undefined || now >= addMinutes(last.startedAt, reconcileHours * 60)) return 'start'
  const isLeft = last.state === 'running' && now >= addMinutes(last.movedAt, PAUSE_MINUTES)
  return isLeft ? 'resume' : undefined
}
