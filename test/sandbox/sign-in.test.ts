// A sign-in at the sandbox's Huawei Cloud, with an identity provider that is only a key.

import assert from 'node:assert/strict'
import { verify, X509Certificate } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { ScenarioName } from '../../src/sandbox/scenarios.ts'
import { makeKey, type TestKey } from './good-answer.ts'
import {
  answerTo,
  field,
  loginLink,
  openLoginLink,
  signIn,
  startTestSandbox,
  type TestSandbox,
  verdictOf,
} from './start.ts'

describe('signing in to the sandbox', () => {
  let key: TestKey
  let sandbox: TestSandbox
  before(async () => {
    key = await makeKey()
    sandbox = await startTestSandbox(key)
  })
  beforeEach(() => sandbox.setScenario('normal'))
  after(() => sandbox.stop())

  const ownKey = async () => {
    const { text } = await sandbox.browser.get('/authui/saml/metadata.xml')
    const certificate = /X509Certificate>([^<]+)</.exec(text)?.[1] ?? ''
    return new X509Certificate(Buffer.from(certificate, 'base64')).publicKey
  }
  const isSignedBySandbox = async (location: string) => {
    const [, signed = '', signature = ''] = /\?(.*)&Signature=(.*)$/.exec(location) ?? []
    const bytes = Buffer.from(decodeURIComponent(signature), 'base64')
    return verify('sha256', Buffer.from(signed), await ownKey(), bytes)
  }

  test('metadata has the shape of Huawei’s file', async () => {
    const { text, headers } = await sandbox.browser.get('/authui/saml/metadata.xml')

    assert.match(headers.get('content-type') ?? '', /^application\/xml/)
    assert.match(text, new RegExp(`entityID="${sandbox.url}/"`))
    assert.match(text, /AuthnRequestsSigned="true" WantAssertionsSigned="true"/)
    assert.match(text, /X509Certificate>[A-Za-z0-9+/]{64}\n/)
    assert.match(text, /SAMLAssertionConsumer" index="0" isDefault="true"\/><\/md:SPSSODescriptor>/)
  })

  test('the request is written as in Huawei’s sample and signed', async () => {
    const { xml, url, location, id } = await openLoginLink(sandbox)

    const sample = `<?xml version="1.0" encoding="UTF-8"?><saml2p:AuthnRequest xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" AssertionConsumerServiceURL="${sandbox.url}/authui/saml/SAMLAssertionConsumer" Destination="http://localhost:3000/saml/sso" ForceAuthn="false" ID="${id}" IsPassive="false" IssueInstant="2026-03-01T12:00:00.000Z" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Version="2.0"><saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${sandbox.url}/</saml2:Issuer><saml2p:NameIDPolicy AllowCreate="true" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" SPNameQualifier="${sandbox.url}/"/></saml2p:AuthnRequest>`
    assert.equal(xml, sample)
    assert.equal(url.origin + url.pathname, 'http://localhost:3000/saml/sso')
    assert.deepEqual(
      [...url.searchParams.keys()],
      ['SAMLRequest', 'RelayState', 'SigAlg', 'Signature'],
    )
    assert.match(url.searchParams.get('RelayState') ?? '', /^[\w-]{496}$/)
    assert.equal(await isSignedBySandbox(location), true)
  })

  test('a login link of another platform is refused', async () => {
    const page = await sandbox.browser.get('/authui/saml/login?xAccountType=other_IDP')

    assert.equal(page.status, 400)
    assert.match(page.text, /other_IDP/)
  })

  test('a customer gets an account at the first sign-in and the console at the second', async () => {
    const first = await signIn(sandbox, key, { xAccountId: 'customer-7' })
    const notice = await sandbox.browser.post('/authui/saml/create-and-bind', {
      ticket: field(first.text, 'ticket'),
      domainName: 'customer-seven',
    })
    const second = await signIn(sandbox, key, { xAccountId: 'customer-7', isFirstLogin: false })

    assert.equal(verdictOf(first.text), 'create-and-bind')
    assert.match(notice.text, /action="http:\/\/localhost:3000\/bind"/)
    assert.equal(second.status, 200)
    assert.equal(verdictOf(second.text), 'accepted')
    assert.match(second.text, /You are in Huawei Cloud/)
    assert.match(second.text, /customer-seven/)
    assert.match(second.text, /https:\/\/console\.example\.com\/iam\//)
  })

  test('a customer without an account whose link does not say so gets an explanation', async () => {
    const page = await signIn(sandbox, key, { xAccountId: 'customer-8', isFirstLogin: false })

    assert.equal(verdictOf(page.text), 'not-bound')
    assert.match(page.text, /isFirstLogin=true/)
  })

  test('an answer is taken once', async () => {
    const { id, relayState } = await openLoginLink(sandbox)
    const fields = {
      SAMLResponse: answerTo(id, 'customer-9', { key, sandbox }),
      RelayState: relayState,
    }
    const first = await sandbox.browser.post('/authui/saml/SAMLAssertionConsumer', fields)

    const second = await sandbox.browser.post('/authui/saml/SAMLAssertionConsumer', fields)

    assert.equal(first.status, 200)
    assert.equal(second.status, 400)
    assert.equal(verdictOf(second.text), 'refused')
    assert.match(second.text, /<code>answered-once<\/code>/)
  })

  test('a wrong answer does not use up the request', async () => {
    const { id, relayState } = await openLoginLink(sandbox)
    const SAMLResponse = answerTo(id, 'customer-9', { key, sandbox })
    const path = '/authui/saml/SAMLAssertionConsumer'
    const wrong = await sandbox.browser.post(path, { SAMLResponse, RelayState: 'other' })

    const right = await sandbox.browser.post(path, { SAMLResponse, RelayState: relayState })

    assert.equal(wrong.status, 400)
    assert.equal(right.status, 200)
  })

  test('what arrived can be read with its XML and the rules it broke', async () => {
    await sandbox.browser.post('/authui/saml/SAMLAssertionConsumer', {
      SAMLResponse: answerTo('_unknown', 'customer-1', { key, sandbox }),
      RelayState: 'any',
    })

    const { text } = await sandbox.browser.get('/sandbox/state.json')

    const [newest] = JSON.parse(text).arrivals
    assert.equal(newest.kind, 'answer')
    assert.equal(newest.verdict, 'refused')
    assert.deepEqual(
      newest.broken.map(({ id }: { id: string }) => id),
      ['in-response-to'],
    )
    assert.match(newest.xml, /InResponseTo="_unknown"/)
  })

  test('what is no SAMLResponse is refused with the reason', async () => {
    const page = await sandbox.browser.post('/authui/saml/SAMLAssertionConsumer', {
      SAMLResponse: 'PGE+', // An element that is never closed.
    })

    assert.equal(page.status, 400)
    assert.match(page.text, /<code>readable<\/code>/)
  })

  const REQUESTS: readonly {
    readonly scenario: ScenarioName
    readonly shows: RegExp
    readonly isSigned: boolean
  }[] = [
    {
      scenario: 'wrong-acs',
      shows: /AssertionConsumerServiceURL="https:\/\/attacker\.example\/collect"/,
      isSigned: true,
    },
    {
      scenario: 'expired-request',
      shows: /IssueInstant="2026-03-01T11:00:00\.000Z"/,
      isSigned: true,
    },
    { scenario: 'forged-signature', shows: /AuthnRequest/, isSigned: false },
    { scenario: 'unsigned-request', shows: /AuthnRequest/, isSigned: false },
  ]
  for (const { scenario, shows, isSigned } of REQUESTS) {
    test(`the scenario ${scenario} spoils the request`, async () => {
      sandbox.setScenario(scenario)

      const { xml, location, url } = await openLoginLink(sandbox)

      assert.match(xml, shows)
      assert.equal(await isSignedBySandbox(location), isSigned)
      assert.equal(url.searchParams.has('Signature'), scenario !== 'unsigned-request')
    })
  }

  test('the scenario replayed-request sends one request again until the scenario ends', async () => {
    sandbox.setScenario('replayed-request')
    const first = await sandbox.browser.get(loginLink(true))
    const second = await sandbox.browser.get(loginLink(true))
    sandbox.setScenario('normal')

    const third = await sandbox.browser.get(loginLink(true))

    assert.equal(second.location, first.location)
    assert.notEqual(third.location, first.location)
  })

  test('the scenario bind asks even a customer who has an account', async () => {
    const first = await signIn(sandbox, key, { xAccountId: 'customer-10' })
    await sandbox.browser.post('/authui/saml/create-and-bind', {
      ticket: field(first.text, 'ticket'),
      domainName: 'customer-ten',
    })
    sandbox.setScenario('bind')

    const page = await signIn(sandbox, key, { xAccountId: 'customer-10', isFirstLogin: false })

    assert.equal(verdictOf(page.text), 'create-and-bind')
  })
})
