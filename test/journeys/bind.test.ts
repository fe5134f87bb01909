// Huawei Cloud tells which account a customer has, through the customer's browser: what is applied, what
// is kept without being applied, and what is refused. Attacks on the message are in test/attacks/.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { bringNotice, RSA_SHA256 } from '../support/notice.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  cloudAccounts,
  codeOf,
  connected,
  createAndBind,
  newCustomer,
  openHuawei,
  type Person,
  play,
  signedIn,
  titleOf,
  verdictOf,
} from '../support/steps.ts'

/** A customer whom Huawei Cloud has asked to connect an account. */
async function askedCustomer(house: House): Promise<Person> {
  const person = await newCustomer(house)
  await openHuawei(house, new Browser(), person)
  return person
}

const SPELLINGS = [
  ['as the standard writes it', RSA_SHA256],
  ['in the capitals of Huawei’s documents', RSA_SHA256.toUpperCase()],
] as const

const ACTIONS = [0, 2, -1, 'unbind', ''] as const

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  for (const [how, sigAlg] of SPELLINGS) {
    test(`a notification that names its algorithm ${how} connects the account`, async () => {
      const person = await askedCustomer(house())
      const facts = { xUserId: person.accountId, domainId: `d-${person.name}`, bindAction: 1 }

      const reply = await bringNotice(house(), new Browser(), facts, { sigAlg })

      assert.equal(titleOf(reply), 'Connected to Huawei Cloud')
      assert.equal((await house().store.bindings.find(person.accountId)).state, 'bound')
    })
  }

  test('a notification needs no cookie: the customer may have come with another browser', async () => {
    const person = await askedCustomer(house())
    const facts = { xUserId: person.accountId, domainId: `d-${person.name}`, bindAction: 1 }
    const stranger = new Browser()

    const reply = await bringNotice(house(), stranger, facts)

    assert.equal(reply.status, 200)
    assert.equal(stranger.cookies('localhost').size, 0, 'nobody is signed in by it')
  })

  test('the same notification again gets the same reply and changes nothing', async () => {
    const { person, browser } = await connected(house())
    const before = await house().store.bindings.find(person.accountId)
    const facts = {
      domainName: before.domainName ?? '',
      domainId: before.domainId ?? '',
      xUserId: person.accountId,
      bindAction: 1,
    }

    const reply = await bringNotice(house(), browser, facts)

    assert.equal(titleOf(reply), 'Connected to Huawei Cloud')
    assert.deepEqual(await house().store.bindings.find(person.accountId), before)
    const notices = await house().store.notices.list({ limit: 10, matching: person.accountId })
    assert.deepEqual(
      notices.map(({ times, outcome }) => ({ times, outcome })),
      [{ times: 2, outcome: 'repeat' }],
    )
  })

  test('a captured notification is of no use months later', async () => {
    const { person, browser } = await connected(house())
    const { domainId = '' } = await house().store.bindings.find(person.accountId)
    house().clock.advance(90 * 24 * 60)

    const other = await newCustomer(house())
    const facts = { xUserId: other.accountId, domainId, bindAction: 1 }
    const reply = await bringNotice(house(), browser, facts)

    assert.equal(codeOf(reply), 'BIND_NOT_STARTED')
    assert.equal((await house().store.bindings.find(other.accountId)).state, 'none')
  })

  for (const bindAction of ACTIONS) {
    test(`the action ${JSON.stringify(bindAction)} is kept and changes nothing`, async () => {
      const { person } = await connected(house())
      const before = await house().store.bindings.find(person.accountId)
      const facts = { xUserId: person.accountId, domainId: before.domainId ?? '', bindAction }

      const reply = await bringNotice(house(), new Browser(), facts)

      assert.equal(titleOf(reply), 'Message received')
      assert.deepEqual(await house().store.bindings.find(person.accountId), before)
      const notices = { limit: 10, matching: person.accountId }
      const kept = (await house().store.notices.list(notices)).filter(({ outcome }) => {
        return outcome === 'unknown-action'
      })
      assert.deepEqual(
        kept.map((notice) => notice.bindAction),
        [String(bindAction)],
      )
    })
  }

  test('a notification for an account of another partner is kept and not applied', async () => {
    await newCustomer(house())
    const facts = { xUserId: 'customer-of-another', domainId: 'd-another', bindAction: 1 }

    const reply = await bringNotice(house(), new Browser(), facts)

    assert.equal(reply.status, 404)
    assert.equal(codeOf(reply), 'BIND_UNKNOWN_ACCOUNT')
    const kept = await house().store.notices.list({ limit: 10, matching: 'customer-of-another' })
    assert.deepEqual(
      kept.map(({ outcome }) => outcome),
      ['unknown-account'],
    )
    assert.equal(await house().store.bindings.findByDomain('d-another'), undefined)
  })

  test('nobody is connected who has not been sent to Huawei Cloud', async () => {
    const person = await newCustomer(house())
    await signedIn(house(), person)
    const facts = { xUserId: person.accountId, domainId: `d-${person.name}`, bindAction: 1 }

    const reply = await bringNotice(house(), new Browser(), facts)

    assert.equal(codeOf(reply), 'BIND_NOT_STARTED')
    assert.equal((await house().store.bindings.find(person.accountId)).domainId, undefined)
  })

  const HOURS = [
    ['the last minute', 0, 'bound'],
    ['a minute too late', 1, 'asked'],
  ] as const

  for (const [when, minutes, state] of HOURS) {
    test(`a notification in ${when} leaves the account ${state}`, async () => {
      const person = await askedCustomer(house())
      house().clock.advance(house().config.bindHours * 60 + minutes)
      const facts = { xUserId: person.accountId, domainId: `d-${person.name}`, bindAction: 1 }

      await bringNotice(house(), new Browser(), facts)

      assert.equal((await house().store.bindings.find(person.accountId)).state, state)
    })
  }

  test('a customer who is connected keeps the first account, and the claim is flagged', async () => {
    const { person } = await connected(house())
    const first = await house().store.bindings.find(person.accountId)
    const facts = {
      xUserId: person.accountId,
      domainId: 'd-second',
      domainName: 'second',
      bindAction: 1,
    }

    const reply = await bringNotice(house(), new Browser(), facts)

    assert.equal(codeOf(reply), 'BIND_CONFLICT')
    const now = await house().store.bindings.find(person.accountId)
    assert.equal(now.domainId, first.domainId)
    assert.equal(now.state, 'conflict')
    assert.deepEqual([now.conflictDomainId, now.conflictDomainName], ['d-second', 'second'])
  })

  test('a Huawei Cloud account that a customer has is not given to another one', async () => {
    const { person: owner } = await connected(house())
    const held = await house().store.bindings.find(owner.accountId)
    const other = await askedCustomer(house())
    const facts = { xUserId: other.accountId, domainId: held.domainId ?? '', bindAction: 1 }

    const reply = await bringNotice(house(), new Browser(), facts)

    assert.equal(codeOf(reply), 'BIND_CONFLICT')
    assert.deepEqual(await house().store.bindings.find(owner.accountId), held)
    const now = await house().store.bindings.find(other.accountId)
    assert.equal(now.domainId, undefined)
    assert.deepEqual([now.state, now.conflictDomainId], ['conflict', held.domainId])
  })

  test('a notification that the partner API contradicts is flagged and not applied', async () => {
    const owner = await newCustomer(house())
    const asked = await openHuawei(house(), new Browser(), owner)
    // Huawei Cloud binds it to the owner; the notification never arrives here.
    await new Browser().post(
      `${house().sandbox.url}/authui/saml/create-and-bind`,
      {
        ticket: /name="ticket" value="([^"]+)"/.exec(asked.body)?.[1] ?? '',
        domainName: 'owned-cloud',
      },
      house().sandbox.url,
    )
    const [account] = cloudAccounts(house(), owner)
    const thief = await askedCustomer(house())

    const reply = await bringNotice(house(), new Browser(), {
      xUserId: thief.accountId,
      domainId: account?.domainId ?? '',
      domainName: 'owned-cloud',
      bindAction: 1,
    })

    assert.equal(codeOf(reply), 'BIND_CONFLICT')
    const now = await house().store.bindings.find(thief.accountId)
    assert.equal(now.domainId, undefined)
    assert.equal(now.state, 'conflict')
  })

  test('while the partner API is down people get in, and the connection is confirmed later', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()
    const asked = await openHuawei(house(), browser, person)
    play(house(), 'throttled')

    const reply = await createAndBind(browser, asked, `late-${person.name}`)
    const unconfirmed = await house().store.bindings.find(person.accountId)
    play(house(), 'normal')
    await house().app.tidy()
    const confirmed = await house().store.bindings.find(person.accountId)

    assert.equal(titleOf(reply), 'Connected to Huawei Cloud')
    assert.deepEqual([unconfirmed.state, unconfirmed.confirmedAt], ['bound', undefined])
    assert.ok(confirmed.confirmedAt !== undefined)
    assert.equal(verdictOf(await openHuawei(house(), browser, person)), 'accepted')
  })

  test('two browsers bring the same notification at once: it is applied once', async () => {
    const person = await askedCustomer(house())
    const facts = { xUserId: person.accountId, domainId: `d-${person.name}`, bindAction: 1 }

    const replies = await Promise.all(
      [1, 2, 3, 4].map(() => bringNotice(house(), new Browser(), facts)),
    )

    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200, 200, 200],
    )
    const notices = await house().store.notices.list({ limit: 10, matching: person.accountId })
    assert.deepEqual(
      notices.map(({ times }) => times),
      [4],
    )
  })
})
