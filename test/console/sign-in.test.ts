// Who gets into the console, and who does not.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword } from '../../src/signin/password.ts'
import { account } from '../store/records.ts'
import { Browser, type Seen } from '../support/browser.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { addOperator, OPERATOR, operatorsBrowser, signIn, startConsole } from './start.ts'

const SCREENS = [
  '/console',
  '/console/customers?q=ann',
  '/console/customers/detail?account=c-100',
  '/console/bindings?state=bound',
  '/console/notices',
  '/console/activations',
]

const FORM = '/console/sign-in'

const NEXT = [
  { next: '/console/customers?q=ann', leadsTo: '/console/customers?q=ann' },
  { next: '/console', leadsTo: '/console' },
  { next: '/launch', leadsTo: '/console' },
  { next: '/consoles', leadsTo: '/console' },
  { next: 'https://evil.example/console', leadsTo: '/console' },
  { next: '//evil.example/console', leadsTo: '/console' },
]

const REFUSED = [
  { title: 'with a wrong password', fields: { password: 'some other password' } },
  { title: 'under a name nobody has', fields: { login: 'nobody' } },
  { title: 'with an empty password', fields: { password: '' } },
]

forEachEngine((engine) => {
  for (const path of SCREENS) {
    test(`${path} asks somebody without a session to sign in first`, async (t) => {
      const origin = await startConsole(t, await freshStore(t, engine))

      const seen = await new Browser().go(origin + path)

      assert.equal(seen.url, `${origin}${FORM}?next=${encodeURIComponent(path)}`)
      assert.equal(seen.headers.get('cache-control'), 'no-store')
      assert.match(seen.body, /<h1>Sign in to the console/)
    })
  }

  for (const { next, leadsTo } of NEXT) {
    test(`a sign-in that asks for ${next} leads to ${leadsTo}`, async (t) => {
      const store = await freshStore(t, engine)
      await addOperator(store)
      const origin = await startConsole(t, store)
      const browser = new Browser()

      const signedIn = await signIn(browser, origin, { next })
      const again = await browser.go(`${origin}${FORM}?next=${encodeURIComponent(next)}`)

      assert.equal(signedIn.status, 200)
      assert.equal(signedIn.url, origin + leadsTo)
      assert.equal(again.url, origin + leadsTo, 'somebody who is signed in needs no form')
    })
  }

  for (const { title, fields } of REFUSED) {
    test(`nobody gets in ${title}, and the form comes back`, async (t) => {
      const store = await freshStore(t, engine)
      await addOperator(store)
      const origin = await startConsole(t, store)
      const browser = new Browser()

      const refused = await signIn(browser, origin, { next: '/console/notices', ...fields })
      const after = await browser.go(`${origin}/console`)

      assert.equal(refused.status, 401)
      assert.match(
        refused.body,
        /role="alert"[^>]*><p>The sign-in name or the password is not right/,
      )
      assert.match(refused.body, /name="next" value="\/console\/notices"/)
      assert.equal(after.url, `${origin}${FORM}?next=%2Fconsole`)
    })
  }

  test('an operator who is disabled does not get in with the right password', async (t) => {
    const store = await freshStore(t, engine)
    await addOperator(store, false)
    const origin = await startConsole(t, store)

    const refused = await signIn(new Browser(), origin)

    assert.equal(refused.status, 401)
  })

  test('after ten wrong passwords even the right one has to wait', async (t) => {
    const store = await freshStore(t, engine)
    await addOperator(store)
    const origin = await startConsole(t, store)
    const wrong = { password: 'some other password' }
    for (let turn = 0; turn < 10; turn += 1) await signIn(new Browser(), origin, wrong)

    const throttled = await signIn(new Browser(), origin)

    assert.equal(throttled.status, 429)
    assert.match(throttled.body, /too many attempts/)
  })

  test('a customer cannot enter, by session or by password', async (t) => {
    const store = await freshStore(t, engine)
    const passwordHash = await hashPassword(OPERATOR.password)
    await store.accounts.add(account({ login: OPERATOR.login, passwordHash }))
    const origin = await startConsole(t, store)
    const browser = new Browser()
    const asCustomer = await signInAsCustomer(browser, origin, OPERATOR)

    const entered = await browser.go(`${origin}/console`)
    const asOperator = await signIn(browser, origin)

    assert.equal(asCustomer.url, `${origin}/`, 'the customer must be in, or this proves nothing')
    assert.equal(entered.url, `${origin}${FORM}?next=%2Fconsole`)
    assert.equal(asOperator.status, 401)
  })

  test('a form without its token signs nobody in or out', async (t) => {
    const store = await freshStore(t, engine)
    await addOperator(store)
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)

    const signedIn = await new Browser().post(origin + FORM, OPERATOR, origin)
    const signedOut = await browser.post(`${origin}/console/sign-out`, {}, origin)
    const after = await browser.go(`${origin}/console`)

    assert.equal(signedIn.status, 403)
    assert.equal(signedOut.status, 403)
    assert.match(signedOut.body, /FORM_EXPIRED/)
    assert.equal(after.url, `${origin}/console`)
  })

  test('signing out of the console ends the visit and leaves a customer signed in', async (t) => {
    const store = await freshStore(t, engine)
    await addOperator(store)
    const passwordHash = await hashPassword(OPERATOR.password)
    await store.accounts.add(account({ login: 'ann', passwordHash }))
    const origin = await startConsole(t, store)
    const browser = new Browser()
    await signInAsCustomer(browser, origin, { ...OPERATOR, login: 'ann' })
    const inside = await signIn(browser, origin)

    const out = await browser.submit(inside, '/console/sign-out')
    const operator = await browser.go(`${origin}/console`)
    const customer = await browser.go(`${origin}/sign-in`)

    assert.equal(out.url, origin + FORM)
    assert.equal(operator.url, `${origin}${FORM}?next=%2Fconsole`)
    assert.equal(customer.url, `${origin}/`, 'a customer who is signed in needs no form')
  })
})

async function signInAsCustomer(
  browser: Browser,
  origin: string,
  fields: Readonly<Record<string, string>>,
): Promise<Seen> {
  const form = await browser.go(`${origin}/sign-in`)
  return browser.submit(form, '/sign-in', fields)
}
