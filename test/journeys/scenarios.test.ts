// Every scenario of the sandbox ends as its row in the table says. The table is src/sandbox/scenarios.ts.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SCENARIO_NAMES, type ScenarioName } from '../../src/sandbox/scenarios.ts'
import { Browser, type Seen } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  cloudAccounts,
  codeOf,
  createAndBind,
  enterCode,
  loggedCode,
  newCustomer,
  openHuawei,
  orderCode,
  type Person,
  play,
  signedIn,
  titleOf,
  verdictOf,
} from '../support/steps.ts'

type Story = (house: House, person: Person) => Promise<void>

/** A sign-in that ends on a page of ours with the code. */
function endsOnPage(code: string): Story {
  return async (house, person) => {
    const end = await openHuawei(house, new Browser(), person)

    assert.equal(codeOf(end), code)
    assert.ok(end.url.startsWith(house.url), 'nothing was sent anywhere')
  }
}

async function connectedStates(house: House, person: Person) {
  const { state } = await house.store.bindings.find(person.accountId)
  return { here: state, there: cloudAccounts(house, person).length }
}

/** Opens an account; the scenario begins when the code is there. */
async function openAccount(house: House, person: Person): Promise<Seen> {
  const { scenario } = house.sandbox.readState()
  const browser = await signedIn(house, person)
  play(house, 'normal')
  await orderCode(house, browser, person)
  play(house, scenario)
  return enterCode(house, browser, person)
}

/** As far as the page that leaves for Huawei Cloud. */
async function signOutOfBoth(house: House, person: Person) {
  const browser = new Browser()
  const first = await openHuawei(house, browser, person)
  await createAndBind(browser, first, `logout-${person.name}`)
  const seen = await browser.submit(await browser.go(`${house.url}/sign-out`), '/sign-out')
  const next = /href="(\/saml\/slo\/next[^"]+)"/.exec(seen.body)?.[1] ?? ''
  return { browser, seen, next: `${house.url}${next}` }
}

const STORIES: Readonly<Record<ScenarioName, Story>> = {
  normal: async (house, person) => {
    const browser = new Browser()

    const first = await openHuawei(house, browser, person)
    await createAndBind(browser, first, `normal-${person.name}`)
    const second = await openHuawei(house, browser, person)

    assert.deepEqual([first, second].map(verdictOf), ['create-and-bind', 'accepted'])
  },

  bind: async (house, person) => {
    const browser = new Browser()

    const first = await openHuawei(house, browser, person)
    await createAndBind(browser, first, `always-${person.name}`)
    const second = await openHuawei(house, browser, person)

    assert.deepEqual([first, second].map(verdictOf), ['create-and-bind', 'create-and-bind'])
  },

  'wrong-acs': endsOnPage('SAML_WRONG_ACS'),
  'forged-signature': endsOnPage('SAML_BAD_SIGNATURE'),
  'unsigned-request': endsOnPage('SAML_UNSIGNED'),
  'expired-request': endsOnPage('SAML_EXPIRED'),

  'replayed-request': async (house, person) => {
    const browser = new Browser()

    const first = await openHuawei(house, browser, person)
    const second = await openHuawei(house, browser, person)

    assert.deepEqual([first, second].map(verdictOf), ['create-and-bind', 'status'])
    assert.equal(loggedCode(house), 'SAML_REPLAYED')
    assert.ok(titleOf(second).includes('RequestDenied'), titleOf(second))
  },

  'replayed-bind': async (house, person) => {
    const browser = new Browser()

    const asked = await openHuawei(house, browser, person)
    const reply = await createAndBind(browser, asked, `replayed-${person.name}`)

    assert.equal(titleOf(reply), 'Connected to Huawei Cloud')
    assert.deepEqual(await connectedStates(house, person), { here: 'bound', there: 1 })
    const [notice] = await house.store.notices.list({ limit: 1, matching: person.accountId })
    assert.equal(notice?.times, 2)
  },

  'forged-bind': async (house, person) => {
    const browser = new Browser()

    const asked = await openHuawei(house, browser, person)
    const reply = await createAndBind(browser, asked, `forged-${person.name}`)

    assert.equal(codeOf(reply), 'BIND_BAD_SIGNATURE')
    assert.deepEqual(await connectedStates(house, person), { here: 'asked', there: 0 })
  },

  'silent-logout': async (house, person) => {
    const leaving = await signOutOfBoth(house, person)

    const stuck = await leaving.browser.settle(leaving.seen)
    const end = await leaving.browser.go(leaving.next)

    assert.equal(titleOf(stuck), 'Huawei Cloud does not answer')
    assert.match(end.body, /<\/strong>: it did not answer\./)
  },

  'refused-logout': async (house, person) => {
    const { browser, seen } = await signOutOfBoth(house, person)

    const end = await browser.settle(seen)

    assert.match(end.body, /<\/strong>: it did not sign you out/)
  },

  'slow-api': async (house, person) => {
    const seen = await openAccount(house, person)

    assert.equal(titleOf(seen), 'Your account is being opened')
    assert.ok(seen.way.some((url) => url.endsWith('/activate/code')))
    const codes = house.log().map((line) => line['code'])
    assert.ok(codes.includes('PARTNER_UNREACHABLE'))
  },

  'created-but-500': async (house, person) => {
    await openAccount(house, person)

    assert.deepEqual(await connectedStates(house, person), { here: 'bound', there: 1 })
  },

  'created-but-silent': async (house, person) => {
    await openAccount(house, person)

    assert.deepEqual(await connectedStates(house, person), { here: 'bound', there: 1 })
  },

  throttled: async (house, person) => {
    const seen = await openAccount(house, person)

    assert.ok(seen.body.includes('Huawei Cloud is busy. Wait a minute and try again.'))
    const { arrivals } = house.sandbox.readState()
    const asked = arrivals.filter(({ summary }) => summary.startsWith('createCustomer'))
    assert.equal(asked.filter(({ verdict }) => verdict === '429').length, 1, 'asked once')
  },
}

forEachEngine((engine) => {
  const house = sharedHouse(engine, { environment: { HUAWEI_TIMEOUT_SECONDS: '1' } })

  for (const scenario of SCENARIO_NAMES) {
    test(`the scenario "${scenario}" ends as the table says`, async () => {
      const person = await newCustomer(house())
      play(house(), scenario)

      await STORIES[scenario](house(), person)
    })
  }
})
