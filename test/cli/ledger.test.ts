// The commands of `ledger`: what people read, and how the program ends.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { issue } from '../store/ledger.ts'
import { at } from '../store/records.ts'
import { type Shell, startShell } from './start.ts'

async function shellWith(t: TestContext, entries: number): Promise<Shell> {
  const shell = await startShell(t)
  await issue(await shell.open(), entries)
  return shell
}

// As somebody does who has the file.
function tamper(shell: Shell, ...statements: readonly string[]): void {
  const database = new DatabaseSync(join(shell.folder, 'data', 'idp.db'))
  database.exec('drop trigger ledger_stays; drop trigger ledger_is_kept')
  for (const statement of statements) database.exec(statement)
  database.close()
}

test('ledger verify proves an empty ledger', async (t) => {
  const shell = await startShell(t)

  const ran = await shell.run('ledger verify')

  assert.equal(ran.exitCode, 0, ran.stderr)
  assert.match(ran.stdout, /^sound entries +0\nfirst +-\nlast +-\nhead +0:0{64}\nremoved +none\n$/)
})

test('ledger verify tells how many entries are sound, from when to when, and the head', async (t) => {
  const shell = await shellWith(t, 3)

  const asText = await shell.run('ledger verify')
  const asJson = await shell.run('ledger verify --json')

  assert.equal(asText.exitCode, 0, asText.stderr)
  assert.match(asText.stdout, /^sound entries +3$/m)
  assert.match(asText.stdout, /^first +1, 2026-03-02T10:00:01\.123Z$/m)
  assert.match(asText.stdout, /^last +3, 2026-03-02T10:00:03\.123Z$/m)
  const { isSound, count, head, last, removed, broken, noted } = JSON.parse(asJson.stdout)
  assert.deepEqual([isSound, count, broken, noted], [true, 3, null, null])
  assert.deepEqual(head, { sequence: 3, hash: last.hash })
  assert.deepEqual(removed, { count: 0, issuedBefore: null })
})

test('ledger verify fails at the first entry that somebody has changed', async (t) => {
  const shell = await shellWith(t, 5)
  tamper(shell, "update ledger set account_id = 'c-200' where sequence >= 4")

  const asText = await shell.run('ledger verify')
  const asJson = await shell.run('ledger verify --json')

  assert.equal(asText.exitCode, 1)
  assert.match(asText.stdout, /^sound entries +3$/m)
  assert.match(asText.stderr, /^LEDGER_BROKEN: .*\n {2}sequence: 4\n {2}problem: "?altered"?$/m)
  assert.equal(asJson.exitCode, 1)
  const { isSound, broken } = JSON.parse(asJson.stdout)
  assert.deepEqual([isSound, broken], [false, { sequence: 4, problem: 'altered' }])
})

test('a place that was noted outside finds an end that was cut off', async (t) => {
  const shell = await shellWith(t, 3)
  const noted = (await shell.run('ledger head')).stdout.trim()

  const before = await shell.run(`ledger verify --noted ${noted}`)
  tamper(
    shell,
    'drop trigger ledger_head_moves_on',
    'delete from ledger where sequence = 3',
    'update ledger_head set (sequence, hash) = (select sequence, hash from ledger where sequence = 2)',
  )
  const unaware = await shell.run('ledger verify')
  const after = await shell.run(`ledger verify --noted ${noted}`)

  assert.match(noted, /^3:[0-9a-f]{64}$/)
  assert.equal(before.exitCode, 0, before.stderr)
  assert.match(before.stdout, /^noted +is in the chain$/m)
  assert.equal(unaware.exitCode, 0, 'the database alone cannot know')
  assert.equal(after.exitCode, 1)
  assert.match(after.stdout, /^noted +is not in the chain$/m)
  assert.match(after.stderr, /^LEDGER_REWRITTEN: /)
})

test('a note that is none is a mistake of usage', async (t) => {
  const shell = await startShell(t)

  const ran = await shell.run('ledger verify --noted 12')

  assert.equal(ran.exitCode, 2)
  assert.match(ran.stderr, /--noted takes what `ledger head` prints: NUMBER:HASH/)
})

test('ledger find shows what is known of an assertion of ours', async (t) => {
  const shell = await shellWith(t, 2)

  const asText = await shell.run('ledger find _assertion-2')
  const asJson = await shell.run('ledger find _assertion-2 --json')

  assert.equal(asText.exitCode, 0, asText.stderr)
  assert.match(asText.stdout, /^account id +c-100$/m)
  assert.match(asText.stdout, /^issued for +https:\/\/sp\.example$/m)
  const { sequence, issuedAt, requestId, digest } = JSON.parse(asJson.stdout)
  assert.deepEqual(
    { sequence, issuedAt, requestId, digest },
    {
      sequence: 2,
      issuedAt: '2026-03-02T10:00:02.123Z',
      requestId: '_request-2',
      digest: 'd'.repeat(64),
    },
  )
})

test('ledger find says no to an assertion that was never issued here', async (t) => {
  const shell = await shellWith(t, 2)

  const ran = await shell.run('ledger find _forged --json')

  assert.deepEqual([ran.exitCode, ran.stdout], [1, ''])
  assert.match(ran.stderr, /^LEDGER_UNKNOWN: .*\n {2}assertionId: _forged\n/)
  assert.match(ran.stderr, /no entry was ever removed: the ledger has never held this assertion/)
})

test('ledger find says what it cannot know once retention has removed entries', async (t) => {
  const shell = await shellWith(t, 2)
  const store = await shell.open()
  await store.ledger.keepDays(30, at(60 * 24 * 3600))

  const ran = await shell.run('ledger find _assertion-1')
  const proof = await shell.run('ledger verify')

  assert.equal(ran.exitCode, 1)
  assert.match(ran.stderr, /2 entries from before 2026-04-01T00:00:00\.000Z were removed/)
  assert.equal(proof.exitCode, 0, proof.stderr)
  assert.match(proof.stdout, /^removed +2, before 2026-04-01T00:00:00\.000Z$/m)
})
