// `users` and `operators`: who is known here, and what a script reads about them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPassword } from '../../src/signin/password.ts'
import { NOW } from '../support/fixed.ts'
import { startShell } from './start.ts'

const PASSWORD = 'a password of ten letters'

const ANN = 'users add ann --account-id c-1 --email ann@example.com --name ann-corp'

const ANN_VIEW = {
  login: 'ann',
  accountId: 'c-1',
  email: 'ann@example.com',
  name: 'ann-corp',
  mobile: null,
  enabled: true,
  binding: { state: 'none', domainId: null, domainName: null },
}

test('a customer who is added is printed for scripts as it is shown later', async (t) => {
  const shell = await startShell(t)

  const added = await shell.run(`${ANN} --json`)
  const shown = await shell.run('users show ANN --json')

  assert.deepEqual([added.exitCode, added.stderr], [0, ''])
  assert.deepEqual(JSON.parse(added.stdout), ANN_VIEW)
  assert.deepEqual(JSON.parse(shown.stdout), ANN_VIEW)
})

test('the connection to Huawei Cloud is shown with the customer', async (t) => {
  const shell = await startShell(t)
  await shell.run(ANN)
  const store = await shell.open()
  const domain = { domainId: 'd-1', domainName: 'ann-cloud' }
  const claim = { ...domain, accountId: 'c-1', isConfirmed: true, now: NOW }
  await store.bindings.bind({ ...claim, source: 'created' })

  const asJson = await shell.run('users show ann --json')
  const asText = await shell.run('users show ann')

  assert.deepEqual(JSON.parse(asJson.stdout).binding, { state: 'bound', ...domain })
  assert.match(asText.stdout, /Huawei Cloud account name +ann-cloud\n/)
})

const INVALID = [
  {
    title: 'all wrong fields are named at once',
    words: ['users', 'add', 'a b', '--account-id', ' c ', '--email', 'nobody'],
    stdin: '',
    says: /^ACCOUNT_INVALID: .*\n {2}login: .*\n {2}accountId: .*\n {2}email: .*\nhint: Correct/,
  },
  {
    title: 'a password that is too short is refused',
    words: ['users', 'add', 'bob', '--account-id', 'c-2', '--password-stdin'],
    stdin: 'short\n',
    says: /^ACCOUNT_INVALID: .*\n {2}password: must have at least 10 characters/,
  },
  {
    title: 'a password of two lines is refused',
    words: ['users', 'add', 'bob', '--account-id', 'c-2', '--password-stdin'],
    stdin: `${PASSWORD}\n${PASSWORD}\n`,
    says: /^ACCOUNT_INVALID: .*\n {2}password: must be on one line/,
  },
  {
    title: 'a sign-in name that is taken is refused, whatever its case',
    words: ['users', 'add', 'ANN', '--account-id', 'c-2'],
    stdin: '',
    says: /^ACCOUNT_EXISTS: .*\n {2}taken: login\nhint: /,
  },
  {
    title: 'an account id that is taken is refused',
    words: ['users', 'add', 'bob', '--account-id', 'c-1'],
    stdin: '',
    says: /^ACCOUNT_EXISTS: .*\n {2}taken: account-id\nhint: /,
  },
  {
    title: 'a customer who is not there cannot be shown',
    words: ['users', 'show', 'nobody'],
    stdin: '',
    says: /^ACCOUNT_NOT_FOUND: .*\n {2}login: nobody\nhint: partner-idp users list/,
  },
  {
    title: 'a customer who is not there cannot be disabled',
    words: ['users', 'disable', 'nobody'],
    stdin: '',
    says: /^ACCOUNT_NOT_FOUND: /,
  },
  {
    title: 'an operator needs a password of some length',
    words: ['operators', 'add', 'olivia', '--password-stdin'],
    stdin: '',
    says: /^ACCOUNT_INVALID: .*\n {2}password: /,
  },
  {
    title: 'an operator needs a name that can be typed',
    words: ['operators', 'add', 'o l', '--password-stdin'],
    stdin: PASSWORD,
    says: /^ACCOUNT_INVALID: .*\n {2}login: /,
  },
]

for (const { title, words, stdin, says } of INVALID) {
  test(`${title}, and nothing is changed`, async (t) => {
    const shell = await startShell(t)
    await shell.run(ANN)

    const ran = await shell.run(words, { stdin })

    assert.equal(ran.exitCode, 1)
    assert.equal(ran.stdout, '')
    assert.match(ran.stderr, says)
    const store = await shell.open()
    assert.equal((await store.accounts.list({ limit: 10 })).length, 1)
    assert.equal((await store.operators.list()).length, 0)
  })
}

test('passwords come by standard input, are kept as a hash, and are never printed', async (t) => {
  const shell = await startShell(t)

  const ran = [
    await shell.run(`${ANN} --password-stdin`, { stdin: `${PASSWORD}\n` }),
    await shell.run('users password ann --password-stdin', { stdin: `new ${PASSWORD}\r\n` }),
    await shell.run('operators add olivia --password-stdin --json', { stdin: PASSWORD }),
    await shell.run('users list --json'),
    await shell.run('operators list --json'),
  ]

  const store = await shell.open()
  const ann = await store.accounts.findByLogin('ann')
  const olivia = await store.operators.find('olivia')
  assert.ok(await isPassword(`new ${PASSWORD}`, ann?.passwordHash))
  assert.ok(await isPassword(PASSWORD, olivia?.passwordHash))
  for (const { exitCode, stdout, stderr } of ran) {
    assert.equal(exitCode, 0)
    assert.equal(stderr, '')
    assert.ok(!stdout.includes(PASSWORD) && !stdout.includes('argon2'))
  }
})

test('a customer who is disabled is out until they are enabled', async (t) => {
  const shell = await startShell(t)
  await shell.run(ANN)

  const disabled = await shell.run('users disable ann --json')
  const enabled = await shell.run('users enable ann --json')

  assert.deepEqual(JSON.parse(disabled.stdout), { ...ANN_VIEW, enabled: false })
  assert.deepEqual(JSON.parse(enabled.stdout), ANN_VIEW)
})

test('the list is a table for people and an array for scripts, by sign-in name', async (t) => {
  const shell = await startShell(t)
  await shell.run('users add bob --account-id c-2')
  await shell.run(ANN)

  const asText = await shell.run('users list')
  const asJson = await shell.run('users list --json')

  assert.equal(
    asText.stdout,
    `LOGIN  ACCOUNT ID  E-MAIL           ENABLED  BINDING
ann    c-1         ann@example.com  yes      none
bob    c-2         -                yes      none
`,
  )
  const logins = JSON.parse(asJson.stdout).map(({ login }: { login: string }) => login)
  assert.deepEqual(logins, ['ann', 'bob'])
})

test('the list leaves nobody out, however many there are', async (t) => {
  const shell = await startShell(t)
  const store = await shell.open()
  const person = { email: undefined, name: undefined, mobile: undefined, passwordHash: undefined }
  for (let turn = 0; turn < 201; turn += 1) {
    const login = `login-${turn}`
    await store.accounts.add({
      ...person,
      login,
      accountId: `c-${turn}`,
      isEnabled: true,
      createdAt: NOW,
    })
  }

  const ran = await shell.run('users list --json')

  const ids = JSON.parse(ran.stdout).map(({ accountId }: { accountId: string }) => accountId)
  assert.equal(new Set(ids).size, 201)
})

test('an operator is added once, and listed', async (t) => {
  const shell = await startShell(t)
  const words = 'operators add olivia --password-stdin'

  const added = await shell.run(words, { stdin: PASSWORD })
  const again = await shell.run(words, { stdin: PASSWORD })
  const list = await shell.run('operators list')

  assert.equal(added.exitCode, 0)
  assert.equal(again.exitCode, 1)
  assert.match(again.stderr, /^ACCOUNT_EXISTS: /)
  assert.equal(
    list.stdout,
    'LOGIN   ENABLED  ROLE    CREATED\nolivia  yes      editor  2026-01-15T10:00:00.000Z\n',
  )
})
