// How a sign-in ends: by the customer, by Huawei Cloud, by an operator, or by time.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { secondProcess, sharedHouse } from '../support/shared-house.ts'
import {
  codeOf,
  connected,
  newCustomer,
  openHuawei,
  signedIn,
  signInHere,
  titleOf,
  verdictOf,
} from '../support/steps.ts'

/** Whether the browser may see the customer's page without signing in. */
async function isSignedIn(house: House, browser: Browser): Promise<boolean> {
  const seen = await browser.go(`${house.url}/`)
  return titleOf(seen) === 'Your Huawei Cloud'
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  test('a customer signs out, and the old cookie opens nothing', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))
    const old = browser.cookies('localhost').get('idp') ?? ''

    const asked = await browser.go(`${house().url}/sign-out`)
    const done = await browser.submit(asked, '/sign-out')
    const thief = new Browser()
    thief.plant('localhost', 'idp', old)

    assert.equal(titleOf(asked), 'Sign out?')
    assert.equal(titleOf(done), 'Signed out')
    assert.equal(await isSignedIn(house(), browser), false)
    assert.equal(await isSignedIn(house(), thief), false)
  })

  test('a link alone signs nobody out', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))

    await browser.go(`${house().url}/sign-out`)

    assert.equal(await isSignedIn(house(), browser), true)
  })

  test('half an hour without a click ends the sign-in, a minute less does not', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))

    house().clock.advance(29)
    const early = await isSignedIn(house(), browser)
    house().clock.advance(29)
    const stillEarly = await isSignedIn(house(), browser)
    house().clock.advance(31)
    const late = await isSignedIn(house(), browser)

    assert.deepEqual([early, stillEarly, late], [true, true, false])
  })

  test('after twelve hours everybody signs in again, however busy they were', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))
    const states: boolean[] = []

    for (let passed = 0; passed < 12 * 60; passed += 20) {
      house().clock.advance(20)
      states.push(await isSignedIn(house(), browser))
    }

    assert.equal(states.lastIndexOf(true), states.length - 2, 'true until 11:40')
    assert.equal(states.indexOf(false), states.length - 1, 'false at 12:00')
  })

  test('every process knows who is signed in, and who is not any more', async (t) => {
    const browser = await signedIn(house(), await newCustomer(house()))
    const other = { ...house(), url: await secondProcess(t, house()) }

    const before = await isSignedIn(other, browser)
    await browser.submit(await browser.go(`${house().url}/sign-out`), '/sign-out')
    const after = await isSignedIn(other, browser)

    assert.deepEqual([before, after], [true, false])
  })

  test('a customer who is disabled is out at the next click, and in again when enabled', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)

    await house().store.accounts.setEnabled(person.accountId, false)
    const disabled = await browser.go(`${house().url}/`)
    const byForm = await signInHere(house(), new Browser(), person)
    await house().store.accounts.setEnabled(person.accountId, true)
    const enabled = await isSignedIn(house(), browser)
    const again = await signedIn(house(), person)

    assert.equal(codeOf(disabled), 'ACCOUNT_DISABLED')
    assert.equal(codeOf(byForm), 'ACCOUNT_DISABLED')
    assert.equal(enabled, false, 'the old session does not come back')
    assert.equal(await isSignedIn(house(), again), true)
  })

  test('signing out of Huawei Cloud ends the sign-in here as well [S40]', async () => {
    const { browser, person } = await connected(house())
    const inside = await openHuawei(house(), browser, person)

    const out = await browser.settle(await browser.go(`${house().sandbox.url}/authui/saml/logout`))

    assert.equal(verdictOf(inside), 'accepted')
    assert.equal(titleOf(out), 'You are signed out of Huawei Cloud')
    assert.equal(verdictOf(out), 'accepted')
    assert.equal(await isSignedIn(house(), browser), false)
  })

  test('signing out of Huawei Cloud in one browser leaves the other one signed in', async () => {
    const { browser, person } = await connected(house())
    const other = await signedIn(house(), person)
    await openHuawei(house(), browser, person)
    await openHuawei(house(), other, person)

    await browser.go(`${house().sandbox.url}/authui/saml/logout`)

    assert.equal(await isSignedIn(house(), browser), false)
    assert.equal(await isSignedIn(house(), other), true)
  })

  test('a customer and an operator in one browser come and go without the other', async () => {
    const { browser, person } = await connected(house())
    const form = await browser.go(`${house().url}/console/sign-in`)
    const operator = { login: 'operator', password: 'operator-password-1' }
    await browser.submit(form, '/console/sign-in', operator)

    const stillIn = await isSignedIn(house(), browser)
    await browser.submit(await browser.go(`${house().url}/sign-out`), '/sign-out')
    const console = await browser.go(`${house().url}/console`)

    assert.equal(stillIn, true, person.login)
    assert.equal(await isSignedIn(house(), browser), false)
    assert.equal(new URL(console.url).pathname, '/console')
  })
})
