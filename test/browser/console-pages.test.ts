// Every kind of screen of the operator's console, on a phone and on a desk, light and dark.

import { addDays } from '../../src/base/clock.ts'
import { Browser } from '../support/browser.ts'
import { type House, OPERATOR } from '../support/house.ts'
import { bringNotice } from '../support/notice.ts'
import { connected, newCustomer, orderCode, signedIn } from '../support/steps.ts'
import { fillSignIn } from './clicks.ts'
import { type PageRow, type Stage, testPages } from './page-rows.ts'

async function open({ page, house }: Stage, path: string): Promise<void> {
  await page.goto(`${house.url}${path}`)
  await fillSignIn(page, OPERATOR)
  await page.getByRole('link', { name: OPERATOR.login, exact: true }).waitFor()
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

/** A comparison that has found somebody whom Huawei Cloud does not have. */
async function makeDifference({ house, person }: Stage): Promise<void> {
  const now = house.clock.now()
  const { accountId } = person
  const { reconciles } = house.store
  const run = await reconciles.start({ id: `run-${accountId}`, isDryRun: false, now })
  const domainId = '7d6c5b4a39281706f5e4d3c2b1a09f8e'
  const drift = {
    id: `finding-${accountId}`,
    kind: 'unknown-there',
    proposal: 'release',
    accountId,
    domainId,
    ours: { accountId, domainId },
    theirs: undefined,
  } as const
  const nothing = { seen: [], fixes: [] }
  const counts = { 'unknown-there': 1 }
  const page = { position: 1, total: 1, counts, ...nothing, drifts: [drift] }
  await reconciles.savePage(run, page, now)
}

/** One address that is told everything and one that fails. */
async function makeWebhooks({ store, clock }: House): Promise<void> {
  const now = clock.now()
  const kinds = ['bound', 'unbound', 'conflict', 'created', 'certificate-due'] as const
  for (const name of ['main', 'second']) {
    const url = `https://portal.example/hooks/${name}`
    await store.webhooks.set({ name, id: name, url, kinds, createdAt: now })
  }
  const event = { eventId: 'evt_1', kind: 'bound', body: '{}', now } as const
  await store.deliveries.enqueue({ ...event, expiresAt: addDays(now, 30) })
  const turn = { holder: 'test', now, heldUntil: addDays(now, 1), limit: 9 }
  for (const delivery of await store.deliveries.take(turn)) {
    if (delivery.webhook !== 'main') continue
    const failed = { kind: 'failed', now, problem: 'status 500', nextAt: undefined } as const
    await store.deliveries.settle(delivery, 'test', failed)
  }
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
    id: 'console-audit',
    title: 'the record of what people did',
    arrive: async (stage) => {
      await makeHistory(stage.house)
      await open(stage, '/console/audit')
    },
  },
  {
    id: 'console-sessions',
    title: 'the sessions of an operator',
    arrive: (stage) => open(stage, '/console/sessions'),
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
    id: 'console-binding',
    title: 'one connection and its history',
    arrive: async (stage) => {
      const { person } = await connected(stage.house)
      await open(stage, `/console/bindings/detail?account=${person.accountId}`)
    },
  },
  {
    id: 'console-reconcile',
    title: 'a difference to Huawei Cloud',
    arrive: async (stage) => {
      await makeDifference(stage)
      await open(stage, '/console/reconcile')
      await stage.page
        .getByRole('button', { name: /^Dismiss/ })
        .first()
        .waitFor()
    },
  },
  {
    id: 'console-webhooks',
    title: 'an address of the portal that does not answer',
    arrive: async (stage) => {
      await makeWebhooks(stage.house)
      await open(stage, '/console/webhooks')
      await stage.page.getByRole('button', { name: 'Try again: main' }).waitFor()
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
    id: 'console-call',
    title: 'the operations of the partner API',
    arrive: (stage) => open(stage, '/console/call'),
  },
  {
    id: 'console-call-form',
    title: 'the form of an operation with objects and choices',
    arrive: (stage) => open(stage, '/console/call/form?operation=queryOnDemandPrices'),
  },
  {
    id: 'console-call-answer',
    title: 'an answer of the partner API',
    arrive: async (stage) => {
      await open(stage, '/console/call/form?operation=queryCustomers')
      await stage.page.getByRole('button', { name: 'Ask Huawei Cloud' }).click()
      await stage.page.getByRole('heading', { name: 'Answer' }).waitFor()
    },
  },
  {
    id: 'console-call-refused',
    title: 'a call of the partner API that breaks a rule',
    visitor: { expects: [400] },
    arrive: async (stage) => {
      await open(stage, '/console/call/form?operation=queryCustomers')
      await stage.page.getByLabel('limit').fill('101')
      await stage.page.getByRole('button', { name: 'Ask Huawei Cloud' }).click()
      await stage.page.getByRole('alert').waitFor()
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
