// Single logout begun at the sandbox: the request that leaves, and the judge of what comes back.

import assert from 'node:assert/strict'
import { createSign } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { IDP, makeKey, type TestKey } from './good-answer.ts'
import {
  createBrowser,
  field,
  signIn,
  startTestSandbox,
  type TestSandbox,
  verdictOf,
} from './start.ts'

type Facts = {
  readonly inResponseTo: string
  readonly relayState: string
  readonly destination: string
  readonly issuer: string
  readonly status: string
  readonly key: TestKey
}

describe('signing out of the sandbox', () => {
  let key: TestKey
  let sandbox: TestSandbox
  before(async () => {
    key = await makeKey()
    sandbox = await startTestSandbox(key)
    const page = await signIn(sandbox, key)
    await sandbox.browser.post('/authui/saml/create-and-bind', {
      ticket: field(page.text, 'ticket'),
      domainName: 'ada-cloud',
    })
  })
  beforeEach(() => signIn(sandbox, key))
  after(() => sandbox.stop())

  const leave = async () => {
    const { location } = await sandbox.browser.get('/authui/saml/logout')
    const url = new URL(location)
    const message = Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')
    return { url, xml: inflateRawSync(message).toString('utf8') }
  }
  const comeBack = async (change: Partial<Facts> = {}) => {
    const { url, xml } = await leave()
    const facts: Facts = {
      inResponseTo: / ID="([^"]+)"/.exec(xml)?.[1] ?? '',
      relayState: url.searchParams.get('RelayState') ?? '',
      destination: `${sandbox.url}/authui/saml/LogoutServiceHTTPRedirectResponse`,
      issuer: `${IDP}/saml/metadata`,
      status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
      key,
      ...change,
    }
    return sandbox.browser.get(responsePath(facts))
  }
  const responsePath = (facts: Facts) => {
    const xml = `<saml2p:LogoutResponse xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" Destination="${facts.destination}" ID="_r" InResponseTo="${facts.inResponseTo}" IssueInstant="2026-03-01T12:00:00Z" Version="2.0"><saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${facts.issuer}</saml2:Issuer><saml2p:Status><saml2p:StatusCode Value="${facts.status}"/></saml2p:Status></saml2p:LogoutResponse>`
    const query = new URLSearchParams({
      SAMLResponse: deflateRawSync(xml).toString('base64'),
      RelayState: facts.relayState,
      SigAlg: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    })
    const signature = createSign('sha256').update(query.toString()).sign(facts.key.privateKey)
    query.append('Signature', signature.toString('base64'))
    return `/authui/saml/LogoutServiceHTTPRedirectResponse?${query}`
  }

  test('the request names the session that the assertion opened', async () => {
    const { url, xml } = await leave()

    assert.equal(url.origin + url.pathname, `${IDP}/saml/slo`)
    assert.deepEqual(
      [...url.searchParams.keys()],
      ['SAMLRequest', 'RelayState', 'SigAlg', 'Signature'],
    )
    assert.match(xml, />_name-1<\/saml2:NameID>/)
    assert.match(xml, new RegExp(`NameQualifier="${sandbox.url}/"`))
    assert.match(xml, /<saml2p:SessionIndex>_session-1<\/saml2p:SessionIndex>/)
  })

  test('a right answer is accepted', async () => {
    const page = await comeBack()

    assert.equal(page.status, 200)
    assert.equal(verdictOf(page.text), 'accepted')
    assert.match(page.text, /You are signed out of Huawei Cloud/)
  })

  const ROWS: readonly { readonly breaks: string; readonly change: Partial<Facts> }[] = [
    { breaks: 'logout-in-response-to', change: { inResponseTo: '_other' } },
    { breaks: 'logout-relay-state', change: { relayState: 'other' } },
    { breaks: 'logout-destination', change: { destination: 'http://127.0.0.1/other' } },
    { breaks: 'logout-issuer', change: { issuer: 'https://other.example' } },
    { breaks: 'logout-status', change: { status: 'urn:oasis:names:tc:SAML:2.0:status:Requester' } },
  ]
  for (const { breaks, change } of ROWS) {
    test(`an answer that breaks ${breaks} is refused`, async () => {
      const page = await comeBack(change)

      assert.equal(page.status, 400)
      assert.match(page.text, new RegExp(`<code>${breaks}</code>`))
    })
  }

  test('an answer signed by a stranger is refused', async () => {
    const page = await comeBack({ key: await makeKey() })

    assert.equal(page.status, 400)
    assert.match(page.text, /<code>logout-signature<\/code>/)
  })

  test('an answer comes once', async () => {
    const { url, xml } = await leave()
    const path = responsePath({
      inResponseTo: / ID="([^"]+)"/.exec(xml)?.[1] ?? '',
      relayState: url.searchParams.get('RelayState') ?? '',
      destination: `${sandbox.url}/authui/saml/LogoutServiceHTTPRedirectResponse`,
      issuer: `${IDP}/saml/metadata`,
      status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
      key,
    })
    const first = await sandbox.browser.get(path)

    const second = await sandbox.browser.get(path)

    assert.deepEqual([first.status, second.status], [200, 400])
  })

  test('a page without an answer says so', async () => {
    const page = await sandbox.browser.get('/authui/saml/LogoutServiceHTTPRedirect')

    assert.equal(page.status, 400)
    assert.match(page.text, /No sign-out arrived/)
  })

  test('somebody who is not signed in cannot sign out', async () => {
    const page = await createBrowser(sandbox.url).get('/authui/saml/logout')

    assert.equal(page.status, 400)
  })
})
