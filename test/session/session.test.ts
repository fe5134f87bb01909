// What a browser's session is worth: what is kept of it, when it is written, and when it is new. A small
// server with nothing but sessions; whole sign-ins are in test/journeys/.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Router } from 'express'
import { addSeconds } from '../../src/base/clock.ts'
import { createLog } from '../../src/base/log.ts'
import { systemRandom } from '../../src/base/random.ts'
import { createSessions } from '../../src/session/session.ts'
import type { Sessions as SessionRows } from '../../src/store/session-records.ts'
import { handle } from '../../src/web/departure.ts'
import { listen } from '../../src/web/listen.ts'
import { createServer } from '../../src/web/server.ts'
import { Browser } from '../support/browser.ts'
import type { Lifetime } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'

/** Rows in memory that tell what was done with them, and may take their time. */
function watchedRows(beforeSave: () => Promise<void> = async () => {}) {
  const rows = new Map<string, string>()
  const events: string[] = []
  const store: SessionRows = {
    find: async (idHash) => rows.get(idHash),
    save: async (idHash, { body }) => {
      await beforeSave()
      events.push('saved')
      rows.set(idHash, body)
    },
    replace: async (idHash, { body }) => {
      events.push('replaced')
      if (rows.has(idHash)) rows.set(idHash, body)
    },
    extend: async (idHash, { body }) => {
      events.push('extended')
      if (rows.has(idHash)) rows.set(idHash, body)
    },
    listOf: async () => [],
    end: async (idHash) => rows.delete(idHash),
    endAll: async () => 0,
    remove: async (idHash) => {
      events.push('removed')
      rows.delete(idHash)
    },
  }
  return { store, rows, events }
}

async function startServer(test: Lifetime, sessions: SessionRows) {
  let now = NOW
  const followed: string[][] = []
  const log = createLog('silent')
  const room = createSessions({
    store: {
      sessions,
      signIns: { add: async () => undefined, list: async () => [] },
      requests: { follow: async (...ids) => void followed.push(ids) },
    },
    record: async () => undefined,
    clock: { now: () => now },
    random: systemRandom,
    cookieSecret: 'the-secret-of-the-tests',
    isHttps: false,
    sessionMinutes: 30,
    sessionHoursMax: 12,
  })
  const router = Router()
  const say = (text: string) => ({ kind: 'redirect', to: `/end?${text}` }) as const
  router.get('/ping', (_request, response) => void response.send('pong'))
  router.get('/end', (_request, response) => void response.send('end'))
  const behind = Router()
  for (const each of room.middleware) behind.use(each)
  behind.get(
    '/browser',
    handle((request) => say(room.browserHash(request))),
  )
  behind.get(
    '/sign-in',
    handle(async (request) => {
      const role = request.originalUrl.includes('operator') ? 'operator' : 'customer'
      await room.signIn(request, role, { id: 'somebody', method: 'password' })
      return say(room.idHash(request))
    }),
  )
  behind.get(
    '/who',
    handle((request) => {
      const who = (['customer', 'operator'] as const).map((role) => room.find(request, role)?.id)
      return say(who.join('-'))
    }),
  )
  const app = createServer({ log, random: systemRandom, isHttps: false, trustProxy: 0 }, [
    router,
    behind,
  ])
  const front = await listen(app, { host: '127.0.0.1', port: 0 })
  test.after(() => front.drain(1))
  return {
    url: `http://127.0.0.1:${front.port}`,
    followed,
    wait: (seconds: number) => {
      now = addSeconds(now, seconds)
    },
  }
}

test('a browser is not sent on before its session is stored', async (t) => {
  let url = ''
  const pings: string[] = []
  // Time enough for the headers of a redirect to arrive, if they were out already.
  const slow = async () => {
    for (let ping = 0; ping < 5; ping += 1) pings.push(await (await fetch(`${url}/ping`)).text())
  }
  const { store, events } = watchedRows(slow)
  url = (await startServer(t, store)).url

  const answer = await fetch(`${url}/browser`, { redirect: 'manual' })
  events.push('sent on')

  assert.equal(answer.status, 303)
  assert.equal(pings.length >= 5, true)
  assert.deepEqual(events.slice(0, 2), ['saved', 'sent on'])
})

test('the store never sees the id that is in the cookie', async (t) => {
  const { store, rows } = watchedRows()
  const { url } = await startServer(t, store)
  const browser = new Browser()

  await browser.go(`${url}/sign-in`)

  const cookie = decodeURIComponent(browser.cookies('127.0.0.1').get('idp') ?? '')
  const id = /^s:([^.]+)\./.exec(cookie)?.[1] ?? ''
  assert.match(id, /^[\w-]{43}$/)
  assert.ok(!JSON.stringify([...rows]).includes(id))
})

test('a sign-in gives a new id, removes the old session and keeps the browser’s name', async (t) => {
  const { store, rows } = watchedRows()
  const { url } = await startServer(t, store)
  const browser = new Browser()

  const before = await browser.go(`${url}/browser`)
  const cookieBefore = browser.cookies('127.0.0.1').get('idp')
  await browser.go(`${url}/sign-in`)
  const after = await browser.go(`${url}/browser`)

  assert.notEqual(browser.cookies('127.0.0.1').get('idp'), cookieBefore)
  assert.equal(rows.size, 1)
  assert.equal(after.url, before.url, 'what was parked for this browser is still found')
})

test('a customer and an operator can be signed in side by side', async (t) => {
  const { store, rows } = watchedRows()
  const { url, followed } = await startServer(t, store)
  const browser = new Browser()

  await browser.go(`${url}/sign-in`)
  const [customers] = rows.keys()
  await browser.go(`${url}/sign-in?operator`)
  const who = await browser.go(`${url}/who`)

  assert.ok(who.url.endsWith('?somebody-somebody'))
  assert.deepEqual(followed, [[customers, ...rows.keys()]], 'single logout finds the session')
})

test('clicks are written once a minute, not once a click', async (t) => {
  const { store, events } = watchedRows()
  const { url, wait } = await startServer(t, store)
  const browser = new Browser()
  await browser.go(`${url}/sign-in`)
  wait(61)
  await browser.go(`${url}/who`)
  const written = events.length

  for (let click = 0; click < 5; click += 1) await browser.go(`${url}/who`)
  const afterClicks = events.length
  wait(61)
  await browser.go(`${url}/who`)

  assert.equal(afterClicks, written)
  assert.deepEqual(events.slice(afterClicks), ['extended'])
})

test('a visitor of whom nothing must be known gets no session', async (t) => {
  const { store, rows } = watchedRows()
  const { url } = await startServer(t, store)
  const browser = new Browser()

  await browser.go(`${url}/who`)

  assert.equal(rows.size, 0)
  assert.equal(browser.cookies('127.0.0.1').size, 0)
})
