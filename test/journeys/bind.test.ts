// Huawei Cloud tells which account a customer has, through the customer's browser: what is applied, what
// is kept without being applied, and what is refused. Attacks on the message are in test/attacks/.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { atHuawei, bringNotice, RSA_SHA256 } from '../support/notice.ts'
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

// What is on record of a customer's connection: from where to where it moved.
async function findMoved(house: House, { accountId }: Person) {
  const events = await house.store.audit.list({
    limit: 50,
    subject: accountId,
    action: 'binding.moved',
  })
  return { shown: events.map(({ before, after }) => [before?.['state'], after?.['state']]) }
}

/** A customer whom Huawei Cloud has asked to connect an account. */
async function askedCustomer(house: House): Promise<Person> {
  const person = await newCustomer(house)
  await openHuawei(house, new Browser(), person)
  return person
}

function factsOf({ accountId, name }: Person) {
  return { xUserId: accountId, domainId: `d-${name}`, bindAction: 1 }
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
      const facts = atHuawei(house(), factsOf(person))

      const reply = await bringNotice(house(), new Browser(), facts, { sigAlg })

      assert.equal(titleOf(reply), 'Connected to Huawei Cloud')
      assert.equal((await house().store.bindings.find(person.accountId)).state, 'bound')
    })
  }

  test('a notification needs no cookie: the customer may have come with another browser', async () => {
    const person = await askedCustomer(house())
    const facts = atHuawei(house(), factsOf(person))
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
    const facts = atHuawei(house(), factsOf(person))

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
      const facts = atHuawei(house(), factsOf(person))

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

  test('while the partner API is down a notice is held, people get in, and it is applied later', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()
    const asked = await openHuawei(house(), browser, person)
    play(house(), 'throttled')

    const reply = await createAndBind(browser, asked, `late-${person.name}`)
    const held = await house().store.bindings.find(person.accountId)
    const launched = await browser.go(`${house().url}/launch`)
    play(house(), 'normal')
    await house().app.tidy()
    const confirmed = await house().store.bindings.find(person.accountId)

    assert.equal(titleOf(reply), 'Being confirmed')
    assert.deepEqual([held.state, held.held?.domainName], ['asked', `late-${person.name}`])
    assert.match(launched.way.join(' '), /isFirstLogin=false/)
    assert.equal(confirmed.state, 'bound')
    assert.deepEqual(confirmed.confirmedAt, confirmed.boundAt)
    assert.equal(verdictOf(await openHuawei(house(), browser, person)), 'accepted')
  })

  test('a held notice that the partner API contradicts becomes a conflict', async () => {
    const [owner, thief] = [await askedCustomer(house()), await askedCustomer(house())]
    const facts = atHuawei(house(), { ...factsOf(owner), domainName: `cloud-${owner.name}` })
    play(house(), 'throttled')

    const reply = await bringNotice(house(), new Browser(), { ...facts, xUserId: thief.accountId })
    const held = await house().store.bindings.find(thief.accountId)
    play(house(), 'normal')
    await house().app.tidy()
    const now = await house().store.bindings.find(thief.accountId)

    assert.equal(titleOf(reply), 'Being confirmed')
    assert.equal(held.held?.domainId, facts.domainId)
    assert.deepEqual([now.state, now.domainId, now.held], ['conflict', undefined, undefined])
    const [move] = (await house().store.bindings.listMoves(thief.accountId, 9)).slice(-1)
    assert.equal(move?.reason, 'contradicted')
    assert.equal(move?.evidence.noticeId, held.held?.noticeId)
    assert.deepEqual(move?.evidence.answer && 'xaccount_id' in move.evidence.answer, true)
  })

  test('a notice about a customer whom Huawei never lists is held for a while, then unproven', async () => {
    const person = await askedCustomer(house())

    await bringNotice(house(), new Browser(), factsOf(person))
    const before = await house().store.bindings.find(person.accountId)
    house().clock.advance(house().config.bindHours * 60 + 1)
    await house().app.tidy()
    const after = await house().store.bindings.find(person.accountId)

    assert.equal(before.held?.domainId, `d-${person.name}`)
    assert.deepEqual([after.state, after.held], ['asked', undefined])
    const [notice] = await house().store.notices.list({ limit: 1, matching: person.accountId })
    assert.equal(notice?.outcome, 'unproven')
  })

  test('every move says who, why and what proves it, and so does the audit record', async () => {
    const { person } = await connected(house())

    const moves = await house().store.bindings.listMoves(person.accountId, 9)

    assert.deepEqual(
      moves.map(({ entry, from, to, reason, actor }) => [entry, from, to, reason, actor.kind]),
      [
        [1, 'none', 'asked', 'asked', 'customer'],
        [2, 'asked', 'bound', 'notice', 'huawei'],
      ],
    )
    const [, bound] = moves
    const [notice] = await house().store.notices.list({ limit: 1, matching: person.accountId })
    assert.equal(bound?.evidence.noticeId, notice?.id)
    const answer = bound?.evidence.answer
    assert.ok(answer !== undefined && 'xaccount_id' in answer)
    assert.equal(answer.xaccount_id, person.accountId)
    const { shown } = await findMoved(house(), person)
    assert.deepEqual(shown, [['asked', 'bound']])
  })

  test('two browsers bring the same notification at once: it is applied once', async () => {
    const person = await askedCustomer(house())
    const facts = atHuawei(house(), factsOf(person))

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
