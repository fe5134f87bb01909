// Every attack on the sign-in form is refused with its own code, and its untampered twin signs in.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addAccount } from '../../src/accounts/account.ts'
import { hashPassword } from '../../src/signin/password.ts'
import { Browser, formsOf, type Seen } from '../support/browser.ts'
import { ENGINES, forEachEngine } from '../support/engines.ts'
import { CUSTOMER, type House } from '../support/house.ts'
import { secondProcess, sharedHouse } from '../support/shared-house.ts'
import { codeOf, newCustomer, outcomeOf, signInHere, titleOf } from '../support/steps.ts'
import { applyTamperings, type Tampering } from '../support/tamper.ts'
import { FORM_CHANGES } from '../support/tamper-form.ts'
import { expectedRefusal, readAttacks } from './rows.ts'

async function csrfOf(house: House, browser: Browser): Promise<string> {
  const [form] = formsOf(await browser.go(`${house.url}/sign-in`))
  return form?.fields['csrf'] ?? ''
}

/** The form as a browser would send it. */
async function buildBody(house: House, browser: Browser, tamperings: readonly Tampering[]) {
  const { login, password } = CUSTOMER
  const fields = { csrf: await csrfOf(house, browser), next: '/', login, password }
  const good = new URLSearchParams(fields).toString()
  const body = await applyTamperings(good, 'wire', FORM_CHANGES, tamperings)
  return body.replace('{foreign-csrf}', await csrfOf(house, new Browser()))
}

async function attempt(house: House, tamperings: readonly Tampering[]): Promise<Seen> {
  const browser = new Browser()
  const body = await buildBody(house, browser, tamperings)
  return browser.post(`${house.url}/sign-in`, body, house.url)
}

/** How a good sign-in ends whose request carries that X-Forwarded-For. */
async function statusFrom(house: House, forwarded: string): Promise<number> {
  const browser = new Browser()
  const body = await buildBody(house, browser, [])
  const answer = await fetch(`${house.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      cookie: `idp=${browser.cookies('localhost').get('idp')}`,
      'x-forwarded-for': forwarded,
    },
    body,
  })
  return answer.status
}

async function addDisabled({ store, clock }: House): Promise<void> {
  const login = 'disabled-customer'
  if ((await store.accounts.findByLogin(login)) !== undefined) return
  const passwordHash = await hashPassword(CUSTOMER.password)
  const asked = { login, accountId: 'C-DISABLED', passwordHash }
  await addAccount(asked, { accounts: store.accounts, clock })
  await store.accounts.setEnabled('C-DISABLED', false)
}

// Rows share one network address, whose counter would say no before the row's own check can.
async function forgetAttempts({ store, clock }: House): Promise<void> {
  clock.advance(16)
  await store.sweep(clock.now())
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  for (const row of readAttacks('sign-in.json')) {
    test(`${row.id} ${row.title}`, async () => {
      await addDisabled(house())
      await forgetAttempts(house())

      const twin = await attempt(house(), [])
      const seen = await attempt(house(), row.tamper)

      assert.equal(titleOf(twin), 'Your Huawei Cloud', 'the twin must pass, or this proves nothing')
      assert.deepEqual({ code: outcomeOf(house(), seen).code }, expectedRefusal(row))
      if (row.lands !== undefined) assert.equal(seen.url, `${house().url}${row.lands}`)
    })
  }

  test('an unknown name and a wrong password get the same page and the same code', async () => {
    await forgetAttempts(house())
    const wrong = await attempt(house(), [['wire', 'set', 'password', 'not-the-password']])
    const unknown = await attempt(house(), [
      ['wire', 'set', 'login', 'CUSTOMER2'],
      ['wire', 'set', 'password', 'not-the-password'],
    ])

    const plain = ({ body }: Seen) => {
      return body.replace(/name="csrf" value="[^"]+"/, '').replace(/customer2?/gi, 'NAME')
    }
    assert.equal(wrong.status, unknown.status)
    assert.equal(plain(wrong), plain(unknown))
    const codes = [wrong, unknown].map((seen) => outcomeOf(house(), seen).code)
    assert.deepEqual(codes, ['SIGN_IN_FAILED', 'SIGN_IN_FAILED'])
  })

  test('a disabled account is told so only to somebody who knows its password', async () => {
    await addDisabled(house())
    await forgetAttempts(house())

    const guessed = await attempt(house(), [
      ['wire', 'set', 'login', 'disabled-customer'],
      ['wire', 'set', 'password', 'a-guess-at-it'],
    ])

    assert.equal(outcomeOf(house(), guessed).code, 'SIGN_IN_FAILED')
  })

  test('a planted session id is worth nothing after the sign-in', async () => {
    await forgetAttempts(house())
    const attacker = new Browser()
    await attacker.go(`${house().url}/sign-in`)
    const planted = attacker.cookies('localhost').get('idp') ?? ''
    const victim = new Browser()
    victim.plant('localhost', 'idp', planted)

    await signInHere(house(), victim, CUSTOMER)
    const home = await attacker.go(`${house().url}/sign-out`)

    assert.notEqual(planted, '')
    assert.notEqual(victim.cookies('localhost').get('idp'), planted)
    assert.equal(titleOf(home), 'Signed out', 'the attacker is nobody')
  })

  test('a session id that we did not give is not taken', async () => {
    const browser = new Browser()
    browser.plant('localhost', 'idp', 's%3Achosen-by-somebody.c2lnbmF0dXJl')

    await browser.go(`${house().url}/sign-in`)

    assert.ok(!browser.cookies('localhost').get('idp')?.includes('chosen-by-somebody'))
  })

  test('a sign-out by a foreign page signs nobody out', async () => {
    await forgetAttempts(house())
    const browser = new Browser()
    await signInHere(house(), browser, CUSTOMER)

    const refused = await browser.post(`${house().url}/sign-out`, {}, house().url)

    assert.equal(codeOf(refused), 'FORM_EXPIRED')
    assert.equal(titleOf(await browser.go(`${house().url}/`)), 'Your Huawei Cloud')
  })

  test('the eleventh guess at one account is not made, from whatever process', async (t) => {
    await forgetAttempts(house())
    const person = await newCustomer(house())
    const other = { ...house(), url: await secondProcess(t, house()) }
    const wrong = { ...person, password: 'a-wrong-password' }
    for (let guess = 0; guess < 10; guess += 1) {
      await signInHere(guess % 2 === 0 ? house() : other, new Browser(), wrong)
    }

    const right = await signInHere(house(), new Browser(), person)
    const elsewhere = await signInHere(house(), new Browser(), CUSTOMER)
    house().clock.advance(16)
    const later = await signInHere(house(), new Browser(), person)

    assert.equal(right.status, 429)
    assert.equal(outcomeOf(house(), right).code, 'SIGN_IN_THROTTLED')
    assert.equal(titleOf(elsewhere), 'Your Huawei Cloud', 'others are not kept out')
    assert.equal(titleOf(later), 'Your Huawei Cloud')
  })

  test('guesses side by side count like guesses one after another', async () => {
    await forgetAttempts(house())
    const person = await newCustomer(house())
    const wrong = { ...person, password: 'a-wrong-password' }

    const seen = await Promise.all(
      Array.from({ length: 14 }, () => signInHere(house(), new Browser(), wrong)),
    )

    assert.equal(seen.filter(({ status }) => status === 401).length, 10)
    assert.equal(seen.filter(({ status }) => status === 429).length, 4)
  })

  test('after fifty failures nobody at that address may try for a quarter of an hour', async () => {
    await forgetAttempts(house())
    const { counters } = house().store
    await counters.add('customer:address:127.0.0.1', 50, 15 * 60_000, house().clock.now())

    const throttled = await signInHere(house(), new Browser(), CUSTOMER)
    house().clock.advance(16)
    const later = await signInHere(house(), new Browser(), CUSTOMER)

    assert.equal(throttled.status, 429)
    assert.equal(titleOf(later), 'Your Huawei Cloud')
  })

  test('an address that somebody claims in a header does not count', async () => {
    await forgetAttempts(house())
    const { counters } = house().store
    await counters.add('customer:address:127.0.0.1', 50, 15 * 60_000, house().clock.now())

    const status = await statusFrom(house(), '198.51.100.7')

    assert.equal(status, 429)
  })
})

describe('behind one reverse proxy', () => {
  const [engine] = ENGINES
  if (engine === undefined) throw new Error('there is an engine')
  const house = sharedHouse(engine, { environment: { TRUST_PROXY: '1' } })

  test('the address that the proxy tells is the one that is throttled', async () => {
    const { counters } = house().store
    await counters.add('customer:address:198.51.100.7', 50, 15 * 60_000, house().clock.now())

    // What the customer claims stands in front; what the proxy has seen comes last.
    const throttled = await statusFrom(house(), '203.0.113.9, 198.51.100.7')
    const letIn = await statusFrom(house(), '198.51.100.7, 203.0.113.9')

    assert.deepEqual([throttled, letIn], [429, 303])
  })
})
