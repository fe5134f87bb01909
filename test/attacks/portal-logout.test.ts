// Every attack on the door at which portals sign people out is refused and ends nothing; its untampered
// twin ends what that portal has begun.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import { keyPair } from '../support/fixed.ts'
import { CUSTOMER, type House } from '../support/house.ts'
import { secondProcess, sharedHouse } from '../support/shared-house.ts'
import { codeOf, outcomeOf, titleOf } from '../support/steps.ts'
import { applyTamperings, type Tampering } from '../support/tamper.ts'
import {
  CLAIM_CHANGES,
  HEADER_CHANGES,
  KEY_CHANGES,
  PORTAL_KEY,
  portalToken,
  TOKEN_WIRE_CHANGES,
  type Token,
  writeToken,
} from '../support/tamper-token.ts'
import { expectedRefusal, readAttacks } from './rows.ts'

const PORTAL = 'https://portal.partner.example'
const EAST = 'https://east.partner.example'

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-logout-'))
const pem = keyPair(PORTAL_KEY).publicKey.export({ type: 'spki', format: 'pem' })
const eastPem = keyPair('stranger').publicKey.export({ type: 'spki', format: 'pem' })
writeFileSync(join(folder, 'portal.pem'), pem)
writeFileSync(join(folder, 'east.pem'), eastPem)
const east = {
  name: 'east',
  issuer: EAST,
  keys: join(folder, 'east.pem'),
  signInUrl: `${EAST}/sign-in`,
  homeUrl: `${EAST}/home`,
}
writeFileSync(join(folder, 'portals.json'), JSON.stringify([east]))
after(() => rmSync(folder, { recursive: true }))

const environment = {
  PORTAL_SIGN_IN_URL: `${PORTAL}/sign-in`,
  PORTAL_ISSUER: PORTAL,
  PORTAL_KEYS: join(folder, 'portal.pem'),
  PORTALS_FILE: join(folder, 'portals.json'),
  RATE_LIMIT_PER_MINUTE: '0',
}

type Said = { readonly issuer?: string; readonly sid?: string; readonly target?: string }

function handoffToken(house: House, { issuer = PORTAL, ...claims }: Said): Token {
  const { accountId } = CUSTOMER
  const now = house.clock.now()
  const good = portalToken({ issuer, audience: house.url, accountId, now })
  const key = issuer === PORTAL ? PORTAL_KEY : 'stranger'
  return { ...good, key, claims: { ...good.claims, ...claims } }
}

function logoutToken(house: House, said: Said): Token {
  const good = handoffToken(house, said)
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
  return {
    ...good,
    header: { ...good.header, typ: 'logout+jwt' },
    claims: { ...good.claims, events },
  }
}

async function buildBody(
  house: House,
  tamperings: readonly Tampering[],
  said: Said = {},
): Promise<string> {
  const good = logoutToken(house, said)
  const header = await applyTamperings(good.header, 'header', HEADER_CHANGES, tamperings)
  const claims = await applyTamperings(good.claims, 'claims', CLAIM_CHANGES, tamperings)
  const key = await applyTamperings(good.key, 'signing', KEY_CHANGES, tamperings)
  const body = `logout_token=${writeToken({ header, claims, key })}`
  return applyTamperings(body, 'wire', TOKEN_WIRE_CHANGES, tamperings)
}

async function signedIn(house: House, said: Said = {}): Promise<Browser> {
  const browser = new Browser()
  const body = `token=${writeToken(handoffToken(house, said))}`
  const seen = await browser.post(`${house.url}/sign-in/handoff`, body, PORTAL)
  assert.equal(titleOf(seen), 'Your Huawei Cloud')
  return browser
}

/** Whether somebody is signed in, without leaving for a portal. */
async function isIn(house: House, browser: Browser): Promise<boolean> {
  return titleOf(await browser.go(`${house.url}/sign-out`)) === 'Sign out?'
}

function logOut(house: House, body: string) {
  return new Browser().post(`${house.url}/sign-out/portal`, body, PORTAL)
}

forEachEngine((engine) => {
  const house = sharedHouse(engine, { environment })

  for (const row of readAttacks('portal-logout.json')) {
    test(`${row.id} ${row.title}`, async () => {
      const browser = await signedIn(house())

      const seen = await logOut(house(), await buildBody(house(), row.tamper))
      const stayed = await isIn(house(), browser)
      const twin = await logOut(house(), await buildBody(house(), []))

      assert.equal(twin.status, 200, 'the twin must pass, or this proves nothing')
      assert.equal(await isIn(house(), browser), false)
      if (row.refuse === undefined) {
        assert.equal(seen.status, 200)
        return
      }
      const { code, problem } = outcomeOf(house(), seen)
      assert.deepEqual(
        row.problem === undefined ? { code } : { code, problem },
        expectedRefusal(row),
      )
      assert.equal(codeOf(seen), row.refuse)
      assert.equal(stayed, true, 'what is refused ends nothing')
    })
  }

  test('a logout token that came once does not come again, in no process', async (t) => {
    const other = { ...house(), url: await secondProcess(t, house()) }
    const body = await buildBody(house(), [])

    const seen = [await logOut(house(), body), await logOut(house(), body)]
    const elsewhere = await logOut(other, body)

    assert.deepEqual(
      [...seen, elsewhere].map(({ status }) => status),
      [200, 400, 400],
    )
  })

  test('all browsers that the portal has signed in are signed out at once', async () => {
    const browsers = [await signedIn(house(), { sid: 's-1' }), await signedIn(house())]

    await logOut(house(), await buildBody(house(), []))

    for (const browser of browsers) assert.equal(await isIn(house(), browser), false)
  })

  test('a portal that names its own session ends what came of that one', async () => {
    const [ended, other] = [
      await signedIn(house(), { sid: 's-1' }),
      await signedIn(house(), { sid: 's-2' }),
    ]

    await logOut(house(), await buildBody(house(), [], { sid: 's-1' }))

    assert.equal(await isIn(house(), ended), false)
    assert.equal(await isIn(house(), other), true)
  })

  test('a portal does not end what another portal has begun', async () => {
    const theirs = await signedIn(house(), { issuer: EAST })

    const seen = await logOut(house(), await buildBody(house(), []))

    assert.equal(seen.status, 200, 'whether there was anything to end is not told')
    assert.equal(await isIn(house(), theirs), true)
  })

  test('a portal does not sign people out with a hand-off token, nor in with a logout token', async () => {
    const browser = await signedIn(house())
    const handoff = writeToken(handoffToken(house(), {}))
    const logout = writeToken(logoutToken(house(), {}))

    const out = await logOut(house(), `logout_token=${handoff}`)
    const into = await new Browser().post(
      `${house().url}/sign-in/handoff`,
      `token=${logout}`,
      PORTAL,
    )

    assert.equal(codeOf(out), 'PORTAL_LOGOUT_BAD_TOKEN')
    assert.equal(codeOf(into), 'HANDOFF_BAD_TOKEN')
    assert.equal(await isIn(house(), browser), true)
  })

  test('a browser that the portal sends with a token is signed out, here and elsewhere', async () => {
    const [browser, elsewhere] = [await signedIn(house()), await signedIn(house())]

    const seen = await browser.go(`${house().url}/sign-out/portal?${await buildBody(house(), [])}`)

    assert.equal(titleOf(seen), 'Signed out')
    assert.equal(await isIn(house(), elsewhere), false)
  })

  test('a stranger’s link without the portal’s signature signs nobody out', async () => {
    const browser = await signedIn(house())

    const seen = await browser.go(`${house().url}/sign-out/portal?logout_token=a.b.c`)

    assert.equal(codeOf(seen), 'PORTAL_LOGOUT_BAD_TOKEN')
    assert.equal(await isIn(house(), browser), true)
  })

  test('whoever came by the second portal is sent there again, and back to it', async () => {
    const browser = await signedIn(house(), { issuer: EAST })
    const cookie = browser.cookies('localhost').get('portal')
    const headers = { cookie: `portal=${cookie}` }

    const wayIn = await fetch(`${house().url}/launch`, { redirect: 'manual', headers })
    const signedOut = await fetch(`${house().url}/sign-out`, { headers })
    const stranger = await fetch(`${house().url}/launch`, { redirect: 'manual' })

    assert.ok(wayIn.headers.get('location')?.startsWith(`${EAST}/sign-in?return_to=`))
    assert.match(await signedOut.text(), /href="https:\/\/east\.partner\.example\/home"/)
    assert.ok(stranger.headers.get('location')?.startsWith(`${PORTAL}/sign-in?return_to=`))
  })

  test('a portal’s button goes straight to the page that its token names', async () => {
    const token = writeToken(handoffToken(house(), { target: '/activate' }))
    const body = `token=${token}`

    const seen = await new Browser().post(`${house().url}/sign-in/handoff`, body, PORTAL)

    assert.ok(
      seen.way.some((url) => url === `${house().url}/activate`),
      seen.way.join(' '),
    )
  })

  test('it is on record which portal ended how many sessions', async () => {
    await logOut(house(), await buildBody(house(), []))
    await signedIn(house())

    await logOut(house(), await buildBody(house(), []))

    const [event] = await house().store.audit.list({ action: 'session.ended', limit: 1 })
    assert.deepEqual(
      [event?.actor, event?.subject, event?.after],
      [{ kind: 'portal', id: PORTAL }, CUSTOMER.accountId, { sessions: 1 }],
    )
  })
})
