// `partner-idp explain`: the cause first, then every check, for people and machines.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { authnRequest, HOUSE, SITE, siteMetadata } from '../support/build.ts'
import { NOW } from '../support/fixed.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery } from '../support/send.ts'
import { startShell } from './start.ts'

const environment = { PUBLIC_URL: 'https://idp.partner.example' }

async function startTrusting(test: TestContext) {
  const shell = await startShell(test)
  await shell.run('init')
  writeFileSync(join(shell.folder, 'metadata', 'site.xml'), await siteMetadata())
  return shell
}

function address(xml = authnRequest()): string {
  return `${HOUSE.ssoUrl}?${redirectQuery('SAMLRequest', deflate(xml), HUAWEI_SIGNING)}`
}

test('a sound address is accepted, check by check', async (t) => {
  const shell = await startTrusting(t)

  const ran = await shell.run('explain -', { environment, stdin: address() })

  assert.deepEqual([ran.exitCode, ran.stderr], [0, ''])
  assert.match(ran.stdout, /^accepted: This sign-in request passes every check\.\n\n/)
  assert.match(ran.stdout, /\nissuer +https:\/\/auth\.cloud\.example\/\n/)
  assert.match(ran.stdout, /\nRelayState +59 bytes\n/)
  assert.match(ran.stdout, /\npassed +It speaks SAML 2\.0 +Core §3\.2\.1\n {8}found +2\.0\n/)
})

test('a refused one names code, cause, value found and expected, and what to do', async (t) => {
  const shell = await startTrusting(t)
  const stdin = address(authnRequest({ ...SITE, acsUrl: 'https://evil.example/acs' }))

  const ran = await shell.run('explain -', { environment, stdin })

  assert.equal(ran.exitCode, 1)
  assert.match(ran.stdout, /^SAML_WRONG_ACS: This sign-in request asks for an answer at an address/)
  assert.match(ran.stdout, /\n {8}found +https:\/\/evil\.example\/acs\n/)
  assert.match(ran.stdout, /\n {8}expected +https:\/\/auth\.cloud\.example\/\S+ or https:/)
  assert.match(ran.stdout, /\n {8}do +The AssertionConsumerService is not in the SP metadata/)
})

test('--json says the same for machines', async (t) => {
  const shell = await startTrusting(t)
  const file = join(shell.folder, 'address.txt')
  writeFileSync(file, address())

  const ran = await shell.run(['explain', file, '--json'], { environment })

  const { verdict, checks, judgedAt } = JSON.parse(ran.stdout)
  assert.deepEqual([verdict, judgedAt], ['accepted', NOW.toISOString()])
  assert.equal(checks[0].verdict, 'passed')
})

test('--at judges as of another time', async (t) => {
  const shell = await startTrusting(t)
  const words = 'explain - --at 2026-01-15T11:00:00Z'

  const ran = await shell.run(words, { environment, stdin: address() })

  assert.equal(ran.exitCode, 1)
  assert.match(ran.stdout, /^SAML_EXPIRED: /)
})

test('what a stranger sent cannot make the terminal obey it', async (t) => {
  const shell = await startTrusting(t)
  const stdin = authnRequest().replace(SITE.acsUrl, 'https://x.example/\u009b2J\u202e')

  const ran = await shell.run('explain -', { environment, stdin })

  assert.doesNotMatch(ran.stdout, /[\u0080-\u009f\u202e]/)
  assert.match(ran.stdout, /\\u009b2J\\u202e/)
})

test('--reference shows the trace that the service kept', async (t) => {
  const shell = await startTrusting(t)
  const store = await shell.open()
  await store.traces.save([
    {
      reference: '7K3M-9QXD-T2VA',
      arrivedAt: NOW,
      kind: 'logout',
      issuer: SITE.entityId,
      requestId: undefined,
      verdict: 'SAML_UNSIGNED',
      relayStateBytes: undefined,
      checks: [],
    },
  ])

  const asText = await shell.run('explain --reference 7k3m-9qxd-t2va')
  const asJson = await shell.run('explain --reference 7K3M-9QXD-T2VA --json')

  assert.match(asText.stdout, /^SAML_UNSIGNED: The sign-in request is not signed/)
  assert.match(asText.stdout, /\nwhat +LogoutRequest\n/)
  assert.equal(JSON.parse(asJson.stdout).verdict, 'SAML_UNSIGNED')
})

const WRONG = [
  { title: 'nothing to explain', words: 'explain', says: /give either a FILE/ },
  { title: 'two things at once', words: 'explain - --reference A', says: /give either a FILE/ },
  { title: 'something else', words: 'explain -', says: /that is not an address/ },
  { title: 'a time that is none', words: 'explain - --at today', says: /--at must be a UTC time/ },
  { title: 'an unknown reference', words: 'explain --reference A', says: /there is no trace of A/ },
]

for (const { title, words, says } of WRONG) {
  test(`${title} is a mistake of usage`, async (t) => {
    const shell = await startShell(t)
    await shell.run('init')

    const ran = await shell.run(words, { stdin: 'hello' })

    assert.equal(ran.exitCode, 2)
    assert.match(ran.stderr, says)
  })
}
