// Who may call when: a key and a rate come in, how long to wait goes out. Calls are spaced evenly (the
// generic cell rate algorithm without a burst), so that no second ever has more than the rate.

/** One caller who wants to call. */
export type Turn = {
  /** What is limited: an operation for an account. */
  readonly key: string
  /** The least time between two calls. */
  readonly intervalMs: number
  readonly nowMs: number
  /** The longest wait that the caller accepts. */
  readonly mostWaitMs: number
  /** A queue as long as this comes from a clock that was wrong, and is forgotten. */
  readonly wrongAfterMs: number
}

/** Hands out turns; shared by all who share the limit. */
export type Turns = {
  /** How many milliseconds until the turn; `undefined`, and no turn is taken, when it is too far away. */
  readonly take: (turn: Turn) => Promise<number | undefined>
}

const MANY_KEYS = 1000

/** Turns for one process. */
export function createTurns(): Turns {
  const freeAtMs = new Map<string, number>()
  return {
    take: async ({ key, intervalMs, nowMs, mostWaitMs, wrongAfterMs }) => {
      const known = freeAtMs.get(key) ?? nowMs
      const isPast = known <= nowMs || known > nowMs + wrongAfterMs
      const turnMs = isPast ? nowMs : known
      if (turnMs - nowMs > mostWaitMs) return undefined
      if (freeAtMs.size >= MANY_KEYS) forgetPast(freeAtMs, nowMs)
      freeAtMs.set(key, turnMs + intervalMs)
      return turnMs - nowMs
    },
  }
}

function forgetPast(freeAtMs: Map<string, number>, nowMs: number): void {
  for (const [key, free] of freeAtMs) {
    if (free <= nowMs) freeAtMs.delete(key)
  }
}
