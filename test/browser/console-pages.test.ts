// Every kind of screen of the operator's console, on a phone and on a desk, light and dark.

import { Browser } from '../support/browser.ts'
import { type House, OPERATOR } from '../support/house.ts'
import { bringNotice } from '../support/notice.ts'
import { connected, newCustomer, orderCode, signedIn } from '../support/steps.ts'
import { fillSignIn } from './clicks.ts'
import { type PageRow, type Stage, testPages } from './page-rows.ts'

async function open({ page, house }: Stage, path: string): Promise<void> {
  await page.goto(`${house.url}${path}`)
  await fillSignIn(page, OPERATOR)
  await page.getByText(OPERATOR.login, { exact: true }).waitFor()
}

/** A customer of every sort: connected, contradicted, about to open an account, disabled. */
async function makeHistory(house: House): Promise<void> {
  const { person } = await connected(house)
  await bringNotice(house, new Browser(), {
    xUserId: person.accountId,
    domainId: '9f8e7d6c5b4a39281706f5e4d3c2b1a0',
    domainName: 'somebody-elses-account',
    bindAction: 1,
  })
  const opening = await newCustomer(house)
  await orderCode(house, await signedIn(house, opening), opening)
  const { accountId } = await newCustomer(house)
  await house.store.accounts.setEnabled(accountId, false)
}

const ROWS: readonly PageRow[] = [
  {
    id: 'console-sign-in',
    title: 'the sign-in form of the console',
    arrive: ({ page, house }) => page.goto(`${house.url}/console`),
  },
  {
    id: 'console-sign-in-wrong',
    title: 'the sign-in form of the console after a wrong password',
    visitor: { expects: [401] },
    arrive: async ({ page, house }) => {
      await page.goto(`${house.url}/console`)
      await fillSignIn(page, { login: OPERATOR.login, password: 'not-the-password' })
      await page.getByRole('alert').waitFor()
    },
  },
  {
    id: 'console-empty',
    title: 'the overview of a new installation',
    arrive: (stage) => open(stage, '/console'),
  },
  {
    id: 'console',
    title: 'the overview',
    arrive: async (stage) => {
      await makeHistory(stage.house)
      await open(stage, '/console')
    },
  },
  {
    id: 'console-customers',
    title: 'the customers',
    arrive: (stage) => open(stage, '/console/customers'),
  },
  {
    id: 'console-customers-none',
    title: 'a search that finds nobody',
    arrive: async (stage) => {
      await open(stage, '/console/customers')
      await stage.page.getByRole('searchbox').fill('nobody at all')
      await stage.page.getByRole('button', { name: 'Search' }).click()
      await stage.page.getByText('Nobody is found').waitFor()
    },
  },
  {
    id: 'console-customer',
    title: 'a customer who has signed in',
    arrive: async (stage) => {
      const { person } = await connected(stage.house)
      await open(stage, `/console/customers/detail?account=${person.accountId}`)
    },
  },
  {
    id: 'console-customer-conflict',
    title: 'a customer whose connection is contradicted',
    arrive: async (stage) => {
      const { house } = stage
      const { person } = await connected(house)
      await bringNotice(house, new Browser(), {
        xUserId: person.accountId,
        domainId: '8e7d6c5b4a39281706f5e4d3c2b1a09f',
        domainName: 'somebody-elses-account',
        bindAction: 1,
      })
      await open(stage, `/console/customers/detail?account=${person.accountId}`)
      await stage.page.getByText('Conflict.').waitFor()
    },
  },
  {
    id: 'console-bindings',
    title: 'the bindings',
    arrive: async (stage) => {
      await makeHistory(stage.house)
      await open(stage, '/console/bindings')
    },
  },
  {
    id: 'console-notices',
    title: 'the notices',
    arrive: async (stage) => {
      await makeHistory(stage.house)
      await open(stage, '/console/notices')
      await stage.page.getByText('Show', { exact: true }).first().click()
    },
  },
  {
    id: 'console-activations',
    title: 'the activations',
    arrive: async (stage) => {
      await makeHistory(stage.house)
      await open(stage, '/console/activations')
    },
  },
  {
    id: 'console-metadata',
    title: 'fetched metadata, of which a change waits',
    arrive: async (stage) => {
      const { store, clock } = stage.house
      const now = clock.now()
      const named = { name: 'huawei-eu', url: 'https://auth.cloud.example/metadata.xml' }
      await store.metadata.claim(named, { now, until: now, isForced: true })
      const changes = [`signing key ${'0123456789abcdef'.repeat(4)} is new`]
      const pending = { xml: '<md/>', changes, at: now }
      await store.metadata.change(named, { xml: '<md/>', takenAt: now, pending })
      await open(stage, '/console/metadata')
    },
  },
  {
    id: 'console-not-found',
    title: 'a customer who does not exist',
    visitor: { expects: [404] },
    arrive: async (stage) => {
      await open(stage, '/console')
      await stage.page.goto(`${stage.house.url}/console/customers/detail?account=nobody`)
    },
  },
]

testPages('the screens of the console', ROWS)
