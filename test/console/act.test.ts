// What an operator does to a customer in the console: asked once more, done at once, on record, and kept
// from those who may only look.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Store } from '../../src/store/store.ts'
import { account, person, session } from '../store/records.ts'
import { Browser, formsOf, type Seen } from '../support/browser.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'
import { addOperator, OPERATOR, operatorsBrowser, signIn, startConsole } from './start.ts'

const DETAIL = '/console/customers/detail'

/** The answer to the form of a page whose field `do` is `what`. */
function submit(browser: Browser, page: Seen, what: string): Promise<Seen> {
  return browser.submit(page, DETAIL, { do: what })
}

async function prepare(store: Store, hashes: readonly string[] = []): Promise<void> {
  await addOperator(store)
  await store.accounts.add(account())
  const expiresAt = new Date(NOW.getTime() + 3_600_000)
  for (const hash of hashes) {
    await store.sessions.save(hash, session({ expiresAt, people: [person()] }))
  }
}

/** What is on record of what operators did to somebody. */
async function done(store: Store): Promise<readonly (readonly unknown[])[]> {
  const records = await store.audit.follow({ after: 0, limit: 100, actor: OPERATOR.login })
  return records
    .filter(({ action }) => !['records.viewed', 'session.started'].includes(action))
    .map(({ action, subject, after }) => [action, subject, after])
}

forEachEngine((engine) => {
  test('a customer is disabled after a second word, and signed out everywhere', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store, ['one', 'two'])
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)
    const page = await browser.go(`${origin}${DETAIL}?account=c-100`)

    const question = await submit(browser, page, 'disable')
    const untouched = (await store.accounts.find('c-100'))?.isEnabled
    const after = await browser.submit(question, DETAIL)

    assert.equal(untouched, true)
    assert.ok(after.url.endsWith(`${DETAIL}?account=c-100`), after.url)
    assert.match(after.body, /There is none\./)
    assert.equal((await store.accounts.find('c-100'))?.isEnabled, false)
    assert.deepEqual(await store.sessions.listOf('c-100', NOW), [])
    assert.deepEqual(await done(store), [['user.disabled', 'c-100', undefined]])
  })

  test('one session of a customer is ended, and nobody else’s by its name', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store, ['one', 'two'])
    await store.accounts.add(account({ accountId: 'c-200', login: 'bob', email: undefined }))
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)
    const page = await browser.go(`${origin}${DETAIL}?account=c-100`)

    await browser.submit(page, DETAIL, { do: 'end-session', session: 'one' })
    await browser.submit(page, DETAIL, { do: 'end-session', session: 'two', account: 'c-200' })

    const left = await store.sessions.listOf('c-100', NOW)
    assert.deepEqual(
      left.map(({ idHash }) => idHash),
      ['two'],
    )
    assert.deepEqual(await done(store), [
      ['session.ended', 'c-100', { sessions: 1 }],
      ['session.ended', 'c-200', { sessions: 0 }],
    ])
  })

  test('a password link is shown once, and is not on record', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)
    const page = await browser.go(`${origin}${DETAIL}?account=c-100`)

    const question = await submit(browser, page, 'password-link')
    const shown = await browser.submit(question, DETAIL)

    const [, token = ''] = /\/password\/reset\?token=([\w-]{43})</.exec(shown.body) ?? []
    assert.notEqual(token, '', shown.body)
    assert.deepEqual(await done(store), [['password.link-made', 'c-100', undefined]])
    const everything = JSON.stringify(await store.audit.follow({ after: 0, limit: 100 }))
    assert.ok(!everything.includes(token))
  })

  test('a viewer sees everything and can change nothing, even with the form of an editor', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store, ['one'])
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)
    const editors = await browser.go(`${origin}${DETAIL}?account=c-100`)
    await store.operators.setRole(OPERATOR.login, 'viewer')

    const refused = await submit(browser, editors, 'end-sessions')
    const page = await browser.go(`${origin}${DETAIL}?account=c-100`)

    assert.equal(refused.status, 403)
    assert.match(refused.body, /OPERATOR_MAY_NOT/)
    assert.equal(page.status, 200)
    assert.ok(!page.body.includes('value="disable"'))
    assert.equal((await store.sessions.listOf('c-100', NOW)).length, 1)
  })

  test('an operator who is disabled is out at the next click', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)

    await store.operators.setEnabled(OPERATOR.login, false)
    const after = await browser.go(`${origin}/console`)

    assert.ok(after.url.includes('/console/sign-in'), after.url)
    assert.deepEqual(await store.sessions.listOf(OPERATOR.login, NOW, 'operator'), [])
  })

  test('an operator ends a session of their own in another browser, not this one', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const origin = await startConsole(t, store)
    const other = await operatorsBrowser(origin)
    const browser = await operatorsBrowser(origin)
    const page = await browser.go(`${origin}/console/sessions`)
    const ends = formsOf(page).filter(({ fields }) => fields['do'] === 'end-session')

    const after = await browser.submit(page, '/console/sessions', ends[0]?.fields ?? {})

    assert.equal(ends.length, 1, 'there is no button for this browser')
    assert.equal(after.status, 200)
    const gone = await other.go(`${origin}/console`)
    assert.ok(gone.url.includes('/console/sign-in'), gone.url)
  })

  test('looking at a customer is on record, and what was searched for is not', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)

    await browser.go(`${origin}/console/customers?q=ann@example.com`)
    await browser.go(`${origin}${DETAIL}?account=c-100`)
    await browser.go(`${origin}/console/metadata`)

    const viewed = await store.audit.list({ action: 'records.viewed', limit: 10 })
    assert.deepEqual(
      viewed.map(({ actor, subject, after, reference }) => [
        actor.id,
        subject,
        after,
        typeof reference,
      ]),
      [
        ['olivia', 'c-100', { screen: DETAIL }, 'string'],
        ['olivia', undefined, { screen: '/console/customers' }, 'string'],
      ],
    )
  })

  for (const spelling of ['/console/customers/', '/Console/CUSTOMERS']) {
    test(`looking at customers under the address ${spelling} is on record too`, async (t) => {
      const store = await freshStore(t, engine)
      await prepare(store)
      const origin = await startConsole(t, store)
      const browser = await operatorsBrowser(origin)

      const page = await browser.go(`${origin}${spelling}`)

      const viewed = await store.audit.list({ action: 'records.viewed', limit: 10 })
      assert.match(page.body, /c-100/)
      assert.deepEqual(
        viewed.map(({ after }) => after),
        [{ screen: '/console/customers' }],
      )
    })
  }

  test('the record is shown newest first, filtered and in pages', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    for (let turn = 1; turn <= 60; turn += 1) {
      const actor = { kind: 'command', id: '<b>root</b>' } as const
      const after = { turn }
      await store.audit.append({ action: 'user.changed', actor, subject: 'c-100', after }, NOW)
    }
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)

    const first = await browser.go(`${origin}/console/audit?subject=c-100&from=2000-01-01`)
    const [, next = ''] = /href="([^"]+)" rel="next"/.exec(first.body) ?? []
    const second = await browser.go(`${origin}${next.replaceAll('&amp;', '&')}`)
    const none = await browser.go(`${origin}/console/audit?to=2000-01-01`)
    const wrong = await browser.go(`${origin}/console/audit?action=user.vanished`)

    assert.match(first.body, /turn: 60</)
    assert.match(first.body, /command &lt;b&gt;root&lt;\/b&gt;/)
    assert.match(second.body, /turn: 10<[\s\S]*turn: 1</)
    assert.doesNotMatch(second.body, /turn: 11</)
    assert.match(none.body, /Nothing is on record for this/)
    assert.equal(wrong.status, 400)
  })

  test('sign-ins to the console are on record, the refused ones too, and no password', async (t) => {
    const store = await freshStore(t, engine)
    await prepare(store)
    const origin = await startConsole(t, store)

    await signIn(new Browser(), origin, { password: 'not the right one' })
    await signIn(new Browser(), origin, { login: 'a password typed into the wrong field' })
    const browser = await operatorsBrowser(origin)
    await browser.submit(await browser.go(`${origin}/console`), '/console/sign-out')

    const records = await store.audit.follow({ after: 0, limit: 100 })
    assert.deepEqual(
      records
        .filter(({ action }) => action.startsWith('session.'))
        .map(({ action, subject, address, after }) => [action, subject, address, after?.['code']]),
      [
        ['session.refused', 'olivia', '127.0.0.1', 'SIGN_IN_FAILED'],
        ['session.refused', undefined, '127.0.0.1', 'SIGN_IN_FAILED'],
        ['session.started', 'olivia', '127.0.0.1', undefined],
        ['session.ended', 'olivia', '127.0.0.1', undefined],
      ],
    )
    assert.doesNotMatch(JSON.stringify(records), /not the right one|wrong field|ten letters/)
    const history = await store.signIns.list('olivia', 'operator')
    assert.deepEqual(
      history.map(({ refusal }) => refusal),
      [undefined, 'SIGN_IN_FAILED'],
    )
  })
})
