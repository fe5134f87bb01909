// A customer's password: changed by its owner, set by a link, forgotten; and who guesses it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMakePasswordLink } from '../../src/signin/password-link.ts'
import { Browser, type Seen } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import { type House, OPERATOR } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  newCustomer,
  outcomeOf,
  type Person,
  signedIn,
  signInHere,
  titleOf,
} from '../support/steps.ts'

const NEW = 'quiet otter paints fences'
const HOME = 'Your Huawei Cloud'

async function isSignedIn(house: House, browser: Browser): Promise<boolean> {
  return titleOf(await browser.go(`${house.url}/`)) === HOME
}

async function change(
  house: House,
  browser: Browser,
  filled: Readonly<Record<string, string>>,
): Promise<Seen> {
  const form = await browser.go(`${house.url}/password`)
  return browser.submit(form, '/password', { again: filled['password'] ?? '', ...filled })
}

/** A link for the person, as the portal or an operator has it made. */
async function linkFor(house: House, { accountId }: Pick<Person, 'accountId'>): Promise<string> {
  const { store, clock, config } = house
  const random = { bytes: (size: number) => crypto.getRandomValues(Buffer.alloc(size)) }
  const made = await createMakePasswordLink({ ...config, store, clock, random })(accountId)
  return made.url
}

async function setBy(browser: Browser, link: string, password: string): Promise<Seen> {
  const form = await browser.go(link)
  return browser.submit(form, '/password/reset', { password, again: password })
}

function alertOf({ body }: Seen): string {
  return /role="alert"[^>]*><p>(.*?)<\/p>/s.exec(body)?.[1] ?? ''
}

async function actionsOf({ store }: House, subject: string): Promise<readonly string[]> {
  const events = await store.audit.list({ limit: 20, subject })
  return events.map(({ action }) => action)
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  test('a customer changes their password: signed in here, signed out everywhere else', async () => {
    const person = await newCustomer(house())
    const [here, elsewhere] = [await signedIn(house(), person), await signedIn(house(), person)]

    const done = await change(house(), here, { current: person.password, password: NEW })

    const old = await signInHere(house(), new Browser(), person)
    const fresh = await signInHere(house(), new Browser(), { ...person, password: NEW })
    assert.equal(titleOf(done), 'Password changed')
    assert.equal(new URL(done.url).pathname, '/password/changed')
    assert.equal(await isSignedIn(house(), here), true)
    assert.equal(await isSignedIn(house(), elsewhere), false)
    assert.deepEqual([old.status, titleOf(fresh)], [401, HOME])
    assert.ok((await actionsOf(house(), person.accountId)).includes('password.changed'))
  })

  const REFUSED = [
    {
      title: 'a wrong current password',
      current: 'not-the-password',
      says: 'The current password is not right. Check it and try again.',
    },
    {
      title: 'two entries that differ',
      again: `${NEW}!`,
      says: 'The two entries of the new password differ.',
    },
    {
      title: 'a password that is too short',
      password: 'too short',
      says: 'The new password is too short: it needs 10 characters.',
    },
    {
      title: 'a password that many people use',
      password: 'password2024',
      says: 'Many people use this password, and attackers try it first. Choose another one.',
    },
    {
      title: 'the current password once more',
      password: 'a-password-of-the-tests',
      says: 'The new password is the current one.',
    },
  ]
  for (const { title, says, ...filled } of REFUSED) {
    test(`${title}: the form says what is wrong, and nothing is changed`, async () => {
      const person = await newCustomer(house())
      const browser = await signedIn(house(), person)

      const given = { current: person.password, password: NEW, ...filled }
      const refused = await change(house(), browser, given)

      assert.equal(alertOf(refused), says)
      assert.ok(refused.status === 400 || refused.status === 403)
      assert.equal(titleOf(await signInHere(house(), new Browser(), person)), HOME)
    })
  }

  test('an open browser is no place to guess the current password at leisure', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)
    for (let guess = 0; guess < 10; guess += 1) {
      await change(house(), browser, { current: `guess number ${guess}`, password: NEW })
    }

    const right = await change(house(), browser, { current: person.password, password: NEW })

    assert.equal(right.status, 429)
    assert.equal(right.headers.get('retry-after'), '60')
    assert.match(alertOf(right), /Try again in a minute\.$/)
  })

  test('whoever comes by the portal alone has no password to change', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)
    const account = await house().store.accounts.find(person.accountId)
    assert.ok(account !== undefined)
    await house().store.accounts.update({ ...account, passwordHash: undefined })

    const seen = await browser.go(`${house().url}/password`)

    assert.equal(titleOf(seen), 'You have no password here')
  })

  test('a link sets a password and ends every session', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)
    const link = await linkFor(house(), person)

    const done = await setBy(new Browser(), link, NEW)

    assert.equal(titleOf(done), 'Password set')
    assert.equal(new URL(done.url).search, '', 'the link is not in the address any more')
    assert.equal(await isSignedIn(house(), browser), false)
    assert.equal(
      titleOf(await signInHere(house(), new Browser(), { ...person, password: NEW })),
      HOME,
    )
    assert.ok(!JSON.stringify(house().log()).includes(link.split('token=')[1] ?? link))
  })

  test('a password that is refused does not use the link up', async () => {
    const person = await newCustomer(house())
    const link = await linkFor(house(), person)
    const browser = new Browser()

    const refused = await setBy(browser, link, `${person.login}-${person.name}`)
    const done = await browser.submit(refused, '/password/reset', { password: NEW, again: NEW })

    assert.match(alertOf(refused), /made of your name/)
    assert.equal(titleOf(done), 'Password set')
  })

  test('whoever has forgotten their password is told where to ask, and nothing about anybody', async () => {
    const form = await new Browser().go(`${house().url}/sign-in`)

    const seen = await new Browser().go(`${house().url}/password/forgotten`)

    assert.ok(form.body.includes('href="/password/forgotten"'))
    assert.equal(titleOf(seen), 'Forgotten your password?')
    assert.ok(!seen.body.includes('name="login"'), 'no name is asked for')
  })

  test('strangers who guess do not lock the owner out of a browser of theirs', async () => {
    const person = await newCustomer(house())
    const own = await signedIn(house(), person)
    const known = own.cookies('localhost').get('known') ?? ''
    house().clock.advance(1)
    const wrong = { ...person, password: 'a-wrong-password' }
    for (let guess = 0; guess < 12; guess += 1) await signInHere(house(), new Browser(), wrong)

    const stranger = await signInHere(house(), new Browser(), person)
    const back = new Browser()
    back.plant('localhost', 'known', known)
    const owner = await signInHere(house(), back, person)

    assert.deepEqual([stranger.status, titleOf(owner)], [429, HOME])
    assert.equal(stranger.headers.get('retry-after'), '60')
    assert.match(alertOf(stranger), /Try again in a minute\.$/)
    assert.match(owner.body, /there were 10 attempts that failed/)
  })

  test('a browser that is known to somebody else is a stranger’s', async () => {
    const [person, other] = [await newCustomer(house()), await newCustomer(house())]
    const browser = await signedIn(house(), other)
    const wrong = { ...person, password: 'a-wrong-password' }
    for (let guess = 0; guess < 10; guess += 1) await signInHere(house(), new Browser(), wrong)

    const signedOut = new Browser()
    signedOut.plant('localhost', 'known', browser.cookies('localhost').get('known') ?? '')
    const seen = await signInHere(house(), signedOut, person)

    assert.equal(seen.status, 429)
  })

  test('a token planted before the sign-in is worth nothing to whoever planted it', async () => {
    const [person, thief] = [await newCustomer(house()), await newCustomer(house())]
    const planted = (await signedIn(house(), thief)).cookies('localhost').get('known') ?? ''
    const victim = new Browser()
    victim.plant('localhost', 'known', planted)
    await signInHere(house(), victim, person)
    const wrong = { ...person, password: 'a-wrong-password' }
    for (let guess = 0; guess < 10; guess += 1) await signInHere(house(), new Browser(), wrong)

    const attacker = new Browser()
    attacker.plant('localhost', 'known', planted)
    const seen = await signInHere(house(), attacker, person)

    assert.notEqual(victim.cookies('localhost').get('known'), planted)
    assert.equal(seen.status, 429)
  })

  test('a hash of another cost is made anew when its owner signs in', async () => {
    const person = await newCustomer(house())
    const { hash } = await import('@node-rs/argon2')
    const strong = await hash(person.password, { memoryCost: 32_768, timeCost: 2, parallelism: 1 })
    await house().store.accounts.setPassword(person.accountId, strong)

    const wrong = await signInHere(house(), new Browser(), { ...person, password: 'not that one' })
    const before = (await house().store.accounts.find(person.accountId))?.passwordHash
    const seen = await signInHere(house(), new Browser(), person)

    const after = (await house().store.accounts.find(person.accountId))?.passwordHash
    assert.deepEqual([wrong.status, titleOf(seen)], [401, HOME])
    assert.equal(before, strong)
    assert.match(after ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('an operator changes their own password at the console', async () => {
    const browser = new Browser()
    const form = await browser.go(`${house().url}/console/sign-in?next=/console/password`)
    const { login, password } = OPERATOR
    const page = await browser.submit(form, '/console/sign-in', { login, password })

    const given = { current: password, password: NEW, again: NEW }
    const refused = await browser.submit(page, '/console/password', { ...given, current: 'wrong' })
    const done = await browser.submit(page, '/console/password', given)

    const back = { current: NEW, password: 'operator-password-1', again: 'operator-password-1' }
    const again = await browser.submit(
      await browser.go(`${house().url}/console/password`),
      '/console/password',
      back,
    )
    assert.equal(outcomeOf(house(), refused).code, 'PASSWORD_WRONG')
    assert.deepEqual([titleOf(done), titleOf(again)], ['Password changed', 'Password changed'])
    assert.ok((await actionsOf(house(), login)).includes('password.changed'))
  })

  test('somebody who is signed in to nothing is sent to sign in first', async () => {
    const seen = await new Browser().go(`${house().url}/password`)

    assert.equal(new URL(seen.url).pathname, '/portal/sign-in')
  })
})
