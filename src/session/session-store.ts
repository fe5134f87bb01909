// express-session's store over ours: ids become fingerprints, and two clocks run, one for idleness and
// one for the whole life of a sign-in.

import { type SessionData, Store as SessionStore } from 'express-session'
import { addMinutes, type Clock } from '../base/clock.ts'
import { fingerprint } from '../base/random.ts'
import type { KeptSession, SessionPerson, SessionRole } from '../store/session-records.ts'
import type { Store } from '../store/store.ts'
import { methodOf } from './history.ts'

export type SessionStoreDeps = {
  readonly store: Pick<Store, 'sessions'>
  readonly clock: Clock
  readonly sessionMinutes: number
  readonly sessionHoursMax: number
}

// A write for each click would be a disk flush for each click; a minute is precise enough.
const TOUCH_EVERY_MS = 60_000

type Touched = SessionData & { touchedAtMs?: number }

/** The store that express-session is given. */
export function createSessionStore(deps: SessionStoreDeps): SessionStore {
  return new HouseSessionStore(deps)
}

class HouseSessionStore extends SessionStore {
  readonly #deps: SessionStoreDeps

  constructor(deps: SessionStoreDeps) {
    super()
    this.#deps = deps
  }

  override get(id: string, then: (error: unknown, data?: SessionData | null) => void): void {
    const { store, clock } = this.#deps
    store.sessions
      .find(fingerprint(id), clock.now())
      .then((body) => (body === undefined ? null : (JSON.parse(body) as SessionData)))
      .then((data) => then(null, data), then)
  }

  override set(id: string, data: SessionData, then: (error?: unknown) => void = () => {}): void {
    const { sessions } = this.#deps.store
    // One that was read from the store may have been ended since: it must not come back.
    const { touchedAtMs }: Touched = data
    const write = touchedAtMs === undefined ? sessions.save : sessions.replace
    write(fingerprint(id), this.#kept(data)).then(() => then(), then)
  }

  override touch(id: string, data: SessionData, then: (error?: unknown) => void = () => {}): void {
    const { touchedAtMs = 0 }: Touched = data
    if (this.#deps.clock.now().getTime() - touchedAtMs < TOUCH_EVERY_MS) {
      then()
      return
    }
    const { sessions } = this.#deps.store
    sessions.extend(fingerprint(id), this.#kept(data)).then(() => then(), then)
  }

  override destroy(id: string, then: (error?: unknown) => void = () => {}): void {
    this.#deps.store.sessions.remove(fingerprint(id)).then(() => then(), then)
  }

  #kept(data: SessionData): KeptSession {
    const seenAt = this.#deps.clock.now()
    const body = JSON.stringify({ ...data, touchedAtMs: seenAt.getTime() })
    return { body, seenAt, expiresAt: this.#end(data), people: peopleOf(data) }
  }

  #end(data: SessionData): Date {
    const { clock, sessionMinutes, sessionHoursMax } = this.#deps
    const idle = addMinutes(clock.now(), sessionMinutes)
    const createdAt = new Date(data.createdAtMs ?? clock.now().getTime())
    const absolute = addMinutes(createdAt, sessionHoursMax * 60)
    return idle < absolute ? idle : absolute
  }
}

const ROLES: readonly SessionRole[] = ['customer', 'operator']

function peopleOf(data: SessionData): readonly SessionPerson[] {
  return ROLES.flatMap((role) => {
    // express-session's type promises both; there is one, as a rule.
    const kept = data[role] as SessionData[SessionRole] | undefined
    if (kept === undefined) return []
    return [
      {
        role,
        id: kept.id,
        method: methodOf(kept),
        startedAt: new Date(kept.atMs),
        network: kept.from?.network,
        agent: kept.from?.agent,
        upstream: kept.upstream,
        upstreamSession: kept.upstreamSession,
      },
    ]
  })
}
