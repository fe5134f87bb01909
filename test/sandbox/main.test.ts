// The sandbox as a program of its own: it starts, keeps what it made, and ends when told.

import assert from 'node:assert/strict'
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/sandbox/main.ts', import.meta.url))

describe('the program sandbox', () => {
  let data: string
  before(() => {
    data = mkdtempSync(join(tmpdir(), 'sandbox-main-'))
  })
  after(() => rmSync(data, { recursive: true }))

  const start = async () => {
    const child = fork(MAIN, ['--port', '0', '--data', data], { stdio: 'ignore' })
    const [message] = await once(child, 'message')
    return { child, message }
  }

  test('says where it listens, keeps its keys to itself, and ends with its parent', async () => {
    const { child, message } = await start()
    const metadata = await fetch(`${message.url}/authui/saml/metadata.xml`)
    const state = await fetch(`${message.url}/sandbox/state.json`)
    const { throttling } = JSON.parse(await state.text())
    child.disconnect()
    const [code] = await once(child, 'exit')

    assert.equal(message.kind, 'ready')
    assert.equal(throttling, true, 'the program keeps to the limits that Huawei has')
    assert.equal(metadata.status, 200)
    assert.equal(code, 0)
    for (const name of ['sp.key', 'portal.key']) {
      assert.equal(statSync(join(data, name)).mode & 0o777, 0o600)
    }
  })

  test('has the same key after a restart, and ends on SIGTERM', async () => {
    const first = await start()
    const before = readFileSync(join(data, 'sp.key'), 'utf8')
    first.child.kill('SIGTERM')
    const [code] = await once(first.child, 'exit')
    const second = await start()
    second.child.kill('SIGTERM')
    await once(second.child, 'exit')

    assert.equal(code, 0)
    assert.equal(readFileSync(join(data, 'sp.key'), 'utf8'), before)
  })

  const USAGE = [
    { args: ['--unknown'], says: /--unknown/ },
    { args: ['--port', 'soon'], says: /--port: must be a whole number/ },
    { args: ['--idp-url', 'localhost'], says: /--idp-url: must be an http\(s\) URL/ },
  ]
  for (const { args, says } of USAGE) {
    test(`explains its options when it is started with ${args.join(' ')}`, () => {
      const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' })

      assert.equal(status, 2)
      assert.match(stderr, says)
      assert.match(stderr, /usage: node src\/sandbox\/main\.ts/)
    })
  }
})
