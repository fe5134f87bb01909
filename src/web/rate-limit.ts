// Whoever keeps sending what is refused waits. Only refusals count, so that a sign-in that is right costs
// nothing here and an office behind one address is not slowed down by its own people.

import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import type { Clock } from '../base/clock.ts'
import { describe, Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { networkOf } from '../base/network.ts'

const WINDOW_MS = 60_000

export type RateLimitDeps = {
  /** Counts across processes and restarts. */
  readonly counters: {
    readonly add: (
      key: string,
      points: number,
      durationMs: number,
      now: Date,
    ) => Promise<{ readonly points: number; readonly expiresAt: Date }>
  }
  readonly clock: Clock
  readonly log: Log
  /** The doors that anybody can knock at, in small letters. */
  readonly paths: readonly string[]
  /** Refused requests of one network in a minute; 0 for no limit. */
  readonly perMinute: number
}

/** Two pieces of middleware: one goes before the routes, the other after them. */
export type RateLimit = {
  /** Throws `RATE_LIMITED` for a network that had as many refusals as it may. */
  readonly guard: RequestHandler
  /** Counts what was refused, before the refusal is told. */
  readonly count: ErrorRequestHandler
}

/** A limit on refusals. What cannot be counted is let through: a broken store refuses everybody anyway. */
export function createRateLimit(deps: RateLimitDeps): RateLimit {
  const { clock, counters, log, perMinute } = deps
  const paths = new Set(perMinute > 0 ? deps.paths : [])
  // The count is in the store; who is over it is remembered here, and nobody else costs a question. Another
  // process, or this one after a restart, learns it from the network's next refusal.
  const waiting = new Map<string, Date>()
  const add = async (network: string, now: Date) => {
    const counted = await counters.add(`refused:${network}`, 1, WINDOW_MS, now)
    if (counted.points < perMinute) return
    for (const [other, until] of waiting) if (until <= now) waiting.delete(other)
    waiting.set(network, counted.expiresAt)
  }
  return {
    guard: (request, _response, next) => {
      const network = networkOf(request.ip ?? '')
      const until = paths.has(doorOf(request)) ? waiting.get(network) : undefined
      if (until !== undefined && until > clock.now()) throw new Refusal('RATE_LIMITED', { network })
      next()
    },
    count: async (error: unknown, request, _response, next) => {
      const isCounted = paths.has(doorOf(request)) && isOurNo(error)
      if (isCounted) {
        await add(networkOf(request.ip ?? ''), clock.now()).catch((problem: unknown) => {
          log.warn({ event: 'rate-limit.not-counted', err: problem })
        })
      }
      next(error)
    },
  }
}

// The router takes a path in any case and with a slash at its end: all of these are one door.
function doorOf({ path }: Request): string {
  return path.toLowerCase().replace(/\/$/, '')
}

// Those who wait already are not kept waiting by their own knocking.
function isOurNo(error: unknown): boolean {
  if (!(error instanceof Refusal)) return false
  return error.code !== 'RATE_LIMITED' && describe(error.code).http < 500
}
