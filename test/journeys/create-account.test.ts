// A customer opens a Huawei Cloud account from our own page: what goes well, what Huawei refuses, and what
// must never happen, which is a second account.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser, type Seen } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  cloudAccounts,
  codeOf,
  connected,
  createAndBind,
  enterCode,
  mailedCode,
  newCustomer,
  openHuawei,
  orderCode,
  type Person,
  play,
  signedIn,
  titleOf,
  verdictOf,
} from '../support/steps.ts'

async function atTheForm(house: House): Promise<{ person: Person; browser: Browser }> {
  const person = await newCustomer(house)
  return { person, browser: await signedIn(house, person) }
}

async function atTheCode(house: House): Promise<{ person: Person; browser: Browser }> {
  const { person, browser } = await atTheForm(house)
  const seen = await orderCode(house, browser, person)
  assert.equal(titleOf(seen), 'Enter the code')
  return { person, browser }
}

function calls(house: House): number {
  return house.sandbox.readState().arrivals.filter(({ kind }) => kind === 'call').length
}

function creations(house: House): number {
  const calls = house.log().filter(({ event }) => event === 'partner.called')
  return calls.filter(({ operation }) => operation === 'createCustomer').length
}

function alertOf(seen: Seen): string | undefined {
  return /role="alert"><p>(.*?)<\/p>/s.exec(seen.body)?.[1]
}

const FIELDS = [
  { title: 'a name of four letters', changes: { name: 'abcd' }, says: 'Use 5 to 32 letters' },
  { title: 'a name that starts with a digit', changes: { name: '1abcde' }, says: 'Use 5 to 32' },
  { title: 'a name of 33 letters', changes: { name: 'a'.repeat(33) }, says: 'Use 5 to 32' },
  { title: 'a name that Huawei reserves', changes: { name: 'op_abcde' }, says: 'Use 5 to 32' },
  { title: 'markup for a name', changes: { name: '<b>name</b>' }, says: 'Use 5 to 32 letters' },
  { title: 'an address without a domain', changes: { email: 'somebody@' }, says: 'e-mail' },
  { title: 'no country', changes: { area: '' }, says: 'country' },
  { title: 'a country that does not exist', changes: { area: 'XX' }, says: 'country' },
  { title: 'no consent', changes: { agreed: '' }, says: 'agreements' },
] as const

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  test('a customer opens an account and is in Huawei Cloud without another question', async () => {
    const { person, browser } = await atTheCode(house())

    const end = await enterCode(house(), browser, person)

    assert.equal(verdictOf(end), 'accepted')
    const launch = house()
      .log()
      .findLast(({ event }) => event === 'launch')
    assert.equal(launch?.['isFirstLogin'], false)
    const { state, source, domainId, domainName, confirmedAt } = await house().store.bindings.find(
      person.accountId,
    )
    assert.deepEqual({ state, source }, { state: 'bound', source: 'created' })
    assert.ok(confirmedAt !== undefined)
    assert.deepEqual(
      cloudAccounts(house(), person).map((account) => [account.domainId, account.domainName]),
      [[domainId, domainName]],
    )
    assert.ok(end.body.includes(`<dt>name</dt><dd>opened-${person.name}</dd>`))
  })

  for (const { title, changes, says } of FIELDS) {
    test(`${title} is refused at the form, and Huawei is not asked`, async () => {
      const { person, browser } = await atTheForm(house())
      const before = calls(house())

      const seen = await orderCode(house(), browser, person, changes)

      assert.equal(seen.status, 400)
      const problems = [...seen.body.matchAll(/<p class="error">(.*?)<\/p>/g)].map(([, say]) => say)
      assert.equal(problems.length, 1)
      assert.ok(problems[0]?.includes(says), problems[0])
      assert.equal(calls(house()), before)
    })
  }

  test('a name that somebody has is refused before a code is sent', async () => {
    const { person, browser } = await atTheForm(house())

    const seen = await orderCode(house(), browser, person, { name: 'northwind' })

    assert.equal(alertOf(seen), 'This account name is in use already. Choose another account name.')
    assert.equal(mailedCode(house(), person.email), '')
  })

  test('an e-mail address that somebody has is refused before a code is sent', async () => {
    const first = await atTheCode(house())
    await enterCode(house(), first.browser, first.person)
    const { person, browser } = await atTheForm(house())

    const seen = await orderCode(house(), browser, person, { email: first.person.email })

    assert.ok(alertOf(seen)?.startsWith('This e-mail address is in use at Huawei Cloud already.'))
    assert.equal((await house().store.activations.find(person.accountId))?.step, undefined)
  })

  test('a name that was taken meanwhile is told, and another one can be chosen', async () => {
    const { person, browser } = await atTheCode(house())
    const rival = await newCustomer(house())
    const rivals = new Browser()
    await createAndBind(rivals, await openHuawei(house(), rivals, rival), `opened-${person.name}`)

    const refused = await enterCode(house(), browser, person)
    await orderCode(house(), browser, person, { name: `other-${person.name}` })
    const end = await enterCode(house(), browser, person)

    assert.equal(titleOf(refused), 'Open a Huawei Cloud account')
    assert.ok(alertOf(refused)?.startsWith('This account name is in use already.'))
    assert.equal(verdictOf(end), 'accepted')
  })

  test('a customer who has an account at Huawei Cloud gets no second one', async () => {
    const { person, browser } = await atTheCode(house())
    // Huawei Cloud makes one on its own page, and the notification gets lost.
    const asked = await openHuawei(house(), browser, person)
    await browser.submit(asked, '/create-and-bind', { domainName: `lost-${person.name}` })

    const end = await enterCode(house(), browser, person)

    assert.equal(verdictOf(end), 'accepted')
    assert.equal(cloudAccounts(house(), person).length, 1)
    const { state, domainName } = await house().store.bindings.find(person.accountId)
    assert.deepEqual({ state, domainName }, { state: 'bound', domainName: `lost-${person.name}` })
  })

  test('a wrong code is told, and the right one still works', async () => {
    const { person, browser } = await atTheCode(house())
    const right = mailedCode(house(), person.email)
    const wrong = right === '000000' ? '000001' : '000000'

    const told = await enterCode(house(), browser, person, wrong)
    const end = await enterCode(house(), browser, person, right)

    assert.ok(alertOf(told)?.startsWith('The verification code is not right.'))
    assert.equal(verdictOf(end), 'accepted')
  })

  for (const code of ['12345', '1234567', '12345a', '１２３４５６', ' ']) {
    test(`"${code}" is no code, and Huawei is not asked`, async () => {
      const { person, browser } = await atTheCode(house())
      const before = calls(house())

      const told = await enterCode(house(), browser, person, code)

      assert.ok(alertOf(told)?.startsWith('The verification code is not right.'))
      assert.equal(calls(house()), before)
    })
  }

  test('after four wrong codes the code is spent, and a new one can be had', async () => {
    const { person, browser } = await atTheCode(house())
    const first = mailedCode(house(), person.email)
    const wrong = first === '000000' ? '000001' : '000000'
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await enterCode(house(), browser, person, wrong)
    }

    const spent = await enterCode(house(), browser, person, wrong)
    const stillSpent = await enterCode(house(), browser, person, first)
    await browser.submit(stillSpent, '/activate/again')
    const end = await enterCode(house(), browser, person)

    assert.ok(alertOf(spent)?.startsWith('This verification code cannot be used any more.'))
    assert.ok(alertOf(stillSpent)?.startsWith('This verification code cannot be used any more.'))
    assert.equal(verdictOf(end), 'accepted')
  })

  test('a code that has run out is told', async () => {
    const { person, browser } = await atTheCode(house())
    house().clock.advance(11)

    const told = await enterCode(house(), browser, person)

    assert.ok(alertOf(told)?.startsWith('This verification code cannot be used any more.'))
  })

  test('sixteen codes in an hour are too many', async () => {
    const { browser } = await atTheCode(house())
    const ask = async () => {
      return browser.submit(await browser.go(`${house().url}/activate`), '/activate/again')
    }
    for (let sent = 1; sent < 15; sent += 1) await ask()

    const told = await ask()

    assert.ok(alertOf(told)?.startsWith('Too many codes have been sent to this address.'))
  })

  for (const scenario of ['created-but-500', 'created-but-silent'] as const) {
    test(`no second account is made when Huawei has "${scenario}"`, async () => {
      const { person, browser } = await atTheCode(house())
      play(house(), scenario)

      const end = await enterCode(house(), browser, person)
      const again = await browser.go(`${house().url}/activate`)

      assert.equal(verdictOf(end), 'accepted')
      assert.equal(cloudAccounts(house(), person).length, 1)
      assert.equal(titleOf(again), 'Your Huawei Cloud')
    })
  }

  test('many tabs with the right code make one account', async () => {
    const { person, browser } = await atTheCode(house())
    const page = await browser.go(`${house().url}/activate`)
    const code = mailedCode(house(), person.email)
    const before = creations(house())

    const ends = await Promise.all(
      [1, 2, 3, 4].map(() => browser.submit(page, '/activate/code', { code })),
    )

    assert.equal(cloudAccounts(house(), person).length, 1)
    assert.equal(creations(house()) - before, 1, 'Huawei is asked once')
    assert.ok(
      ends.some((seen) => seen.body.includes('id="leave"')),
      'one goes on to Huawei Cloud',
    )
    assert.equal((await house().store.bindings.find(person.accountId)).source, 'created')
  })

  test('the code is entered in another browser than it was ordered in', async () => {
    const { person } = await atTheCode(house())
    const other = await signedIn(house(), person)

    const end = await enterCode(house(), other, person)

    assert.equal(verdictOf(end), 'accepted')
  })

  test('what a crash left open is settled by asking Huawei, not by creating again', async () => {
    const { person, browser } = await atTheCode(house())
    const asked = await house().store.activations.find(person.accountId)
    assert.ok(asked !== undefined)
    // As if the process had died after Huawei had made the account and before it could say so.
    const open = { ...asked, step: 'create-asked', createAskedAt: house().clock.now() } as const
    await house().store.activations.move(asked, open, { outcome: 'asking' })
    const page = '/authui/saml/login?xAccountType=sandbox_IDP&isFirstLogin=true'
    const atHuawei = await browser.settle(await browser.go(`${house().sandbox.url}${page}`))
    await browser.submit(atHuawei, '/create-and-bind', { domainName: asked.domainName })

    const seen = await browser.go(`${house().url}/activate`)

    assert.equal(titleOf(seen), 'Your Huawei Cloud')
    assert.equal((await house().store.activations.find(person.accountId))?.step, 'bound')
    assert.equal((await house().store.bindings.find(person.accountId)).state, 'bound')
  })

  test('when Huawei knows of no account after ten minutes, the customer may try again', async () => {
    const { person, browser } = await atTheCode(house())
    const asked = await house().store.activations.find(person.accountId)
    assert.ok(asked !== undefined)
    const open = { ...asked, step: 'unknown', createAskedAt: house().clock.now() } as const
    await house().store.activations.move(asked, open, { outcome: 'unknown' })

    const waiting = await browser.go(`${house().url}/activate`)
    house().clock.advance(11)
    await orderCode(house(), browser, person)
    const end = await enterCode(house(), browser, person)

    assert.equal(waiting.status, 202)
    assert.equal(verdictOf(end), 'accepted')
    assert.equal(cloudAccounts(house(), person).length, 1)
  })

  test('a code without an order is out of order', async () => {
    const { browser } = await atTheForm(house())
    const form = await browser.go(`${house().url}/activate`)

    const csrf = /name="csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
    const refused = await browser.post(
      `${house().url}/activate/code`,
      { csrf, code: '123456' },
      house().url,
    )

    assert.equal(codeOf(refused), 'ACTIVATION_OUT_OF_ORDER')
  })

  test('a customer who is connected has nothing to open', async () => {
    const { browser } = await connected(house())

    const seen = await browser.go(`${house().url}/activate`)

    assert.equal(titleOf(seen), 'Your Huawei Cloud')
    assert.ok(seen.body.includes('Connected.'))
  })
})
