// The two engines a test runs on, each with databases that are made for one test and removed after.

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'node:test'
import pg from 'pg'
import type { EngineName } from '../../src/store/engine.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'

/** What something is made for and goes with: a test, or a `describe` that shares it. */
export type Lifetime = { readonly after: (end: () => Promise<void>) => void }

/** A database that nobody has used yet. */
export type TestDatabase = { readonly url: string; readonly drop: () => Promise<void> }

export type TestEngine = {
  readonly name: EngineName
  readonly open: () => Promise<TestDatabase>
  /** Why the engine's tests are skipped; never in CI, where they fail instead. */
  readonly skip: string | undefined
}

const POSTGRES_URL = process.env['TEST_POSTGRES_URL']
const MISSING = 'TEST_POSTGRES_URL is not set; `npm test` starts a PostgreSQL and sets it'

/** Every engine the product runs on. */
export const ENGINES: readonly TestEngine[] = [
  { name: 'sqlite', open: openSqliteFile, skip: undefined },
  {
    name: 'postgres',
    open: createPostgresDatabase,
    skip: POSTGRES_URL === undefined && !process.env['CI'] ? `PostgreSQL: ${MISSING}` : undefined,
  },
]

/** Declares the same tests for each engine, or says by name which engine is skipped. */
export function forEachEngine(declare: (engine: TestEngine) => void): void {
  for (const engine of ENGINES) {
    describe(`on ${engine.name}`, { skip: engine.skip ?? false }, () => declare(engine))
  }
}

/** A fresh database that goes when the test ends. */
export async function freshDatabase(test: Lifetime, engine: TestEngine): Promise<string> {
  const database = await engine.open()
  test.after(database.drop)
  return database.url
}

/** A store over a fresh database; both go when the test ends. */
export async function freshStore(test: Lifetime, engine: TestEngine): Promise<Store> {
  const [store] = await twoStores(test, engine)
  return store
}

/** Two stores over one fresh database, each with its own connection, as two processes have. */
export async function twoStores(
  test: Lifetime,
  engine: TestEngine,
): Promise<readonly [Store, Store]> {
  const database = await engine.open()
  const stores = [await openStore(database.url), await openStore(database.url)] as const
  test.after(async () => {
    for (const store of stores) await store.close()
    await database.drop()
  })
  return stores
}

async function openSqliteFile(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-sqlite-'))
  return {
    url: `sqlite:${join(folder, 'idp.db')}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}

async function createPostgresDatabase(): Promise<TestDatabase> {
  if (POSTGRES_URL === undefined) throw new Error(MISSING)
  const name = `test_${randomBytes(8).toString('hex')}`
  await onPostgres(POSTGRES_URL, `create database ${name}`)
  const url = new URL(POSTGRES_URL)
  url.pathname = `/${name}`
  const drop = () => onPostgres(POSTGRES_URL, `drop database ${name} with (force)`)
  return { url: url.href, drop }
}

async function onPostgres(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
