// From a customer's first click in the portal to Huawei Cloud, and the second time without a password.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { oneChromium, WITHOUT_CHROMIUM } from '../support/chromium.ts'
import { forEachEngine, freshDatabase } from '../support/engines.ts'
import { CUSTOMER, startHouse } from '../support/house.ts'
import {
  bindExisting,
  chooseToConnect,
  createAndBind,
  fillSignIn,
  openHuaweiCloud,
  signInAtPortal,
  waitForVerdict,
} from './clicks.ts'

describe('the first sign-in in Chromium', { skip: WITHOUT_CHROMIUM }, () => {
  const openVisitor = oneChromium()

  forEachEngine((engine) => {
    test('a customer creates an account at Huawei Cloud, and is in at once the next time', async (t) => {
      const house = await startHouse(t, { databaseUrl: await freshDatabase(t, engine) })
      const { page, answers } = await openVisitor(t)

      await signInAtPortal(page, house)
      await openHuaweiCloud(page, 'create-and-bind')
      await createAndBind(page, 'ada-cloud')
      await page.getByRole('link', { name: 'Back to your portal' }).click()
      await openHuaweiCloud(page, 'accepted')

      assert.equal(await page.locator('h1').innerText(), 'You are in Huawei Cloud')
      assert.match(await page.locator('main').innerText(), /ada-cloud/)
      assert.equal(answers.length, 2, 'one answer for each sign-in')
      const binding = await house.store.bindings.find(CUSTOMER.accountId)
      assert.equal(binding.state, 'bound')
      assert.equal(binding.domainName, 'ada-cloud')
    })

    test('a customer connects the Huawei Cloud account they have already', async (t) => {
      const house = await startHouse(t, { databaseUrl: await freshDatabase(t, engine) })
      const { page } = await openVisitor(t)

      await signInAtPortal(page, house)
      await openHuaweiCloud(page, 'create-and-bind')
      await bindExisting(page, { name: 'northwind', password: 'bind-me-please' })
      await page.getByRole('link', { name: 'Open Huawei Cloud now' }).click()
      await waitForVerdict(page, 'accepted')

      assert.match(await page.locator('main').innerText(), /northwind/)
      const binding = await house.store.bindings.find(CUSTOMER.accountId)
      assert.equal(binding.domainName, 'northwind')
    })

    test('somebody who signs in here with a password reaches Huawei Cloud as well', async (t) => {
      const house = await startHouse(t, { databaseUrl: await freshDatabase(t, engine) })
      const { page } = await openVisitor(t, { expects: [401] })
      await page.goto(`${house.url}/sign-in`)

      await fillSignIn(page, { login: CUSTOMER.login, password: 'not-the-password' })
      const complaint = await page.getByRole('alert').innerText()
      const typed = await page.getByLabel('Sign-in name').inputValue()
      await fillSignIn(page)
      await page.getByRole('link', { name: 'Connect an account I have' }).click()
      await page.getByText('is associated with another partner').waitFor()
      await chooseToConnect(page)
      await waitForVerdict(page, 'create-and-bind')

      assert.match(complaint, /not right/)
      assert.equal(typed, CUSTOMER.login, 'the name need not be typed again')
    })
  })
})
