// A customer has an account opened from our own page, with the code that Huawei Cloud mails.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { oneChromium, WITHOUT_CHROMIUM } from '../support/chromium.ts'
import { forEachEngine, freshDatabase } from '../support/engines.ts'
import { CUSTOMER, type House, startHouse } from '../support/house.ts'
import { fillSignIn, waitForVerdict } from './clicks.ts'

/** The newest code in the mailbox, looked up in another tab. */
async function readCode(page: Page, house: House): Promise<string> {
  const mailbox = await page.context().newPage()
  await mailbox.goto(`${house.sandbox.url}/sandbox/mailbox`)
  const code = await mailbox.locator(`[data-code-for="${CUSTOMER.email}"]`).first().innerText()
  await mailbox.close()
  return code
}

async function askForCode(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Open a new account' }).click()
  await page.getByLabel('Account name').fill('ada-cloud')
  await page.getByLabel('Country or region').selectOption('Ireland')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByRole('heading', { name: 'Enter the code' }).waitFor()
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: /Open account/ }).click()
}

describe('opening an account in Chromium', { skip: WITHOUT_CHROMIUM }, () => {
  const openVisitor = oneChromium()

  forEachEngine((engine) => {
    test('a customer opens an account and goes straight on to Huawei Cloud', async (t) => {
      const house = await startHouse(t, { databaseUrl: await freshDatabase(t, engine) })
      const { page } = await openVisitor(t, { expects: [400] })
      await page.goto(`${house.url}/sign-in`)
      await fillSignIn(page)

      await askForCode(page)
      const code = await readCode(page, house)
      await enterCode(page, code === '000000' ? '000001' : '000000')
      const complaint = await page.getByRole('alert').innerText()
      await enterCode(page, code)
      await waitForVerdict(page, 'accepted')

      assert.match(complaint, /code/i)
      assert.match(await page.locator('main').innerText(), /ada-cloud/)
      const binding = await house.store.bindings.find(CUSTOMER.accountId)
      assert.equal(binding.source, 'created')
    })
  })
})
