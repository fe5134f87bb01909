// The SQLite difference: Kysely's SQLite dialect over node:sqlite, which brings no native add-on.
// A path in, an engine out.

import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  type CompiledQuery,
  type Dialect,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { whenFree } from './busy.ts'
import type { Engine } from './engine.ts'
import { createSqliteDriver } from './sqlite-driver.ts'
import type { Tables } from './tables.ts'

const IN_MEMORY = ':memory:'
const MOST_STATEMENTS = 200

// synchronous=FULL makes a commit wait for the disk, fullfsync makes macOS mean it: what a caller
// was told survives kill -9 and a power cut. The log lets readers go on while somebody writes.
const PRAGMAS = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma fullfsync = on;
  pragma foreign_keys = on;
`

/**
 * Opens the file, which is created with its folder when it is not there, or `:memory:`. Throws what
 * node:sqlite or the file system throws.
 */
export async function openSqlite(path: string): Promise<Engine> {
  return createEngine(await openDatabase(path))
}

/** The engine of an open database, which it closes in the end. */
export function createEngine(database: DatabaseSync): Engine {
  const dialect: Dialect = {
    createDriver: () =>
      createSqliteDriver({
        isTransaction: () => database.isTransaction,
        exec: (sql) => database.exec(sql),
        execute: createExecute(database),
        close: () => database.close(),
      }),
    createAdapter: () => new TransactionalAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
  const db = new Kysely<Tables>({ dialect })
  return { name: 'sqlite', db, migrate: (run) => run(db) }
}

async function openDatabase(path: string): Promise<DatabaseSync> {
  if (path !== IN_MEMORY) createFile(path)
  const database = new DatabaseSync(path)
  try {
    await whenFree(() => database.exec(PRAGMAS))
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

// The log and index beside the file get the file's mode from SQLite. A file that exists is not
// opened here: closing it would drop the locks this process has on it (SQLite, "How To Corrupt").
function createFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** Lets Kysely's Migrator run in one transaction; with its write lock from the start, that is its lock. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

type Prepared = { readonly statement: StatementSync; readonly hasRows: boolean }

// Runs a statement to its end; its text is compiled once.
function createExecute(database: DatabaseSync): <R>(query: CompiledQuery) => QueryResult<R> {
  const known = new Map<string, Prepared>()
  const prepare = (sql: string): Prepared => {
    const statement = database.prepare(sql)
    const prepared = { statement, hasRows: statement.columns().length > 0 }
    // The texts are those of this room, so the limit is a fuse against a mistake of ours.
    if (known.size >= MOST_STATEMENTS) known.clear()
    known.set(sql, prepared)
    return prepared
  }
  return <R>({ sql, parameters }: CompiledQuery): QueryResult<R> => {
    const { statement, hasRows } = known.get(sql) ?? prepare(sql)
    // The casts hold because this room binds strings, numbers and nulls only, and names its rows.
    const values = parameters as readonly SQLInputValue[]
    if (hasRows) return { rows: statement.all(...values) as R[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) }
  }
}
