// `users link` and `users identities`: links that are made once and never move.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startShell } from './start.ts'

const LINK = 'users link ann --issuer ldap --subject 11111111-2222-3333-4444-555555555555'

test('an operator links a customer to an identity of the directory, and it is on record', async (t) => {
  const shell = await startShell(t)
  await shell.run('users add ann --account-id c-1')

  const linked = await shell.run(`${LINK} --json`)
  const again = await shell.run(`${LINK} --json`)
  const shown = await shell.run('users identities ann --json')

  assert.deepEqual([linked.exitCode, linked.stderr], [0, ''])
  assert.equal(again.exitCode, 0)
  assert.equal(shown.stdout, linked.stdout)
  const [view] = JSON.parse(linked.stdout) as { issuer: string; subject: string }[]
  assert.deepEqual([view?.issuer, view?.subject], ['ldap', LINK.split(' ').at(-1)])
  const events = await (await shell.open()).audit.list({ limit: 10 })
  assert.equal(events.filter(({ action }) => action === 'identity.linked').length, 1)
})

const REFUSED = [
  { title: 'an identity of somebody else', command: LINK.replace('ann', 'bob'), exitCode: 1 },
  {
    title: 'a second identity of the same issuer',
    command: LINK.replace('1111', '9999'),
    exitCode: 1,
  },
  { title: 'somebody who is not there', command: LINK.replace('ann', 'eve'), exitCode: 1 },
  {
    title: 'an issuer that is not configured',
    command: LINK.replace('ldap', 'https://id.example'),
    exitCode: 2,
  },
]

for (const { title, command, exitCode } of REFUSED) {
  test(`${title} is not linked`, async (t) => {
    const shell = await startShell(t)
    await shell.run('users add ann --account-id c-1')
    await shell.run('users add bob --account-id c-2')
    await shell.run(LINK)

    const refused = await shell.run(command)

    assert.equal(refused.exitCode, exitCode, refused.stderr)
  })
}
