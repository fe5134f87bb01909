// Single logout: whose sign-out we believe, and what we answer.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readParameters } from '../../src/base/parameters.ts'
import { verifyMessage } from '../../src/saml/authn-request.ts'
import { acceptLogoutRequest, buildLogoutResponse, getLogoutReturn } from '../../src/saml/logout.ts'
import { decodeRedirect } from '../../src/saml/redirect-binding.ts'
import { writeXml } from '../../src/saml/xml-write.ts'
import { HOUSE, logoutRequest, SITE, trustedParties } from '../support/build.ts'
import { countingRandom, NOW } from '../support/fixed.ts'
import { RULES } from '../support/front-door.ts'
import { schemaComplaints, skipWithout } from '../support/judges.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery, unsignedQuery } from '../support/send.ts'

const party = (await trustedParties()).get(SITE.entityId, NOW)

function arrive(query: string) {
  const message = decodeRedirect(readParameters(query), 'SAMLRequest')
  return acceptLogoutRequest(verifyMessage(message, party, true), party, {
    ...RULES,
    sloUrl: HOUSE.sloUrl,
  })
}

function signed(xml: string): string {
  return redirectQuery('SAMLRequest', deflate(xml), HUAWEI_SIGNING)
}

test('a signed sign-out names the person and the sign-in it ends', () => {
  assert.deepEqual(arrive(signed(logoutRequest())), {
    id: '_logout1',
    issuer: SITE.entityId,
    nameId: '_name1',
    sessionIndex: '_session1',
  })
})

test('a sign-out without SessionIndex means every sign-in of that name', () => {
  const xml = logoutRequest().replace(/<saml2p:SessionIndex>.*<\/saml2p:SessionIndex>/, '')

  assert.equal(arrive(signed(xml)).sessionIndex, undefined)
})

const REFUSED = [
  {
    title: 'is an AuthnRequest',
    from: /LogoutRequest/g,
    to: 'AuthnRequest',
    code: 'SAML_BAD_REQUEST',
  },
  { title: 'names nobody', from: /<saml2:NameID.*NameID>/, to: '', code: 'SAML_BAD_REQUEST' },
  { title: 'names two', from: /<saml2:NameID.*NameID>/, to: '$&$&', code: 'SAML_BAD_REQUEST' },
  { title: 'has no ID', from: ' ID="_logout1"', to: '', code: 'SAML_BAD_REQUEST' },
  {
    title: 'is of another site',
    from: SITE.entityId,
    to: 'https://x.example/',
    code: 'SAML_UNKNOWN_ISSUER',
  },
  {
    title: 'is of SAML 1.1',
    from: 'Version="2.0"',
    to: 'Version="1.1"',
    code: 'SAML_WRONG_VERSION',
  },
  { title: 'is an hour old', from: 'T09:59:58', to: 'T09:00:00', code: 'SAML_EXPIRED' },
  { title: 'is of tomorrow', from: '15T09:59:58', to: '16T09:59:58', code: 'SAML_NOT_YET_VALID' },
  { title: 'is over', from: 'T10:05:00', to: 'T09:57:00', code: 'SAML_EXPIRED' },
  { title: 'ends at no time', from: '15T10:05:00.000Z', to: '99', code: 'SAML_EXPIRED' },
  {
    title: 'is for our sign-in address',
    from: HOUSE.sloUrl,
    to: HOUSE.ssoUrl,
    code: 'SAML_WRONG_DESTINATION',
  },
  { title: 'is for nobody', from: / Destination="[^"]*"/, to: '', code: 'SAML_WRONG_DESTINATION' },
]

for (const { title, from, to, code } of REFUSED) {
  test(`a sign-out that ${title} is refused`, () => {
    const xml = logoutRequest().replace(from, to)

    assert.equal(arrive(signed(logoutRequest())).id, '_logout1')
    assert.throws(() => arrive(signed(xml)), { code })
  })
}

test('a sign-out that is not signed is refused', () => {
  assert.throws(() => arrive(unsignedQuery(logoutRequest())), { code: 'SAML_UNSIGNED' })
})

test('a sign-out signed by a stranger is refused', () => {
  const signing = { ...HUAWEI_SIGNING, key: 'stranger' as const }
  const query = redirectQuery('SAMLRequest', deflate(logoutRequest()), signing)

  assert.throws(() => arrive(query), { code: 'SAML_BAD_SIGNATURE' })
})

test('the answer goes by Redirect where the site takes it so, otherwise by POST', () => {
  const [redirect, post] = party.logouts
  assert.ok(redirect && post)

  assert.equal(getLogoutReturn({ ...party, logouts: [post, redirect] }), redirect)
  assert.equal(getLogoutReturn({ ...party, logouts: [post] }), post)
})

test('a site without a sign-out address cannot be answered', () => {
  assert.throws(() => getLogoutReturn({ ...party, logouts: [] }), {
    code: 'SAML_NO_LOGOUT',
  })
})

const STATUSES = [
  { top: 'Success', says: 'Signed out.' },
  { top: 'Requester', second: 'UnknownPrincipal', says: 'Nobody was signed out.' },
] as const

for (const { says, ...status } of STATUSES) {
  test(`the answer "${says}" is valid by the schemas of SAML 2.0 [S40]`, {
    skip: skipWithout('xmllint'),
  }, async () => {
    const to = { requestId: '_logout1', destination: 'https://auth.cloud.example/slo' }
    const deps = { entityId: HOUSE.entityId, random: countingRandom(), now: NOW }

    const xml = writeXml(buildLogoutResponse(to, status, deps))

    assert.ok(xml.includes(says) && xml.includes(`status:${status.top}"`))
    assert.equal(await schemaComplaints(xml), '')
  })
}
