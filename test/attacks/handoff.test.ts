// Every attack on the portal's hand-off is refused with its own code, and its untampered twin is let in.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { addAccount } from '../../src/accounts/account.ts'
import { Browser, type Seen } from '../support/browser.ts'
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
  writeToken,
} from '../support/tamper-token.ts'
import { expectedRefusal, readAttacks } from './rows.ts'

const PORTAL = 'https://portal.partner.example'

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-portal-'))
const keyFile = join(folder, 'portal.pem')
writeFileSync(keyFile, keyPair(PORTAL_KEY).publicKey.export({ type: 'spki', format: 'pem' }))
after(() => rmSync(folder, { recursive: true }))

const PORTAL_OPTIONS = {
  PORTAL_SIGN_IN_URL: `${PORTAL}/sign-in`,
  PORTAL_ISSUER: PORTAL,
  PORTAL_KEYS: keyFile,
}

/** The form body with which the portal sends somebody over. */
async function buildBody(house: House, tamperings: readonly Tampering[]): Promise<string> {
  const { accountId } = CUSTOMER
  const now = house.clock.now()
  const good = portalToken({ issuer: PORTAL, audience: house.url, accountId, now })
  const header = await applyTamperings(good.header, 'header', HEADER_CHANGES, tamperings)
  const claims = await applyTamperings(good.claims, 'claims', CLAIM_CHANGES, tamperings)
  const key = await applyTamperings(good.key, 'signing', KEY_CHANGES, tamperings)
  const body = `token=${writeToken({ header, claims, key })}`
  return applyTamperings(body, 'wire', TOKEN_WIRE_CHANGES, tamperings)
}

function arrive(house: House, body: string, browser = new Browser(), query = ''): Promise<Seen> {
  return browser.post(`${house.url}/sign-in/handoff${query}`, body, PORTAL)
}

/** The state with which a browser is sent to the portal. */
async function startTrip(house: House, browser: Browser): Promise<string> {
  // By hand: the portal's page is nowhere in these tests.
  const answer = await fetch(`${house.url}/`, { redirect: 'manual' })
  const to = new URL(answer.headers.get('location') ?? '')
  const [name = '', value = ''] = (answer.headers.getSetCookie()[0] ?? '').split(/[=;]/)
  browser.plant('localhost', name, value)
  return new URL(to.searchParams.get('return_to') ?? '').searchParams.get('state') ?? ''
}

forEachEngine((engine) => {
  const house = sharedHouse(engine, { environment: PORTAL_OPTIONS })

  for (const row of readAttacks('handoff.json')) {
    test(`${row.id} ${row.title}`, async () => {
      await addDisabled(house())
      const good = await buildBody(house(), [])
      const tampered = await buildBody(house(), row.tamper)

      const twin = await arrive(house(), good)
      const seen = await arrive(house(), tampered)

      assert.equal(titleOf(twin), 'Your Huawei Cloud', 'the twin must pass, or this proves nothing')
      const { code, problem } = outcomeOf(house(), seen)
      const outcome = row.problem === undefined ? { code } : { code, problem }
      assert.deepEqual(outcome, expectedRefusal(row))
      assert.equal(codeOf(seen), row.refuse)
    })
  }

  test('a token that came once does not come again, in no browser and no process', async (t) => {
    const other = { ...house(), url: await secondProcess(t, house()) }
    const body = await buildBody(house(), [])

    const first = await arrive(house(), body)
    const again = [await arrive(house(), body), await arrive(other, body)]

    assert.equal(titleOf(first), 'Your Huawei Cloud')
    assert.deepEqual(again.map(codeOf), ['HANDOFF_REPLAYED', 'HANDOFF_REPLAYED'])
  })

  test('of ten browsers with one token, one is let in', async () => {
    const body = await buildBody(house(), [])

    const seen = await Promise.all(Array.from({ length: 10 }, () => arrive(house(), body)))

    assert.equal(seen.filter((each) => titleOf(each) === 'Your Huawei Cloud').length, 1)
    assert.equal(seen.filter((each) => codeOf(each) === 'HANDOFF_REPLAYED').length, 9)
  })

  test('a ticket is good once, and for a minute', async () => {
    const spent = await arrive(house(), await buildBody(house(), []))
    const ticketUrl = spent.way.find((url) => url.includes('ticket=')) ?? ''
    const post = await fetch(`${house().url}/sign-in/handoff`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: await buildBody(house(), []),
    })
    house().clock.advance(2)

    const reused = await new Browser().go(ticketUrl)
    const late = await new Browser().go(`${house().url}${post.headers.get('location')}`)

    assert.ok(ticketUrl.startsWith(house().url))
    assert.deepEqual([reused, late].map(codeOf), ['HANDOFF_REPLAYED', 'HANDOFF_REPLAYED'])
  })

  test('a stranger’s return address does not sign the stranger in as somebody else', async () => {
    const stranger = new Browser()
    const state = await startTrip(house(), stranger)
    const victim = new Browser()

    const seen = await arrive(house(), await buildBody(house(), []), victim, `?state=${state}`)
    const strangers = await stranger.go(`${house().url}/sign-out`)
    const home = await arrive(house(), await buildBody(house(), []), stranger, `?state=${state}`)

    assert.equal(codeOf(seen), 'HANDOFF_WRONG_BROWSER')
    assert.equal(titleOf(strangers), 'Signed out')
    assert.equal(titleOf(home), 'Your Huawei Cloud', 'the attempt has not used up the trip')
  })

  test('a return address is good once, and for half an hour', async () => {
    const browser = new Browser()
    const state = await startTrip(house(), browser)
    const lateBrowser = new Browser()
    const lateState = await startTrip(house(), lateBrowser)
    await arrive(house(), await buildBody(house(), []), browser, `?state=${state}`)
    house().clock.advance(31)

    const body = () => buildBody(house(), [])
    const again = await arrive(house(), await body(), browser, `?state=${state}`)
    const late = await arrive(house(), await body(), lateBrowser, `?state=${lateState}`)

    assert.deepEqual([again, late].map(codeOf), ['HANDOFF_WRONG_BROWSER', 'HANDOFF_WRONG_BROWSER'])
  })

  test('the session of a hand-off has an id that nobody could have planted', async () => {
    const browser = new Browser()
    await startTrip(house(), browser)
    const planted = browser.cookies('localhost').get('idp')

    await arrive(house(), await buildBody(house(), []), browser)

    assert.ok(planted !== undefined)
    assert.notEqual(browser.cookies('localhost').get('idp'), planted)
  })

  test('a portal that redirects with the token in the address is served as well', async () => {
    const body = await buildBody(house(), [])

    const seen = await new Browser().go(`${house().url}/sign-in/handoff?${body}`)

    assert.equal(titleOf(seen), 'Your Huawei Cloud')
  })

  test('keys that cannot be read are told as what they are', async () => {
    const body = await buildBody(house(), [])

    writeFileSync(keyFile, 'no key at all')
    const seen = await arrive(house(), body)
    writeFileSync(keyFile, keyPair(PORTAL_KEY).publicKey.export({ type: 'spki', format: 'pem' }))

    assert.equal(codeOf(seen), 'HANDOFF_KEYS_UNAVAILABLE')
    assert.equal(seen.status, 502)
  })
})

async function addDisabled({ store, clock }: House): Promise<void> {
  const accountId = 'C-DISABLED'
  if ((await store.accounts.find(accountId)) !== undefined) return
  await addAccount({ accountId, login: 'disabled' }, { accounts: store.accounts, clock })
  await store.accounts.setEnabled(accountId, false)
}
