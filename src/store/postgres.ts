// The PostgreSQL difference: Kysely's own dialect over a pool of `pg`. A URL in, an engine out.

import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import pg from 'pg'
import { Refusal } from '../base/errors.ts'
import type { Database, Engine } from './engine.ts'
import type { Tables } from './tables.ts'

const MOST_CONNECTIONS = 10
const CONNECT_MS = 5000
const STATEMENT_MS = 10_000

/** Hears about a connection that broke while nobody used it. */
export type OnLost = (error: Error) => void

/**
 * Sets up a pool; nothing is opened before the first statement. TLS is what the URL says
 * (`sslmode`, `sslrootcert`). A database that does not take the connection is `STORE_UNAVAILABLE`.
 */
export function openPostgres(url: string, onLost: OnLost): Engine {
  const db = connect(
    {
      connectionString: url,
      max: MOST_CONNECTIONS,
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: STATEMENT_MS,
      // The server's limit cannot reach us when the network is what broke.
      query_timeout: 2 * STATEMENT_MS,
    },
    onLost,
  )
  return {
    name: 'postgres',
    db,
    migrate: async (run) => {
      const patient = connect({ connectionString: url, max: 1 }, onLost)
      try {
        await run(patient)
      } finally {
        await patient.destroy()
      }
    },
  }
}

function connect(config: pg.PoolConfig, onLost: OnLost): Database {
  const pool = new pg.Pool({
    ...config,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: 'partner-idp',
    types: NUMBERS,
  })
  // Without a listener, the loss of an idle connection would end the process.
  pool.on('error', onLost)
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: refusing(pool) }) })
}

function refusing(pool: pg.Pool): PostgresPool {
  return {
    connect: async () => {
      try {
        return await pool.connect()
      } catch (cause) {
        throw new Refusal('STORE_UNAVAILABLE', { problem: 'no connection' }, cause)
      }
    },
    end: () => pool.end(),
  }
}

// Our bigint columns are milliseconds and stay far below 2^53. For this pool only: another user of
// `pg` in the process keeps its strings.
const NUMBERS: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === pg.types.builtins.INT8 && format !== 'binary'
      ? Number
      : pg.types.getTypeParser(id, format),
}
