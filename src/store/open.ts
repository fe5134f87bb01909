// A database URL in, the Store out. The only door of this room.

import { existsSync } from 'node:fs'
import { Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { createAccounts } from './accounts.ts'
import { createActivations } from './activations.ts'
import { createApiKeys } from './api-keys.ts'
import { createApiTurns } from './api-turns.ts'
import { createAudit } from './audit.ts'
import { createBindings } from './bindings.ts'
import { createCounters } from './counters.ts'
import { createDeliveries } from './deliveries.ts'
import { createDevices } from './devices.ts'
import type { Engine } from './engine.ts'
import { createFactors } from './factors.ts'
import { createHandoffs } from './handoffs.ts'
import { createIdempotency } from './idempotency.ts'
import { createIdentities } from './identities.ts'
import { createImports } from './imports.ts'
import { createLeases } from './leases.ts'
import { createLedger } from './ledger.ts'
import { createLogouts } from './logouts.ts'
import { createMetadata } from './metadata.ts'
import { hasTables, isCurrent, listMissing, migrate, migrationNames } from './migrate.ts'
import { createNotices } from './notices.ts'
import { createOperators } from './operators.ts'
import { createParties } from './parties.ts'
import { createPasswords } from './passwords.ts'
import { openPostgres } from './postgres.ts'
import { createReconciles } from './reconciles.ts'
import { createRequests } from './requests.ts'
import { createSessions } from './sessions.ts'
import { createSettings } from './settings.ts'
import { createSignIns } from './sign-ins.ts'
import { openSqlite } from './sqlite.ts'
import type { Store } from './store.ts'
import { sweep } from './sweep.ts'
import { createTraces } from './traces.ts'
import { createWebhooks } from './webhooks.ts'

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

/** What is at a database URL, as it was found. */
export type Inspected =
  | { readonly state: 'absent' }
  | { readonly state: 'present'; readonly missingMigrations: readonly string[] }

/** Looks and makes nothing: neither a file nor a table. Throws `STORE_UNAVAILABLE`. */
export async function inspectStore(databaseUrl: string): Promise<Inspected> {
  const path = databaseUrl.startsWith(SQLITE) ? databaseUrl.slice(SQLITE.length) : undefined
  if (path !== undefined && !existsSync(path)) return { state: 'absent' }
  let engine: Engine | undefined
  try {
    engine = await openEngine(databaseUrl, {})
    const isNew = !(await hasTables(engine))
    const missingMigrations = isNew ? migrationNames(engine.name) : await listMissing(engine)
    return { state: 'present', missingMigrations }
  } catch (cause) {
    throw unavailable(databaseUrl, cause)
  } finally {
    await engine?.db.destroy()
  }
}

function createStore(engine: Engine, databaseUrl: string): Store {
  const { db } = engine
  return {
    accounts: createAccounts(db),
    operators: createOperators(db),
    sessions: createSessions(db),
    signIns: createSignIns(db),
    audit: createAudit(db),
    requests: createRequests(db),
    ledger: createLedger(db),
    handoffs: createHandoffs(db),
    identities: createIdentities(db),
    counters: createCounters(db),
    apiTurns: createApiTurns(db),
    apiKeys: createApiKeys(db),
    idempotency: createIdempotency(db),
    webhooks: createWebhooks(db),
    deliveries: createDeliveries(db),
    bindings: createBindings(db),
    notices: createNotices(db),
    reconciles: createReconciles(db),
    activations: createActivations(db),
    leases: createLeases(db),
    settings: createSettings(db),
    traces: createTraces(db),
    parties: createParties(db),
    metadata: createMetadata(db),
    logouts: createLogouts(db),
    imports: createImports(db),
    factors: createFactors(db),
    passwords: createPasswords(db),
    devices: createDevices(db),
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
