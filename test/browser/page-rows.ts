// Every kind of page is a row: what it is, and how a visitor gets there. Each is looked at in every
// width and colour; with SCREENSHOTS=folder it leaves pictures there for people to look at.

import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { LANGUAGES, type Language } from '../../src/web/language.ts'
import type { Browser } from '../support/browser.ts'
import {
  checkPage,
  LOOKS,
  look,
  oneChromium,
  type Visitor,
  type VisitorOptions,
  WITHOUT_CHROMIUM,
} from '../support/chromium.ts'
import type { House, HouseOptions } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { newCustomer, type Person, signedIn } from '../support/steps.ts'
import { SQLITE } from './clicks.ts'
import { findEnglish, speak } from './speaking.ts'

/** Where a row begins: somebody new, with an empty browser. */
export type Stage = Visitor & { readonly house: House; readonly person: Person }

/** One kind of page. */
export type PageRow = {
  /** Names the pictures. */
  readonly id: string
  /** What a visitor sees, for "shows everybody …". */
  readonly title: string
  readonly arrive: (stage: Stage) => Promise<unknown>
  readonly visitor?: VisitorOptions
  /** It is not there again when it is loaded a second time, so it is looked at in English only. */
  readonly isOnce?: boolean
}

const PICTURES = process.env['SCREENSHOTS']

/** Where the pages come from, and in which languages beside English they are looked at. */
export type PagesOptions = Omit<HouseOptions, 'databaseUrl'> & {
  readonly languages?: readonly Language[]
}

/** Declares a test for each row. */
export function testPages(
  name: string,
  rows: readonly PageRow[],
  { languages = [], ...options }: PagesOptions = {},
): void {
  describe(name, { skip: WITHOUT_CHROMIUM }, () => {
    const openVisitor = oneChromium()
    const getHouse = sharedHouse(SQLITE, options)
    for (const { id, title, arrive, visitor, isOnce } of rows) {
      test(`everybody can use ${title}`, { timeout: 60_000 }, async (t) => {
        const house = getHouse()
        const person = await newCustomer(house)
        const stage = { ...(await openVisitor(t, visitor)), house, person }

        await arrive(stage)

        for (const each of LOOKS) {
          await look(stage.page, each)
          await takePicture(stage.page, `${id}-${each.width}-${each.colorScheme}`)
          await checkPage(stage.page)
        }
        for (const language of isOnce === true ? [] : languages) {
          await look(stage.page, { width: 360, colorScheme: 'light' })
          await speak(stage, language)
          await takePicture(stage.page, `${id}-${language}`)
          await checkPage(stage.page, LANGUAGES[language].tag)
          assert.deepEqual(await findEnglish(stage.page), [], `in English, in “${language}”`)
        }
      })
    }
  })
}

async function takePicture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
}

/** Puts a sign-in here, made without Chromium, into the visitor's browser. */
export async function enter({ house, person, context }: Stage): Promise<void> {
  await keepCookies(await signedIn(house, person), context, house.url)
}

/** Copies the cookies that a browser of few words has for a site. */
export async function keepCookies(
  browser: Browser,
  context: Visitor['context'],
  site: string,
): Promise<void> {
  const { hostname } = new URL(site)
  const cookies = [...browser.cookies(hostname)].map(([name, value]) => ({
    name,
    value,
    url: site,
  }))
  await context.addCookies(cookies)
}

/** Changes what the form of a page that waits for "Continue" will send, and sends it. */
export async function sendChanged(
  page: Page,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const assignments = Object.entries(fields).map(
    ([name, value]) =>
      `document.getElementsByName(${JSON.stringify(name)})[0].value = ${JSON.stringify(value)}`,
  )
  await page.evaluate(assignments.join(';'))
  await page.getByRole('button', { name: 'Continue' }).click()
}
