// What only SQLite needs: commits that reach the disk, and patience with other processes.

import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openStore } from '../../src/store/open.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { ENGINES, freshDatabase } from '../support/engines.ts'

const PRAGMAS = [
  { name: 'journal_mode', value: 'wal', why: 'readers go on while somebody writes' },
  { name: 'synchronous', value: 2, why: 'a commit waits for the disk' },
  { name: 'fullfsync', value: 1, why: 'macOS empties the cache of the disk as well' },
  { name: 'foreign_keys', value: 1, why: 'an answer names an account that exists' },
]

const sqlite = ENGINES.find(({ name }) => name === 'sqlite')

for (const { name, value, why } of PRAGMAS) {
  test(`${name} is ${value}, so that ${why}`, async (t) => {
    assert.ok(sqlite)
    const url = await freshDatabase(t, sqlite)
    const engine = await openSqlite(url.slice('sqlite:'.length))

    const { rows } = await sql`select * from ${sql.raw(`pragma_${name}`)}`.execute(engine.db)

    assert.deepEqual(Object.values(rows[0] ?? {}), [value])
    await engine.db.destroy()
  })
}

test('a write waits for another process, and this process goes on meanwhile', async (t) => {
  assert.ok(sqlite)
  const url = await freshDatabase(t, sqlite)
  const store = await openStore(url)
  const other = new DatabaseSync(url.slice('sqlite:'.length))
  other.exec('begin immediate')
  let isWritten = false

  const writing = store.settings.keepFirst('name', 'value').then(() => {
    isWritten = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  const wasWrittenEarly = isWritten
  other.exec('commit')
  await writing

  assert.equal(wasWrittenEarly, false)
  assert.equal(await store.settings.find('name'), 'value')
  other.close()
  await store.close()
})

test('a transaction has the write lock from its start, whatever it does first', async (t) => {
  assert.ok(sqlite)
  const path = (await freshDatabase(t, sqlite)).slice('sqlite:'.length)
  const engine = await openSqlite(path)
  const other = new DatabaseSync(path)

  await engine.db.transaction().execute(async () => {
    assert.throws(() => other.exec('begin immediate'), /locked/)
  })

  assert.doesNotThrow(() => other.exec('begin immediate'))
  other.close()
  await engine.db.destroy()
})

test('a fault in a statement is told at once and leaves the store usable', async (t) => {
  assert.ok(sqlite)
  const store = await openStore(await freshDatabase(t, sqlite))

  await assert.rejects(store.bindings.ask('unknown', new Date(0)), /FOREIGN KEY/)

  assert.equal(await store.settings.keepFirst('name', 'value'), 'value')
  await store.close()
})
