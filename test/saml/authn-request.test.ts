// What an AuthnRequest says, and by whose signature it may be believed.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { XMLSerializer } from '@xmldom/xmldom'
import { peekIssuer, readAuthnRequest, verifyMessage } from '../../src/saml/authn-request.ts'
import type { DecodedMessage } from '../../src/saml/redirect-binding.ts'
import { MESSAGE_LIMITS, readXml } from '../../src/saml/xml-read.ts'
import { authnRequest, OPEN_SITE, SITE, SITE_KEYS, trustedParties } from '../support/build.ts'
import { type KeyName, NOW } from '../support/fixed.ts'
import { arriveByRedirect } from '../support/front-door.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery, signEnveloped } from '../support/send.ts'

const parties = await trustedParties()

function posted(xml: string): DecodedMessage {
  return { binding: 'post', xml, relayState: undefined, detached: undefined }
}

function factsOf(xml: string) {
  const root = readXml(xml, MESSAGE_LIMITS)
  return readAuthnRequest({ root, isSigned: false, relayState: undefined })
}

test("a request of Huawei Cloud's shape says whose it is and where the answer goes", () => {
  const query = redirectQuery('SAMLRequest', deflate(authnRequest()), HUAWEI_SIGNING)

  const { facts, returnTo, party } = arriveByRedirect(query, parties)

  assert.equal(returnTo, SITE.acsUrl)
  assert.equal(party.entityId, SITE.entityId)
  assert.deepEqual(facts, {
    id: SITE.requestId,
    version: '2.0',
    issueInstant: new Date('2026-01-15T09:59:58.446Z'),
    issuer: SITE.entityId,
    destination: 'https://idp.partner.example/saml/sso',
    acsUrl: SITE.acsUrl,
    acsIndex: undefined,
    protocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
    nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
    spNameQualifier: SITE.entityId,
    wantsFreshSignIn: false,
    isPassive: false,
    wantedContext: undefined,
    namesSubject: false,
    isSigned: true,
    relayState: HUAWEI_SIGNING.relayState,
  })
})

test('a request may leave out everything that is optional', () => {
  const facts = factsOf(
    '<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0"' +
      ' IssueInstant="2026-01-15T10:00:00Z"><Issuer' +
      ' xmlns="urn:oasis:names:tc:SAML:2.0:assertion"> https://sp.example </Issuer></p:AuthnRequest>',
  )

  assert.deepEqual(facts, {
    id: '_1',
    version: '2.0',
    issueInstant: NOW,
    issuer: 'https://sp.example',
    destination: undefined,
    acsUrl: undefined,
    acsIndex: undefined,
    protocolBinding: undefined,
    nameIdFormat: undefined,
    spNameQualifier: undefined,
    wantsFreshSignIn: false,
    isPassive: false,
    wantedContext: undefined,
    namesSubject: false,
    isSigned: false,
    relayState: undefined,
  })
})

const FLAGS = [
  { text: 'true', means: true },
  { text: '1', means: true },
  { text: 'false', means: false },
  { text: '0', means: false },
]

for (const { text, means } of FLAGS) {
  test(`ForceAuthn and IsPassive of "${text}" mean ${means}`, () => {
    const fresh = factsOf(authnRequest().replace('ForceAuthn="false"', `ForceAuthn="${text}"`))
    const passive = factsOf(authnRequest().replace('IsPassive="false"', `IsPassive="${text}"`))

    assert.deepEqual([fresh.wantsFreshSignIn, fresh.isPassive], [means, false])
    assert.deepEqual([passive.wantsFreshSignIn, passive.isPassive], [false, means])
  })
}

function askingFor(context: string): string {
  const assertion = 'xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"'
  const requested = context.replace('RequestedAuthnContext', (name) => `${name} ${assertion}`)
  return authnRequest().replace('</saml2p:Auth', `${requested}</saml2p:Auth`)
}

test('every kind of sign-in that is asked for is listed, declarations by their element', () => {
  const { wantedContext } = factsOf(
    askingFor(
      '<saml2p:RequestedAuthnContext>' +
        '<saml2:AuthnContextClassRef>urn:a</saml2:AuthnContextClassRef>' +
        '<saml2:AuthnContextClassRef> urn:b </saml2:AuthnContextClassRef>' +
        '<saml2:AuthnContextDeclRef>urn:c</saml2:AuthnContextDeclRef></saml2p:RequestedAuthnContext>',
    ),
  )

  assert.deepEqual(wantedContext, {
    comparison: 'exact',
    classes: ['urn:a', 'urn:b', 'AuthnContextDeclRef'],
  })
})

const URN_A = '<saml2:AuthnContextClassRef>urn:a</saml2:AuthnContextClassRef>'

for (const comparison of ['exact', 'minimum', 'better', 'maximum']) {
  test(`kinds of sign-in can be compared as "${comparison}"`, () => {
    const { wantedContext } = factsOf(
      askingFor(
        `<saml2p:RequestedAuthnContext Comparison="${comparison}">${URN_A}</saml2p:RequestedAuthnContext>`,
      ),
    )

    assert.deepEqual(wantedContext, { comparison, classes: ['urn:a'] })
  })
}

const UNCLEAR = [
  { title: 'compared in a way that does not exist', attribute: ' Comparison="worse"', in: URN_A },
  { title: 'compared in capitals', attribute: ' Comparison="Exact"', in: URN_A },
  { title: 'that is left out', attribute: '', in: '' },
]

for (const { title, attribute, in: content } of UNCLEAR) {
  test(`a kind of sign-in ${title} is refused, not guessed`, () => {
    const xml = askingFor(
      `<saml2p:RequestedAuthnContext${attribute}>${content}</saml2p:RequestedAuthnContext>`,
    )

    assert.throws(() => factsOf(xml), { code: 'SAML_BAD_REQUEST' })
  })
}

for (const key of SITE_KEYS.filter((name) => !name.startsWith('site-ec'))) {
  test(`a form signed with "${key}", one of the site's several keys, is believed [S11]`, () => {
    const party = parties.get(SITE.entityId, NOW)

    const { isSigned } = verifyMessage(posted(signEnveloped(authnRequest(), key)), party)

    assert.equal(isSigned, true)
  })
}

const REDIRECT_KEYS = [
  { key: 'site', algorithm: 'rsa-sha256' },
  { key: 'site-next', algorithm: 'rsa-sha256' },
  { key: 'site-ec', algorithm: 'ecdsa-sha256' },
  { key: 'site-ec-384', algorithm: 'ecdsa-sha256' },
] as const satisfies readonly { key: KeyName; algorithm: string }[]

for (const { key, algorithm } of REDIRECT_KEYS) {
  test(`a query signed with "${key}", one of the site's several keys, is believed [S11]`, () => {
    const uri = `http://www.w3.org/2001/04/xmldsig-more#${algorithm}`
    const signing = { ...HUAWEI_SIGNING, key, algorithm: uri }

    const { facts } = arriveByRedirect(
      redirectQuery('SAMLRequest', deflate(authnRequest()), signing),
      parties,
    )

    assert.equal(facts.isSigned, true)
  })
}

test('of a signed form only what the signature covers is handed on', () => {
  const signed = signEnveloped(authnRequest(), 'site')

  const { root } = verifyMessage(posted(signed), parties.get(SITE.entityId, NOW))

  const xml = new XMLSerializer().serializeToString(root)
  const covered = authnRequest().replace(/^<\?xml.*?\?>/, '')
  assert.equal(xml, covered)
})

test('a site that promises no signatures may send without, and is marked as unsigned [S22]', () => {
  const party = parties.get(OPEN_SITE.entityId, NOW)

  const { isSigned } = verifyMessage(posted(authnRequest(OPEN_SITE)), party)

  assert.equal(isSigned, false)
})

test('where a signature is demanded, as for sign-out, no site may send without', () => {
  const party = parties.get(OPEN_SITE.entityId, NOW)

  assert.throws(() => verifyMessage(posted(authnRequest(OPEN_SITE)), party, true), {
    code: 'SAML_UNSIGNED',
  })
})

test('the issuer that picks the keys is the first one below the root, trimmed', () => {
  const xml = authnRequest().replace(`>${SITE.entityId}<`, `>\n  ${SITE.entityId}\n<`)

  assert.equal(peekIssuer(posted(xml)), SITE.entityId)
})
