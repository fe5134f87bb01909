// What a request may ask of the answer: how the person must have signed in, and by which name the site
// gets to know them. The house speaks plain http here, so a password is worth "Password".

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requestUrl, type Wish } from '../support/authn-request.ts'
import { Browser, type Seen } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { secondProcess, sharedHouse } from '../support/shared-house.ts'
import {
  answerXml,
  leavingForm,
  loggedCode,
  newCustomer,
  type Person,
  signedIn,
  statusesOf,
} from '../support/steps.ts'

const SAML_1 = 'urn:oasis:names:tc:SAML:1.1:nameid-format:'
const SAML_2 = 'urn:oasis:names:tc:SAML:2.0:nameid-format:'

/** The class that an answer names; what it says instead when it is a refusal. */
function contextOf(seen: Seen): string {
  const xml = answerXml(seen)
  const [, name] =
    /AuthnContextClassRef>urn:oasis:names:tc:SAML:2\.0:ac:classes:(\w+)</.exec(xml) ?? []
  return name ?? statusesOf(xml).join(' ')
}

function nameIn(seen: Seen): { format: string | undefined; value: string | undefined } {
  const xml = answerXml(seen)
  const [, attributes = '', value] = /<saml2:NameID ([^>]*)>([^<]*)</.exec(xml) ?? []
  return { format: /Format="([^"]*)"/.exec(attributes)?.[1], value }
}

/** A browser in which the portal has vouched for the person. */
async function vouchedFor(house: House, person: Person): Promise<Browser> {
  const browser = new Browser()
  const page = await browser.go(requestUrl(house))
  const handOff = await browser.submit(page, '/portal/sign-in', person)
  const { action, fields } = leavingForm(handOff)
  await browser.post(action, fields, handOff.url)
  return browser
}

/** Fills in the form of ours and goes on to the answer. */
function fillIn(browser: Browser, page: Seen, person: Person): Promise<Seen> {
  return browser.submit(page, '/sign-in', person)
}

const NO = 'Responder NoAuthnContext'

const BY_PASSWORD: readonly { context: NonNullable<Wish['context']>; answered: string }[] = [
  { context: ['exact', 'unspecified'], answered: 'unspecified' },
  { context: ['exact', 'Password'], answered: 'Password' },
  { context: ['exact', 'PasswordProtectedTransport'], answered: NO },
  { context: ['exact', 'Smartcard', 'Password'], answered: 'Password' },
  { context: ['exact', 'Smartcard'], answered: NO },
  { context: ['minimum', 'unspecified'], answered: 'Password' },
  { context: ['minimum', 'Password'], answered: 'Password' },
  { context: ['minimum', 'PasswordProtectedTransport'], answered: NO },
  { context: ['better', 'unspecified'], answered: 'Password' },
  { context: ['better', 'Password'], answered: NO },
  { context: ['maximum', 'unspecified'], answered: 'unspecified' },
  { context: ['maximum', 'PasswordProtectedTransport'], answered: 'Password' },
]

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  for (const { context, answered } of BY_PASSWORD) {
    test(`somebody with a password is asked for ${context.join(' ')}: ${answered}`, async () => {
      const browser = await signedIn(house(), await newCustomer(house()))

      const end = await browser.go(requestUrl(house(), { context }))

      assert.equal(contextOf(end), answered)
    })
  }

  test('somebody whom the portal vouches for counts as unspecified', async () => {
    const browser = await vouchedFor(house(), await newCustomer(house()))

    const end = await browser.go(requestUrl(house(), { context: ['exact', 'unspecified'] }))

    assert.equal(contextOf(end), 'unspecified')
  })

  test('where the portal’s word is not enough, the password is asked for here', async () => {
    const person = await newCustomer(house())
    const browser = await vouchedFor(house(), person)
    house().clock.advance(1)

    const page = await browser.go(requestUrl(house(), { context: ['exact', 'Password'] }))
    const end = await fillIn(browser, page, person)

    assert.equal(new URL(page.url).pathname, '/sign-in')
    assert.equal(contextOf(end), 'Password')
    const instant = /AuthnInstant="([^"]+)"/.exec(answerXml(end))?.[1]
    assert.equal(instant, house().clock.now().toISOString())
  })

  test('a stranger who must have a password is not sent to the portal', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()

    const page = await browser.go(requestUrl(house(), { context: ['minimum', 'Password'] }))
    const end = await fillIn(browser, page, person)

    assert.equal(new URL(page.url).pathname, '/sign-in')
    assert.equal(contextOf(end), 'Password')
  })

  test('nobody is shown a form for a better sign-in when Huawei Cloud forbids it', async () => {
    const browser = await vouchedFor(house(), await newCustomer(house()))
    const wish: Wish = { context: ['exact', 'Password'], isPassive: true }

    const end = await browser.go(requestUrl(house(), wish))

    assert.equal(contextOf(end), 'Responder NoPassive')
  })

  test('a sign-in that nobody can do here is refused before anybody is asked for one [S27]', async () => {
    const end = await new Browser().go(requestUrl(house(), { context: ['exact', 'Smartcard'] }))

    assert.equal(contextOf(end), NO)
    assert.equal(loggedCode(house()), 'SAML_NO_AUTHN_CONTEXT')
  })

  test('somebody who has no password here is not asked for one', async () => {
    const person = await newCustomer(house(), { hasPassword: false })
    const browser = await vouchedFor(house(), person)

    const end = await browser.go(requestUrl(house(), { context: ['exact', 'Password'] }))

    assert.equal(contextOf(end), NO)
  })

  test('a fresh sign-in of a certain kind is both: fresh and of that kind', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)
    house().clock.advance(1)
    const wish: Wish = { context: ['exact', 'Password'], wantsFreshSignIn: true }

    const page = await browser.go(requestUrl(house(), wish))
    const end = await fillIn(browser, page, person)

    assert.equal(new URL(page.url).pathname, '/sign-in')
    assert.equal(contextOf(end), 'Password')
    const instant = /AuthnInstant="([^"]+)"/.exec(answerXml(end))?.[1]
    assert.equal(instant, house().clock.now().toISOString())
  })

  test('two tabs with different wishes each get what they asked for', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()
    const strict: Wish = { context: ['exact', 'Password'], nameIdFormat: `${SAML_2}persistent` }

    const first = await browser.go(requestUrl(house(), strict))
    const second = await browser.go(requestUrl(house()))
    const answered = await fillIn(browser, first, person)
    const handOff = await browser.submit(second, '/portal/sign-in', person)
    const { action, fields } = leavingForm(handOff)
    const answeredToo = await browser.post(action, fields, handOff.url)

    assert.deepEqual([answered, answeredToo].map(contextOf), ['Password', 'unspecified'])
    assert.equal(nameIn(answered).format, `${SAML_2}persistent`)
    assert.equal(nameIn(answeredToo).format, `${SAML_2}transient`)
  })

  for (const nameIdFormat of [`${SAML_2}transient`, `${SAML_1}unspecified`]) {
    test(`who asks for ${nameIdFormat} gets a new name with each answer`, async () => {
      const browser = await signedIn(house(), await newCustomer(house()))

      const first = nameIn(await browser.go(requestUrl(house(), { nameIdFormat })))
      const second = nameIn(await browser.go(requestUrl(house(), { nameIdFormat })))

      assert.deepEqual([first.format, second.format], Array(2).fill(`${SAML_2}transient`))
      assert.notEqual(first.value, second.value)
    })
  }

  test('a persistent name is the same in every session and in every process', async (t) => {
    const person = await newCustomer(house())
    const url = requestUrl(house(), { nameIdFormat: `${SAML_2}persistent` })
    const again = requestUrl(house(), { nameIdFormat: `${SAML_2}persistent` })
    const other = await secondProcess(t, house())

    const first = nameIn(await (await signedIn(house(), person)).go(url))
    const second = nameIn(
      await (await signedIn(house(), person)).go(again.replace(house().url, other)),
    )

    assert.match(first.value ?? '', /^p[0-9a-f]{64}$/)
    assert.deepEqual(second, first)
  })

  test('two people have two persistent names', async () => {
    const url = () => requestUrl(house(), { nameIdFormat: `${SAML_2}persistent` })

    const first = await (await signedIn(house(), await newCustomer(house()))).go(url())
    const second = await (await signedIn(house(), await newCustomer(house()))).go(url())

    assert.notEqual(nameIn(first).value, nameIn(second).value)
  })

  test('an e-mail address is given as the name to those who ask for it', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)

    const end = await browser.go(requestUrl(house(), { nameIdFormat: `${SAML_1}emailAddress` }))

    assert.deepEqual(nameIn(end), { format: `${SAML_1}emailAddress`, value: person.email })
  })

  test('somebody without an e-mail address cannot be named by one', async () => {
    const person = await newCustomer(house(), { hasEmail: false })
    const browser = await signedIn(house(), person)

    const end = await browser.go(requestUrl(house(), { nameIdFormat: `${SAML_1}emailAddress` }))

    assert.deepEqual(statusesOf(answerXml(end)), ['Requester', 'InvalidNameIDPolicy'])
    assert.ok(!answerXml(end).includes('saml2:Assertion'))
  })

  test('a kind of name that is not given is refused [S28]', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))

    const end = await browser.go(requestUrl(house(), { nameIdFormat: `${SAML_2}kerberos` }))

    assert.deepEqual(statusesOf(answerXml(end)), ['Requester', 'InvalidNameIDPolicy'])
  })
})
