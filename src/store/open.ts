// A database URL in, the Store out. The only door of this room.

import { Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { createAccounts } from './accounts.ts'
import { createActivations } from './activations.ts'
import { createBindings } from './bindings.ts'
import { createCounters } from './counters.ts'
import type { Engine } from './engine.ts'
import { createHandoffs } from './handoffs.ts'
import { isCurrent, migrate } from './migrate.ts'
import { createNotices } from './notices.ts'
import { createOperators } from './operators.ts'
import { createParties } from './parties.ts'
import { openPostgres } from './postgres.ts'
import { createRequests } from './requests.ts'
import { createSessions } from './sessions.ts'
import { createSettings } from './settings.ts'
import { openSqlite } from './sqlite.ts'
import type { Store } from './store.ts'
import { sweep } from './sweep.ts'

const SQLITE = 'sqlite:'

export type StoreDeps = { readonly log?: Pick<Log, 'warn'> }

/**
 * Opens `sqlite:PATH` or `postgres://…`, brings its tables up to date and answers the Store. Throws
 * `STORE_UNAVAILABLE`, whose facts name the place without user and password.
 */
export async function openStore(databaseUrl: string, deps: StoreDeps = {}): Promise<Store> {
  let engine: Engine | undefined
  try {
    engine = await openEngine(databaseUrl, deps)
    await migrate(engine)
    return createStore(engine, databaseUrl)
  } catch (cause) {
    await engine?.db.destroy()
    throw unavailable(databaseUrl, cause)
  }
}

function createStore(engine: Engine, databaseUrl: string): Store {
  const { db } = engine
  return {
    accounts: createAccounts(db),
    operators: createOperators(db),
    sessions: createSessions(db),
    requests: createRequests(db),
    handoffs: createHandoffs(db),
    counters: createCounters(db),
    bindings: createBindings(db),
    notices: createNotices(db),
    activations: createActivations(db),
    settings: createSettings(db),
    parties: createParties(db),
    sweep: (now) => sweep(db, now),
    check: () => check(engine, databaseUrl),
    close: () => db.destroy(),
  }
}

async function openEngine(databaseUrl: string, { log }: StoreDeps): Promise<Engine> {
  if (databaseUrl.startsWith(SQLITE)) return openSqlite(databaseUrl.slice(SQLITE.length))
  return openPostgres(databaseUrl, (error) => {
    log?.warn({ event: 'store.connection-lost', problem: error.message }, 'connection lost')
  })
}

async function check(engine: Engine, databaseUrl: string): Promise<void> {
  let current: boolean
  try {
    current = await isCurrent(engine)
  } catch (cause) {
    throw unavailable(databaseUrl, cause)
  }
  if (!current) throw unavailable(databaseUrl, new Error('the tables are not of this version'))
}

function unavailable(databaseUrl: string, thrown: unknown): Refusal {
  const cause = thrown instanceof Refusal ? thrown.cause : thrown
  const facts = { database: withoutSecrets(databaseUrl), problem: problemOf(cause) }
  return new Refusal('STORE_UNAVAILABLE', facts, cause)
}

// What a URL parser cannot read may hold a password anywhere, so nothing of it is shown.
function withoutSecrets(databaseUrl: string): string {
  if (databaseUrl.startsWith(SQLITE)) return databaseUrl
  const url = URL.parse(databaseUrl)
  return url === null ? 'a URL that cannot be read' : `${url.protocol}//${url.host}${url.pathname}`
}

// Fixed words of the system or the engine: free text is for the cause, which only the log shows.
function problemOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown'
  if ('errstr' in cause && typeof cause.errstr === 'string') return cause.errstr
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}
