// `keys` while one key follows another: what operators enter, what they read, and how it ends.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { addDays, addMinutes } from '../../src/base/clock.ts'
import { RETIRE_AFTER_MINUTES } from '../../src/saml/rollover.ts'
import { certificateOf, NOW } from '../support/fixed.ts'
import { signerProgram } from '../support/key-folder.ts'
import { type Shell, startShell } from './start.ts'

const LATER = { now: () => addMinutes(NOW, RETIRE_AFTER_MINUTES) }

async function statusOf(shell: Shell) {
  return JSON.parse((await shell.run('keys status --json')).stdout)
}

test('an operator changes the key with four commands, each of which says what comes next', async (t) => {
  const shell = await startShell(t)
  await shell.run('init')
  const old = await statusOf(shell)

  const next = await shell.run('keys next')
  const { sha256 } = (await statusOf(shell)).next
  const metadata = await shell.run('metadata idp')
  const confirm = await shell.run(['keys', 'confirm-upload', sha256])
  const activate = await shell.run('keys activate')
  const activated = await statusOf(shell)
  const retire = await shell.run('keys retire', { clock: LATER })
  const settled = await statusOf(shell)

  const ran = [next, confirm, activate, retire]
  assert.deepEqual(
    ran.map(({ exitCode, stderr }) => [exitCode, stderr]),
    ran.map(() => [0, '']),
  )
  assert.match(next.stdout, /partner-idp keys confirm-upload [0-9a-f]{64}\n/)
  assert.match(confirm.stdout, /partner-idp keys activate\n/)
  assert.match(activate.stdout, /In 2 hours or later: partner-idp keys retire\n/)
  assert.equal(metadata.stdout.match(/use="signing"/g)?.length, 2)
  assert.deepEqual([activated.sha256, activated.previous.sha256], [sha256, old.sha256])
  assert.deepEqual([settled.state, settled.sha256, settled.previous], ['settled', sha256, null])
})

test('keys status tells people where the change stands, and the plan with its dates', async (t) => {
  const shell = await startShell(t)
  await shell.run('init')

  const settled = await shell.run('keys status')
  await shell.run('keys next')
  const made = await shell.run('keys status')
  const late = await shell.run('keys status', { clock: { now: () => addDays(NOW, 1800) } })

  assert.match(settled.stdout, /\nchange +one key; no change is under way\n/)
  assert.match(settled.stdout, /\n {2}by 2030-11-15 +Make the next key\.\n/)
  assert.match(made.stdout, /\nnext SHA-256 +([0-9A-F]{2}:){31}/)
  assert.match(made.stdout, /\n {2}done 2026-01-15 +Make the next key\.\n/)
  assert.match(late.stdout, /\n {2}late 2030-12-15 +Upload /)
  assert.deepEqual([settled.exitCode, made.exitCode, late.exitCode], [0, 0, 0])
})

test('keys activate refuses before the upload is confirmed, and names the certificate', async (t) => {
  const shell = await startShell(t)
  await shell.run('init')
  await shell.run('keys next')
  const before = readFileSync(join(shell.folder, 'certs', 'signing.key'))

  const ran = await shell.run('keys activate')

  assert.deepEqual([ran.exitCode, ran.stdout], [1, ''])
  assert.match(ran.stderr, /^KEY_NOT_CONFIRMED: .*\n {2}sha256: [0-9a-f]{64}\nhint: /)
  assert.deepEqual(readFileSync(join(shell.folder, 'certs', 'signing.key')), before)
})

const REFUSED = [
  { words: 'keys confirm-upload 00', code: 'KEY_OUT_OF_ORDER' },
  { words: 'keys activate', code: 'KEY_OUT_OF_ORDER' },
  { words: 'keys retire', code: 'KEY_OUT_OF_ORDER' },
] as const

for (const { words, code } of REFUSED) {
  test(`${words} is refused while there is no next key`, async (t) => {
    const shell = await startShell(t)
    await shell.run('init')

    const ran = await shell.run(words)

    assert.equal(ran.exitCode, 1)
    assert.ok(ran.stderr.startsWith(`${code}: `))
    assert.match(ran.stderr, /\nhint: partner-idp keys status/)
  })
}

test('with a passphrase, keys are encrypted, and status fails without it', async (t) => {
  const shell = await startShell(t)
  const environment = { SIGNING_KEY_PASSPHRASE: 'correct horse' }
  await shell.run('init', { environment })

  const right = await shell.run('keys status', { environment })
  const wrong = await shell.run('keys status', {
    environment: { SIGNING_KEY_PASSPHRASE: 'wrong horse' },
  })
  const none = await shell.run('keys status')

  assert.deepEqual([right.exitCode, wrong.exitCode, none.exitCode], [0, 1, 1])
  for (const { stderr } of [wrong, none]) {
    assert.match(stderr, /must: must open with SIGNING_KEY_PASSPHRASE\n/)
    assert.doesNotMatch(stderr, /horse/)
  }
})

test('with SIGNER_COMMAND, the next certificate comes as a file, and init makes no key', async (t) => {
  const shell = await startShell(t)
  await shell.run('init')
  const file = join(shell.folder, 'from-the-hsm.crt')
  writeFileSync(file, (await certificateOf('house')).toString())
  const command = await signerProgram(shell.folder, 'house')
  const environment = { SIGNER_COMMAND: command.join(' ') }

  const without = await shell.run('keys next', { environment })
  const next = await shell.run(['keys', 'next', '--certificate', file], { environment })
  const status = await shell.run('keys status --json', { environment })

  assert.equal(without.exitCode, 2)
  assert.deepEqual([next.exitCode, next.stderr], [0, ''])
  const { keyFile, next: shown } = JSON.parse(status.stdout)
  assert.deepEqual([keyFile, shown.subject], [null, 'CN=house of the tests'])
})

test('without SIGNER_COMMAND a certificate alone is no next key', async (t) => {
  const shell = await startShell(t)
  await shell.run('init')

  const ran = await shell.run('keys next --certificate some.crt')

  assert.equal(ran.exitCode, 2)
})
