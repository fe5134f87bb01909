// Second factors in Chromium, with an authenticator of the browser's own: passkeys and codes of an app.

import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { oneChromium, type Visitor, WITHOUT_CHROMIUM } from '../support/chromium.ts'
import { forEachEngine, freshDatabase, type TestEngine } from '../support/engines.ts'
import { CUSTOMER, type House, OPERATOR, startHouse } from '../support/house.ts'
import { fillSignIn, SQLITE } from './clicks.ts'

/** Gives the browser an authenticator that has verified its user. */
async function plugIn({ context, page }: Visitor): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** What an authenticator app shows for the key on the page. */
async function codeOf(secret: string, house: House): Promise<string> {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) })
  return totp.generate({ timestamp: house.clock.now().getTime() })
}

async function start(
  t: TestContext,
  engine: TestEngine,
  environment: Readonly<Record<string, string>> = {},
): Promise<House> {
  return startHouse(t, { databaseUrl: await freshDatabase(t, engine), environment })
}

async function addPasskey(page: Page, house: House): Promise<void> {
  await page.goto(`${house.url}/security/passkey`)
  await page.getByLabel('Name of this passkey').fill('office laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
}

async function signOut(page: Page, house: House): Promise<void> {
  await page.goto(`${house.url}/sign-out`)
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Signed out' }).waitFor()
}

describe('second factors in Chromium', { skip: WITHOUT_CHROMIUM }, () => {
  const openVisitor = oneChromium()

  forEachEngine((engine) => {
    test('a passkey is added, asked for after the password, and lets its owner in alone', async (t) => {
      const house = await start(t, engine)
      const visitor = await openVisitor(t)
      const { page } = visitor
      await plugIn(visitor)
      await page.goto(`${house.url}/sign-in?next=/security`)
      await fillSignIn(page)

      await addPasskey(page, house)
      await signOut(page, house)
      await page.goto(`${house.url}/sign-in?next=/security`)
      await fillSignIn(page)
      await page.getByRole('button', { name: 'Use a passkey' }).click()
      await page.getByText('office laptop').waitFor()
      await signOut(page, house)
      await page.goto(`${house.url}/sign-in/passkey?next=/security`)
      await page.getByRole('button', { name: 'Use a passkey' }).click()
      await page.getByText('office laptop').waitFor()

      const signIns = await house.store.audit.list({ action: 'session.started', limit: 10 })
      assert.deepEqual(
        signIns.map(({ after }) => after?.['method']),
        ['passkey', 'password+passkey', 'password'],
      )
    })

    test('a code of an app is asked for after the password from then on', async (t) => {
      const house = await start(t, engine)
      const { page } = await openVisitor(t, { expects: [401] })
      await page.goto(`${house.url}/sign-in?next=/security/totp`)
      await fillSignIn(page)
      const secret = await page.locator('main code').innerText()

      await page.getByLabel('Code of your authenticator app').fill('000000')
      await page.getByRole('button', { name: 'Continue' }).click()
      const complaint = await page.getByRole('alert').innerText()
      const repeated = await page.locator('main code').innerText()
      await page.getByLabel('Code of your authenticator app').fill(await codeOf(secret, house))
      await page.getByRole('button', { name: 'Continue' }).click()
      const codes = await page.locator('ul.codes li').allInnerTexts()
      await signOut(page, house)
      house.clock.advance(1)
      await page.goto(`${house.url}/sign-in?next=/security`)
      await fillSignIn(page)
      await page.getByLabel('Code of your authenticator app').fill(await codeOf(secret, house))
      await page.getByRole('button', { name: 'Continue' }).first().click()
      await page.getByRole('heading', { name: 'Sign-in security' }).waitFor()

      assert.match(complaint, /not right/)
      assert.equal(repeated, secret, 'the app need not be set up anew')
      assert.equal(new Set(codes).size, 10)
    })
  })

  test('where a second factor is required, an operator sets one up before anything else', async (t) => {
    const house = await start(t, SQLITE, { OPERATOR_SECOND_FACTOR: 'required' })
    const visitor = await openVisitor(t)
    const { page } = visitor
    await plugIn(visitor)
    await page.goto(`${house.url}/console/customers`)
    await fillSignIn(page, OPERATOR)
    await page.getByRole('heading', { name: 'Protect your account' }).waitFor()

    await page.goto(`${house.url}/console/customers`)
    const heading = await page.locator('h1').innerText()
    await fillSignIn(page, OPERATOR)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('link', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'Customers' }).waitFor()

    assert.equal(heading, 'Sign in to the console', 'half a sign-in is none')
    assert.match(await page.locator('main').innerText(), new RegExp(CUSTOMER.login))
  })

  test('a passkey that is not used is told to the person, and another way stays open', async (t) => {
    const house = await start(t, SQLITE)
    const { page } = await openVisitor(t)
    await page.goto(`${house.url}/sign-in/passkey?next=/security`)
    await page.evaluate('navigator.credentials.get = () => Promise.reject(new Error("closed"))')

    await page.getByRole('button', { name: 'Use a passkey' }).click()
    const complaint = await page.getByRole('alert').innerText()
    await page.getByRole('link', { name: 'Sign in with a password instead' }).click()
    await fillSignIn(page)
    await page.getByRole('heading', { name: 'Sign-in security' }).waitFor()

    assert.match(complaint, /No passkey was used/)
  })
})
