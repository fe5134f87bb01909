// What commands leave on record, and the record by command: found, exported, followed.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditView } from '../../src/audit/view.ts'
import { person, session } from '../store/records.ts'
import { NOW } from '../support/fixed.ts'
import { type Shell, startShell } from './start.ts'

const PASSWORD = 'correct horse battery staple'

async function eventsOf(shell: Shell, words = ''): Promise<readonly AuditView[]> {
  const { stdout } = await shell.run(`audit export${words}`)
  const lines = stdout.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as AuditView)
}

test('what a command changes is on record with the user of the system, and without secrets', async (t) => {
  const shell = await startShell(t)
  const stdin = `${PASSWORD}\n`
  const add = 'users add ann --account-id c-100 --email ann@secret.example --password-stdin'
  await shell.run(add, { stdin })
  await shell.run('users disable ann')
  await shell.run('users enable ann')
  await shell.run('users password ann --password-stdin', { stdin })
  await shell.run('operators add olivia --role viewer --password-stdin', { stdin })
  await shell.run('operators role olivia --role editor')
  await shell.run('operators disable olivia')
  await shell.run('operators password olivia --password-stdin', { stdin })
  await shell.run('users erase ann --yes')

  const events = await eventsOf(shell)

  assert.deepEqual(
    events.map(({ action, subject }) => [action, subject]),
    [
      ['user.created', 'c-100'],
      ['user.disabled', 'c-100'],
      ['user.enabled', 'c-100'],
      ['password.set', 'c-100'],
      ['operator.created', 'olivia'],
      ['operator.changed', 'olivia'],
      ['operator.changed', 'olivia'],
      ['password.set', 'olivia'],
      ['user.erased', 'c-100'],
      ['audit.exported', null],
    ],
  )
  const actors = new Set(events.map(({ actor }) => `${actor.kind} ${actor.id}`))
  assert.deepEqual([...actors], ['command root-of-the-tests'])
  assert.doesNotMatch(JSON.stringify(events), /correct horse|argon2|ann@secret/)
})

test('what fails is not on record as done', async (t) => {
  const shell = await startShell(t)

  await shell.run('users disable nobody')
  await shell.run('operators role nobody --role viewer')
  await shell.run('users add ann --account-id c-100 --email nonsense')

  assert.deepEqual(
    (await eventsOf(shell)).map(({ action }) => action),
    ['audit.exported'],
  )
})

test('events are found by what they are about', async (t) => {
  const shell = await startShell(t)
  await shell.run('users add ann --account-id c-100')
  await shell.run('users add bob --account-id c-200')
  await shell.run('users disable bob')

  const bySubject = await shell.run('audit find --subject c-200 --json')
  const byAction = await shell.run('audit find --action user.created')
  const later = await shell.run('audit find --from 2999-01-01 --json')
  const wrongTime = await shell.run('audit find --from yesterday')
  const wrongAction = await shell.run('audit find --action user.vanished')

  const found = JSON.parse(bySubject.stdout) as AuditView[]
  assert.deepEqual(
    found.map(({ sequence, action }) => [sequence, action]),
    [
      [3, 'user.disabled'],
      [2, 'user.created'],
    ],
  )
  assert.match(byAction.stdout, /^NUMBER +AT +ACTION/)
  assert.equal(byAction.stdout.trimEnd().split('\n').length, 3)
  assert.equal(later.stdout, '[]\n')
  assert.deepEqual([wrongTime.exitCode, wrongAction.exitCode], [2, 2])
})

test('an export goes on where the one before has ended', async (t) => {
  const shell = await startShell(t)
  await shell.run('users add ann --account-id c-100')
  await shell.run('users disable ann')

  const [first] = await eventsOf(shell)
  const rest = await eventsOf(shell, ` --after ${first?.sequence}`)

  assert.deepEqual(
    rest.map(({ action }) => action),
    ['user.disabled', 'audit.exported', 'audit.exported'],
  )
})

test('an export that follows ends by Ctrl+C', async (t) => {
  const shell = await startShell(t)

  const ended = await shell.run('audit export --follow', { interruption: AbortSignal.abort() })

  assert.equal(ended.exitCode, 0)
})

test('sessions are listed and ended, one or all, and nobody else’s', async (t) => {
  const shell = await startShell(t)
  await shell.run('users add ann --account-id c-100')
  await shell.run('users add bob --account-id c-200')
  const store = await shell.open()
  const expiresAt = new Date(NOW.getTime() + 60_000)
  for (const hash of ['a', 'b', 'c']) {
    await store.sessions.save(hash, session({ expiresAt, people: [person()] }))
  }

  const listed = await shell.run('sessions list ann --json')
  const neither = await shell.run('sessions end ann')
  const ofOther = await shell.run('sessions end bob --session a')
  const one = await shell.run('sessions end ann --session a')
  const all = await shell.run('sessions end ann --all')

  assert.equal((JSON.parse(listed.stdout) as unknown[]).length, 3)
  assert.deepEqual([neither.exitCode, ofOther.stdout], [2, '0 sessions ended.\n'])
  assert.deepEqual([one.stdout, all.stdout], ['1 session ended.\n', '2 sessions ended.\n'])
  assert.deepEqual(await store.sessions.listOf('c-100', NOW), [])
})

test('erasing asks for a word of its own', async (t) => {
  const shell = await startShell(t)
  await shell.run('users add ann --account-id c-100 --email ann@example.com')

  const unsaid = await shell.run('users erase ann')
  const said = await shell.run('users erase ann --yes')
  const again = await shell.run('users add ann2 --account-id c-100')

  assert.equal(unsaid.exitCode, 2)
  assert.match(
    said.stdout,
    /^Erased\. The account id c-100 stays taken, as erased-[0-9a-f]{20}\.\n$/,
  )
  assert.match(again.stderr, /ACCOUNT_EXISTS[\s\S]*account-id/)
  const pseudonym = /erased-[0-9a-f]+/.exec(said.stdout)?.[0] ?? ''
  const enabled = await shell.run(`users enable ${pseudonym}`)
  assert.equal(enabled.exitCode, 1)
})
