// Callers who write at the same moment share a commit, and nothing else.

import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { emptyRow } from '../../src/store/binding-row.ts'
import { createBindings } from '../../src/store/bindings.ts'
import type { Database } from '../../src/store/engine.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import { createSettings } from '../../src/store/settings.ts'
import { createEngine } from '../../src/store/sqlite.ts'
import { ENGINES, freshDatabase, twoStores } from '../support/engines.ts'
import { outcomeOf, startProcess } from './processes.ts'

const NOW = new Date(0)
const HOUR_MS = 3_600_000
const FIFTY = Array.from({ length: 50 }, (_, at) => `name-${at}`)

const sqlite = ENGINES.find(({ name }) => name === 'sqlite')

/** Writes down the words that group commit says to SQLite, and lets one of them fail. */
class WatchedDatabase extends DatabaseSync {
  readonly said: string[] = []
  failing: string | undefined

  override exec(sql: string): void {
    this.said.push(sql)
    if (sql === this.failing) throw new Error(`the disk is gone at ${sql}`)
    super.exec(sql)
  }

  commits(): number {
    return this.said.filter((sql) => sql === 'commit').length
  }
}

async function openWatched(t: TestContext, path = ':memory:') {
  const database = new WatchedDatabase(path)
  const engine = createEngine(database)
  await migrate(engine)
  database.said.length = 0
  t.after(() => engine.db.destroy())
  return { database, db: engine.db, settings: createSettings(engine.db) }
}

async function countSettings(db: Database): Promise<number> {
  return (await db.selectFrom('setting').selectAll().execute()).length
}

// Lets everything else in the process have its turn.
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

// What each caller is told: a fault as text, or `answered`.
function tellEach(callers: readonly Promise<unknown>[]): Promise<readonly string[]> {
  return Promise.all(callers.map((caller) => caller.then(() => 'answered', String)))
}

test('fifty writes of one moment are one commit', async (t) => {
  const { database, db, settings } = await openWatched(t)

  await Promise.all(FIFTY.map((name) => settings.keepFirst(name, 'value')))

  assert.equal(database.commits(), 1)
  assert.equal(await countSettings(db), FIFTY.length)
})

test('writes of requests that arrive together are one commit', async (t) => {
  const { database, settings } = await openWatched(t)
  const arrive = async (name: string) => {
    await nextTurn()
    await settings.keepFirst(name, 'value')
  }

  await Promise.all(FIFTY.map(arrive))

  assert.equal(database.commits(), 1)
})

test('a caller that waits for each write has a commit for each', async (t) => {
  const { database, settings } = await openWatched(t)

  for (const name of ['first', 'second', 'third']) await settings.keepFirst(name, 'value')

  assert.equal(database.commits(), 3)
})

test('nobody is answered before the commit', async (t) => {
  const { database, db, settings } = await openWatched(t)
  const commitsWhenTold: number[] = []
  const remember = () => commitsWhenTold.push(database.commits())

  await Promise.all([
    settings.keepFirst('name', 'value').then(remember),
    db.transaction().execute(countSettings).then(remember),
    createBindings(db).ask('unknown', NOW).catch(remember),
  ])

  assert.deepEqual(commitsWhenTold, [1, 1, 1])
})

test('reading opens no transaction', async (t) => {
  const { database, settings } = await openWatched(t)

  await settings.find('name')

  assert.deepEqual(database.said, [])
})

// A binding of an account that is not there.
function breakReference(db: Database): Promise<unknown> {
  return db.insertInto('binding').values(emptyRow('unknown')).execute()
}

const FAILURES = [
  {
    title: 'a statement that fails',
    fail: (db: Database) => createBindings(db).ask('unknown', NOW),
    problem: /FOREIGN KEY/,
  },
  {
    title: 'a transaction that is taken back',
    fail: (db: Database) =>
      db.transaction().execute(async (own) => {
        await createSettings(own).keepFirst('taken-back', 'value')
        throw new Error('changed my mind')
      }),
    problem: /changed my mind/,
  },
  {
    title: 'a transaction in which a statement fails',
    fail: (db: Database) =>
      db.transaction().execute(async (own) => {
        await createSettings(own).keepFirst('taken-back', 'value')
        await breakReference(own)
      }),
    problem: /FOREIGN KEY/,
  },
]

for (const { title, fail, problem } of FAILURES) {
  test(`${title} leaves nothing behind and does not touch the others`, async (t) => {
    const { database, db, settings } = await openWatched(t)

    const before = settings.keepFirst('before', 'value')
    const failing = fail(db)
    const after = settings.keepFirst('after', 'value')
    await assert.rejects(failing, problem)
    await Promise.all([before, after])

    assert.equal(database.commits(), 1)
    assert.equal(await settings.find('before'), 'value')
    assert.equal(await settings.find('after'), 'value')
    assert.equal(await settings.find('taken-back'), undefined)
  })
}

const FAULTS = [
  { title: 'no transaction can be opened', word: 'begin immediate' },
  { title: 'the disk does not take the commit', word: 'commit' },
  { title: 'what one caller did cannot be taken back', word: 'rollback to own; release own' },
]

for (const { title, word } of FAULTS) {
  test(`when ${title}, everybody in the batch hears of it and nothing is kept`, async (t) => {
    const { database, db, settings } = await openWatched(t)
    database.failing = word

    const told = await tellEach([
      settings.keepFirst('name', 'value'),
      db.transaction().execute((own) => createSettings(own).keepFirst('other', 'value')),
      createBindings(db).ask('unknown', NOW),
      db.transaction().execute(breakReference),
    ])

    const fault = `Error: the disk is gone at ${word}`
    assert.deepEqual(told, [fault, fault, fault, fault])
    database.failing = undefined
    assert.equal(await countSettings(db), 0)
    assert.equal(await settings.keepFirst('name', 'later value'), 'later value')
  })
}

test('when SQLite takes back a whole batch, everybody hears of it', async (t) => {
  const { db, settings } = await openWatched(t)
  await settings.keepFirst('name', 'value')

  const told = await tellEach([
    settings.keepFirst('before', 'value'),
    sql`insert or rollback into setting (name, value) values ('name', 'again')`.execute(db),
    settings.keepFirst('after', 'value'),
    db.transaction().execute((own) => createSettings(own).keepFirst('own', 'value')),
  ])

  const fault = 'Error: UNIQUE constraint failed: setting.name'
  assert.deepEqual(told, [fault, fault, fault, fault])
  assert.equal(await countSettings(db), 1)
})

test('a reader is not told what is taken back later', async (t) => {
  const { database, db, settings } = await openWatched(t)
  database.failing = 'commit'
  let reading: Promise<string | undefined> = Promise.resolve('the test has not read')

  const writing = db.transaction().execute(async (own) => {
    await createSettings(own).keepFirst('name', 'value')
    reading = settings.find('name')
    await nextTurn()
  })

  await assert.rejects(writing, /the disk is gone/)
  await assert.rejects(reading, /the disk is gone/)
})

test('nobody comes between the steps of a transaction, and turns keep their order', async (t) => {
  const { db, database } = await openWatched(t)
  const steps: string[] = []
  const takeSteps = (who: string) =>
    db.transaction().execute(async (own) => {
      const counted = await countSettings(own)
      for (const step of [1, 2]) {
        await createSettings(own).keepFirst(`${who}-${step}`, 'value')
        await nextTurn()
      }
      steps.push(`${who} came to ${counted} and left ${await countSettings(own)}`)
    })

  await Promise.all([
    takeSteps('first'),
    createSettings(db).keepFirst('between', 'value'),
    takeSteps('second'),
  ])

  assert.deepEqual(steps, ['first came to 0 and left 2', 'second came to 3 and left 5'])
  assert.equal(database.commits(), 1)
})

test('closing waits for the batch under way', async (t) => {
  assert.ok(sqlite)
  const url = await freshDatabase(t, sqlite)
  const { db, settings } = await openWatched(t, url.slice('sqlite:'.length))
  let closing = Promise.resolve()

  await db.transaction().execute(async (own) => {
    closing = db.destroy()
    await nextTurn()
    await createSettings(own).keepFirst('name', 'value')
  })
  await closing

  await assert.rejects(settings.find('name'), /destroyed/)
  const store = await openStore(url)
  assert.equal(await store.settings.find('name'), 'value')
  await store.close()
})

test('while a write waits for another process, reads are answered', async (t) => {
  assert.ok(sqlite)
  const url = await freshDatabase(t, sqlite)
  const store = await openStore(url)
  const other = new DatabaseSync(url.slice('sqlite:'.length))
  other.exec('begin immediate')

  const writing = store.settings.keepFirst('name', 'value')
  const early = await store.settings.find('name')
  other.exec('commit')
  await writing

  assert.equal(early, undefined)
  assert.equal(await store.settings.find('name'), 'value')
  other.close()
  await store.close()
})

test('two connections that write at once lose nothing', async (t) => {
  assert.ok(sqlite)
  const stores = await twoStores(t, sqlite)

  const counting = FIFTY.flatMap(() =>
    stores.map((store) => store.counters.add('key', 1, HOUR_MS, NOW)),
  )
  await Promise.all(counting)

  const counted = await stores[0].counters.find('key', NOW)
  assert.equal(counted?.points, 2 * FIFTY.length)
})

test('two processes that write at once lose nothing', async (t) => {
  assert.ok(sqlite)
  const url = await freshDatabase(t, sqlite)

  const children = ['first', 'second'].map(() => startProcess([url, 'count', 'key', '50']))
  const outcomes = await Promise.all(children.map(outcomeOf))

  const fine = { said: 'counted\n', problem: '' }
  assert.deepEqual(outcomes, [fine, fine])
  const store = await openStore(url)
  assert.equal((await store.counters.find('key', NOW))?.points, 100)
  await store.close()
})
