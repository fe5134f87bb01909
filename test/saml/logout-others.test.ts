// Telling a site that somebody has signed out: what we send, and which answers we believe.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readParameters } from '../../src/base/parameters.ts'
import { verifyMessage } from '../../src/saml/authn-request.ts'
import { acceptLogoutResponse, buildLogoutRequest } from '../../src/saml/logout-others.ts'
import { transientName } from '../../src/saml/name-id.ts'
import { decodeRedirect } from '../../src/saml/redirect-binding.ts'
import { writeXml } from '../../src/saml/xml-write.ts'
import { HOUSE, SITE, trustedParties } from '../support/build.ts'
import { NOW } from '../support/fixed.ts'
import { RULES } from '../support/front-door.ts'
import { schemaComplaints, skipWithout } from '../support/judges.ts'
import { logoutResponse } from '../support/second-site.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery } from '../support/send.ts'

const party = (await trustedParties()).get(SITE.entityId, NOW)

const house = { url: new URL(HOUSE.sloUrl).origin, clock: { now: () => NOW } }

function answerXml(status = 'Success'): string {
  return logoutResponse(house, { entityId: SITE.entityId, inResponseTo: '_told', status })
}

function arrive(xml: string) {
  const query = redirectQuery('SAMLResponse', deflate(xml), HUAWEI_SIGNING)
  const message = decodeRedirect(readParameters(query), 'SAMLResponse')
  const rules = { ...RULES, sloUrl: HOUSE.sloUrl }
  return acceptLogoutResponse(verifyMessage(message, party, true), party, rules)
}

const STATUSES = [
  { status: 'Success', isConfirmed: true },
  { status: 'Responder', isConfirmed: false },
] as const

for (const { status, isConfirmed } of STATUSES) {
  test(`a site that answers ${status} is believed`, () => {
    assert.deepEqual(arrive(answerXml(status)), {
      issuer: SITE.entityId,
      inResponseTo: '_told',
      isConfirmed,
      status: [status],
    })
  })
}

test('a site that signed out only partly has not confirmed', () => {
  const second =
    '<saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:PartialLogout"/></saml2p:StatusCode>'
  const xml = answerXml().replace(/:Success"\/>/, `:Success">${second}`)

  const { isConfirmed, status } = arrive(xml)

  assert.deepEqual([isConfirmed, status], [false, ['Success', 'PartialLogout']])
})

const REFUSED = [
  {
    title: 'is a request',
    from: /LogoutResponse/g,
    to: 'LogoutRequest',
    code: 'SAML_BAD_REQUEST',
  },
  { title: 'answers nothing', from: / InResponseTo="[^"]*"/, to: '', code: 'SAML_BAD_REQUEST' },
  { title: 'has no status', from: /<saml2p:Status>.*Status>/, to: '', code: 'SAML_BAD_REQUEST' },
  {
    title: 'is of another site',
    from: SITE.entityId,
    to: 'https://x.example/',
    code: 'SAML_UNKNOWN_ISSUER',
  },
  { title: 'is an hour old', from: 'T10:00:00', to: 'T09:00:00', code: 'SAML_EXPIRED' },
  {
    title: 'is for our sign-in address',
    from: HOUSE.sloUrl,
    to: HOUSE.ssoUrl,
    code: 'SAML_WRONG_DESTINATION',
  },
]

for (const { title, from, to, code } of REFUSED) {
  test(`an answer that ${title} is refused`, () => {
    assert.equal(arrive(answerXml()).isConfirmed, true)
    assert.throws(() => arrive(answerXml().replace(from, to)), { code })
  })
}

test('what we send is valid by the schemas of SAML 2.0', {
  skip: skipWithout('xmllint'),
}, async () => {
  const name = transientName('_name1', SITE.entityId)
  const ended = { requestId: '_told', destination: 'https://auth.cloud.example/slo', name }

  const xml = writeXml(
    buildLogoutRequest({ ...ended, sessionIndex: '_session1' }, { ...HOUSE, now: NOW }),
  )

  assert.ok(xml.includes('>_name1<') && xml.includes('NotOnOrAfter="2026-01-15T10:05:00.000Z"'))
  assert.equal(await schemaComplaints(xml), '')
})
