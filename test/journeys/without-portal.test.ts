// A partner without a portal that vouches for people, and without a key for the partner API: customers
// sign in here, and connect their accounts on Huawei's own page.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  cloudAccounts,
  codeOf,
  createAndBind,
  goToConnect,
  newCustomer,
  signInHere,
  titleOf,
  verdictOf,
} from '../support/steps.ts'

function unconfirmedLines(house: House) {
  return house.log().filter(({ event }) => event === 'binding.unconfirmed')
}

forEachEngine((engine) => {
  const house = sharedHouse(engine, {
    environment: (sandboxUrl) => ({
      HUAWEI_SITE: 'custom',
      HUAWEI_AUTH_URL: sandboxUrl,
      HUAWEI_CONSOLE_URL: sandboxUrl,
      HUAWEI_IAM_URL: sandboxUrl,
      HUAWEI_BSS_URL: sandboxUrl,
      HUAWEI_PLATFORM_ID: 'sandbox_IDP',
      HUAWEI_PARTNER_ID: 'sandboxpartner0001',
    }),
  })

  test('somebody who is sent by Huawei Cloud signs in here and goes on', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()
    const { url } = house().sandbox

    const form = await browser.go(
      `${url}/authui/saml/login?xAccountType=sandbox_IDP&isFirstLogin=true`,
    )
    const asked = await browser.settle(await browser.submit(form, '/sign-in', person))
    const reply = await createAndBind(browser, asked, `direct-${person.name}`)
    const end = await browser.settle(await browser.go(`${house().url}/launch`))

    assert.equal(new URL(form.url).pathname, '/sign-in')
    assert.equal(titleOf(reply), 'Being confirmed')
    assert.equal(verdictOf(end), 'accepted', 'they get in, though nobody can confirm it')
  })

  test('the wish of the first click is there after a wrong password', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()

    const wrong = await signInHere(
      house(),
      browser,
      { ...person, password: 'not the password' },
      '/launch',
    )
    const next = await browser.submit(wrong, '/sign-in', { password: person.password })
    const end = await goToConnect(browser, await browser.settle(next))

    assert.equal(wrong.status, 401)
    assert.ok(wrong.body.includes(`value="${person.login}"`), 'the name is there already')
    assert.ok(!wrong.body.includes('not the password'))
    assert.equal(verdictOf(end), 'create-and-bind')
  })

  test('a connection that nobody here can have confirmed is held, and no second one is offered', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()
    const asked = await signInHere(house(), browser, person, '/launch')

    await createAndBind(browser, asked, `unasked-${person.name}`)
    await house().app.tidy()
    const home = await browser.go(house().url)
    const again = await browser.go(`${house().url}/connect`)

    const { state, domainId, held } = await house().store.bindings.find(person.accountId)
    const [account] = cloudAccounts(house(), person)
    assert.deepEqual({ state, domainId }, { state: 'asked', domainId: undefined })
    assert.equal(held?.domainId, account?.domainId)
    assert.match(home.body, /confirming/)
    assert.ok(!home.body.includes('href="/connect"'))
    assert.ok(
      again.way.some((url) => url.includes('isFirstLogin=false')),
      'who was connected there is not led to open another account',
    )
  })

  test('what nobody can confirm is one line in the log for each round, however much it is', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const person = await newCustomer(house())
      const browser = new Browser()
      const asked = await signInHere(house(), browser, person, '/launch')
      await createAndBind(browser, asked, `silent-${person.name}`)
    }
    const before = unconfirmedLines(house()).length

    await house().app.tidy()

    const [line, ...others] = unconfirmedLines(house()).slice(before)
    assert.equal(line?.['code'], 'PARTNER_NOT_CONFIGURED')
    assert.ok(Number(line?.['times']) >= 3)
    assert.deepEqual(others, [])
  })

  test('a hand-off is refused as long as no portal is named', async () => {
    const seen = await new Browser().go(`${house().url}/sign-in/handoff?token=a.b.c`)

    assert.equal(seen.status, 404)
    assert.equal(codeOf(seen), 'HANDOFF_NOT_CONFIGURED')
  })

  test('opening an account here is neither offered nor possible', async () => {
    const browser = new Browser()
    const home = await signInHere(house(), browser, await newCustomer(house()))

    const page = await browser.go(`${house().url}/activate`)

    assert.ok(!home.body.includes('/activate'))
    assert.ok(home.body.includes('href="/launch"'))
    assert.equal(codeOf(page), 'ACTIVATION_NOT_OFFERED')
  })
})
