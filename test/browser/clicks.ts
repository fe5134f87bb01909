// What people do at the portal, at the identity provider and at Huawei Cloud, click by click.

import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { ENGINES } from '../support/engines.ts'
import { CUSTOMER, type House } from '../support/house.ts'
import type { Person } from '../support/steps.ts'

const [sqlite] = ENGINES
assert.ok(sqlite?.name === 'sqlite')

/** For tests to which the engine makes no difference. */
export const SQLITE = sqlite

/** The sandbox's verdicts, as its pages carry them. */
export type Verdict = 'accepted' | 'refused' | 'create-and-bind' | 'status' | 'not-bound'

/** Signs the customer in at the partner's portal. */
export async function signInAtPortal(
  page: Page,
  house: House,
  who: Pick<Person, 'login' | 'password' | 'name'> = CUSTOMER,
): Promise<void> {
  await page.goto(`${house.sandbox.url}/portal`)
  await page.getByRole('link', { name: 'Sign in', exact: true }).click()
  await fillSignIn(page, who)
  await page.getByText(`You are signed in as ${who.name}`).waitFor()
}

/** Fills in a sign-in form, here or at the portal, and sends it. */
export async function fillSignIn(
  page: Page,
  who: Pick<Person, 'login' | 'password'> = CUSTOMER,
): Promise<void> {
  await page.getByLabel('Sign-in name').fill(who.login)
  await page.getByLabel('Password').fill(who.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Chooses "Open Huawei Cloud" and waits for what Huawei Cloud makes of it. */
export async function openHuaweiCloud(page: Page, verdict: Verdict): Promise<void> {
  await page.getByRole('link', { name: 'Open Huawei Cloud' }).click()
  const choice = page.getByRole('link', { name: 'Connect my account' })
  await choice.or(page.locator('[data-verdict]')).waitFor()
  if (await choice.isVisible()) await choice.click()
  await waitForVerdict(page, verdict)
}

/** Chooses, on our page before a first connection, to connect an account that exists. */
export async function chooseToConnect(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Connect my account' }).click()
}

/** Waits until Huawei Cloud shows a verdict, and expects this one. */
export async function waitForVerdict(page: Page, verdict: Verdict): Promise<void> {
  const shown = page.locator('[data-verdict]')
  await shown.waitFor()
  assert.equal(await shown.getAttribute('data-verdict'), verdict, await shown.innerText())
}

/** On Huawei Cloud's page: a new account under this name. Ends on our page that says so. */
export async function createAndBind(page: Page, name: string): Promise<void> {
  await page.getByLabel('Account name').first().fill(name)
  await page.getByRole('button', { name: 'Create And Bind' }).click()
  await page.getByRole('heading', { name: 'Connected to Huawei Cloud' }).waitFor()
}

/** On Huawei Cloud's page: an account that exists already. Ends on our page that says so. */
export async function bindExisting(
  page: Page,
  account: { readonly name: string; readonly password: string },
): Promise<void> {
  await page.getByLabel('Account name').last().fill(account.name)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Bind Account' }).click()
  await page.getByRole('heading', { name: 'Connected to Huawei Cloud' }).waitFor()
}

/** The refusal page of this code, with the sentence and reference that a person can quote. */
export async function waitForRefusal(page: Page, code: string): Promise<void> {
  await page.getByText(code, { exact: true }).waitFor()
  assert.match(await page.locator('.reference').innerText(), /Reference \S{8,}/)
}

/** Huawei Cloud's login link to a page of its console, as a bookmark has it. */
export function loginLink(house: House, service: string): string {
  const query = new URLSearchParams({
    xAccountType: SANDBOX.platformId,
    isFirstLogin: 'false',
    service,
  })
  return `${house.sandbox.url}/authui/saml/login?${query}`
}
