// Attacks on the links that set a password. Each begins with a link that works, which its twin proves.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemRandom } from '../../src/base/random.ts'
import { createMakePasswordLink } from '../../src/signin/password-link.ts'
import { Browser, formsOf, type Seen } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { secondProcess, sharedHouse } from '../support/shared-house.ts'
import { codeOf, newCustomer, type Person, signInHere, titleOf } from '../support/steps.ts'

const NEW = 'quiet otter paints fences'

async function linkFor({ store, clock, config }: House, { accountId }: Person): Promise<string> {
  const make = createMakePasswordLink({ ...config, store, clock, random: systemRandom })
  return (await make(accountId)).url
}

const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? ''

/** Posts the form behind a link, with whatever token. */
async function setBy(house: House, token: string): Promise<Seen> {
  const browser = new Browser()
  const [form] = formsOf(await browser.go(`${house.url}/sign-in`))
  const csrf = form?.fields['csrf'] ?? ''
  const fields = { csrf, token, password: NEW, again: NEW }
  return browser.post(`${house.url}/password/reset`, fields, house.url)
}

/** What an attacker has made of the link, and does before using it. */
const ATTACKS: readonly {
  readonly title: string
  readonly tamper: (house: House, link: string, person: Person) => Promise<string>
  readonly code: string
}[] = [
  {
    title: 'a link that was used',
    tamper: async (house, link) => {
      await setBy(house, tokenOf(link))
      return tokenOf(link)
    },
    code: 'PASSWORD_LINK_INVALID',
  },
  {
    title: 'a link that is an hour old',
    tamper: async (house, link) => {
      house.clock.advance(60)
      return tokenOf(link)
    },
    code: 'PASSWORD_LINK_INVALID',
  },
  {
    title: 'a link of which there is a newer one',
    tamper: async (house, link, person) => {
      await linkFor(house, person)
      return tokenOf(link)
    },
    code: 'PASSWORD_LINK_INVALID',
  },
  {
    title: 'a link from before the owner changed the password',
    tamper: async ({ store }, link, { accountId: id }) => {
      const hash = (await store.accounts.find(id))?.passwordHash ?? ''
      await store.passwords.change({ role: 'customer', id }, hash)
      return tokenOf(link)
    },
    code: 'PASSWORD_LINK_INVALID',
  },
  {
    title: 'a link with another last letter',
    tamper: async (_house, link) => `${tokenOf(link).slice(0, -1)}-`,
    code: 'PASSWORD_LINK_INVALID',
  },
  { title: 'no token', tamper: async () => '', code: 'PASSWORD_LINK_INVALID' },
  {
    title: 'the account id in the place of the token',
    tamper: async (_house, _link, { accountId }) => accountId,
    code: 'PASSWORD_LINK_INVALID',
  },
  {
    title: 'a link of somebody who was disabled since',
    tamper: async ({ store }, link, { accountId }) => {
      await store.accounts.setEnabled(accountId, false)
      return tokenOf(link)
    },
    code: 'ACCOUNT_DISABLED',
  },
]

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  for (const { title, tamper, code } of ATTACKS) {
    test(`${title}: no password is set`, async () => {
      const [person, twin] = [await newCustomer(house()), await newCustomer(house())]
      const link = await linkFor(house(), person)

      const passes = await setBy(house(), tokenOf(await linkFor(house(), twin)))
      const token = await tamper(house(), link, person)
      const before = (await house().store.accounts.find(person.accountId))?.passwordHash
      const seen = await setBy(house(), token)

      assert.equal(titleOf(passes), 'Password set', 'the twin must pass, or this proves nothing')
      assert.equal(codeOf(seen), code)
      const after = (await house().store.accounts.find(person.accountId))?.passwordHash
      assert.equal(after, before)
    })
  }

  test('a link sets the password of the account it was made for and of no other', async () => {
    const [person, other] = [await newCustomer(house()), await newCustomer(house())]
    const link = await linkFor(house(), person)
    const browser = new Browser()
    const form = await browser.go(link)

    const named = { username: other.login, account: other.accountId, accountId: other.accountId }
    await browser.submit(form, '/password/reset', { ...named, password: NEW, again: NEW })

    const mine = await signInHere(house(), new Browser(), { ...person, password: NEW })
    const theirs = await signInHere(house(), new Browser(), { ...other, password: NEW })
    assert.deepEqual([titleOf(mine), theirs.status], ['Your Huawei Cloud', 401])
  })

  test('of one link opened in two processes at once, one form sets the password', async (t) => {
    const person = await newCustomer(house())
    const token = tokenOf(await linkFor(house(), person))
    const other = { ...house(), url: await secondProcess(t, house()) }

    const seen = await Promise.all(
      [house(), other, house(), other].map((each) => setBy(each, token)),
    )

    const titles = seen.map(titleOf).filter((title) => title === 'Password set')
    assert.equal(titles.length, 1)
  })

  test('a form that another site sends sets no password and leaves the link as it is', async () => {
    const person = await newCustomer(house())
    const link = await linkFor(house(), person)

    const fields = { token: tokenOf(link), password: NEW, again: NEW }
    const foreign = await new Browser().post(`${house().url}/password/reset`, fields, house().url)
    const own = await setBy(house(), tokenOf(link))

    assert.equal(codeOf(foreign), 'FORM_EXPIRED')
    assert.equal(titleOf(own), 'Password set')
  })

  test('a bad link looks the same whoever it was for', async () => {
    const person = await newCustomer(house())
    const used = tokenOf(await linkFor(house(), person))
    await setBy(house(), used)

    const spent = await new Browser().go(`${house().url}/password/reset?token=${used}`)
    const made = await new Browser().go(`${house().url}/password/reset?token=${'A'.repeat(43)}`)

    const plain = ({ body }: Seen) => {
      return body.replaceAll(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}|value="[^"]*"/g, '')
    }
    assert.equal(spent.status, made.status)
    assert.equal(plain(spent), plain(made))
  })
})
