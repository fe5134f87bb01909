// A customer's own page of sessions: they see where they are signed in and who tried, and end what they do
// not know.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeAgent } from '../../src/session/agent.ts'
import { hashPassword } from '../../src/signin/password.ts'
import { SESSION_TEXTS } from '../../src/signin/texts/sessions.ts'
import type { Store } from '../../src/store/store.ts'
import { startConsole } from '../console/start.ts'
import { account, person, session } from '../store/records.ts'
import { Browser, formsOf } from '../support/browser.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'

const PASSWORD = 'a password of ten letters'

async function prepare(store: Store): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD)
  await store.accounts.add(account({ passwordHash }))
  await store.accounts.add(
    account({ accountId: 'c-200', login: 'bob', email: undefined, passwordHash }),
  )
}

async function signedIn(origin: string, login = 'ann', password = PASSWORD): Promise<Browser> {
  const browser = new Browser()
  const form = await browser.go(`${origin}/sign-in`)
  await browser.submit(form, '/sign-in', { login, password })
  return browser
}

const AGENTS = [
  {
    header: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0',
    words: 'Firefox, Windows',
  },
  {
    header:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    words: 'Safari, iPhone',
  },
  {
    header:
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
    words: 'Edge, Linux',
  },
  { header: 'curl/8.5.0', words: undefined },
  { header: undefined, words: undefined },
]

for (const { header, words } of AGENTS) {
  test(`${words ?? 'nothing'} is said of the browser ${header ?? 'without a name'}`, () => {
    assert.equal(describeAgent(header), words)
  })
}

forEachEngine((engine) => {
  test('somebody without a session is sent to sign in', async (t) => {
    const origin = await startConsole(t, await freshStore(t, engine))

    const seen = await new Browser().go(`${origin}/sessions`)

    assert.ok(seen.url.includes('/sign-in'), seen.url)
  })

  test('a customer sees their sessions and attempts, and nobody else’s', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const origin = await startConsole(t, store)
    await signedIn(origin, 'ann', 'not the right password')
    await signedIn(origin, 'bob')
    const browser = await signedIn(origin)

    const page = await browser.go(`${origin}/sessions`)

    assert.equal(page.body.match(/<li>/g)?.length, 1)
    assert.equal(page.body.match(/class="badge bad">refused</g)?.length, 1)
    assert.equal(page.body.match(/class="badge good">signed in</g)?.length, 1)
    assert.match(page.body, /This browser/)
  })

  test('ending all others leaves this browser, and takes effect at the next click', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const origin = await startConsole(t, store)
    const lost = await signedIn(origin)
    const bobs = await signedIn(origin, 'bob')
    const browser = await signedIn(origin)
    const page = await browser.go(`${origin}/sessions`)

    const [form] = formsOf(page).filter(({ action }) => action.endsWith('/sessions'))
    const after = await browser.post(
      `${origin}/sessions`,
      { ...form?.fields, end: 'others' },
      page.url,
    )

    assert.equal(after.body.match(/<li>/g)?.length, 1)
    assert.ok((await lost.go(`${origin}/sessions`)).url.includes('/sign-in'))
    assert.equal((await bobs.go(`${origin}/sessions`)).status, 200)
    const ended = await store.audit.list({ action: 'session.ended', limit: 10 })
    assert.deepEqual(
      ended.map(({ actor, subject, after: facts }) => [actor, subject, facts]),
      [[{ kind: 'customer', id: 'c-100' }, 'c-100', { sessions: 1 }]],
    )
  })

  test('one session is ended by its button, and that of somebody else is not', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const expiresAt = new Date(NOW.getTime() + 60_000)
    const mine = person({ startedAt: new Date(NOW.getTime() - 1000) })
    await store.sessions.save('mine', session({ expiresAt, people: [mine] }))
    await store.sessions.save('bobs', session({ expiresAt, people: [person({ id: 'c-200' })] }))
    const origin = await startConsole(t, store)
    const browser = await signedIn(origin)
    const page = await browser.go(`${origin}/sessions`)
    const [form] = formsOf(page).filter(({ action }) => action.endsWith('/sessions'))

    for (const end of ['bobs', 'mine', '']) {
      await browser.post(`${origin}/sessions`, { ...form?.fields, end }, page.url)
    }

    assert.equal(await store.sessions.find('mine', NOW), undefined)
    assert.equal(await store.sessions.find('bobs', NOW), 'body')
    assert.equal((await browser.go(`${origin}/sessions`)).status, 200)
  })

  test('a customer who is disabled is out at once, and one who is enabled signs in anew', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const origin = await startConsole(t, store)
    const browser = await signedIn(origin)

    await store.accounts.setEnabled('c-100', false)
    await store.accounts.setEnabled('c-100', true)
    const after = await browser.go(`${origin}/sessions`)

    assert.ok(after.url.includes('/sign-in'), after.url)
  })

  test('a request of somebody who was signed out meanwhile does not bring the session back', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const origin = await startConsole(t, store)
    const browser = await signedIn(origin)
    const [entry] = await store.sessions.listOf('c-100', NOW)

    await store.sessions.end(entry?.idHash ?? '')
    await browser.go(`${origin}/sign-in`)
    await browser.go(`${origin}/sessions`)

    assert.deepEqual(await store.sessions.listOf('c-100', NOW), [])
  })
})

test('the page speaks every language', () => {
  const titles = Object.values(SESSION_TEXTS).map(({ title }) => title)

  assert.equal(new Set(titles).size, 5)
})
