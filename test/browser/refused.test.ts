// What a customer sees when a message from Huawei Cloud is not right: a page with a code to quote.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ScenarioName } from '../../src/sandbox/scenarios.ts'
import { oneChromium, WITHOUT_CHROMIUM } from '../support/chromium.ts'
import { freshDatabase } from '../support/engines.ts'
import { CUSTOMER, startHouse } from '../support/house.ts'
import {
  chooseToConnect,
  openHuaweiCloud,
  SQLITE,
  signInAtPortal,
  waitForRefusal,
} from './clicks.ts'

type Row = { readonly scenario: ScenarioName; readonly title: string; readonly code: string }

const PAGES: readonly Row[] = [
  {
    scenario: 'wrong-acs',
    title: 'a request for an answer at a strange address',
    code: 'SAML_WRONG_ACS',
  },
  {
    scenario: 'forged-signature',
    title: 'a request that somebody else signed',
    code: 'SAML_BAD_SIGNATURE',
  },
  {
    scenario: 'unsigned-request',
    title: 'a request that nobody signed',
    code: 'SAML_UNSIGNED',
  },
  {
    scenario: 'expired-request',
    title: 'a request that is an hour old',
    code: 'SAML_EXPIRED',
  },
]

describe('refusals in Chromium', { skip: WITHOUT_CHROMIUM }, () => {
  const openVisitor = oneChromium()

  for (const { scenario, title, code } of PAGES) {
    test(`${title} ends on a page with ${code}, and nothing is sent`, async (t) => {
      const house = await startHouse(t, { databaseUrl: await freshDatabase(t, SQLITE) })
      const { page, answers } = await openVisitor(t, { expects: [400, 403] })
      await signInAtPortal(page, house)
      house.sandbox.setScenario(scenario)

      await page.getByRole('link', { name: 'Open Huawei Cloud' }).click()
      await chooseToConnect(page)
      await waitForRefusal(page, code)

      assert.equal(new URL(page.url()).origin, house.url)
      assert.deepEqual(answers, [])
    })
  }

  test('a notification that somebody else signed connects nothing', async (t) => {
    const house = await startHouse(t, { databaseUrl: await freshDatabase(t, SQLITE) })
    const { page } = await openVisitor(t, { expects: [403] })
    await signInAtPortal(page, house)
    house.sandbox.setScenario('forged-bind')
    await openHuaweiCloud(page, 'create-and-bind')

    await page.getByLabel('Account name').first().fill('ada-cloud')
    await page.getByRole('button', { name: 'Create And Bind' }).click()
    await waitForRefusal(page, 'BIND_BAD_SIGNATURE')

    const binding = await house.store.bindings.find(CUSTOMER.accountId)
    assert.equal(binding.state, 'asked')
  })
})
