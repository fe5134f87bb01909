// The page before a first connection: both ways of Huawei's appendix 11.2, and when Huawei refuses one of
// them, said before the customer goes there, and said once.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { activation } from '../store/records.ts'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  bindExisting,
  connected,
  createAndBind,
  goToConnect,
  newCustomer,
  signedIn,
  signInAtPortal,
  titleOf,
  verdictOf,
} from '../support/steps.ts'

const CONDITIONS = [
  'has unpaid bills',
  'is associated with another partner',
  'has a special contract',
  'consulting partner',
  'member account of an enterprise',
  'reserved instances',
] as const

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  test('a customer reads first which accounts Huawei Cloud cannot connect', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))

    const seen = await browser.go(`${house().url}/launch`)

    assert.equal(new URL(seen.url).pathname, '/connect')
    for (const condition of CONDITIONS) assert.ok(seen.body.includes(condition), condition)
    assert.ok(seen.body.includes('href="/activate"'), 'the way to a new account')
  })

  for (const { title, way, name } of [
    { title: 'opens a new account there', way: createAndBind, name: 'brand-new' },
    { title: 'connects an account that exists', way: bindExisting, name: 'northwind' },
  ]) {
    test(`a customer who has read it ${title}, and is not asked again`, async () => {
      const person = await newCustomer(house())
      const browser = await signedIn(house(), person)
      const service = `${house().config.huawei.consoleUrl}/ecm/?a=b`
      const page = await browser.go(`${house().url}/launch?service=${encodeURIComponent(service)}`)

      const asked = await goToConnect(browser, page)
      const again = await browser.settle(await browser.go(`${house().url}/launch`))
      const reply = await way(browser, asked, name)
      const end = await browser.settle(await browser.go(`${house().url}/launch`))

      assert.equal(verdictOf(asked), 'create-and-bind')
      assert.equal(verdictOf(again), 'create-and-bind')
      assert.equal(titleOf(reply), 'Connected to Huawei Cloud')
      assert.equal(verdictOf(end), 'accepted')
    })
  }

  test('the page that was asked for is there after the choice', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))
    const service = `${house().config.huawei.consoleUrl}/ecm/?a=b&c=d`
    const query = `service=${encodeURIComponent(service)}`

    const page = await browser.go(`${house().url}/launch?${query}`)

    assert.ok(page.body.includes(`href="/launch?chosen=yes&amp;${query}"`))
  })

  test('whoever is not signed in signs in first, and then reads it', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()

    const seen = await signInAtPortal(
      browser,
      await browser.settle(await browser.go(`${house().url}/connect`)),
      person,
    )

    assert.equal(verdictOf(seen), 'create-and-bind')
    const { askedAt } = await house().store.bindings.find(person.accountId)
    assert.ok(askedAt !== undefined)
  })

  test('a customer who is connected goes straight on', async () => {
    const { browser } = await connected(house())

    const seen = await browser.settle(await browser.go(`${house().url}/connect`))

    assert.equal(verdictOf(seen), 'accepted')
  })

  for (const { step, leadsTo } of [
    { step: 'create-asked', leadsTo: '/' },
    { step: 'unknown', leadsTo: '/' },
    { step: 'created', leadsTo: 'isFirstLogin=false' },
    { step: 'associated', leadsTo: 'isFirstLogin=false' },
    { step: 'refused', leadsTo: '/connect' },
    { step: 'abandoned', leadsTo: '/connect' },
  ] as const) {
    test(`a customer whose activation stands at "${step}" is led to ${leadsTo}`, async () => {
      const person = await newCustomer(house())
      const browser = await signedIn(house(), person)
      const { accountId, name: domainName } = person
      const now = house().clock.now()
      const domainId = leadsTo.startsWith('is') ? 'd-1' : undefined
      const record = activation({ accountId, step, domainName, domainId, changedAt: now })
      await house().store.activations.move(undefined, record, { outcome: 'done' })

      const cookie = [...browser.cookies('localhost')].map((pair) => pair.join('=')).join('; ')
      const answer = await fetch(`${house().url}/launch`, {
        redirect: 'manual',
        headers: { cookie },
      })

      assert.ok(answer.headers.get('location')?.includes(leadsTo))
    })
  }
})
