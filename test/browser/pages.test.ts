// Every kind of page that a customer can come to here, on a phone and on a desk, light and dark.

import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { encodeNotice, huaweiNoticeSigning, noticeForm } from '../support/notice.ts'
import { signedIn } from '../support/steps.ts'
import { chooseToConnect, fillSignIn, signInAtPortal } from './clicks.ts'
import { enter, type PageRow, type Stage, sendChanged, testPages } from './page-rows.ts'

const DOMAIN = { domainId: '1b2c3d4e5f60718293a4b5c6d7e8f900', domainName: 'ada-cloud' } as const

async function bind({ house, person }: Stage, domainId: string): Promise<void> {
  await house.store.bindings.bind({
    accountId: person.accountId,
    domainId,
    domainName: DOMAIN.domainName,
    source: 'created',
    isConfirmed: true,
    now: house.clock.now(),
  })
}

async function startActivation(
  { house, person }: Stage,
  step: 'code-sent' | 'unknown' | 'created',
): Promise<void> {
  const now = house.clock.now()
  const isMoved = await house.store.activations.move(
    undefined,
    {
      accountId: person.accountId,
      step,
      attempt: 1,
      domainName: DOMAIN.domainName,
      email: person.email,
      area: 'IE',
      domainId: step === 'created' ? DOMAIN.domainId : undefined,
      problem: undefined,
      createAskedAt: step === 'unknown' ? now : undefined,
      resumeAt: undefined,
      startedAt: now,
      changedAt: now,
    },
    { outcome: 'done' },
  )
  assert.ok(isMoved)
}

/** As far as our own page that posts itself to Huawei Cloud. */
async function leave({ page, house, person }: Stage): Promise<void> {
  await signInAtPortal(page, house, person)
  await page.getByRole('link', { name: 'Open Huawei Cloud' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await chooseToConnect(page)
  await page.getByText('Your browser goes on to Huawei Cloud').waitFor()
}

/** As far as the page with which Huawei Cloud has the browser bring its notification. */
async function waitWithNotice(stage: Stage): Promise<void> {
  const { page } = stage
  await leave(stage)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Account name').first().fill(`cloud-of-${stage.person.name}`)
  await page.getByRole('button', { name: 'Create And Bind' }).click()
  await page.getByText('telling your partner').waitFor()
}

async function openActivation(stage: Stage): Promise<void> {
  await enter(stage)
  await stage.page.goto(`${stage.house.url}/activate`)
}

// What browsers check would never arrive.
async function skipBrowserChecks(page: Page): Promise<void> {
  await page.evaluate(`document.querySelector('main form').noValidate = true`)
}

const ROWS: readonly PageRow[] = [
  {
    id: 'sign-in',
    title: 'the sign-in form',
    arrive: ({ page, house }) => page.goto(`${house.url}/sign-in`),
  },
  {
    id: 'sign-in-wrong',
    title: 'the sign-in form after a wrong password',
    visitor: { expects: [401] },
    arrive: async ({ page, house, person }) => {
      await page.goto(`${house.url}/sign-in`)
      await fillSignIn(page, { login: person.login, password: 'not-the-password' })
      await page.getByRole('alert').waitFor()
    },
  },
  {
    id: 'home-none',
    title: 'the page of a customer who is not connected',
    arrive: async (stage) => {
      await enter(stage)
      await stage.page.goto(`${stage.house.url}/`)
      await stage.page.getByText('Not connected yet.').waitFor()
    },
  },
  {
    id: 'home-bound',
    title: 'the page of a customer who is connected',
    arrive: async (stage) => {
      await enter(stage)
      await bind(stage, DOMAIN.domainId)
      await stage.page.goto(`${stage.house.url}/`)
      await stage.page.getByText('Connected.').waitFor()
    },
  },
  {
    id: 'sessions',
    title: 'the page of a customer’s sessions',
    arrive: async (stage) => {
      await enter(stage)
      await signedIn(stage.house, stage.person)
      await stage.page.goto(`${stage.house.url}/sessions`)
    },
  },
  {
    id: 'home-conflict',
    title: 'the page of a customer whose connection is contradicted',
    arrive: async (stage) => {
      await enter(stage)
      await bind(stage, '2c3d4e5f60718293a4b5c6d7e8f9001b')
      await bind(stage, '3d4e5f60718293a4b5c6d7e8f9001b2c')
      await stage.page.goto(`${stage.house.url}/`)
      await stage.page.getByText('Connected differently.').waitFor()
    },
  },
  {
    id: 'home-opening',
    title: 'the page of a customer whose account is being opened',
    arrive: async (stage) => {
      await enter(stage)
      await startActivation(stage, 'unknown')
      await stage.page.goto(`${stage.house.url}/`)
      await stage.page.getByText('Being opened.').waitFor()
    },
  },
  {
    id: 'home-created',
    title: 'the page of a customer whose account is being connected',
    arrive: async (stage) => {
      await enter(stage)
      await startActivation(stage, 'created')
      await stage.page.goto(`${stage.house.url}/`)
      await stage.page.getByText('Almost ready.').waitFor()
    },
  },
  {
    id: 'activate-created',
    title: 'the wait for an account that is being connected',
    arrive: async (stage) => {
      await startActivation(stage, 'created')
      await openActivation(stage)
      await stage.page.getByText('You can close this page').waitFor()
    },
  },
  {
    id: 'connect',
    title: 'the page before a first connection',
    arrive: async (stage) => {
      await enter(stage)
      await stage.page.goto(`${stage.house.url}/launch`)
      await stage.page.getByRole('link', { name: 'Connect my account' }).waitFor()
    },
  },
  {
    id: 'activate',
    title: 'the form that opens an account',
    arrive: openActivation,
  },
  {
    id: 'activate-wrong',
    title: 'the form that opens an account with something wrong in every field',
    visitor: { expects: [400] },
    arrive: async (stage) => {
      const { page } = stage
      await openActivation(stage)
      await page.getByLabel('Account name').fill('1x')
      await page.getByLabel('E-mail address').fill('')
      await skipBrowserChecks(page)
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await page.getByText('Choose your country or region.').waitFor()
    },
  },
  {
    id: 'activate-taken',
    title: 'the form that opens an account with a name that is taken',
    visitor: { expects: [409] },
    arrive: async (stage) => {
      const { page } = stage
      await openActivation(stage)
      await page.getByLabel('Account name').fill('northwind')
      await page.getByLabel('Country or region').selectOption('Ireland')
      await page.getByRole('checkbox').check()
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  {
    id: 'code',
    title: 'the form for the code',
    arrive: async (stage) => {
      await startActivation(stage, 'code-sent')
      await openActivation(stage)
    },
  },
  {
    id: 'code-wrong',
    title: 'the form for the code after a wrong one',
    visitor: { expects: [400] },
    arrive: async (stage) => {
      await startActivation(stage, 'code-sent')
      await openActivation(stage)
      await stage.page.getByLabel('Code').fill('000000')
      await stage.page.getByRole('button', { name: /Open account/ }).click()
      await stage.page.getByRole('alert').waitFor()
    },
  },
  {
    id: 'wait',
    title: 'the wait for an account',
    arrive: async (stage) => {
      await startActivation(stage, 'unknown')
      await openActivation(stage)
      await stage.page.getByRole('status').waitFor()
    },
  },
  {
    id: 'sign-out',
    title: 'the question before signing out',
    arrive: async (stage) => {
      await enter(stage)
      await stage.page.goto(`${stage.house.url}/sign-out`)
    },
  },
  {
    id: 'signed-out',
    title: 'the page after signing out',
    arrive: ({ page, house }) => page.goto(`${house.url}/sign-out`),
  },
  {
    id: 'leaving',
    title: 'the page that carries our answer to Huawei Cloud',
    isOnce: true,
    visitor: { isPatient: true },
    arrive: leave,
  },
  {
    id: 'bound',
    title: 'the reply to a notification',
    isOnce: true,
    visitor: { isPatient: true },
    arrive: async (stage) => {
      await waitWithNotice(stage)
      await stage.page.getByRole('button', { name: 'Continue' }).click()
      await stage.page.getByRole('heading', { name: 'Connected to Huawei Cloud' }).waitFor()
    },
  },
  {
    id: 'bound-unknown',
    title: 'the reply to a notification of something unknown',
    isOnce: true,
    visitor: { isPatient: true },
    arrive: async (stage) => {
      const { house, person, page } = stage
      await waitWithNotice(stage)
      const facts = { ...DOMAIN, xUserId: person.accountId, bindAction: 2 }
      const notice = encodeNotice(JSON.stringify(facts))
      await sendChanged(page, noticeForm(notice, huaweiNoticeSigning(house)))
      await page.getByRole('heading', { name: 'Message received' }).waitFor()
    },
  },
  {
    id: 'refusal',
    title: 'a refusal',
    visitor: { expects: [403] },
    arrive: async ({ page, house, person }) => {
      house.sandbox.setScenario('wrong-acs')
      await signInAtPortal(page, house, person)
      await page.getByRole('link', { name: 'Open Huawei Cloud' }).click()
      await chooseToConnect(page)
      await page.getByText('SAML_WRONG_ACS').waitFor()
    },
  },
  {
    id: 'not-found',
    title: 'the page for an address that does not exist',
    visitor: { expects: [404] },
    arrive: ({ page, house }) => page.goto(`${house.url}/no-such-page`),
  },
]

testPages('the pages of the identity provider', ROWS, { languages: ['zh', 'de', 'es', 'fr'] })
