// Words that are no command, and configurations that are none: said on standard error, each with its
// exit code.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startShell } from './start.ts'

const WRONG = [
  { words: 'bogus', says: /unknown command 'bogus'/ },
  { words: 'users', says: /Usage: partner-idp users/ },
  { words: 'users bogus', says: /unknown command 'bogus'/ },
  { words: 'users show', says: /missing required argument 'LOGIN'/ },
  { words: 'users show ann bob', says: /too many arguments/ },
  { words: 'users list --bogus', says: /unknown option '--bogus'/ },
  { words: 'users add ann', says: /required option '--account-id <ID>' not specified/ },
  { words: 'users password ann', says: /required option '--password-stdin'/ },
  { words: 'users password ann secret-password --password-stdin', says: /too many arguments/ },
  {
    words: 'users add ann --account-id c --password secret',
    says: /unknown option '--password'/,
  },
  { words: 'operators add olivia', says: /required option '--password-stdin'/ },
  { words: 'metadata check', says: /missing required argument 'FILE'/ },
  { words: 'metadata check no-such-file.xml', says: /cannot read no-such-file.xml \(ENOENT\)/ },
  { words: 'call bogus', says: /there is no operation bogus/ },
  { words: 'call bogus --limit 5 more', says: /there is no operation bogus;/ },
  { words: 'call payorder --order-id 1', says: /payorder \(did you mean payOrder\?\)/ },
  { words: 'call createCustomer --password secret', says: /unknown option '--password'/ },
  { words: 'call checkIdentity --json no-such-file', says: /cannot read no-such-file/ },
  { words: 'sandbox --port soon', says: /--port: must be a whole number/ },
] as const

for (const { words, says } of WRONG) {
  test(`partner-idp ${words}: a mistake in the words ends with 2`, async (t) => {
    const shell = await startShell(t)

    const ran = await shell.run(words)

    assert.equal(ran.exitCode, 2)
    assert.match(ran.stderr, says)
    assert.equal(ran.stdout, '')
  })
}

const HELP = [
  { words: '--help', says: /Commands:\n {2}init/ },
  { words: 'users --help', says: /password \[options\] <LOGIN>/ },
  { words: 'call', says: /createCustomer .*Creating a Customer \(write\)/ },
  { words: 'call --help', says: /queryCustomers/ },
  { words: 'call createCustomer --help', says: /--domain-area <VALUE> .*\n?.*\(required\)/ },
  { words: 'call checkIdentity --help', says: /one of email: an e-mail address/ },
  { words: 'sandbox --help', says: /--idp-url URL/ },
]

for (const { words, says } of HELP) {
  test(`partner-idp ${words}: help is a result`, async (t) => {
    const shell = await startShell(t)

    const ran = await shell.run(words)

    assert.equal(ran.exitCode, 0)
    assert.match(ran.stdout, says)
    assert.equal(ran.stderr, '')
  })
}

test('every mistake of the configuration is listed, and the end is 78', async (t) => {
  const shell = await startShell(t)

  const ran = await shell.run('users list', { environment: { HUAWEI_SITE: 'moon', PORT: '0' } })

  assert.equal(ran.exitCode, 78)
  assert.equal(ran.stdout, '')
  assert.match(ran.stderr, /^The configuration has mistakes:\n/)
  assert.match(ran.stderr, /HUAWEI_SITE: must be one of .*, but is "moon"/)
  assert.match(ran.stderr, /PORT: must be a whole number from 1 to 65535, but is "0"/)
  assert.match(ran.stderr, /hint: docs\/configuration.md/)
})

test('a database that cannot be opened is a refusal with its place and no password', async (t) => {
  const shell = await startShell(t)
  const DATABASE_URL = 'postgres://user:secret-word@127.0.0.1:1/idp'

  const ran = await shell.run('users list', { environment: { DATABASE_URL } })

  assert.equal(ran.exitCode, 1)
  assert.match(ran.stderr, /^STORE_UNAVAILABLE: The database cannot be used\.\n/)
  assert.match(ran.stderr, / {2}database: postgres:\/\/127\.0\.0\.1:1\/idp\n/)
  assert.doesNotMatch(ran.stderr, /secret-word/)
})

test('what nobody foresaw is a fault with its cause, and the end is 70', async (t) => {
  const shell = await startShell(t)
  const clock = {
    now: () => {
      throw new RangeError('the clock stands still')
    },
  }

  const ran = await shell.run('users add ann --account-id c-1', { clock })

  assert.equal(ran.exitCode, 70)
  assert.equal(ran.stdout, '')
  assert.match(
    ran.stderr,
    /^FAULT: Something went wrong on our side\.\ncause: RangeError: the clock/,
  )
})
