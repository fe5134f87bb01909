// Opening the store: what it creates, and what it says when it cannot.

import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { inspect } from 'node:util'
import { Refusal } from '../../src/base/errors.ts'
import { openStore } from '../../src/store/open.ts'
import { ENGINES, forEachEngine, freshStore } from '../support/engines.ts'

const PASSWORD = 'open-sesame'

const UNREACHABLE = [
  { title: 'a server that does not listen', url: `postgres://me:${PASSWORD}@127.0.0.1:1/idp` },
  { title: 'a URL that cannot be read', url: `postgres://me:${PASSWORD}@[/idp` },
  { title: 'a port that is none', url: `postgres://me:${PASSWORD}@127.0.0.1:99999/idp` },
]

async function refusalOf(url: string): Promise<Refusal> {
  try {
    await openStore(url)
  } catch (error) {
    assert.ok(error instanceof Refusal, inspect(error))
    return error
  }
  return assert.fail('the store opened')
}

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-open-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

for (const { title, url } of UNREACHABLE) {
  test(`${title} is refused, and the password is nowhere in what is said`, async () => {
    const refusal = await refusalOf(url)

    assert.equal(refusal.code, 'STORE_UNAVAILABLE')
    assert.ok(!inspect(refusal, { depth: 9 }).includes(PASSWORD))
  })
}

test('the facts name the server and what happened', async () => {
  const refusal = await refusalOf(`postgres://me:${PASSWORD}@127.0.0.1:1/idp`)

  assert.deepEqual(refusal.facts, {
    database: 'postgres://127.0.0.1:1/idp',
    problem: 'ECONNREFUSED',
  })
})

test('a file that is no database is refused and left as it is', async (t) => {
  const path = join(await folderFor(t), 'notes.txt')
  await writeFile(path, 'These are notes. '.repeat(100))

  const refusal = await refusalOf(`sqlite:${path}`)

  assert.equal(refusal.code, 'STORE_UNAVAILABLE')
  assert.deepEqual(refusal.facts, {
    database: `sqlite:${path}`,
    problem: 'file is not a database',
  })
  assert.equal(await readFile(path, 'utf8'), 'These are notes. '.repeat(100))
})

test('a folder that cannot be made is refused', async (t) => {
  const file = join(await folderFor(t), 'file')
  await writeFile(file, '')

  const refusal = await refusalOf(`sqlite:${join(file, 'idp.db')}`)

  assert.equal(refusal.code, 'STORE_UNAVAILABLE')
})

test('the database file is made with its folder, for our own user only', async (t) => {
  const path = join(await folderFor(t), 'deep', 'data', 'idp.db')

  const store = await openStore(`sqlite:${path}`)

  await store.settings.keepFirst('name', 'value')
  for (const file of [path, `${path}-wal`]) {
    assert.equal((await stat(file)).mode & 0o777, 0o600, file)
  }
  await store.close()
})

test('a store in memory begins empty each time', async () => {
  const first = await openStore('sqlite::memory:')
  await first.settings.keepFirst('name', 'value')

  const second = await openStore('sqlite::memory:')

  assert.equal(await second.settings.find('name'), undefined)
  for (const store of [first, second]) await store.close()
})

const postgres = ENGINES.find(({ name }) => name === 'postgres')

describe('on postgres', { skip: postgres?.skip ?? false }, () => {
  test('a wrong password is refused without showing it', async () => {
    const url = new URL(process.env['TEST_POSTGRES_URL'] ?? '')
    url.password = PASSWORD

    const refusal = await refusalOf(url.href)

    assert.equal(refusal.code, 'STORE_UNAVAILABLE')
    assert.equal(refusal.facts['problem'], '28P01')
    assert.ok(!inspect(refusal, { depth: 9 }).includes(PASSWORD))
  })

  test('a lost connection is logged and does not end the process', async (t) => {
    assert.ok(postgres)
    const database = await postgres.open()
    const events: unknown[] = []
    let heard: () => void
    const lost = new Promise<void>((resolve) => {
      heard = resolve
    })
    const log = {
      warn: (fields: { readonly event: string }) => {
        events.push(fields.event)
        heard()
      },
    }
    const store = await openStore(database.url, { log })
    await store.check()
    t.after(() => store.close())

    await database.drop()
    await lost

    // Once for each idle connection of the pool, and how many there are is the pool's affair.
    assert.deepEqual([...new Set(events)], ['store.connection-lost'])
    await assert.rejects(store.check(), { code: 'STORE_UNAVAILABLE' })
  })
})

forEachEngine((engine) => {
  test('a check passes while the database answers', async (t) => {
    const store = await freshStore(t, engine)

    await assert.doesNotReject(store.check())
  })
})
