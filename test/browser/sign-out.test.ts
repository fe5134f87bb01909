// Leaving: what a shared computer shows afterwards is nothing.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { oneChromium, WITHOUT_CHROMIUM } from '../support/chromium.ts'
import { freshDatabase } from '../support/engines.ts'
import { CUSTOMER, startHouse } from '../support/house.ts'
import {
  bindExisting,
  fillSignIn,
  openHuaweiCloud,
  SQLITE,
  signInAtPortal,
  waitForVerdict,
} from './clicks.ts'

describe('signing out in Chromium', { skip: WITHOUT_CHROMIUM }, () => {
  const openVisitor = oneChromium()

  test('after signing out, the Back button shows nothing of the customer', async (t) => {
    const house = await startHouse(t, { databaseUrl: await freshDatabase(t, SQLITE) })
    const { page } = await openVisitor(t)
    await page.goto(`${house.url}/sign-in`)
    await fillSignIn(page)
    await page.getByText(CUSTOMER.accountId).waitFor()

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Signed out' }).waitFor()
    await page.goBack()

    await page.getByRole('heading', { name: 'Sign in to the partner portal' }).waitFor()
    assert.doesNotMatch(await page.content(), new RegExp(CUSTOMER.accountId))
  })

  test('a link to the sign-out page asks first', async (t) => {
    const house = await startHouse(t, { databaseUrl: await freshDatabase(t, SQLITE) })
    const { page } = await openVisitor(t)
    await page.goto(`${house.url}/sign-in`)
    await fillSignIn(page)
    await page.getByText(CUSTOMER.accountId).waitFor()

    await page.goto(`${house.url}/sign-out`)
    await page.getByRole('heading', { name: 'Sign out?' }).waitFor()
    await page.goto(`${house.url}/`)

    await page.getByText(CUSTOMER.accountId).waitFor()
    assert.equal(await page.locator('h1').innerText(), 'Your Huawei Cloud')
  })

  test('signing out of Huawei Cloud signs out here as well', async (t) => {
    const house = await startHouse(t, { databaseUrl: await freshDatabase(t, SQLITE) })
    const { page } = await openVisitor(t)
    await signInAtPortal(page, house)
    await openHuaweiCloud(page, 'create-and-bind')
    await bindExisting(page, { name: 'northwind', password: 'bind-me-please' })
    await page.getByRole('link', { name: 'Open Huawei Cloud now' }).click()
    await waitForVerdict(page, 'accepted')

    await page.getByRole('link', { name: 'Sign out of Huawei Cloud' }).click()
    await waitForVerdict(page, 'accepted')
    const title = await page.locator('h1').innerText()
    await page.goto(`${house.url}/sign-out`)

    assert.equal(title, 'You are signed out of Huawei Cloud')
    assert.equal(await page.locator('h1').innerText(), 'Signed out')
  })

  test('signing out at the portal ends the session here, and another browser keeps its own', async (t) => {
    const house = await startHouse(t, { databaseUrl: await freshDatabase(t, SQLITE) })
    const { page } = await openVisitor(t)
    const { page: elsewhere } = await openVisitor(t)
    for (const each of [page, elsewhere]) {
      await signInAtPortal(each, house)
      await each.goto(`${house.url}/`)
      await each.getByText(CUSTOMER.accountId).waitFor()
    }

    await page.goto(`${house.sandbox.url}/portal`)
    await page.getByRole('button', { name: 'Sign out of the portal' }).click()
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    await page.goto(`${house.url}/`)
    await elsewhere.goto(`${house.url}/`)

    await page.getByRole('heading', { name: 'Sign in to the partner portal' }).waitFor()
    await elsewhere.getByText(CUSTOMER.accountId).waitFor()
    const [ended] = await house.store.audit.list({ limit: 1, action: 'session.ended' })
    assert.deepEqual([ended?.actor.kind, ended?.after], ['portal', { sessions: 1 }])
  })

  test('signing out here signs out of Huawei Cloud as well, and says so', async (t) => {
    const house = await startHouse(t, { databaseUrl: await freshDatabase(t, SQLITE) })
    const { page } = await openVisitor(t)
    await signInAtPortal(page, house)
    await openHuaweiCloud(page, 'create-and-bind')
    await bindExisting(page, { name: 'northwind', password: 'bind-me-please' })
    await page.getByRole('link', { name: 'Open Huawei Cloud now' }).click()
    await waitForVerdict(page, 'accepted')

    await page.goto(`${house.url}/sign-out`)
    await page.getByRole('button', { name: 'Sign out' }).last().click()
    await page.getByText('you are signed out.').waitFor()

    assert.equal(await page.locator('h1').innerText(), 'Signed out')
    const [arrival] = house.sandbox.readState().arrivals
    assert.deepEqual([arrival?.kind, arrival?.verdict], ['logout', 'accepted'])
  })
})
