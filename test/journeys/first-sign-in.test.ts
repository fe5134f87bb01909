// The main story: a customer comes from the portal, gets a Huawei Cloud account, and is let in from then
// on. Huawei Cloud is the sandbox, which judges every answer with a verifier that is not ours.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  answerXml,
  bindExisting,
  cloudAccounts,
  connected,
  createAndBind,
  newCustomer,
  openHuawei,
  signInHere,
  titleOf,
  verdictOf,
} from '../support/steps.ts'

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  test('a customer of the portal gets a Huawei Cloud account at the first sign-in', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()

    const asked = await openHuawei(house(), browser, person)
    const reply = await createAndBind(browser, asked, 'first-account')

    assert.equal(verdictOf(asked), 'create-and-bind')
    assert.equal(titleOf(reply), 'Connected to Huawei Cloud')
    const { state, domainName, domainId, source, confirmedAt } = await house().store.bindings.find(
      person.accountId,
    )
    assert.deepEqual(
      { state, domainName, source },
      {
        state: 'bound',
        domainName: 'first-account',
        source: 'notice',
      },
    )
    assert.equal(domainId, cloudAccounts(house(), person)[0]?.domainId)
    assert.ok(confirmedAt !== undefined, 'the partner API has agreed')
  })

  test('the second sign-in asks for nothing and leads straight to the console', async () => {
    const { browser, person } = await connected(house())

    const start = await browser.go(`${house().url}/launch`)
    const end = await browser.settle(start)

    assert.ok(start.way.some((url) => url.includes('isFirstLogin=false')))
    assert.equal(verdictOf(end), 'accepted')
    assert.ok(end.body.includes(`cloud-of-${person.name}`))
    assert.ok(end.body.includes(`${house().sandbox.url}/iam/`), 'the console is where it leads')
  })

  test('the portal vouches for a customer whose sign-in here has ended', async () => {
    const { browser, person } = await connected(house())
    await browser.submit(await browser.go(`${house().url}/sign-out`), '/sign-out')

    const end = await openHuawei(house(), browser, person)

    assert.equal(verdictOf(end), 'accepted')
  })

  test('a customer can sign in here, without the portal', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()

    const asked = await signInHere(house(), browser, person, '/launch')

    assert.equal(verdictOf(asked), 'create-and-bind')
    const answered = house()
      .log()
      .findLast(({ event }) => event === 'sso.answered')
    assert.equal(answered?.['account'], person.accountId)
  })

  test('a service of the console is remembered across the whole sign-in', async () => {
    const { person } = await connected(house())
    const service = `${house().sandbox.url}/ecm/?region=eu-west-101&locale=en-us#/ecs/list`

    const next = `/launch?service=${encodeURIComponent(service)}`
    const end = await signInHere(house(), new Browser(), person, next)

    assert.equal(verdictOf(end), 'accepted')
    assert.ok(end.body.includes(service.replaceAll('&', '&amp;')))
  })

  test('a customer connects a Huawei Cloud account that exists already', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()

    const asked = await openHuawei(house(), browser, person)
    const reply = await bindExisting(browser, asked, 'northwind')
    const end = await openHuawei(house(), browser, person)

    assert.equal(titleOf(reply), 'Connected to Huawei Cloud')
    assert.equal((await house().store.bindings.find(person.accountId)).domainName, 'northwind')
    assert.equal(verdictOf(end), 'accepted')
  })

  test('an account that Huawei Cloud does not let be bound is bound on neither side', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()

    const asked = await openHuawei(house(), browser, person)
    const again = await bindExisting(browser, asked, 'in-arrears')

    assert.equal(verdictOf(again), 'create-and-bind')
    assert.equal((await house().store.bindings.find(person.accountId)).domainId, undefined)
    assert.deepEqual(cloudAccounts(house(), person), [])
  })

  test('Huawei Cloud learns everything that is known of the customer', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()
    await signInHere(house(), browser, person)

    const xml = answerXml(await browser.go(`${house().url}/launch?chosen=yes`))

    const told = [
      ...xml.matchAll(/Attribute [^>]*Name="(\w+)".*?<saml2:AttributeValue[^>]*>([^<]*)/gs),
    ]
    assert.deepEqual(Object.fromEntries(told.map(([, name = '', value]) => [name, value])), {
      xUserId: person.accountId,
      xAccountId: person.accountId,
      bpId: 'sandboxpartner0001',
      email: person.email,
      name: person.name,
    })
  })
})
