// Keeps what became of messages that arrived, for support to look up by reference. Accepted ones are
// written together a moment later, so that no sign-in waits; refused ones before the page is sent.

import { addDays, type Clock } from '../base/clock.ts'
import { asRefusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { TraceRecord } from '../base/trace.ts'
import type { Store } from '../store/store.ts'
import type { ArrivedExplanation } from './trail.ts'

type Explain = () => ArrivedExplanation | Promise<ArrivedExplanation>

export type TraceKeeper = {
  /** Keeps an accepted one soon. Nothing waits for it; a crash may lose it. */
  readonly keepAccepted: (reference: string, explain: Explain) => void
  /** Keeps a refused one now. It never throws: a trace must not turn a no into a fault. */
  readonly keepRefused: (reference: string, explain: Explain) => Promise<void>
  /** Writes what waits. */
  readonly flush: () => Promise<void>
  /** Removes what is too old or too much. */
  readonly sweep: () => Promise<void>
}

export type TraceKeeperDeps = {
  readonly store: Pick<Store, 'traces'>
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
  /** How many accepted messages leave a trace that is kept. */
  readonly traceKeep: number
  readonly traceDays: number
}

type Waiting = {
  readonly reference: string
  readonly arrivedAt: Date
  readonly explain: Explain
}

// Strangers can have themselves refused without end: a fuse, so that they cannot fill the disk.
const MOST_REFUSED = 100_000
const FLUSH_AFTER_MS = 250
// So that a write does not keep sign-ins waiting for long.
const MOST_AT_ONCE = 50

/** A keeper over the store. */
export function createTraceKeeper(deps: TraceKeeperDeps): TraceKeeper {
  const { store, clock, log } = deps
  let waiting: Waiting[] = []
  let timer: NodeJS.Timeout | undefined

  const guarded = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      const refusal = asRefusal(error)
      const problem = refusal.cause instanceof Error ? refusal.cause.message : undefined
      log.warn({ event: 'trace.lost', code: refusal.code, problem }, 'a trace was not kept')
    }
  }
  const flush = () =>
    guarded(async () => {
      clearTimeout(timer)
      timer = undefined
      // The newest are what is kept, so the others need not be written at all.
      const newest = waiting.slice(-deps.traceKeep)
      waiting = []
      for (let at = 0; at < newest.length; at += MOST_AT_ONCE) {
        const some = newest.slice(at, at + MOST_AT_ONCE)
        await store.traces.save(await Promise.all(some.map(describe)))
      }
    })

  return {
    keepAccepted: (reference, explain) => {
      waiting.push({ reference, arrivedAt: clock.now(), explain })
      timer ??= setTimeout(() => void flush(), FLUSH_AFTER_MS).unref()
    },
    keepRefused: (reference, explain) =>
      guarded(async () => {
        const trace = await describe({ reference, arrivedAt: clock.now(), explain })
        await store.traces.save([trace])
      }),
    flush,
    sweep: () =>
      guarded(() =>
        store.traces.sweep({
          keep: deps.traceKeep,
          keepRefused: MOST_REFUSED,
          refusedSince: addDays(clock.now(), -deps.traceDays),
        }),
      ),
  }
}

async function describe({ reference, arrivedAt, explain }: Waiting): Promise<TraceRecord> {
  const { kind, verdict, issuer, requestId, relayStateBytes, checks } = await explain()
  return { reference, arrivedAt, kind, verdict, issuer, requestId, relayStateBytes, checks }
}
