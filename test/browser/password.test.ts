// Passwords in Chromium: each page in every width, colour and language, and the way of a link for somebody
// whose browser runs no script.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { systemRandom } from '../../src/base/random.ts'
import { createMakePasswordLink } from '../../src/signin/password-link.ts'
import type { Language } from '../../src/web/language.ts'
import { oneChromium, WITHOUT_CHROMIUM } from '../support/chromium.ts'
import type { House } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { newCustomer, type Person } from '../support/steps.ts'
import { fillSignIn, SQLITE } from './clicks.ts'
import { enter, type PageRow, testPages } from './page-rows.ts'

const ALL: readonly Language[] = ['zh', 'de', 'es', 'fr']
const NEW = 'quiet otter paints fences'

async function linkFor({ store, clock, config }: House, { accountId }: Person): Promise<string> {
  const make = createMakePasswordLink({ ...config, store, clock, random: systemRandom })
  return (await make(accountId)).url
}

const ROWS: readonly PageRow[] = [
  {
    id: 'password',
    title: 'the form that changes a password',
    arrive: async (stage) => {
      await enter(stage)
      await stage.page.goto(`${stage.house.url}/password`)
    },
  },
  {
    id: 'password-refused',
    title: 'the form after a password that cannot be used',
    isOnce: true,
    visitor: { expects: [400] },
    arrive: async (stage) => {
      const { page, house, person } = stage
      await enter(stage)
      await page.goto(`${house.url}/password`)
      await page.getByLabel('Current password').fill(person.password)
      await page.getByLabel('New password', { exact: true }).fill('password2024')
      await page.getByLabel('New password once more').fill('password2024')
      await page.getByRole('button', { name: 'Change password' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  {
    id: 'password-changed',
    title: 'the page after a change of password',
    arrive: ({ page, house }) => page.goto(`${house.url}/password/changed`),
  },
  {
    id: 'password-reset',
    title: 'the form behind a link that sets a password',
    arrive: async ({ page, house, person }) => page.goto(await linkFor(house, person)),
  },
  {
    id: 'password-link-invalid',
    title: 'the page of a link that was used',
    visitor: { expects: [403] },
    arrive: ({ page, house }) => page.goto(`${house.url}/password/reset?token=used`),
  },
  {
    id: 'password-set',
    title: 'the page after a password was set',
    arrive: ({ page, house }) => page.goto(`${house.url}/password/set`),
  },
  {
    id: 'password-forgotten',
    title: 'the page for people who have forgotten their password',
    arrive: ({ page, house }) => page.goto(`${house.url}/password/forgotten`),
  },
  {
    id: 'home-failures',
    title: 'the page that tells of attempts that failed',
    arrive: async (stage) => {
      const { page, house, person } = stage
      const attempt = { role: 'customer', id: person.accountId, method: 'password' } as const
      const seen = { network: undefined, agent: undefined, at: house.clock.now() }
      await house.store.signIns.add({ ...attempt, ...seen, refusal: 'SIGN_IN_FAILED' })
      await enter(stage)
      await page.goto(`${house.url}/`)
      await page.getByText('there was one attempt that failed').waitFor()
    },
  },
]

testPages('the pages of passwords', ROWS, { languages: ALL })

describe('a link that sets a password, in Chromium', { skip: WITHOUT_CHROMIUM }, () => {
  const openVisitor = oneChromium()
  const house = sharedHouse(SQLITE)

  test('works without script, once, and leads to the sign-in', { timeout: 60_000 }, async (t) => {
    const person = await newCustomer(house())
    const link = await linkFor(house(), person)
    const { page } = await openVisitor(t, { javaScriptEnabled: false, expects: [403] })

    await page.goto(link)
    await page.getByLabel('New password', { exact: true }).fill(NEW)
    await page.getByLabel('New password once more').fill(NEW)
    await page.getByRole('button', { name: 'Set password' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await fillSignIn(page, { login: person.login, password: NEW })
    await page.getByText(person.accountId).waitFor()
    await page.goto(link)

    assert.equal(
      await page.locator('h1').innerText(),
      'This link has been used already, or it is too old.',
    )
  })
})
