// `users reset`, `users forget-devices`, and the passwords that commands take.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fingerprint } from '../../src/base/random.ts'
import { NOW } from '../support/fixed.ts'
import { startShell } from './start.ts'

const ANN = 'users add ann --account-id c-1 --email ann@example.com --name ann-corp'

test('a link is printed for people and for scripts, and the newest one counts', async (t) => {
  const shell = await startShell(t)
  await shell.run(ANN)

  const asText = await shell.run('users reset ANN')
  const asJson = await shell.run('users reset ann --json')

  const [, first = ''] =
    /^link +https:\/\/sso\.partner\.example\/password\/reset\?token=([\w-]{43})$/m.exec(
      asText.stdout,
    ) ?? []
  const { url, expiresAt } = JSON.parse(asJson.stdout)
  const store = await shell.open()
  const found = async (token: string) => store.passwords.findLink(fingerprint(token), NOW)
  assert.match(asText.stdout, /^until +2026-01-15T11:00:00\.000Z$/m)
  assert.equal(expiresAt, '2026-01-15T11:00:00.000Z')
  assert.deepEqual([await found(first), await found(url.split('=')[1])], [undefined, 'c-1'])
})

test('a link is on record, and the record does not hold it', async (t) => {
  const shell = await startShell(t)
  await shell.run(ANN)

  const ran = await shell.run('users reset ann --json')

  const events = await (await shell.open()).audit.list({ limit: 10, subject: 'c-1' })
  const made = events.find(({ action }) => action === 'password.link-made')
  assert.ok(made !== undefined)
  assert.ok(!JSON.stringify(made).includes(JSON.parse(ran.stdout).url.split('=')[1]))
})

const NOBODY = [
  { title: 'an unknown customer', before: [], code: 'ACCOUNT_NOT_FOUND' },
  { title: 'a disabled customer', before: [ANN, 'users disable ann'], code: 'ACCOUNT_DISABLED' },
]
for (const { title, before, code } of NOBODY) {
  test(`${title} gets no link`, async (t) => {
    const shell = await startShell(t)
    for (const words of before) await shell.run(words)

    const ran = await shell.run('users reset ann')

    assert.deepEqual([ran.exitCode, ran.stdout], [1, ''])
    assert.ok(ran.stderr.startsWith(`${code}: `))
  })
}

test('the known browsers of a customer are forgotten, and how many is said', async (t) => {
  const shell = await startShell(t)
  await shell.run(ANN)
  const store = await shell.open()
  const owner = { role: 'customer', id: 'c-1' } as const
  const expiresAt = new Date(NOW.getTime() + 60_000)
  await store.devices.remember({ tokenHash: 'browser', before: undefined, owner, expiresAt })

  const ran = await shell.run('users forget-devices ann')

  assert.equal(ran.stdout, 'Forgotten browsers of c-1: 1\n')
  assert.equal(await store.devices.isKnown('browser', owner, NOW), false)
})

const UNFIT = [
  { title: 'that many people use', password: 'password2024', says: 'known from other places' },
  { title: 'made of the name', password: 'ann-corp-2026', says: 'made of the name' },
]
for (const { title, password, says } of UNFIT) {
  test(`a password ${title} is refused by every command that takes one`, async (t) => {
    const shell = await startShell(t)
    await shell.run(ANN)
    await shell.run('operators add ann-corp --password-stdin', {
      stdin: 'a password of ten letters',
    })

    const ran = [
      await shell.run('users password ann --password-stdin', { stdin: password }),
      await shell.run('users add ann-corp --account-id c-2 --password-stdin', { stdin: password }),
      await shell.run('operators password ann-corp --password-stdin', { stdin: password }),
    ]

    for (const { exitCode, stderr } of ran) {
      assert.equal(exitCode, 1)
      assert.match(stderr, /^ACCOUNT_INVALID: /)
      assert.ok(stderr.includes(says))
      assert.ok(!stderr.includes(password))
    }
  })
}
