// Sign-in at an OpenID provider, against oidc-provider: what is taken, and every answer that is not.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose'
import { requestUrl } from '../support/authn-request.ts'
import { Browser } from '../support/browser.ts'
import { ENGINES, forEachEngine, freshDatabase, type TestEngine } from '../support/engines.ts'
import { startHouse } from '../support/house.ts'
import {
  type Bend,
  CLIENT,
  refusalIn,
  resigned,
  signInBy,
  signInThere,
  startWorld,
  type World,
} from '../support/openid.ts'
import { newCustomer, titleOf } from '../support/steps.ts'

const [SQLITE] = ENGINES as readonly [TestEngine, ...TestEngine[]]

async function auditOf({ house }: World): Promise<readonly string[]> {
  const events = await house.store.audit.list({ limit: 50 })
  return events.map(({ action, after }) => `${action} ${String(after?.['method'] ?? '')}`.trim())
}

forEachEngine((engine) => {
  test('somebody new gets an account, and is the same person the next time', async (t) => {
    const world = await startWorld(t, engine)
    const { house, openId } = world
    openId.claims = () => ({
      preferred_username: 'ann',
      name: 'Ann Löwe',
      email: 'ann@north.example',
    })

    const page = await new Browser().go(`${house.url}/sign-in`)
    const first = await signInBy(world, new Browser(), 'subject-1')
    openId.claims = () => ({ preferred_username: 'renamed', email: 'other@north.example' })
    const second = await signInBy(world, new Browser(), 'subject-1')

    assert.match(page.body, /Sign in with North Wind/)
    assert.deepEqual([first.status, second.status], [200, 200], first.body)
    const account = await house.store.accounts.findByLogin('ann')
    assert.equal(account?.email, 'ann@north.example')
    assert.equal(account?.name, undefined, 'a name that Huawei Cloud would refuse is left out')
    const links = await house.store.identities.listOf(account?.accountId ?? '')
    assert.deepEqual(
      links.map(({ issuer, subject }) => [issuer, subject]),
      [[openId.issuer, 'subject-1']],
    )
    assert.equal(await house.store.accounts.findByLogin('renamed'), undefined)
    const audit = await auditOf(world)
    assert.ok(audit.includes('identity.linked'))
    assert.equal(audit.filter((each) => each === 'session.started oidc').length, 2)
  })

  test('an e-mail address opens nobody’s account', async (t) => {
    const world = await startWorld(t, engine)
    const { house, openId } = world
    const person = await newCustomer(house)
    openId.claims = () => ({ preferred_username: 'somebody', email: person.email })

    const seen = await signInBy(world, new Browser(), 'stranger')

    assert.equal(refusalIn(seen), 'UPSTREAM_ACCOUNT_TAKEN')
    assert.equal(await house.store.accounts.findByLogin('somebody'), undefined)
    assert.deepEqual(await house.store.identities.listOf(person.accountId), [])
  })

  test('where only known people may come, a link lets them in and nothing else', async (t) => {
    const world = await startWorld(t, engine, { OIDC_ACCOUNTS: 'known' })
    const { house, openId } = world
    const person = await newCustomer(house)
    const identity = { issuer: openId.issuer, subject: 'known-1' }

    const before = await signInBy(world, new Browser(), 'known-1')
    const link = { ...identity, accountId: person.accountId, linkedAt: house.clock.now() }
    await house.store.identities.link(link)
    const after = await signInBy(world, new Browser(), 'known-1')

    assert.equal(refusalIn(before), 'UPSTREAM_UNKNOWN_ACCOUNT')
    assert.equal(after.status, 200)
    assert.match(after.body, new RegExp(person.name))
  })

  test('somebody who was disabled here does not get in, and it is on record', async (t) => {
    const world = await startWorld(t, engine)
    const { house, openId } = world
    openId.claims = () => ({ preferred_username: 'ann' })
    await signInBy(world, new Browser(), 'subject-1')
    const account = await house.store.accounts.findByLogin('ann')
    await house.store.accounts.setEnabled(account?.accountId ?? '', false)

    const seen = await signInBy(world, new Browser(), 'subject-1')

    assert.equal(refusalIn(seen), 'ACCOUNT_DISABLED')
    assert.ok((await auditOf(world)).includes('session.refused oidc'))
  })

  test('one way alone needs no page, and leads back to what was wanted', async (t) => {
    const world = await startWorld(t, engine, { SIGN_IN_METHODS: 'oidc' })
    const { house, openId } = world
    const browser = new Browser()

    const atProvider = await browser.go(`${house.url}/sessions`)
    const seen = await signInThere(browser, atProvider, 'subject-1')

    assert.ok(atProvider.url.startsWith(openId.issuer))
    assert.equal(seen.url, `${house.url}/sessions`)
  })
})

const LONG_AGO = 1_600_000_000

const BENT: readonly { readonly title: string; readonly bend: Bend }[] = [
  {
    title: 'another nonce',
    bend: resigned((claims) => ({ ...claims, nonce: 'of another sign-in' })),
  },
  { title: 'no nonce', bend: resigned(({ nonce: _, ...claims }) => claims) },
  {
    title: 'another issuer',
    bend: resigned((claims) => ({ ...claims, iss: 'https://evil.example' })),
  },
  { title: 'another audience', bend: resigned((claims) => ({ ...claims, aud: 'somebody-else' })) },
  {
    title: 'two audiences and no party',
    bend: resigned((c) => ({ ...c, aud: [CLIENT.id, 'other'] })),
  },
  {
    title: 'a time that is over',
    bend: resigned((c) => ({ ...c, iat: LONG_AGO, exp: LONG_AGO + 60 })),
  },
  { title: 'no subject', bend: resigned(({ sub: _, ...claims }) => claims) },
  { title: 'an empty subject', bend: resigned((claims) => ({ ...claims, sub: '' })) },
  { title: 'a subject of two lines', bend: resigned((claims) => ({ ...claims, sub: 'a\nb' })) },
  { title: 'no signature', bend: (token) => new UnsecuredJWT(decodeJwt(token)).encode() },
  {
    title: 'a signature by the client secret',
    bend: (token) =>
      new SignJWT(decodeJwt(token))
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(CLIENT.secret)),
  },
  {
    title: 'a claim that was changed after signing',
    bend: (token) => {
      const [head, , signature] = token.split('.')
      const claims = { ...decodeJwt(token), sub: 'somebody-else' }
      return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
    },
  },
]

test('an ID token with anything wrong in it signs nobody in', async (t) => {
  const world = await startWorld(t, SQLITE)
  const { house, openId } = world
  for (const { title, bend } of BENT) {
    await t.test(title, async () => {
      openId.bend = (token) => bend(token, openId)
      const browser = new Browser()

      const seen = await signInBy(world, browser, 'subject-1')
      openId.bend = (token) => resigned((claims) => claims)(token, openId)
      const twin = await signInBy(world, new Browser(), 'subject-1')

      assert.equal(refusalIn(seen), 'UPSTREAM_BAD_ANSWER', seen.body)
      assert.match((await browser.go(`${house.url}/`)).url, /\/sign-in/)
      assert.equal(
        refusalIn(twin),
        undefined,
        'the untampered twin must pass, or this proves nothing',
      )
    })
  }
})

test('a code is of use to the browser that fetched it, once, with its state', async (t) => {
  const world = await startWorld(t, SQLITE)
  const { house } = world
  const browser = new Browser()
  const done = await signInBy(world, browser, 'subject-1')
  const callback = done.way.find((url) => url.includes('/sign-in/oidc/callback')) ?? ''
  const other = new URL(callback)
  other.searchParams.set('state', 'of-somebody-else')

  assert.equal(refusalIn(await browser.go(callback)), 'UPSTREAM_WRONG_BROWSER', 'a second time')
  assert.equal(refusalIn(await new Browser().go(callback)), 'UPSTREAM_WRONG_BROWSER', 'elsewhere')
  assert.equal(refusalIn(await browser.go(other.href)), 'UPSTREAM_WRONG_BROWSER', 'another state')
  const bare = await browser.go(`${house.url}/sign-in/oidc/callback`)
  assert.equal(refusalIn(bare), 'UPSTREAM_WRONG_BROWSER', 'nothing at all')
})

test('a stranger’s browser neither takes a trip nor uses it up', async (t) => {
  const world = await startWorld(t, SQLITE)
  const browser = new Browser()
  const login = await browser.go(`${world.house.url}/sign-in/oidc`)
  const state = new URL(login.way[1] ?? '').searchParams.get('state') ?? ''

  const stolen = `${world.house.url}/sign-in/oidc/callback?state=${state}&code=any`
  const stranger = await new Browser().go(stolen)
  const own = await signInThere(browser, login, 'subject-1')

  assert.equal(refusalIn(stranger), 'UPSTREAM_WRONG_BROWSER')
  assert.equal(refusalIn(own), undefined)
})

test('a sign-in that took half an hour is over', async (t) => {
  const world = await startWorld(t, SQLITE)
  const browser = new Browser()
  const login = await browser.go(`${world.house.url}/sign-in/oidc`)

  world.house.clock.advance(31)
  const seen = await signInThere(browser, login, 'subject-1')

  assert.equal(refusalIn(seen), 'UPSTREAM_WRONG_BROWSER')
})

test('what the provider refuses is refused', async (t) => {
  const world = await startWorld(t, SQLITE)
  const browser = new Browser()
  const login = await browser.go(`${world.house.url}/sign-in/oidc`)
  const uid = new URL(login.url).pathname

  const seen = await browser.go(`${world.openId.issuer}${uid}/abort`)

  assert.equal(refusalIn(seen), 'UPSTREAM_REFUSED')
  assert.equal(seen.status, 403)
})

test('keys may change, and a provider that is down is said to be', async (t) => {
  const world = await startWorld(t, SQLITE)
  const { house, openId } = world
  await signInBy(world, new Browser(), 'subject-1')

  await openId.changeKey()
  house.clock.advance(6)
  const withNewKey = await signInBy(world, new Browser(), 'subject-1')
  const fresh = await startWorld(t, SQLITE)
  fresh.openId.isUp = false
  const down = await new Browser().go(`${fresh.house.url}/sign-in/oidc`)

  assert.equal(refusalIn(withNewKey), undefined)
  assert.equal(refusalIn(down), 'UPSTREAM_UNAVAILABLE')
  assert.equal(down.status, 502)
})

test('whoever must prove themselves anew does, whatever the address says', async (t) => {
  const world = await startWorld(t, SQLITE)
  const { house, openId } = world
  const browser = new Browser()
  await signInBy(world, browser, 'subject-1')

  const asked = await browser.go(`${house.url}/sign-in/oidc?again=1`)
  const anew = await signInThere(browser, asked, 'subject-1')
  openId.bend = (token) => resigned((claims) => ({ ...claims, auth_time: LONG_AGO }))(token, openId)
  const waved = await signInBy(world, browser, 'subject-1', '?again=1')

  assert.match(asked.url, /\/interaction\//, 'the provider asks, though it knows the person')
  assert.equal(refusalIn(anew), undefined)
  assert.equal(refusalIn(waved), 'UPSTREAM_BAD_ANSWER')
})

test('Huawei Cloud’s wish for a fresh sign-in is not met by one that the provider waved through', async (t) => {
  const world = await startWorld(t, SQLITE)
  const { house } = world
  const browser = new Browser()
  await signInBy(world, browser, 'subject-1')
  house.clock.advance(5)
  const page = await browser.go(requestUrl(house, { wantsFreshSignIn: true }))
  const button =
    /href="(\/sign-in\/oidc\?[^"]*)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? ''

  const cheated = await browser.go(`${house.url}${button.replace('&again=1', '')}`)

  assert.match(button, /&again=1$/)
  assert.equal(new URL(cheated.url).pathname, '/sign-in', 'asked again, not answered')
})

test('signing out here signs out there, and the browser comes back', async (t) => {
  const world = await startWorld(t, SQLITE)
  const { house, openId } = world
  const browser = new Browser()
  await signInBy(world, browser, 'subject-1')

  const leaving = await browser.submit(await browser.go(`${house.url}/sign-out`), '/sign-out')
  const there = await browser.settle(leaving)
  const back = await browser.submit(there, '/session/end/confirm', { logout: 'yes' })
  const again = await browser.go(`${house.url}/sign-in/oidc`)

  assert.equal(titleOf(leaving), 'Signing you out')
  assert.ok(there.url.startsWith(openId.issuer))
  assert.equal(new URL(back.url).pathname, '/sign-out')
  assert.match(again.url, /\/interaction\//, 'the provider has forgotten the person too')
})

test('without a provider there is no such way', async (t) => {
  const house = await startHouse(t, { databaseUrl: await freshDatabase(t, SQLITE) })

  const seen = await new Browser().go(`${house.url}/sign-in/oidc`)

  assert.equal(refusalIn(seen), 'UPSTREAM_NOT_CONFIGURED')
})

test('no secret of the way is in the log or in the record', async (t) => {
  const world = await startWorld(t, SQLITE)
  const { house } = world
  let idToken = ''
  world.openId.bend = (token) => {
    idToken = token
    return token
  }
  const person = new Browser()

  const seen = await signInBy(world, person, 'subject-1')

  const callback = new URL(seen.way.find((url) => url.includes('code=')) ?? '')
  const events = JSON.stringify([house.log(), await house.store.audit.list({ limit: 50 })])
  const secrets = [
    idToken,
    CLIENT.secret,
    callback.searchParams.get('code') ?? '',
    callback.searchParams.get('state') ?? '',
  ]
  for (const secret of secrets) {
    assert.ok(secret.length > 10)
    assert.ok(!events.includes(secret))
  }
})
