// Repeats what Huawei could not answer (European API reference §11.8): an attempt comes in, the value
// or the refusal of the last attempt goes out.

import { asRefusal, type Refusal } from '../base/errors.ts'
import type { Wait } from './acting.ts'
import type { Sleep } from './sleep.ts'

export type RepeatDeps = {
  readonly sleep: Sleep
  readonly signal: AbortSignal | undefined
  readonly onWait: (wait: Wait) => void
}

/** The most attempts at one call, the first included. */
export const ATTEMPTS = 3

const MINUTE_MS = 60_000
const SHORTEST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 10 * MINUTE_MS

// Huawei forbids it after 502 and 503, and after whatever the request itself is the reason of.
const REPEATABLE: ReadonlySet<unknown> = new Set([408, 429, 500, 504])

/**
 * Makes up to three attempts, a minute apart or as far as Huawei says. Only for what may be done
 * twice without harm.
 */
export async function repeat<Value>(
  attempt: () => Promise<Value>,
  { sleep, signal, onWait }: RepeatDeps,
): Promise<Value> {
  for (let next = 2; next <= ATTEMPTS; next += 1) {
    try {
      return await attempt()
    } catch (error) {
      const refusal = asRefusal(error)
      if (signal?.aborted === true || !mayBeRepeated(refusal)) throw error
      const waitMs = waitAfter(refusal)
      onWait({ code: refusal.code, waitMs, attempt: next, attempts: ATTEMPTS })
      await sleep(waitMs, signal)
    }
  }
  return attempt()
}

function mayBeRepeated({ code, facts }: Refusal): boolean {
  const { status } = facts
  if (status !== undefined) return REPEATABLE.has(status)
  return code === 'PARTNER_UNREACHABLE'
}

function waitAfter({ facts }: Refusal): number {
  const { retryAfterSeconds: seconds } = facts
  if (typeof seconds !== 'number') return MINUTE_MS
  return Math.min(Math.max(seconds * 1000, SHORTEST_WAIT_MS), LONGEST_WAIT_MS)
}

/** The seconds that a Retry-After header asks for, which holds a number or a date (RFC 9110 §10.2.3). */
export function readRetryAfter(headers: Headers, now: Date): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const seconds = Math.ceil((Date.parse(text) - now.getTime()) / 1000)
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}
