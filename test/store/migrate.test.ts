// Migrations: twins agree, processes that start together do not collide.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Engine } from '../../src/store/engine.ts'
import { isCurrent, migrate, migrationNames } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { ENGINES, forEachEngine, freshDatabase, type TestEngine } from '../support/engines.ts'
import { outcomeOf, startProcess } from './processes.ts'

async function openEngine(url: string): Promise<Engine> {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length))
  // Dropping the database at the end cuts what the pool is still closing.
  return openPostgres(url, () => undefined)
}

// Every column as `table.column`, with a `?` where it may be empty.
async function columnsOf(test: Parameters<typeof freshDatabase>[0], engine: TestEngine) {
  const opened = await openEngine(await freshDatabase(test, engine))
  try {
    await migrate(opened)
    const tables = await opened.db.introspection.getTables()
    return tables
      .flatMap(({ name, columns }) =>
        columns.map((column) => `${name}.${column.name}${column.isNullable ? '?' : ''}`),
      )
      .toSorted()
  } finally {
    await opened.db.destroy()
  }
}

test('each migration has a twin of the same name', () => {
  const names = migrationNames('sqlite')

  assert.ok(names.length > 0)
  assert.deepEqual(migrationNames('postgres'), names)
})

describe('on both', { skip: ENGINES.find(({ skip }) => skip !== undefined)?.skip ?? false }, () => {
  test('both engines end with the same tables and columns', async (t) => {
    const [first, ...others] = await Promise.all(ENGINES.map((engine) => columnsOf(t, engine)))

    assert.ok(first?.includes('account.email?'))
    assert.equal(others.length, 1)
    for (const other of others) assert.deepEqual(other, first)
  })
})

forEachEngine((engine) => {
  test('processes that start together on a fresh database all come up', async (t) => {
    const url = await freshDatabase(t, engine)

    const children = [1, 2, 3].map(() => startProcess([url, 'check']))
    const outcomes = await Promise.all(children.map(outcomeOf))

    const fine = { said: 'current\n', problem: '' }
    assert.deepEqual(outcomes, [fine, fine, fine])
  })

  test('migrations that run step by step beside each other do not collide', async (t) => {
    const url = await freshDatabase(t, engine)
    const opened = await Promise.all([1, 2, 3].map(() => openEngine(url)))

    await Promise.all(opened.map(migrate))

    for (const one of opened) {
      assert.equal(await isCurrent(one), true)
      await one.db.destroy()
    }
  })

  test('opening a database that is current changes nothing in it', async (t) => {
    const url = await freshDatabase(t, engine)
    const first = await openStore(url)
    await first.settings.keepFirst('name', 'value')
    const opened = await openEngine(url)
    const readLedger = async () =>
      (await sql`select name, timestamp from kysely_migration`.execute(opened.db)).rows
    const before = await readLedger()

    const second = await openStore(url)

    assert.deepEqual(await readLedger(), before)
    assert.equal(await second.settings.find('name'), 'value')
    for (const store of [first, second]) await store.close()
    await opened.db.destroy()
  })

  test('a version that does not know the newest migration still starts', async (t) => {
    const url = await freshDatabase(t, engine)
    const opened = await openEngine(url)
    await migrate(opened)
    const later = { name: '9999-later', timestamp: '2999-01-01T00:00:00.000Z' }
    const { name, timestamp } = later
    await sql`insert into kysely_migration (name, timestamp) values (${name}, ${timestamp})`.execute(
      opened.db,
    )

    const store = await openStore(url)

    await store.check()
    await store.close()
    await opened.db.destroy()
  })

  test('tables that miss a migration are not current', async (t) => {
    const opened = await openEngine(await freshDatabase(t, engine))
    await migrate(opened)
    assert.equal(await isCurrent(opened), true)

    await sql`delete from kysely_migration`.execute(opened.db)

    assert.equal(await isCurrent(opened), false)
    await opened.db.destroy()
  })
})
