// Every attack on single logout is refused with its own code, and its untampered twin is taken.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newRequestId } from '../support/authn-request.ts'
import type { Browser, Seen } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import {
  logoutResponse,
  type SecondSite,
  siteLogoutRequest,
  startSecondSite,
} from '../support/second-site.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery, type Signing } from '../support/send.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { connected, loggedCode, outcomeOf } from '../support/steps.ts'
import { type AttackRow, expectedRefusal, readAttacks } from './rows.ts'

/** Somebody who is signed in to two sites, of which one is about to speak. */
type Scene = {
  readonly house: House
  readonly browser: Browser
  readonly site: SecondSite
  readonly other: SecondSite
}

type Message = {
  readonly name: 'SAMLRequest' | 'SAMLResponse'
  readonly xml: string
  readonly signing: Signing
  readonly isSigned: boolean
  readonly times: number
}

const SIGNING: Signing = { ...HUAWEI_SIGNING, key: 'other', relayState: undefined }

async function buildMessage({ house, browser, site }: Scene, base: string): Promise<Message> {
  const usual = { signing: SIGNING, isSigned: true, times: 1 }
  const { entityId } = site
  if (base === 'request') {
    const xml = siteLogoutRequest(house, entityId, site.newestName())
    return { ...usual, name: 'SAMLRequest', xml }
  }
  const asked = await browser.go(`${house.url}/sign-out`)
  await browser.settle(await browser.submit(asked, '/sign-out'))
  const inResponseTo = / ID="([^"]+)"/.exec(site.requests().at(-1) ?? '')?.[1] ?? ''
  const xml = logoutResponse(house, { entityId, inResponseTo, status: 'Success' })
  return { ...usual, name: 'SAMLResponse', xml }
}

const CHANGES: Readonly<Record<string, (message: Message, scene: Scene) => Message>> = {
  'send-again': (message) => ({ ...message, times: 2 }),
  unsigned: (message) => ({ ...message, isSigned: false }),
  key: (message) => ({ ...message, signing: { ...SIGNING, key: 'stranger' } }),
  'name-of-other-site': (message, { site, other }) => ({
    ...message,
    xml: message.xml.replace(site.newestName().nameId, other.newestName().nameId),
  }),
  'session-index': (message, { site }) => ({
    ...message,
    xml: message.xml.replace(site.newestName().sessionIndex, newRequestId()),
  }),
  'not-on-or-after': (message, { house }) => {
    const past = new Date(house.clock.now().getTime() - 3_600_000).toISOString()
    const xml = message.xml.replace(' Version=', ` NotOnOrAfter="${past}" Version=`)
    return { ...message, xml }
  },
  'in-response-to': (message) => ({
    ...message,
    xml: message.xml.replace(/InResponseTo="[^"]+"/, `InResponseTo="${newRequestId()}"`),
  }),
  'answer-of-other-site': (message, { site, other }) => ({
    ...message,
    xml: message.xml.replace(site.entityId, other.entityId),
  }),
}

async function send({ house, browser }: Scene, message: Message): Promise<Seen> {
  const { name, xml, signing, isSigned, times } = message
  const query = redirectQuery(name, deflate(xml), signing)
  const sent = isSigned ? query : query.replace(/&SigAlg=.*$/, '')
  let seen: Seen | undefined
  for (let turn = 0; turn < times; turn += 1) {
    seen = await browser.go(`${house.url}/saml/slo?${sent}`)
  }
  assert.ok(seen !== undefined)
  return seen
}

/** How the house takes the message: by its page, or by the status that went back to the site. */
async function attempt(scene: Scene, row: AttackRow, tampers: boolean): Promise<{ code: unknown }> {
  const good = await buildMessage(scene, row.base)
  const changes = tampers ? row.tamper.map(([, name]) => CHANGES[name]) : []
  const message = changes.reduce((made, change) => {
    assert.ok(change !== undefined, `${row.id}: no such tampering`)
    return change(made, scene)
  }, good)

  const seen = await send(scene, message)

  const { code } = outcomeOf(scene.house, seen)
  return { code: code === 'accepted' ? (loggedCode(scene.house) ?? 'accepted') : code }
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  for (const row of readAttacks('logout.json')) {
    test(`${row.id} ${row.title}`, async (t) => {
      const setScene = async (): Promise<Scene> => {
        const { browser } = await connected(house())
        const way = { binding: 'redirect', status: 'silent' } as const
        const site = await startSecondSite(t, house(), way)
        const other = await startSecondSite(t, house(), { ...way, status: 'Success' })
        await site.signIn(browser)
        await other.signIn(browser)
        return { house: house(), browser, site, other }
      }

      const twin = await attempt(await setScene(), row, false)
      const tampered = await attempt(await setScene(), row, true)

      assert.deepEqual(twin, { code: 'accepted' }, 'the twin must pass, or this proves nothing')
      assert.deepEqual(tampered, expectedRefusal(row))
    })
  }
})
