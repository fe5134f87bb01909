// Between the password and the session: half a sign-in is none, belongs to one browser, and leads nowhere
// but where the person wanted to go.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { requestUrl, type Wish } from '../support/authn-request.ts'
import { Browser, type Seen } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  answerXml,
  codeOf,
  loggedCode,
  newCustomer,
  type Person,
  signedIn,
  signInHere,
  statusesOf,
  titleOf,
} from '../support/steps.ts'

const MFA = 'https://refeds.org/profile/mfa'

function shown(secret: string, house: House): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  return totp.generate({ timestamp: house.clock.now().getTime() })
}

type Protected = {
  readonly person: Person
  /** What the app shows now. */
  readonly code: () => string
  readonly recoveryCodes: readonly string[]
}

/** Somebody who has set up an app, a minute ago. */
async function protectedPerson(house: House): Promise<Protected> {
  const person = await newCustomer(house)
  const browser = await signedIn(house, person)
  const page = await browser.go(`${house.url}/security/totp`)
  const secret = (/<code>([A-Z2-7 ]+)<\/code>/.exec(page.body)?.[1] ?? '').replaceAll(' ', '')
  const done = await browser.submit(page, '/security/totp', { code: shown(secret, house) })
  assert.equal(titleOf(done), 'Your recovery codes')
  house.clock.advance(1)
  const recoveryCodes = [...done.body.matchAll(/<li><code>([^<]+)</g)].map(([, code = '']) => code)
  return { person, code: () => shown(secret, house), recoveryCodes }
}

function bring(browser: Browser, page: Seen, code: string, kind = 'totp'): Promise<Seen> {
  return browser.submit(page, '/sign-in/second', { code, kind })
}

async function isSignedIn(browser: Browser, house: House): Promise<boolean> {
  const seen = await browser.go(`${house.url}/security`)
  return titleOf(seen) === 'Sign-in security'
}

forEachEngine((engine) => {
  const getHouse = sharedHouse(engine)

  test('the password of somebody with a second factor is no session yet', async () => {
    const house = getHouse()
    const { person, code } = await protectedPerson(house)
    const browser = new Browser()

    const step = await signInHere(house, browser, person, '/security')
    const before = await isSignedIn(browser, house)
    const end = await bring(browser, step, code())

    assert.equal(titleOf(step), 'One more step')
    assert.equal(before, false)
    assert.equal(titleOf(end), 'Sign-in security')
  })

  test('half a sign-in cannot be finished in another browser', async () => {
    const house = getHouse()
    const { person, code } = await protectedPerson(house)
    const step = await signInHere(house, new Browser(), person)
    const thief = new Browser()
    const page = await thief.go(`${house.url}/sign-in`)
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const pending = new URL(step.url).searchParams.get('pending') ?? ''

    const seen = await thief.go(step.url)
    const form = { csrf, pending, kind: 'totp', code: code() }
    const sent = await thief.post(`${house.url}/sign-in/second`, form, page.url)

    assert.equal(codeOf(seen), 'SECOND_FACTOR_EXPIRED')
    assert.equal(codeOf(sent), 'SECOND_FACTOR_EXPIRED')
    assert.equal(await isSignedIn(thief, house), false)
  })

  test('half a sign-in ends after ten minutes, and is finished once', async () => {
    const house = getHouse()
    const { person, code } = await protectedPerson(house)
    const browser = new Browser()
    const first = await signInHere(house, browser, person)
    house.clock.advance(10)
    const late = await bring(browser, first, code())
    const second = await signInHere(house, browser, person)
    await bring(browser, second, code())

    const again = await browser.go(second.url)

    assert.equal(codeOf(late), 'SECOND_FACTOR_EXPIRED')
    assert.equal(codeOf(again), 'SECOND_FACTOR_EXPIRED')
  })

  test('two tabs wait for two people, and each becomes who it asked for', async () => {
    const house = getHouse()
    const ann = await protectedPerson(house)
    const ben = await protectedPerson(house)
    const browser = new Browser()
    const ofAnn = await signInHere(house, browser, ann.person, '/security')
    const ofBen = await signInHere(house, browser, ben.person, '/')

    const crossed = await bring(browser, ofBen, ann.code())
    await bring(browser, ofAnn, ann.code())

    assert.equal(loggedCode(house) ?? 'none', 'none')
    assert.equal(crossed.status, 401)
    const [latest] = await house.store.audit.list({ action: 'session.started', limit: 1 })
    assert.equal(latest?.subject, ann.person.accountId)
  })

  test('after ten wrong codes the right one waits too, and nobody else does', async () => {
    const house = getHouse()
    const ann = await protectedPerson(house)
    const ben = await protectedPerson(house)
    const browser = new Browser()
    let step = await signInHere(house, browser, ann.person)
    for (let turn = 0; turn < 10; turn += 1) step = await bring(browser, step, '000000')

    const throttled = await bring(browser, step, ann.code())
    const other = new Browser()
    await bring(other, await signInHere(house, other, ben.person), ben.code())
    house.clock.advance(15)
    const fresh = await signInHere(house, browser, ann.person, '/security')
    const later = await bring(browser, fresh, ann.code())

    assert.equal(step.status, 401)
    assert.equal(throttled.status, 429)
    assert.equal(throttled.headers.get('retry-after'), '900')
    assert.equal(await isSignedIn(other, house), true)
    assert.equal(titleOf(later), 'Sign-in security')
  })

  test('what is tried while the second step waits does not fill the record', async () => {
    const house = getHouse()
    const { person } = await protectedPerson(house)
    const browser = new Browser()
    const step = await signInHere(house, browser, person)

    for (let turn = 0; turn < 13; turn += 1) await bring(browser, step, '000000')

    const refused = { action: 'session.refused', subject: person.accountId, limit: 20 } as const
    assert.equal((await house.store.audit.list(refused)).length, 10)
  })

  test('a network that keeps bringing wrong passkeys waits, and does not fill the record', async () => {
    const house = getHouse()
    house.clock.advance(16)
    const browser = new Browser()
    const page = await browser.go(`${house.url}/sign-in/passkey`)
    const since = house.clock.now()
    const bringWrong = () =>
      browser.submit(page, '/sign-in/passkey', { credential: '{"id":"none"}' })
    for (let turn = 0; turn < 50; turn += 1) await bringWrong()

    const throttled = await bringWrong()

    const noted = await house.store.audit.list({ action: 'session.refused', limit: 100 })
    assert.equal(throttled.status, 429)
    assert.equal(throttled.headers.get('retry-after'), '900')
    assert.equal(noted.filter(({ at }) => at >= since).length, 50)
  })

  test('a recovery code lets its owner in once', async () => {
    const house = getHouse()
    const { person, recoveryCodes } = await protectedPerson(house)
    const [code = ''] = recoveryCodes
    const first = new Browser()
    const second = new Browser()

    await bring(first, await signInHere(house, first, person), code, 'recovery-code')
    const again = await bring(
      second,
      await signInHere(house, second, person),
      code,
      'recovery-code',
    )

    assert.equal(await isSignedIn(first, house), true)
    assert.equal(again.status, 401)
    assert.equal(await isSignedIn(second, house), false)
  })

  test('whoever has only the password adds no factor of their own', async () => {
    const house = getHouse()
    const { person } = await protectedPerson(house)
    const browser = new Browser()
    const step = await signInHere(house, browser, person)

    const seen = await bring(browser, step, '000000', 'add-totp')

    assert.equal(codeOf(seen), 'FACTOR_OUT_OF_ORDER')
  })

  test('an account that is disabled meanwhile is not let in', async () => {
    const house = getHouse()
    const { person, code } = await protectedPerson(house)
    const browser = new Browser()
    const step = await signInHere(house, browser, person)
    await house.store.accounts.setEnabled(person.accountId, false)

    const seen = await bring(browser, step, code())

    assert.equal(codeOf(seen), 'SECOND_FACTOR_EXPIRED')
  })

  for (const next of [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:1',
  ]) {
    test(`the second step never leads to ${next}`, async () => {
      const house = getHouse()
      const { person, code } = await protectedPerson(house)
      const browser = new Browser()

      const end = await bring(browser, await signInHere(house, browser, person, next), code())

      assert.equal(end.url, `${house.url}/`)
    })
  }

  test('factors are changed after a sign-in of the last ten minutes only', async () => {
    const house = getHouse()
    const { person, code } = await protectedPerson(house)
    const browser = new Browser()
    const step = await signInHere(house, browser, person, '/security')
    const page = await bring(browser, step, code())
    house.clock.advance(10)

    const asked = await browser.submit(page, '/security', { kind: 'remove-totp' })
    const added = await browser.go(`${house.url}/security/passkey`)

    assert.equal(titleOf(asked), 'Sign in')
    assert.equal(titleOf(added), 'Sign in')
    const { totp } = await house.store.factors.find({ role: 'customer', id: person.accountId })
    assert.notEqual(totp, undefined)
  })

  test('with the last factor the recovery codes go, and the password is enough again', async () => {
    const house = getHouse()
    const { person, code } = await protectedPerson(house)
    const browser = new Browser()
    const page = await bring(browser, await signInHere(house, browser, person, '/security'), code())

    await browser.submit(page, '/security', { kind: 'remove-totp' })
    const other = new Browser()
    await signInHere(house, other, person)

    const nothing = { totp: undefined, passkeys: [], recoveryCodes: 0 }
    const owner = { role: 'customer', id: person.accountId } as const
    assert.deepEqual(await house.store.factors.find(owner), nothing)
    assert.equal(await isSignedIn(other, house), true)
  })

  test('a script of ours runs where passkeys are used, and nowhere else', async () => {
    const house = getHouse()
    const browser = await signedIn(house, await newCustomer(house))
    const paths = ['/security/passkey', '/sign-in/passkey', '/security', '/security/totp', '/']

    const seen = await Promise.all(paths.map((path) => browser.go(`${house.url}${path}`)))

    const policies = seen.map(({ headers }) => headers.get('content-security-policy') ?? '')
    const sources = policies.map((policy) => /script-src ([^;]+)/.exec(policy)?.[1])
    assert.deepEqual(sources, ["'self'", "'self'", "'none'", "'none'", "'none'"])
  })

  test('Huawei Cloud is told of two factors when it asks for them', async () => {
    const house = getHouse()
    const { person, code } = await protectedPerson(house)
    const browser = new Browser()
    const wish: Wish = { context: ['exact', MFA] }

    const page = await browser.go(requestUrl(house, wish))
    const step = await browser.submit(page, '/sign-in', person)
    const end = await bring(browser, step, code())

    assert.match(answerXml(end), new RegExp(`AuthnContextClassRef>${MFA}<`))
  })

  test('somebody without a second factor is answered for once, not asked for ever', async () => {
    const house = getHouse()
    const person = await newCustomer(house)
    const browser = new Browser()

    const page = await browser.go(requestUrl(house, { context: ['exact', MFA] }))
    const end = await browser.submit(page, '/sign-in', person)

    assert.deepEqual(statusesOf(answerXml(end)), ['Responder', 'NoAuthnContext'])
  })

  test('a fresh sign-in that Huawei Cloud asks for asks for the second factor again', async () => {
    const house = getHouse()
    const { person, code } = await protectedPerson(house)
    const browser = new Browser()
    await bring(browser, await signInHere(house, browser, person), code())
    house.clock.advance(1)
    const wish: Wish = { context: ['exact', 'Password'], wantsFreshSignIn: true }

    const page = await browser.go(requestUrl(house, wish))
    const step = await browser.submit(page, '/sign-in', person)
    const end = await bring(browser, step, code())

    assert.equal(titleOf(step), 'One more step')
    const instant = /AuthnInstant="([^"]+)"/.exec(answerXml(end))?.[1]
    assert.equal(instant, house.clock.now().toISOString())
  })
})

forEachEngine((engine) => {
  const getHouse = sharedHouse(engine, { environment: { SIGN_IN_METHODS: 'local' } })

  test('a passkey alone is no way in where SIGN_IN_METHODS does not name it', async () => {
    const house = getHouse()

    const customers = await new Browser().go(`${house.url}/sign-in/passkey`)
    const operators = await new Browser().go(`${house.url}/console/sign-in/passkey`)

    assert.equal(codeOf(customers), 'NOT_FOUND')
    assert.equal(titleOf(operators), 'Sign in with a passkey')
  })
})
