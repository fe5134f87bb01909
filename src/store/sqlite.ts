// The SQLite difference: Kysely's SQLite dialect over node:sqlite, which brings no native add-on.
// A path in, an engine out.

import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'

const IN_MEMORY = ':memory:'
const BUSY_MS = 5000
const RETRY_MS = 5
const SQLITE_BUSY = 5
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
  const database = await openDatabase(path)
  const dialect: Dialect = {
    createDriver: () => new PatientDriver({ database: toKysely(database) }),
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

// Waits until other processes let go of the file. SQLite's own busy_timeout is not used: it would
// stop the whole process meanwhile, and it does not cover turning the log on in a fresh file.
async function whenFree<T>(attempt: () => T | Promise<T>): Promise<T> {
  for (let left = BUSY_MS / RETRY_MS; ; left -= 1) {
    try {
      return await attempt()
    } catch (error) {
      if (left <= 0 || !isBusy(error)) throw error
      await setTimeout(RETRY_MS)
    }
  }
}

// The low byte of an extended result code is the primary code (sqlite.org/rescode.html).
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error && 'errcode' in error)) return false
  return (Number(error.errcode) & 0xff) === SQLITE_BUSY
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

/**
 * Takes the write lock at the start of a transaction, so that one which reads first cannot fail when
 * it comes to write, and is patient where the file is busy.
 */
class PatientDriver extends SqliteDriver {
  #connection: DatabaseConnection | undefined

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection()
    this.#connection ??= {
      executeQuery: <R>(query: CompiledQuery) => whenFree(() => connection.executeQuery<R>(query)),
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    }
    return this.#connection
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/** Lets Kysely's Migrator run in one transaction; with the driver's write lock, that is its lock. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function toKysely(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>()
  const prepare = (sql: string): SqliteStatement => {
    const statement = database.prepare(sql)
    // The casts hold because this room binds strings, numbers and nulls only.
    const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[]
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...values(parameters)),
      run: (parameters) => statement.run(...values(parameters)),
      iterate: (parameters) => statement.iterate(...values(parameters)),
    }
  }
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const known = prepared.get(sql)
      if (known !== undefined) return known
      // The texts are those of this room, so the limit is a fuse against a mistake of ours.
      if (prepared.size >= MOST_STATEMENTS) prepared.clear()
      const statement = prepare(sql)
      prepared.set(sql, statement)
      return statement
    },
  }
}
