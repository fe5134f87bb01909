// Every kind of page of the sandbox, on a phone and on a desk, light and dark: the portal, Huawei Cloud's
// side, and the pages that show what arrived.

import { fillSignIn, loginLink, openHuaweiCloud, signInAtPortal, waitForVerdict } from './clicks.ts'
import { enter, type PageRow, type Stage, sendChanged, testPages } from './page-rows.ts'

async function askToBind({ page, house, person }: Stage): Promise<void> {
  await signInAtPortal(page, house, person)
  await openHuaweiCloud(page, 'create-and-bind')
}

async function enterConsole(stage: Stage): Promise<void> {
  const { page, person } = stage
  await askToBind(stage)
  await page.getByLabel('Account name').first().fill(`cloud-of-${person.name}`)
  await page.getByRole('button', { name: 'Create And Bind' }).click()
  await page.getByRole('link', { name: 'Open Huawei Cloud now' }).click()
  await waitForVerdict(page, 'accepted')
}

// Our answer comes back with a RelayState that Huawei Cloud has not given.
async function answerWrongly(stage: Stage): Promise<void> {
  const { page, house } = stage
  await enter(stage)
  await page.goto(loginLink(house, ''))
  await sendChanged(page, { RelayState: 'of somebody else' })
  await waitForVerdict(page, 'refused')
}

const ROWS: readonly PageRow[] = [
  {
    id: 'portal',
    title: 'the portal',
    arrive: ({ page, house }) => page.goto(`${house.sandbox.url}/portal`),
  },
  {
    id: 'portal-sign-in',
    title: 'the sign-in form of the portal',
    arrive: ({ page, house }) => page.goto(`${house.sandbox.url}/portal/sign-in`),
  },
  {
    id: 'portal-sign-in-wrong',
    title: 'the sign-in form of the portal after a wrong password',
    visitor: { expects: [401] },
    arrive: async ({ page, house }) => {
      await page.goto(`${house.sandbox.url}/portal/sign-in`)
      await fillSignIn(page, { login: 'nobody', password: 'nothing' })
      await page.getByRole('alert').waitFor()
    },
  },
  {
    id: 'portal-signed-in',
    title: 'the portal with a customer',
    arrive: ({ page, house, person }) => signInAtPortal(page, house, person),
  },
  {
    id: 'portal-leaving',
    title: 'the page with which the portal vouches for a customer',
    visitor: { isPatient: true },
    arrive: async ({ page, house, person }) => {
      await signInAtPortal(page, house, person)
      await page.getByRole('link', { name: 'Open Huawei Cloud' }).click()
      await page.getByRole('button', { name: 'Continue' }).waitFor()
    },
  },
  {
    id: 'cloud-bind',
    title: 'the choice between a new account and one that exists',
    arrive: askToBind,
  },
  {
    id: 'cloud-bind-wrong',
    title: 'the choice of an account after a name that is taken',
    visitor: { expects: [400] },
    arrive: async (stage) => {
      await askToBind(stage)
      await stage.page.getByLabel('Account name').first().fill('northwind')
      await stage.page.getByRole('button', { name: 'Create And Bind' }).click()
      await stage.page.getByRole('alert').waitFor()
    },
  },
  {
    id: 'cloud-console',
    title: 'the end of a good sign-in',
    arrive: enterConsole,
  },
  {
    id: 'cloud-not-bound',
    title: 'the end of a sign-in without an account',
    arrive: async (stage) => {
      await enter(stage)
      await stage.page.goto(loginLink(stage.house, ''))
      await waitForVerdict(stage.page, 'not-bound')
    },
  },
  {
    id: 'cloud-status',
    title: 'the end of a sign-in that was refused here',
    arrive: async (stage) => {
      const { house, person, page } = stage
      await enter(stage)
      await house.store.accounts.setEnabled(person.accountId, false)
      await page.goto(loginLink(house, ''))
      await waitForVerdict(page, 'status')
    },
  },
  {
    id: 'cloud-refused',
    title: 'the rules that an answer has broken',
    visitor: { isPatient: true, expects: [400] },
    arrive: answerWrongly,
  },
  {
    id: 'cloud-signed-out',
    title: 'the end of a sign-out at Huawei Cloud',
    arrive: async (stage) => {
      await enterConsole(stage)
      await stage.page.getByRole('link', { name: 'Sign out of Huawei Cloud' }).click()
      await stage.page.getByText('You are signed out of Huawei Cloud').waitFor()
    },
  },
  {
    id: 'cloud-unknown-platform',
    title: 'a login link of a stranger',
    visitor: { expects: [400] },
    arrive: ({ page, house }) =>
      page.goto(`${house.sandbox.url}/authui/saml/login?xAccountType=stranger`),
  },
  {
    id: 'sandbox',
    title: 'the scenarios and what arrived',
    arrive: async (stage) => {
      const { page, house } = stage
      await enterConsole(stage)
      await page.goto(`${house.sandbox.url}/sandbox`)
    },
  },
  {
    id: 'sandbox-refused',
    title: 'the list of what arrived with a refused answer in it',
    visitor: { isPatient: true, expects: [400] },
    arrive: async (stage) => {
      const { page, house } = stage
      await answerWrongly(stage)
      await page.goto(`${house.sandbox.url}/sandbox`)
      await page.getByText('XML', { exact: true }).first().click()
    },
  },
  {
    id: 'sandbox-api',
    title: 'faults, accounts and work done',
    arrive: async (stage) => {
      const { page, house } = stage
      await enterConsole(stage)
      await page.goto(`${house.sandbox.url}/sandbox/api`)
      await page.getByLabel('Operation').selectOption('payOrder')
      await page.getByLabel('Fault').first().selectOption('drop-after-work')
      await page.getByRole('button', { name: 'Switch on' }).click()
      await page.getByText('Waiting for calls').waitFor()
    },
  },
  {
    id: 'mailbox',
    title: 'the mailbox',
    arrive: async (stage) => {
      const { page, house } = stage
      await enter(stage)
      await page.goto(`${house.url}/activate`)
      await page.getByLabel('Account name').fill('opened-cloud')
      await page.getByLabel('Country or region').selectOption('Ireland')
      await page.getByRole('checkbox').check()
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await page.getByRole('heading', { name: 'Enter the code' }).waitFor()
      await page.goto(`${house.sandbox.url}/sandbox/mailbox`)
    },
  },
  {
    id: 'orders',
    title: 'the page on which a customer places an order',
    arrive: async (stage) => {
      const { page, house } = stage
      await enterConsole(stage)
      await page.goto(`${house.sandbox.url}/sandbox/orders`)
      await page.getByRole('button', { name: 'Place the order' }).click()
      await page.getByText('to be paid').waitFor()
    },
  },
]

testPages('the pages of the sandbox', ROWS)
