// People have habits: no script, several tabs, addresses out of the history.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { oneChromium, WITHOUT_CHROMIUM } from '../support/chromium.ts'
import { freshDatabase } from '../support/engines.ts'
import { CUSTOMER, type House, startHouse } from '../support/house.ts'
import {
  chooseToConnect,
  createAndBind,
  fillSignIn,
  loginLink,
  openHuaweiCloud,
  SQLITE,
  signInAtPortal,
  waitForVerdict,
} from './clicks.ts'

async function clickContinue(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function connect(page: Page, house: House): Promise<void> {
  await signInAtPortal(page, house)
  await openHuaweiCloud(page, 'create-and-bind')
  await createAndBind(page, 'ada-cloud')
}

describe('habits in Chromium', { skip: WITHOUT_CHROMIUM }, () => {
  const openVisitor = oneChromium()

  test('without script, the Continue button leads the whole way', async (t) => {
    const house = await startHouse(t, { databaseUrl: await freshDatabase(t, SQLITE) })
    const { page } = await openVisitor(t, { javaScriptEnabled: false })
    await signInAtPortal(page, house)

    await page.getByRole('link', { name: 'Open Huawei Cloud' }).click()
    await clickContinue(page) // The portal vouches for the customer.
    await chooseToConnect(page)
    await clickContinue(page) // Our answer to Huawei Cloud.
    await waitForVerdict(page, 'create-and-bind')
    await page.getByLabel('Account name').first().fill('ada-cloud')
    await page.getByRole('button', { name: 'Create And Bind' }).click()
    await clickContinue(page) // Huawei Cloud's notification.
    await page.getByRole('heading', { name: 'Connected to Huawei Cloud' }).waitFor()

    const binding = await house.store.bindings.find(CUSTOMER.accountId)
    assert.equal(binding.domainName, 'ada-cloud')
  })

  test('two tabs that wait for a sign-in each go on to their own page', async (t) => {
    const house = await startHouse(t, { databaseUrl: await freshDatabase(t, SQLITE) })
    const owner = await openVisitor(t)
    await connect(owner.page, house)
    const { context } = await openVisitor(t)
    const tabs = [await context.newPage(), await context.newPage()] as const
    const services = ['https://console.example/bills', 'https://console.example/servers'] as const

    await tabs[0].goto(loginLink(house, services[0]))
    await tabs[1].goto(loginLink(house, services[1]))
    await fillSignIn(tabs[1])
    await waitForVerdict(tabs[1], 'accepted')
    await fillSignIn(tabs[0])
    await waitForVerdict(tabs[0], 'accepted')

    assert.match(await tabs[0].locator('main').innerText(), /Going to\s+https:\S+bills/)
    assert.match(await tabs[1].locator('main').innerText(), /Going to\s+https:\S+servers/)
  })

  test('going back to a sign-in that is over does not sign in twice', async (t) => {
    const house = await startHouse(t, { databaseUrl: await freshDatabase(t, SQLITE) })
    const { page, answers } = await openVisitor(t)
    await connect(page, house)
    const before = answers.length
    const { url } = await openRequest(page, house)

    await page.goto(url)
    await waitForVerdict(page, 'status')

    assert.equal(answers.length, before + 2, 'one answer, and one status for the repeat')
    assert.match(answers.at(-1) ?? '', /status:RequestDenied/)
  })
})

/** Signs in once more, and tells the address at which Huawei Cloud's request came to us. */
async function openRequest(page: Page, house: House): Promise<{ readonly url: string }> {
  const request = page.waitForRequest((each) => each.url().startsWith(`${house.url}/saml/sso?`))
  await page.goto(loginLink(house, 'https://console.example/'))
  await waitForVerdict(page, 'accepted')
  return { url: (await request).url() }
}
