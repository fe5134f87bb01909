// One AuthnRequest after another: several tabs, reloads, replays, and requests that ask for more than a
// sign-in. After the return address is proven, every no travels as a signed status.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newRequestId, postRequest, requestUrl } from '../support/authn-request.ts'
import { Browser, type Seen } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import { secondProcess, sharedHouse } from '../support/shared-house.ts'
import {
  answerXml,
  codeOf,
  connected,
  leavingForm,
  loggedCode,
  newCustomer,
  signedIn,
  signInAtPortal,
  statusesOf,
  titleOf,
  verdictOf,
} from '../support/steps.ts'

/** The id of the request that an answer on its way is for. */
function answers(seen: Seen): string | undefined {
  return /<saml2p:Response [^>]*InResponseTo="([^"]+)"/.exec(answerXml(seen))?.[1]
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  test('two tabs with two requests each get their own answer', async () => {
    const { person } = await connected(house())
    const browser = new Browser()
    const login = `${house().sandbox.url}/authui/saml/login?xAccountType=sandbox_IDP&isFirstLogin=false`

    const firstTab = await browser.go(login)
    const secondTab = await browser.go(login)
    const second = await signInAtPortal(browser, secondTab, person)
    const first = await signInAtPortal(browser, firstTab, person)

    assert.deepEqual([first, second].map(verdictOf), ['accepted', 'accepted'])
    const xmls = house()
      .sandbox.readState()
      .arrivals.slice(0, 2)
      .map(({ xml }) => xml ?? '')
    const ids = xmls.map((xml) => /InResponseTo="([^"]+)"/.exec(xml)?.[1])
    assert.equal(new Set(ids).size, 2)
  })

  test('each tab gets back the state that its own request brought', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))
    const requests = ['one', 'two'].map((relayState) => ({ id: newRequestId(), relayState }))

    const tabs = await Promise.all(requests.map((wish) => browser.go(requestUrl(house(), wish))))

    assert.deepEqual(
      tabs.map((tab) => ({ id: answers(tab), relayState: leavingForm(tab).fields['RelayState'] })),
      requests,
    )
  })

  test('a request that is reloaded before the sign-in is still one request', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()
    const url = requestUrl(house())

    const shown = await browser.go(url)
    const shownAgain = await browser.go(url)
    const end = await browser.submit(shownAgain, '/portal/sign-in', person)
    const answered = await browser.post(leavingForm(end).action, leavingForm(end).fields, end.url)

    assert.equal(titleOf(shown), titleOf(shownAgain))
    assert.deepEqual(statusesOf(answerXml(answered)), ['Success'])
  })

  test('the Back button after the answer gives no second answer', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))
    const url = requestUrl(house())

    const first = await browser.go(url)
    const second = await browser.go(url)

    assert.deepEqual(statusesOf(answerXml(first)), ['Success'])
    assert.deepEqual(statusesOf(answerXml(second)), ['Requester', 'RequestDenied'])
    assert.ok(!answerXml(second).includes('saml2:Assertion'))
  })

  test('a request that somebody else has seen is of no use in their browser', async () => {
    const victim = new Browser()
    const url = requestUrl(house())
    await victim.go(url)
    const thief = await signedIn(house(), await newCustomer(house()))

    const denied = await thief.go(url)

    assert.deepEqual(statusesOf(answerXml(denied)), ['Requester', 'RequestDenied'])
    assert.equal(loggedCode(house()), 'SAML_REPLAYED')
  })

  test('ten browsers with one request at the same time: one of them may go on', async () => {
    const person = await newCustomer(house())
    const browsers = await Promise.all(Array.from({ length: 10 }, () => signedIn(house(), person)))
    const url = requestUrl(house())

    const ends = await Promise.all(browsers.map((browser) => browser.go(url)))

    const outcomes = ends.map((seen) => statusesOf(answerXml(seen)).join(' '))
    assert.equal(outcomes.filter((outcome) => outcome === 'Success').length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === 'Requester RequestDenied').length, 9)
  })

  test('one browser with the same request in many tabs at once gets one answer', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))
    const url = requestUrl(house())

    const tabs = await Promise.all(Array.from({ length: 8 }, () => browser.go(url)))

    const outcomes = tabs.map((seen) => statusesOf(answerXml(seen)).join(' '))
    assert.equal(outcomes.filter((outcome) => outcome === 'Success').length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === 'Requester RequestDenied').length, 7)
  })

  test('a request that one process has answered is denied by the other', async (t) => {
    const browser = await signedIn(house(), await newCustomer(house()))
    const other = await secondProcess(t, house())
    const url = requestUrl(house())

    const first = await browser.go(url)
    const second = await browser.go(url.replace(house().url, other))

    assert.deepEqual(statusesOf(answerXml(first)), ['Success'])
    assert.deepEqual(statusesOf(answerXml(second)), ['Requester', 'RequestDenied'])
  })

  test('a waiting request cannot be taken on in another browser', async () => {
    const person = await newCustomer(house())
    const first = new Browser()
    await first.go(requestUrl(house()))
    const parked = await postRequest(house(), first)
    const resume = parked.way.find((url) => url.includes('/saml/sso/resume')) ?? ''

    const taken = await (await signedIn(house(), person)).go(resume)

    assert.ok(resume.startsWith(house().url))
    assert.equal(taken.status, 410)
    assert.equal(codeOf(taken), 'SAML_REQUEST_GONE')
  })

  for (const id of ['', 'no-such-request', '%EF%BF%BF', 'x'.repeat(5000)]) {
    test(`there is nothing to take on under "${id.slice(0, 20)}"`, async () => {
      const browser = await signedIn(house(), await newCustomer(house()))

      const seen = await browser.go(`${house().url}/saml/sso/resume?request=${id}`)

      assert.equal(codeOf(seen), 'SAML_REQUEST_GONE')
    })
  }

  test('a request waits for half an hour and no longer', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()
    const parked = await postRequest(house(), browser)
    const resume = parked.way.find((url) => url.includes('/saml/sso/resume')) ?? ''
    house().clock.advance(31)

    const late = await signInAtPortal(browser, await browser.go(`${house().url}/`), person)
    const gone = await browser.go(resume)

    assert.equal(titleOf(late), 'Your Huawei Cloud')
    assert.equal(codeOf(gone), 'SAML_REQUEST_GONE')
  })

  test('a request by form post is answered although the post brings no cookie [S20]', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))
    const id = newRequestId()

    const end = await postRequest(house(), browser, { id, relayState: 'posted' })

    assert.deepEqual(statusesOf(answerXml(end)), ['Success'])
    assert.equal(answers(end), id)
    assert.equal(leavingForm(end).fields['RelayState'], 'posted')
    assert.equal(
      leavingForm(end).action,
      `${house().sandbox.url}/authui/saml/SAMLAssertionConsumer`,
    )
  })

  test('a request by form post outlives the sign-in at the portal', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()
    const id = newRequestId()

    const page = await postRequest(house(), browser, { id })
    const handOff = await browser.submit(page, '/portal/sign-in', person)
    const end = await browser.post(
      leavingForm(handOff).action,
      leavingForm(handOff).fields,
      handOff.url,
    )

    assert.equal(answers(end), id)
    assert.deepEqual(statusesOf(answerXml(end)), ['Success'])
  })

  test('nobody is shown a sign-in page when Huawei Cloud forbids it [S26]', async () => {
    await newCustomer(house())
    const url = requestUrl(house(), { isPassive: true })

    const end = await new Browser().go(url)

    assert.deepEqual(statusesOf(answerXml(end)), ['Responder', 'NoPassive'])
  })

  test('somebody who is signed in is answered without a page [S20]', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))

    const end = await browser.go(requestUrl(house(), { isPassive: true }))

    assert.deepEqual(statusesOf(answerXml(end)), ['Success'])
  })

  test('a fresh sign-in is asked for when Huawei Cloud wants one [S25]', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)
    house().clock.advance(1)

    const page = await browser.go(requestUrl(house(), { wantsFreshSignIn: true }))
    const handOff = await browser.submit(page, '/portal/sign-in', person)
    const end = await browser.post(
      leavingForm(handOff).action,
      leavingForm(handOff).fields,
      handOff.url,
    )

    assert.ok(page.url.includes('prompt=login'))
    assert.deepEqual(statusesOf(answerXml(end)), ['Success'])
    const instant = /AuthnInstant="([^"]+)"/.exec(answerXml(end))?.[1]
    assert.equal(instant, house().clock.now().toISOString())
  })

  test('a fresh sign-in that nobody may be asked for is refused [S25]', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))
    house().clock.advance(1)

    const end = await browser.go(requestUrl(house(), { wantsFreshSignIn: true, isPassive: true }))

    assert.deepEqual(statusesOf(answerXml(end)), ['Responder', 'NoPassive'])
  })

  test('a customer who is disabled in the middle is refused with a signed status [S29]', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)
    await house().store.accounts.setEnabled(person.accountId, false)

    const end = await browser.go(requestUrl(house()))

    assert.deepEqual(statusesOf(answerXml(end)), ['Responder', 'AuthnFailed'])
    assert.ok(!answerXml(end).includes('saml2:Assertion'))
    assert.equal(loggedCode(house()), 'ACCOUNT_DISABLED')
  })

  test('a customer who is disabled while the request waits does not come through', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()
    const page = await browser.go(requestUrl(house()))
    const handOff = await browser.submit(page, '/portal/sign-in', person)
    await house().store.accounts.setEnabled(person.accountId, false)

    const end = await browser.post(
      leavingForm(handOff).action,
      leavingForm(handOff).fields,
      handOff.url,
    )

    assert.equal(codeOf(end), 'ACCOUNT_DISABLED')
  })

  test('a request that has been refused is not answered after all', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)
    await house().store.accounts.setEnabled(person.accountId, false)
    const url = requestUrl(house())
    await browser.go(url)
    await house().store.accounts.setEnabled(person.accountId, true)

    const end = await browser.go(url)

    assert.deepEqual(statusesOf(answerXml(end)), ['Requester', 'RequestDenied'])
  })

  test('the state that Huawei Cloud sends comes back unchanged, markup and all', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))
    const relayState = `"><script>alert(1)</script>&amp; ü 雲 ${'x'.repeat(300)}`

    const end = await browser.go(requestUrl(house(), { relayState }))

    assert.equal(leavingForm(end).fields['RelayState'], relayState)
    assert.ok(!end.body.includes('<script>alert'))
  })
})
