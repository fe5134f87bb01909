// The package's command as a process: streams and exit codes pass through it.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startShell } from './start.ts'

const BIN = fileURLToPath(new URL('../../src/cli/partner-idp.mjs', import.meta.url))

test('the command reads standard input, writes both streams, and ends as its program ends', async (t) => {
  const shell = await startShell(t)
  const run = (words: string, input = '') => {
    const env = { PATH: process.env['PATH'], ...shell.environment }
    const args = [BIN, ...words.split(' ')]
    return spawnSync(process.execPath, args, { input, env, encoding: 'utf8' })
  }

  const added = run('users add ann --account-id c-1 --password-stdin --json', 'ten letters long\n')
  const refused = run('users show nobody')
  const wrong = run('bogus')

  assert.deepEqual([added.status, added.stderr], [0, ''])
  assert.equal(JSON.parse(added.stdout).login, 'ann')
  assert.deepEqual([refused.status, refused.stdout], [1, ''])
  assert.match(refused.stderr, /^ACCOUNT_NOT_FOUND: /)
  assert.equal(wrong.status, 2)
})

test('the sandbox runs until it is told to end, and the command ends as it does', async (t) => {
  const shell = await startShell(t)
  const args = [BIN, 'sandbox', '--port', '0', '--data', shell.folder]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })

  const [said] = await once(child.stderr, 'data')
  child.kill('SIGTERM')
  const [exitCode] = await once(child, 'exit')

  assert.match(String(said), /runs at http:\/\/127\.0\.0\.1:\d+\/sandbox/)
  assert.equal(exitCode, 0)
})
