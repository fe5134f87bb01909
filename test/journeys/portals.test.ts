// A partner with several portals: whoever one of them has brought here is led back to that one.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import { keyPair } from '../support/fixed.ts'
import { CUSTOMER, type House } from '../support/house.ts'
import { atHuawei, bringNotice } from '../support/notice.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { goToConnect, newCustomer, titleOf } from '../support/steps.ts'
import { PORTAL_KEY, portalToken, writeToken } from '../support/tamper-token.ts'

const PORTAL = 'https://portal.partner.example'
const EAST = 'https://east.partner.example'

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-portals-'))
const keys = join(folder, 'portal.pem')
writeFileSync(keys, keyPair(PORTAL_KEY).publicKey.export({ type: 'spki', format: 'pem' }))
const other = { issuer: EAST, keys, signInUrl: `${EAST}/sign-in`, homeUrl: `${EAST}/home` }
writeFileSync(join(folder, 'portals.json'), JSON.stringify([{ name: 'east', ...other }]))
after(() => rmSync(folder, { recursive: true }))

const environment = {
  PORTAL_SIGN_IN_URL: `${PORTAL}/sign-in`,
  PORTAL_ISSUER: PORTAL,
  PORTAL_KEYS: keys,
  PORTALS_FILE: join(folder, 'portals.json'),
}

/** A browser that a portal has brought here. */
async function broughtBy(
  issuer: string,
  house: House,
  accountId: string = CUSTOMER.accountId,
): Promise<Browser> {
  const browser = new Browser()
  const facts = { issuer, audience: house.url, accountId, now: house.clock.now() }
  const form = { token: writeToken(portalToken(facts)) }
  const seen = await browser.post(`${house.url}/sign-in/handoff`, form, issuer)
  assert.equal(titleOf(seen), 'Your Huawei Cloud')
  return browser
}

/** Where the click on a link of ours ends, outside of our house. */
async function follow(browser: Browser, url: string): Promise<string | null> {
  const cookies = [...browser.cookies(new URL(url).hostname)].map((pair) => pair.join('='))
  const answer = await fetch(url, { redirect: 'manual', headers: { cookie: cookies.join('; ') } })
  await answer.body?.cancel()
  return answer.headers.get('location')
}

const HOMES = [
  { title: 'the first portal', issuer: PORTAL, home: `${PORTAL}/` },
  { title: 'another portal', issuer: EAST, home: `${EAST}/home` },
]

forEachEngine((engine) => {
  const house = sharedHouse(engine, { environment })

  for (const { title, issuer, home } of HOMES) {
    test(`whoever ${title} has brought here is led back to it after connecting`, async () => {
      const { accountId, name } = await newCustomer(house())
      const browser = await broughtBy(issuer, house(), accountId)
      await goToConnect(browser, await browser.go(`${house().url}/launch`))
      const facts = { xUserId: accountId, domainId: `d-${name}`, bindAction: 1 }

      const reply = await bringNotice(house(), browser, atHuawei(house(), facts))

      const [, link = ''] = /href="([^"]*)">Back to your portal/.exec(reply.body) ?? []
      assert.equal(titleOf(reply), 'Connected to Huawei Cloud')
      assert.equal(await follow(browser, new URL(link, reply.url).href), home)
    })

    test(`whoever ${title} has brought here is told to ask there for a password`, async () => {
      const browser = await broughtBy(issuer, house())

      const seen = await browser.go(`${house().url}/password/forgotten`)

      assert.ok(seen.body.includes(`href="${home}"`), seen.body)
    })
  }

  test('whoever came by themselves is led to the first portal', async () => {
    assert.equal(await follow(new Browser(), `${house().url}/portal`), `${PORTAL}/`)
  })
})
