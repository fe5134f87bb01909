// Sign-in with a password of the directory, against Debian's slapd: what is taken, and what is not.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Browser, type Seen } from '../support/browser.ts'
import {
  type Directory,
  dnOf,
  PEOPLE,
  SERVICE,
  STAFF,
  skipWithoutSlapd,
  startDirectory,
} from '../support/directory.ts'
import { ENGINES, freshDatabase, type Lifetime, type TestEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { startHouse } from '../support/house.ts'
import { newCustomer } from '../support/steps.ts'

const [SQLITE] = ENGINES as readonly [TestEngine, ...TestEngine[]]

type Variables = Readonly<Record<string, string>>

async function start(t: Lifetime, directory: Directory, more: Variables = {}): Promise<House> {
  const byService = { LDAP_BIND_DN: SERVICE.dn, LDAP_BIND_PASSWORD: SERVICE.password }
  return startHouse(t, {
    databaseUrl: await freshDatabase(t, SQLITE),
    environment: {
      LDAP_URL: directory.ldapsUrl,
      LDAP_CA_FILE: directory.caFile,
      LDAP_BASE_DN: PEOPLE,
      LDAP_ACCOUNTS: 'create',
      SIGN_IN_METHODS: 'ldap local',
      ...('LDAP_DN_TEMPLATE' in more ? {} : byService),
      ...more,
    },
  })
}

async function signIn(
  house: House,
  login: string,
  password: string,
  realm = 'ldap',
): Promise<Seen> {
  const browser = new Browser()
  const form = await browser.go(`${house.url}/sign-in?next=%2Fsessions`)
  return browser.settle(await browser.submit(form, '/sign-in', { login, password, realm }))
}

/** The code of a refusal on a page, or the sentence above the form. */
function outcomeOf(seen: Seen): string {
  if (new URL(seen.url).pathname === '/sessions') return 'in'
  const code = /\b((?:UPSTREAM|ACCOUNT)_[A-Z_]+)\b/.exec(seen.body)?.[1]
  if (code !== undefined) return code
  if (seen.status === 429) return 'SIGN_IN_THROTTLED'
  return seen.body.includes('is not right') ? 'SIGN_IN_FAILED' : `status ${seen.status}`
}

describe('at a directory', { skip: skipWithoutSlapd }, () => {
  const ends: (() => Promise<void>)[] = []
  let directory: Directory
  before(async () => {
    directory = await startDirectory({ after: (end) => void ends.unshift(end) })
  })
  after(async () => {
    for (const end of ends) await end()
  })

  const ROWS = [
    { title: 'a right password', login: 'ann', password: 'ann-password-1', outcome: 'in' },
    {
      title: 'another spelling of the name',
      login: ' ANN ',
      password: 'ann-password-1',
      outcome: 'in',
    },
    { title: 'letters beyond ASCII', login: 'zoë', password: 'zoe-password-1', outcome: 'in' },
    {
      title: 'a wrong password',
      login: 'ann',
      password: 'bob-password-1',
      outcome: 'SIGN_IN_FAILED',
    },
    { title: 'a name that nobody has', login: 'eve', password: 'x', outcome: 'SIGN_IN_FAILED' },
    {
      title: 'no password, which a server takes for a stranger’s',
      login: 'ann',
      password: '',
      outcome: 'SIGN_IN_FAILED',
    },
    {
      title: 'a name that is a wildcard',
      login: '*',
      password: 'ann-password-1',
      outcome: 'SIGN_IN_FAILED',
    },
    {
      title: 'a name that is half a filter',
      login: 'x)(|(uid=ann',
      password: 'ann-password-1',
      outcome: 'SIGN_IN_FAILED',
    },
    {
      title: 'a name that ends the filter',
      login: 'ann))(&(uid=*',
      password: 'ann-password-1',
      outcome: 'SIGN_IN_FAILED',
    },
    {
      title: 'a name that two people have',
      login: 'twin',
      password: 'twin-password-1',
      outcome: 'SIGN_IN_FAILED',
    },
    {
      title: 'a hidden character in the name',
      login: 'a\u00adnn',
      password: 'ann-password-1',
      outcome: 'SIGN_IN_FAILED',
    },
    {
      title: 'somebody who is disabled over there',
      login: 'dan',
      password: 'dan-password-1',
      outcome: 'UPSTREAM_NOT_ALLOWED',
    },
    {
      title: 'somebody outside the group',
      login: 'bob',
      password: 'bob-password-1',
      outcome: 'UPSTREAM_NOT_ALLOWED',
    },
    {
      title: 'a wrong password outside the group',
      login: 'bob',
      password: 'no',
      outcome: 'SIGN_IN_FAILED',
    },
  ]

  const WAYS: readonly { readonly title: string; readonly more: () => Variables }[] = [
    { title: 'looked up by a service over ldaps', more: () => ({}) },
    {
      title: 'bound by their own name over StartTLS',
      more: () => ({
        LDAP_URL: directory.ldapUrl,
        LDAP_STARTTLS: 'true',
        LDAP_DN_TEMPLATE: `uid={login},${PEOPLE}`,
      }),
    },
  ]

  for (const { title: way, more } of WAYS) {
    test(`people ${way}`, async (t) => {
      const house = await start(t, directory, { ...more(), LDAP_GROUP: STAFF })
      for (const { title, login, password, outcome } of ROWS) {
        // A name of its own for two people is no question where the name is the entry's.
        if ('LDAP_DN_TEMPLATE' in more() && login === 'twin') continue
        await t.test(title, async () => {
          assert.equal(outcomeOf(await signIn(house, login, password)), outcome)
        })
      }
    })
  }

  test('somebody stays the same person under another name and address', async (t) => {
    const house = await start(t, directory)
    await signIn(house, 'bob', 'bob-password-1')
    const account = await house.store.accounts.findByLogin('bob')
    await directory.change(
      `dn: ${dnOf('bob')}\nchangetype: modrdn\nnewrdn: uid=robert\ndeleteoldrdn: 1\n`,
    )
    t.after(() =>
      directory.change(
        `dn: ${dnOf('robert')}\nchangetype: modrdn\nnewrdn: uid=bob\ndeleteoldrdn: 1\n`,
      ),
    )

    const renamed = await signIn(house, 'robert', 'bob-password-1')

    assert.equal(outcomeOf(renamed), 'in')
    assert.equal(account?.email, 'bob@north.example')
    const [link] = await house.store.identities.listOf(account?.accountId ?? '')
    assert.equal(link?.issuer, 'ldap')
    assert.equal(link?.subject, await directory.read('robert', 'entryUUID'))
    assert.equal(await house.store.accounts.findByLogin('robert'), undefined)
  })

  test('a name of the directory is not the same name here, nor is an address', async (t) => {
    const house = await start(t, directory)
    const person = await newCustomer(house)
    const { accounts } = house.store
    const account = await accounts.find(person.accountId)
    assert.ok(account !== undefined)
    await accounts.update({ ...account, login: 'ann' })

    const there = await signIn(house, 'ann', 'ann-password-1')
    const here = await signIn(house, 'ann', person.password, 'local')
    const mixed = await signIn(house, 'ann', person.password, 'ldap')

    assert.equal(outcomeOf(there), 'UPSTREAM_ACCOUNT_TAKEN')
    assert.equal(outcomeOf(here), 'in')
    assert.equal(outcomeOf(mixed), 'SIGN_IN_FAILED')
  })

  test('whoever guesses is slowed down, whatever spelling they use', async (t) => {
    const house = await start(t, directory)
    const spellings = [
      'ann',
      'ANN',
      ' ann',
      'ann ',
      'Ann',
      'aNN',
      'anN',
      'AnN',
      'ANn',
      'aNn',
      'ａnn',
    ]

    const outcomes: string[] = []
    for (const login of spellings) outcomes.push(outcomeOf(await signIn(house, login, 'no')))
    const right = await signIn(house, 'ann', 'ann-password-1')

    assert.equal(outcomes[0], 'SIGN_IN_FAILED')
    assert.equal(outcomes.at(-1), 'SIGN_IN_THROTTLED')
    assert.equal(outcomeOf(right), 'SIGN_IN_THROTTLED')
  })

  const DOWN: readonly { readonly title: string; readonly more: () => Variables }[] = [
    { title: 'has a certificate of somebody unknown', more: () => ({ LDAP_CA_FILE: '' }) },
    {
      title: 'offers StartTLS with such a certificate',
      more: () => ({ LDAP_CA_FILE: '', LDAP_URL: directory.ldapUrl, LDAP_STARTTLS: 'true' }),
    },
    { title: 'does not know the service', more: () => ({ LDAP_BIND_PASSWORD: 'another one' }) },
    { title: 'is not there', more: () => ({ LDAP_URL: 'ldap://127.0.0.1:9', LDAP_CA_FILE: '' }) },
  ]

  for (const { title, more } of DOWN) {
    test(`nobody is let in by a directory that ${title}`, async (t) => {
      const house = await start(t, directory, more())

      const seen = await signIn(house, 'ann', 'ann-password-1')

      assert.equal(outcomeOf(seen), 'UPSTREAM_UNAVAILABLE')
      assert.equal(seen.status, 502)
    })
  }

  test('no password is in the log or in the record', async (t) => {
    const house = await start(t, directory)

    await signIn(house, 'ann', 'ann-password-1')
    await signIn(house, 'ann', 'a-wrong-password')

    const written = JSON.stringify([house.log(), await house.store.audit.list({ limit: 50 })])
    assert.match(written, /session\.refused/)
    for (const secret of ['ann-password-1', 'a-wrong-password', SERVICE.password]) {
      assert.ok(!written.includes(secret))
    }
  })
})
