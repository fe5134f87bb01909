// `init`, `keys` and `metadata`: what must be there before the first start, and whether it is sound.

import assert from 'node:assert/strict'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { addDays } from '../../src/base/clock.ts'
import { SITE, siteMetadata } from '../support/build.ts'
import { forEachEngine, freshDatabase } from '../support/engines.ts'
import { certificateOf, NOW } from '../support/fixed.ts'
import { startShell } from './start.ts'

test('init makes a key for the public address, folders and a database, and says what is next', async (t) => {
  const shell = await startShell(t)

  const ran = await shell.run('init')
  const status = await shell.run('keys status --json')

  assert.deepEqual([ran.exitCode, ran.stderr], [0, ''])
  assert.match(ran.stdout, /Key and certificate .*certs \(made\)\n/)
  assert.match(ran.stdout, /Next steps\n {2}1\. /)
  assert.match(ran.stdout, /Notification URL .*https:\/\/sso\.partner\.example\/bind\n/)
  assert.equal(statSync(join(shell.folder, 'certs', 'signing.key')).mode & 0o777, 0o600)
  assert.ok(statSync(join(shell.folder, 'metadata')).isDirectory())
  assert.ok(statSync(join(shell.folder, 'data', 'idp.db')).isFile())
  assert.equal(JSON.parse(status.stdout).subject, 'CN=sso.partner.example')
})

test('init a second time changes neither the key nor the certificate', async (t) => {
  const shell = await startShell(t)
  const files = ['signing.key', 'signing.crt'].map((name) => join(shell.folder, 'certs', name))
  const read = () => files.map((file) => readFileSync(file, 'utf8'))
  await shell.run('init')
  const before = read()

  const again = await shell.run('init')

  assert.equal(again.exitCode, 0)
  assert.match(again.stdout, /\(kept\)/)
  assert.deepEqual(read(), before)
})

forEachEngine((engine) => {
  const says = {
    sqlite: /\nDatabase +sqlite:\S+ \(ready\)\n/,
    postgres: /\nDatabase +PostgreSQL \(ready\)\n/,
  }
  test('init makes the tables, and names no address that may hold a password', async (t) => {
    const shell = await startShell(t)
    const DATABASE_URL = await freshDatabase(t, engine)

    const ran = await shell.run('init', { environment: { DATABASE_URL } })
    const list = await shell.run('users list --json', { environment: { DATABASE_URL } })

    assert.equal(ran.exitCode, 0)
    assert.match(ran.stdout, says[engine.name])
    assert.deepEqual([list.exitCode, list.stdout], [0, '[]\n'])
  })
})

test('keys status shows dates, days left, fingerprint, size and mode', async (t) => {
  const shell = await startShell(t)
  await shell.run('init')

  const asJson = await shell.run('keys status --json')
  const asText = await shell.run('keys status')

  const { sha256, plan, ...status } = JSON.parse(asJson.stdout)
  assert.match(sha256, /^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/)
  assert.deepEqual(status, {
    subject: 'CN=sso.partner.example',
    validFrom: '2026-01-14T10:00:00.000Z',
    validTo: '2031-01-14T10:00:00.000Z',
    daysLeft: 1825,
    keyBits: 2048,
    keyFile: join(shell.folder, 'certs', 'signing.key'),
    keyFileMode: '0600',
    certificateFile: join(shell.folder, 'certs', 'signing.crt'),
    state: 'settled',
    next: null,
    previous: null,
  })
  assert.equal(plan.length, 4)
  assert.match(asText.stdout, /valid to +2031-01-14T10:00:00\.000Z \(1825 days left\)\n/)
})

const UNUSABLE: readonly {
  readonly title: string
  readonly spoil: (certs: string) => Promise<void> | void
  readonly says: RegExp
}[] = [
  {
    title: 'a key that others can read',
    spoil: (certs) => chmodSync(join(certs, 'signing.key'), 0o644),
    says: / {2}must: must have mode 0600: chmod 600 .*\n {2}mode: 644\n/,
  },
  {
    title: 'a certificate of another key',
    spoil: async (certs) => {
      writeFileSync(join(certs, 'signing.crt'), (await certificateOf('stranger')).toString())
    },
    says: /must: must belong to /,
  },
  {
    title: 'a certificate that is none',
    spoil: (certs) => writeFileSync(join(certs, 'signing.crt'), 'nonsense'),
    says: /must: must be a readable PEM certificate/,
  },
]

for (const { title, spoil, says } of UNUSABLE) {
  test(`keys status fails for ${title}`, async (t) => {
    const shell = await startShell(t)
    await shell.run('init')
    await spoil(join(shell.folder, 'certs'))

    const ran = await shell.run('keys status')

    assert.equal(ran.exitCode, 1)
    assert.equal(ran.stdout, '')
    assert.match(ran.stderr, /^KEY_UNUSABLE: /)
    assert.match(ran.stderr, says)
  })
}

test('keys status fails when there is no key', async (t) => {
  const shell = await startShell(t)

  const ran = await shell.run('keys status')

  assert.equal(ran.exitCode, 1)
  assert.match(ran.stderr, /^KEY_UNUSABLE: .*\n.*\n {2}must: must be a readable PEM private key/)
})

test('keys status shows a certificate that has ended, and fails', async (t) => {
  const shell = await startShell(t)
  await shell.run('init')
  const clock = { now: () => addDays(NOW, 2000) }

  const ran = await shell.run('keys status', { clock })

  assert.equal(ran.exitCode, 1)
  assert.match(ran.stdout, /\(-175 days left\)/)
  assert.match(ran.stderr, /^KEY_UNUSABLE: .*\n.*\n {2}must: must not have ended\n/)
})

test('metadata idp prints our document with our certificate and nothing else', async (t) => {
  const shell = await startShell(t)
  await shell.run('init')

  const ran = await shell.run('metadata idp')

  assert.deepEqual([ran.exitCode, ran.stderr], [0, ''])
  assert.match(ran.stdout, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<md:EntityDescriptor /)
  assert.match(ran.stdout, /entityID="https:\/\/sso\.partner\.example\/saml\/metadata"/)
  assert.match(ran.stdout, /Location="https:\/\/sso\.partner\.example\/saml\/sso"/)
  assert.match(ran.stdout, /Location="https:\/\/sso\.partner\.example\/saml\/slo"/)
})

test('metadata check shows whom a sound file would make us trust', async (t) => {
  const shell = await startShell(t)
  const file = join(shell.folder, 'site.xml')
  writeFileSync(file, await siteMetadata())

  const asText = await shell.run(['metadata', 'check', file])
  const asJson = await shell.run(['metadata', 'check', file, '--json'])

  assert.deepEqual([asText.exitCode, asText.stderr], [0, ''])
  assert.match(asText.stdout, /entity ID +https:\/\/auth\.cloud\.example\/\n/)
  assert.match(asText.stdout, /answers go to +https:\/\/\S+\/SAMLAssertionConsumer \(default\)\n/)
  const { parties, problems } = JSON.parse(asJson.stdout)
  assert.deepEqual(problems, [])
  assert.equal(parties.length, 1)
  assert.equal(parties[0].entityId, SITE.entityId)
  assert.equal(parties[0].signsRequests, true)
  assert.deepEqual(parties[0].certificatesEndAt, ['2035-01-01T00:00:00.000Z'])
})

const BAD_FILES = [
  {
    title: 'that sends answers in clear text',
    change: (xml: string) => xml.replace(`"${SITE.secondAcsUrl}"`, '"http://auth.cloud.example/"'),
    says: /site\.xml:\d+: AssertionConsumerService Location is no https address/,
  },
  {
    title: 'that is no XML',
    change: () => 'not found',
    says: /site\.xml:1: it is no XML/,
  },
  {
    title: 'whose time is over',
    change: (xml: string) => xml.replace(' ID="M349b"', ' validUntil="2026-01-15T10:00:00Z"'),
    says: /site\.xml: the validUntil of https:\/\/auth\.cloud\.example\/ has passed/,
  },
]

for (const { title, change, says } of BAD_FILES) {
  test(`metadata check fails for a file ${title}, with place and remedy`, async (t) => {
    const shell = await startShell(t)
    const file = join(shell.folder, 'site.xml')
    writeFileSync(file, change(await siteMetadata()))

    const asText = await shell.run(['metadata', 'check', file])
    const asJson = await shell.run(['metadata', 'check', file, '--json'])

    assert.equal(asText.exitCode, 1)
    assert.match(asText.stdout, says)
    assert.match(asText.stdout, /\n {2}remedy: .{20}/)
    assert.equal(asJson.exitCode, 1)
    assert.equal(JSON.parse(asJson.stdout).problems.length, 1)
  })
}

test('a file cannot make the terminal obey it', async (t) => {
  const shell = await startShell(t)
  const file = join(shell.folder, 'site.xml')
  const xml = await siteMetadata()
  writeFileSync(file, xml.replace(`"${SITE.entityId}"`, '"https://evil.example/\u009b2J\u202e"'))

  const asText = await shell.run(['metadata', 'check', file])
  const asJson = await shell.run(['metadata', 'check', file, '--json'])

  for (const { stdout } of [asText, asJson]) {
    assert.ok(stdout.includes('https://evil.example/\\u009b2J\\u202e'))
    assert.doesNotMatch(stdout, /[\u0080-\u009f\u202e]/)
  }
})
