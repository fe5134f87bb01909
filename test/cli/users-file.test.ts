// Customers from and into a CSV: what is wrong is named by its line, what is right can be imported twice, and
// what is exported harms no spreadsheet.

import assert from 'node:assert/strict'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { hashPassword, isPassword } from '../../src/signin/password.ts'
import { type Shell, startShell } from './start.ts'

const HEAD = 'account_id,login,email,name,mobile,enabled'

async function importing(shell: Shell, lines: readonly string[], words: readonly string[] = []) {
  const file = join(shell.folder, 'people.csv')
  await writeFile(file, lines.join('\r\n'))
  return shell.run(['users', 'import', file, ...words])
}

/** Rows that are no customers. `{hash}` stands for a hash of the right form. */
const MISTAKES: readonly {
  readonly title: string
  readonly lines: readonly string[]
  readonly says: RegExp
}[] = [
  { title: 'no heading', lines: [''], says: /line 1: the file is empty/ },
  {
    title: 'a missing column',
    lines: ['login', 'ann'],
    says: /line 1: account_id: must be a column/,
  },
  {
    title: 'an unknown column',
    lines: ['account_id,login,phone'],
    says: /line 1: phone: is none of/,
  },
  {
    title: 'a column twice',
    lines: ['account_id,login,login'],
    says: /line 1: login: stands there twice/,
  },
  {
    title: 'too few cells',
    lines: [HEAD, 'c-1,ann'],
    says: /line 2: has 2 cells under 6 headings/,
  },
  { title: 'a wrong e-mail', lines: [HEAD, 'c-1,ann,nobody,,,'], says: /line 2: email: must be/ },
  { title: 'no account id', lines: [HEAD, ',ann,,,,'], says: /line 2: accountId: must be/ },
  {
    title: 'a wrong word',
    lines: [HEAD, 'c-1,ann,,,,maybe'],
    says: /line 2: enabled: must be yes or no/,
  },
  { title: 'an open quote', lines: [HEAD, 'c-1,"ann,,,,'], says: /line \d: is no CSV/ },
  {
    title: 'an account id twice',
    lines: [HEAD, 'c-1,ann,,,,', 'c-1,bob,,,,'],
    says: /line 3: account_id: stands in an earlier row/,
  },
  {
    title: 'a login twice, in another case',
    lines: [HEAD, 'c-1,ann,,,,', 'c-2,ANN,,,,'],
    says: /line 3: login: stands in an earlier row/,
  },
  {
    title: 'somebody else’s login',
    lines: [HEAD, 'c-1,Taken,,,,'],
    says: /line 2: login: belongs to another account/,
  },
  {
    title: 'somebody else’s e-mail',
    lines: [HEAD, 'c-1,ann,TAKEN@example.com,,,'],
    says: /line 2: email: belongs to another account/,
  },
  {
    title: 'a password in the clear',
    lines: ['account_id,login,password_hash', 'c-1,ann,open sesame'],
    says: /line 2: password_hash: must be an argon2id hash/,
  },
  {
    title: 'a hash that is too weak',
    lines: [
      'account_id,login,password_hash',
      `c-1,ann,"$argon2id$v=19$m=4096,t=2,p=1$${'a'.repeat(22)}$${'b'.repeat(43)}"`,
    ],
    says: /line 2: password_hash: must be an argon2id hash/,
  },
]

for (const { title, lines, says } of MISTAKES) {
  test(`a file with ${title} is refused by its line, and nothing of it is written`, async (t) => {
    const shell = await startShell(t)
    await shell.run('users add taken --account-id c-900 --email taken@example.com')

    const { exitCode, stderr } = await importing(shell, [
      ...lines,
      ...(lines[0] === HEAD ? ['c-7,good,,,,'] : []),
    ])

    assert.equal(exitCode, 1, stderr)
    assert.match(stderr, says)
    assert.doesNotMatch(stderr, /open sesame/)
    const store = await shell.open()
    assert.equal((await store.accounts.list({ limit: 10 })).length, 1)
  })
}

test('a dry run shows what would change, and changes nothing', async (t) => {
  const shell = await startShell(t)
  await shell.run('users add ann --account-id c-1 --email ann@example.com')
  const lines = [HEAD, 'c-1,ann,ann@new.example,,,no', 'c-2,bob,,,,']

  const { stdout } = await importing(shell, lines, ['--dry-run'])

  assert.match(stdout, /update {2}c-1 {2}email: ann@example.com → ann@new.example, disabled\n/)
  assert.match(stdout, /add {5}c-2 {2}bob\n/)
  assert.match(stdout, /would be added +1\nwould change +1\nunchanged +0\n/)
  const store = await shell.open()
  assert.equal((await store.accounts.find('c-1'))?.email, 'ann@example.com')
  assert.equal(await store.accounts.find('c-2'), undefined)
})

test('an import adds and changes, and the same again changes nothing', async (t) => {
  const shell = await startShell(t)
  await shell.run('users add ann --account-id c-1 --email ann@example.com --name ann_name')
  const lines = [`\uFEFF${HEAD}`, 'c-1,ann,,ann_name,,', 'c-2,bob,bob@example.com,,,no']

  const first = await importing(shell, lines, ['--json'])
  const second = await importing(shell, lines, ['--json'])

  const counts = { bad: 0, problems: [] }
  assert.deepEqual(JSON.parse(first.stdout), { added: 1, updated: 1, unchanged: 0, ...counts })
  assert.deepEqual(JSON.parse(second.stdout), { added: 0, updated: 0, unchanged: 2, ...counts })
  const store = await shell.open()
  const ann = await store.accounts.find('c-1')
  assert.deepEqual([ann?.email, ann?.name, ann?.isEnabled], [undefined, 'ann_name', true])
  assert.equal((await store.accounts.find('c-2'))?.isEnabled, false)
  const events = await store.audit.follow({ after: 0, limit: 100 })
  assert.deepEqual(
    events.map(({ action, subject, after }) => [action, subject, after?.['email']]),
    [
      ['user.created', 'c-1', 'present'],
      ['user.changed', 'c-1', 'changed'],
      ['user.created', 'c-2', 'present'],
      ['user.imported', undefined, undefined],
      ['user.imported', undefined, undefined],
    ],
  )
  assert.doesNotMatch(JSON.stringify(events), /example\.com/)
})

test('rows with mistakes can be left out, and the exit code still says that there were some', async (t) => {
  const shell = await startShell(t)

  const { exitCode, stdout, stderr } = await importing(
    shell,
    [HEAD, 'c-1,ann,,,,', 'c-2,no one,,,,', 'c-3,cem,,,,'],
    ['--skip-bad'],
  )

  assert.equal(exitCode, 1)
  assert.match(stderr, /line 3: login: must be/)
  assert.match(stdout, /added +2\n/)
  const store = await shell.open()
  assert.equal(await store.accounts.find('c-2'), undefined)
})

test('a password that another system has hashed opens the account', async (t) => {
  const shell = await startShell(t)
  const hash = await hashPassword('a password of ten letters')

  await importing(shell, ['account_id,login,password_hash', `c-1,ann,"${hash}"`])

  const store = await shell.open()
  const account = await store.accounts.find('c-1')
  assert.equal(await isPassword('a password of ten letters', account?.passwordHash), true)
})

test('an export has no passwords, runs in no spreadsheet and can be imported again', async (t) => {
  const shell = await startShell(t)
  const store = await shell.open()
  await store.accounts.add({
    accountId: '=cmd|calc',
    login: '+ann@example.com',
    email: undefined,
    name: undefined,
    mobile: undefined,
    passwordHash: await hashPassword('a password of ten letters'),
    isEnabled: true,
    createdAt: new Date(0),
  })
  const output = join(shell.folder, 'out.csv')

  const printed = await shell.run('users export')
  const written = await shell.run(['users', 'export', '--output', output])
  const again = await shell.run(['users', 'import', output, '--json'])
  const overwritten = await shell.run(['users', 'export', '--output', output])

  const text = await readFile(output, 'utf8')
  assert.equal(text, `${HEAD}\r\n'=cmd|calc,'+ann@example.com,,,,yes\r\n`)
  assert.deepEqual([printed.stdout, written.exitCode], [text, 0])
  assert.equal((await stat(output)).mode & 0o777, 0o600)
  assert.equal((JSON.parse(again.stdout) as { unchanged: number }).unchanged, 1)
  assert.equal(overwritten.exitCode, 2)
})
