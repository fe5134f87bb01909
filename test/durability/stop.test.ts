// How the program ends: by SIGTERM in the middle of a request, or at once when it cannot start.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { Browser, formsOf } from '../support/browser.ts'
import { type Installation, install, readCustomer, run, start } from './program.ts'

/** A sign-in whose body is held back until somebody asks for it to be sent. */
async function heldSignIn(installation: Installation) {
  const browser = new Browser()
  const [form] = formsOf(await browser.go(`${installation.url}/sign-in`))
  const { login, password } = await readCustomer(installation)
  const body = new URLSearchParams({ ...form?.fields, login, password }).toString()
  const cookie = [...browser.cookies('localhost')].map((pair) => pair.join('=')).join('; ')
  const call = request(`${installation.url}/sign-in`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': body.length,
      Cookie: cookie,
      // The server says 100 Continue: then the request is under way for certain.
      Expect: '100-continue',
    },
  })
  call.flushHeaders()
  await once(call, 'continue')
  return {
    finish: async () => {
      const answered = once(call, 'response')
      call.end(body)
      const [answer] = (await answered) as [IncomingMessage]
      await text(answer)
      return answer
    },
  }
}

test('SIGTERM lets the request that is under way finish, and then everything ends', async (t) => {
  const installation = await install(t, {})
  const program = await start(t, installation)
  const signIn = await heldSignIn(installation)

  program.kill('SIGTERM')
  const answer = await signIn.finish()
  const code = await program.ended

  assert.equal(answer.statusCode, 303)
  assert.equal(answer.headers.location, '/')
  assert.equal(code, 0, 'and the sandbox has ended with it')
  assert.match(program.errors(), /"event":"stopping".*"event":"stopped"/s)
})

test('nobody new is let in after SIGTERM', async (t) => {
  const installation = await install(t, {})
  const program = await start(t, installation)

  program.kill('SIGTERM')
  await program.ended

  await assert.rejects(fetch(`${installation.url}/sign-in`))
})

test('wrong options end the start with 78, all of them named at once', async (t) => {
  const installation = await install(t, {
    HUAWEI_SITE: 'moon',
    PORT: '99999',
    SESSION_MINUTES: 'soon',
    DATABASE_URL: 'mysql://db/idp',
    HUAWEI_SECRET_KEY_FILE: '/no/such/file',
    LOG_LEVEL: 'loud',
  })

  const program = run(t, installation)

  assert.equal(await program.ended, 78)
  const names = [...program.errors().matchAll(/^ {2}([A-Z_]+): must/gm)].map(([, name]) => name)
  assert.deepEqual(names.toSorted(), [
    'DATABASE_URL',
    'HUAWEI_SECRET_KEY_FILE',
    'HUAWEI_SITE',
    'LOG_LEVEL',
    'PORT',
    'SESSION_MINUTES',
  ])
  assert.ok(program.errors().includes('but is "soon"'))
})

const BROKEN_STARTS = [
  {
    title: 'a key that is none',
    spoil: async ({ folder }: Installation) => {
      await writeFile(join(folder, 'certs/signing.key'), 'no key', { mode: 0o600 })
      await writeFile(join(folder, 'certs/signing.crt'), 'no certificate')
    },
    environment: {},
    code: 78,
    says: /^KEY_UNUSABLE: /m,
  },
  {
    title: 'a database that is not there',
    spoil: async () => {},
    environment: { DATABASE_URL: 'postgres://nobody:secret-of-the-database@127.0.0.1:1/idp' },
    code: 78,
    says: /^STORE_UNAVAILABLE: /m,
  },
] as const

for (const { title, spoil, environment, code, says } of BROKEN_STARTS) {
  test(`${title} ends the start with ${code} and a sentence`, async (t) => {
    const installation = await install(t, environment)
    await spoil(installation)

    const program = run(t, installation)

    assert.equal(await program.ended, code)
    assert.match(program.errors(), says)
    assert.ok(!program.errors().includes('secret-of-the-database'))
  })
}

test('a port that is taken ends the start, and leaves no sandbox behind', async (t) => {
  const installation = await install(t, {})
  const squatter = createServer().listen(Number(installation.environment['PORT']), '127.0.0.1')
  await once(squatter, 'listening')
  t.after(async () => {
    await once(squatter.close(), 'close')
  })

  const program = run(t, installation)

  assert.equal(await program.ended, 78)
  assert.match(program.errors(), /^An address is in use: .*EADDRINUSE/m)
})
