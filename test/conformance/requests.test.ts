// What the profiles ask of whoever reads requests. Attacks on the same checks are in test/attacks/.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createParties, type Parties } from '../../src/saml/relying-party.ts'
import { authnRequest, OPEN_SITE, SITE, trustedParties } from '../support/build.ts'
import { arriveByPost, arriveByRedirect } from '../support/front-door.ts'
import {
  deflate,
  formBody,
  HUAWEI_SIGNING,
  redirectQuery,
  signEnveloped,
  unsignedQuery,
} from '../support/send.ts'

const parties = await trustedParties()

function arrive(xml: string, trusted: Parties = parties) {
  return arriveByRedirect(redirectQuery('SAMLRequest', deflate(xml), HUAWEI_SIGNING), trusted)
}

const LONG = ['a', 'é', '客', '😀', '\u202e', '\u200b']

for (const character of LONG) {
  const code = character.codePointAt(0)?.toString(16)
  test(`texts of 256 characters are read, whatever the character is: U+${code} [S2]`, () => {
    const text = character.repeat(256)
    const xml = authnRequest().replace(' Version="2.0"', ` ProviderName="${text}"$&`)

    assert.equal(arrive(xml).facts.id, SITE.requestId)
  })
}

test('a message with a DTD is refused by whatever way it comes [S3]', () => {
  const xml = authnRequest().replace('?>', '?><!DOCTYPE a>')
  const body = formBody(
    signEnveloped(authnRequest(), 'site').replace('?>', '?><!DOCTYPE a>'),
    undefined,
  )

  assert.throws(() => arrive(xml), { code: 'SAML_BAD_XML' })
  assert.throws(() => arriveByPost(body, parties), { code: 'SAML_BAD_XML' })
})

test('a signature counts although the certificate of its key has ended [S14]', () => {
  const ended = parties.all().map((party) => ({
    ...party,
    signingKeys: party.signingKeys.map(({ key }) => ({ key, endsAt: new Date(0) })),
  }))

  const request = arrive(authnRequest(), createParties(ended))

  assert.equal(request.party.entityId, SITE.entityId)
})

const UNKNOWN = [
  {
    title: 'an extension',
    from: '<saml2p:NameIDPolicy',
    to: '<saml2p:Extensions><x xmlns="urn:x" y="z">w</x></saml2p:Extensions><saml2p:NameIDPolicy',
  },
  { title: 'an attribute of another namespace', from: ' ID=', to: ' xmlns:x="urn:x" x:y="z" ID=' },
  { title: 'an attribute that means nothing', from: ' ID=', to: ' Nothing="z" ID=' },
]

for (const { title, from, to } of UNKNOWN) {
  test(`a request with ${title} is read as without [S19]`, () => {
    const plain = arrive(authnRequest())

    const extended = arrive(authnRequest().replace(from, to))

    assert.deepEqual(extended.facts, plain.facts)
  })
}

test('of a site that promises signatures nothing unsigned is taken, of another it is [S22]', () => {
  const unsigned = arriveByRedirect(unsignedQuery(authnRequest(OPEN_SITE)), parties)

  assert.equal(unsigned.facts.isSigned, false)
  assert.throws(() => arriveByRedirect(unsignedQuery(authnRequest()), parties), {
    code: 'SAML_UNSIGNED',
  })
})

const ACS = `AssertionConsumerServiceURL="${SITE.acsUrl}"`

const WISHES = [
  { title: 'its own address', to: ACS, answers: SITE.acsUrl },
  {
    title: 'its other address',
    to: `AssertionConsumerServiceURL="${SITE.secondAcsUrl}"`,
    answers: SITE.secondAcsUrl,
  },
  {
    title: 'the index of an address',
    to: 'AssertionConsumerServiceIndex="1"',
    answers: SITE.secondAcsUrl,
  },
  { title: 'nothing', to: '', answers: SITE.acsUrl },
]

for (const { title, to, answers } of WISHES) {
  test(`a site that asks for ${title} is answered at ${answers} [S24]`, () => {
    const withoutBinding = authnRequest().replace(/ ProtocolBinding="[^"]*"/, '')

    const { returnTo } = arrive(withoutBinding.replace(ACS, to))

    assert.equal(returnTo, answers)
  })
}

const NO_ADDRESSES = [
  { title: 'in other letter case', from: 'authui', to: 'AuthUI', code: 'SAML_WRONG_ACS' },
  {
    title: 'with a slash more',
    from: `${SITE.acsUrl}"`,
    to: `${SITE.acsUrl}/"`,
    code: 'SAML_WRONG_ACS',
  },
  {
    title: 'for artifacts',
    from: ':HTTP-POST',
    to: ':HTTP-Artifact',
    code: 'SAML_UNSUPPORTED_BINDING',
  },
]

for (const { title, from, to, code } of NO_ADDRESSES) {
  test(`a site that asks for its address ${title} is refused with ${code} [S24]`, () => {
    const xml = authnRequest().replace(from, to)

    assert.notEqual(xml, authnRequest())
    assert.throws(() => arrive(xml), { code })
  })
}
