// Brings the tables up to date: the SQL files of the engine in, current tables out.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Migration, Migrator, sql } from 'kysely'
import type { Database, Engine, EngineName } from './engine.ts'

/** The migrations of an engine in their order: file names without `.sql`. */
export function migrationNames(engine: EngineName): readonly string[] {
  return readdirSync(folderOf(engine))
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort()
}

/**
 * Runs what has not run yet, in one transaction. Processes that start together wait for each other:
 * on SQLite by the write lock, on PostgreSQL by the lock that Kysely takes.
 */
export async function migrate(engine: Engine): Promise<void> {
  const names = migrationNames(engine.name)
  const migrations = Object.fromEntries(names.map((name) => [name, readMigration(engine, name)]))
  await engine.migrate(async (db) => {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
    // A version that is older than the tables may still start: during a roll-out both run, and
    // a migration never takes away what the version before it reads.
    const known = await migrator.getMigrations()
    if (known.every(({ executedAt }) => executedAt !== undefined)) return
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
  })
}

/** Whether every migration this version knows has run. Throws when there are no tables at all. */
export async function isCurrent(engine: Engine): Promise<boolean> {
  return (await listMissing(engine)).length === 0
}

/** The migrations this version knows that have not run. Throws when there are no tables at all. */
export async function listMissing(engine: Engine): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(engine.db)
  const done = new Set(rows.map(({ name }) => name))
  return migrationNames(engine.name).filter((name) => !done.has(name))
}

/** Whether any migration has ever run. */
export async function hasTables({ db }: Engine): Promise<boolean> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  return tables.some(({ name }) => name === 'kysely_migration')
}

function folderOf(engine: EngineName): string {
  return join(import.meta.dirname, 'migrations', engine)
}

function readMigration(engine: Engine, name: string): Migration {
  const text = readFileSync(join(folderOf(engine.name), `${name}.sql`), 'utf8')
  // A statement ends where a line ends with a semicolon; our files hold no other such lines.
  const statements = text.split(/;\n/).filter((statement) => statement.trim() !== '')
  return {
    up: async (db: Database) => {
      for (const statement of statements) await sql.raw(statement).execute(db)
    },
  }
}
