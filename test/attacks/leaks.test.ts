// What we say to strangers tells nothing of the inside; what they say stays out of pages and of the log.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { requestUrl } from '../support/authn-request.ts'
import { Browser, type Seen } from '../support/browser.ts'
import { authnRequest, HOUSE, logoutRequest, SITE } from '../support/build.ts'
import { ENGINES } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery } from '../support/send.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { huaweiKey, leavingForm, newCustomer, outcomeOf, signedIn } from '../support/steps.ts'

const MARK = 'x-mark-of-a-stranger'

const GETS = [
  `/${MARK}`,
  `/${MARK}.php?id=1`,
  '/saml/sso',
  `/saml/sso?SAMLRequest=${MARK}`,
  `/saml/sso?SAMLRequest=${MARK}&SAMLRequest=${MARK}`,
  `/saml/slo?SAMLRequest=${MARK}`,
  `/saml/slo?SAMLResponse=${MARK}`,
  `/launch?service=${MARK}`,
  `/launch?site=${MARK}`,
  `/sign-in?next=//${MARK}`,
  `/sign-in/handoff?token=${MARK}`,
  `/sign-out/portal?logout_token=${MARK}`,
  `/sign-out?${MARK}`,
  `/activate?${MARK}`,
  `/console/customers/${MARK}`,
  `/console/${MARK}`,
  `/%00${MARK}`,
  `/%e0%a4%a?${MARK}`,
  `/../../etc/${MARK}`,
  `/site.css/${MARK}`,
]

const POSTS = [
  '/saml/sso',
  '/saml/slo',
  '/bind',
  '/sign-in/handoff',
  '/sign-out',
  '/sign-out/portal',
  `/${MARK}`,
]

// A line of a stack, a path of this machine, a package, a version, a query.
const INSIDE =
  /\bat [\w.<>]+ \(|node:internal|node_modules|\/src\/\w|\.ts:\d|Error:|express|sqlite|postgres|SELECT |x-powered-by/i

type Answered = { readonly text: string; readonly headers: Headers; readonly status: number }

async function send(house: House, path: string, init: RequestInit): Promise<Answered> {
  const answer = await fetch(house.url + path, { redirect: 'manual', ...init })
  const { headers, status } = answer
  return { text: await answer.text(), headers, status }
}

function assertSilent({ text, headers, status }: Answered): void {
  const told = `${text}\n${JSON.stringify([...headers].filter(([name]) => name !== 'location'))}`
  assert.ok(status < 500, `a stranger can cause no fault: ${status}`)
  assert.doesNotMatch(told, INSIDE)
  assert.ok(!text.includes(MARK), 'nothing is echoed')
  assert.equal(headers.get('server'), null)
}

/** The request of a stranger, or of Huawei Cloud, with another issuer and state. */
function bring(house: House, issuer: string, relayState: string): Promise<Seen> {
  const xml = authnRequest()
    .replace(`>${SITE.entityId}<`, `>${issuer}<`)
    .replace(HOUSE.ssoUrl, `${house.url}/saml/sso`)
  const query = redirectQuery('SAMLRequest', deflate(xml), { ...HUAWEI_SIGNING, relayState })
  return new Browser().go(`${house.url}/saml/sso?${query}`)
}

describe('to strangers', () => {
  const [engine] = ENGINES
  if (engine === undefined) throw new Error('there is an engine')
  const house = sharedHouse(engine)

  for (const path of GETS) {
    test(`GET ${path.slice(0, 40)} tells nothing of the inside and echoes nothing`, async () => {
      assertSilent(await send(house(), path, {}))
      assertSilent(await send(house(), path, { headers: { accept: 'application/json' } }))
    })
  }

  for (const path of POSTS) {
    test(`POST ${path.slice(0, 40)} tells nothing of the inside and echoes nothing`, async () => {
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const json = { 'content-type': 'application/json' }
      const body = `SAMLRequest=${MARK}&bindRequest=${MARK}&SigAlg=${MARK}&Signature=${MARK}&token=${MARK}`

      assertSilent(await send(house(), path, { method: 'POST', headers: form, body }))
      assertSilent(await send(house(), path, { method: 'POST', headers: json, body: `{"${MARK}` }))
    })
  }

  test('no issuer and no state of a request writes a line of the log', async () => {
    const forged = '{"event":"sso.answered","account":"C-1"}'
    const state = `x\r\n${forged}\u001b[2J`
    const browser = await signedIn(house(), await newCustomer(house()))

    const refused = await bring(house(), `https://x.example/&#13;&#10;${forged}&#x9B;2J`, state)
    const answered = await browser.go(requestUrl(house(), { relayState: state }))

    assert.equal(outcomeOf(house(), refused).code, 'SAML_UNKNOWN_ISSUER')
    assert.equal(leavingForm(answered).fields['RelayState'], state)
    const lines = house().log()
    assert.ok(lines.some(({ event }) => event === 'sso.answered'))
    assert.deepEqual(
      lines.filter(({ event, account }) => event === 'sso.answered' && account === 'C-1'),
      [],
    )
    assert.ok(!lines.some((line) => Object.values(line).some((value) => value === state)))
  })

  test('nothing encrypted is decrypted: a sign-out with an encrypted name is refused', async () => {
    const xml = logoutRequest()
      .replace(HOUSE.sloUrl, `${house().url}/saml/slo`)
      .replace(SITE.entityId, `${house().sandbox.url}/`)
      .replace('2026-01-15T09:59:58.446Z', house().clock.now().toISOString())
      .replace(/ NotOnOrAfter="[^"]*"/, '')
      .replace(
        /<saml2:NameID.*NameID>/,
        '<saml2:EncryptedID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><x xmlns="urn:x"/></saml2:EncryptedID>',
      )
    const query = redirectQuery('SAMLRequest', deflate(xml), {
      ...HUAWEI_SIGNING,
      key: huaweiKey(house()),
    })

    const seen = await new Browser().go(`${house().url}/saml/slo?${query}`)

    assert.equal(outcomeOf(house(), seen).code, 'SAML_BAD_REQUEST')
  })
})
