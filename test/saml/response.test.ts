// Our answers before judges that are not ours: the schemas of SAML 2.0, xmlsec1 and node-saml.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DOMParser } from '@xmldom/xmldom'
import { systemClock } from '../../src/base/clock.ts'
import { systemRandom } from '../../src/base/random.ts'
import { buildAnswer } from '../../src/saml/response.ts'
import { verifyEnveloped } from '../../src/saml/signature.ts'
import { MESSAGE_LIMITS, readXml } from '../../src/saml/xml-read.ts'
import { ADDRESSEE, answer, answerDeps, PERSON, refusal } from '../support/answers.ts'
import { HOUSE, SITE } from '../support/build.ts'
import { certificateOf, keyPair, NOW } from '../support/fixed.ts'
import {
  readWithNodeSaml,
  schemaComplaints,
  skipWithout,
  xmlsecVerifies,
} from '../support/judges.ts'

const HOSTILE = '</saml2:AttributeValue><x a="\'">&amp;]]><!--\r\n\t客😀'

const ANSWERS = [
  { title: 'an answer', make: async () => (await answer()).response, signed: 'Assertion' },
  {
    title: 'an answer whose attribute is full of markup',
    make: async () => (await answer({ attributes: [{ name: 'name', value: HOSTILE }] })).response,
    signed: 'Assertion',
  },
  { title: 'a signed refusal', make: refusal, signed: 'Response' },
] as const

for (const { title, make, signed } of ANSWERS) {
  test(`${title} is valid by the schemas of SAML 2.0`, {
    skip: skipWithout('xmllint'),
  }, async () => {
    assert.equal(await schemaComplaints(await make()), '')
  })

  test(`${title} verifies with xmlsec1, with our certificate only`, {
    skip: skipWithout('xmlsec1'),
  }, async () => {
    const xml = await make()
    const ours = (await certificateOf('house')).toString()
    const strange = (await certificateOf('stranger')).toString()

    assert.equal(await xmlsecVerifies(xml, signed, ours), true)
    assert.equal(await xmlsecVerifies(xml, signed, strange), false)
  })
}

const TAMPERED = [
  { title: 'another customer', from: 'customer-0001', to: 'customer-0002' },
  { title: 'a longer life', from: '10:05:00.000Z', to: '23:05:00.000Z' },
  {
    title: 'another audience',
    from: `Audience>${SITE.entityId}`,
    to: 'Audience>https://x.example/',
  },
  { title: 'a changed digest', from: '<ds:DigestValue>', to: '<ds:DigestValue>A' },
]

for (const { title, from, to } of TAMPERED) {
  test(`an answer with ${title} is refused by xmlsec1`, {
    skip: skipWithout('xmlsec1'),
  }, async () => {
    const { response } = await answer()
    const tampered = response.replaceAll(from, to)
    const ours = (await certificateOf('house')).toString()

    assert.notEqual(tampered, response)
    assert.equal(await xmlsecVerifies(tampered, 'Assertion', ours), false)
  })
}

async function readByNodeSaml(xml: string, change = {}) {
  return readWithNodeSaml(xml, {
    audience: SITE.entityId,
    acsUrl: SITE.acsUrl,
    certificatePem: (await certificateOf('house')).toString(),
    ...change,
  })
}

test('node-saml, as a site, reads the person from our answer', async () => {
  const { response, nameId } = await answer({}, systemClock.now())

  const profile = await readByNodeSaml(response)

  assert.equal(profile.issuer, HOUSE.entityId)
  assert.equal(profile.nameID, nameId)
  assert.equal(profile.nameQualifier, SITE.entityId)
  assert.equal(profile.sessionIndex, PERSON.sessionIndex)
  assert.equal(profile.inResponseTo, SITE.requestId)
  for (const { name, value } of PERSON.attributes) assert.equal(profile[name], value)
})

test('node-saml reads an attribute full of markup as it was, and nothing beside it', async () => {
  const attributes = [{ name: 'name', value: HOSTILE }]
  const { response } = await answer({ attributes }, systemClock.now())

  const profile = await readByNodeSaml(response)

  assert.deepEqual(profile['attributes'], { name: HOSTILE })
})

test('node-saml refuses our answer when it expects another audience', async () => {
  const { response } = await answer({}, systemClock.now())
  const audience = 'https://sp.other.example/metadata'

  await assert.rejects(readByNodeSaml(response, { audience }), /audience/i)
})

test('node-saml refuses our answer with the certificate of somebody else', async () => {
  const { response } = await answer({}, systemClock.now())
  const certificatePem = (await certificateOf('stranger')).toString()

  await assert.rejects(readByNodeSaml(response, { certificatePem }), /signature/i)
})

test('node-saml refuses our answer when its life is over', async () => {
  const { response } = await answer({}, NOW)

  await assert.rejects(readByNodeSaml(response), /expired/i)
})

function attributesOf(xml: string, name: string): Readonly<Record<string, string>> {
  const document = new DOMParser().parseFromString(xml, 'text/xml')
  const [found] = Array.from(document.getElementsByTagName(name))
  const attributes = Array.from(found?.attributes ?? [])
  return Object.fromEntries(attributes.map((each) => [each.name, each.value]))
}

test('the answer goes to the address and the request it is for, and to no other', async () => {
  const { response } = await answer()

  const { Destination, InResponseTo } = attributesOf(response, 'saml2p:Response')
  assert.deepEqual(
    { Destination, InResponseTo },
    {
      Destination: SITE.acsUrl,
      InResponseTo: SITE.requestId,
    },
  )
  // Profiles §4.1.4.2: and no NotBefore.
  assert.deepEqual(attributesOf(response, 'saml2:SubjectConfirmationData'), {
    InResponseTo: SITE.requestId,
    NotOnOrAfter: '2026-01-15T10:05:00.000Z',
    Recipient: SITE.acsUrl,
  })
})

test('the answer starts as long ago as clocks may differ and ends when the options say [S1]', async () => {
  const { response } = await answer()

  assert.deepEqual(attributesOf(response, 'saml2:Conditions'), {
    NotBefore: '2026-01-15T09:57:00.000Z',
    NotOnOrAfter: '2026-01-15T10:05:00.000Z',
  })
})

test('the answer tells when the person signed in, not when it was written', async () => {
  const { response } = await answer()

  assert.deepEqual(attributesOf(response, 'saml2:AuthnStatement'), {
    AuthnInstant: '2026-01-15T09:58:00.000Z',
    SessionIndex: '_session1',
  })
})

test('two answers share no ID and no name, and every ID is an XML name', async () => {
  const deps = { ...(await answerDeps()), random: systemRandom }

  const first = await buildAnswer(ADDRESSEE, PERSON, deps)
  const second = await buildAnswer(ADDRESSEE, PERSON, deps)

  const names = [first, second].flatMap(({ response, assertionId, nameId }) => {
    return [assertionId, nameId, attributesOf(response, 'saml2p:Response')['ID']]
  })
  assert.equal(new Set(names).size, 6)
  assert.ok(names.every((name) => /^_[0-9a-f]{40}$/.test(name ?? '')))
})

test('a refusal is signed as a whole and holds no assertion', async () => {
  const xml = await refusal()

  const covered = verifyEnveloped(xml, readXml(xml, MESSAGE_LIMITS), [keyPair('house').publicKey])

  assert.ok(covered.startsWith('<saml2p:Response '))
  assert.ok(covered.includes('status:NoPassive'))
  assert.ok(!covered.includes('Assertion '))
})

test('a site that asks for it gets an answer without SubjectLocality, every other as the sample is', async () => {
  const usual = await answer()
  const without = await answer({ locality: undefined })

  assert.match(usual.response, new RegExp(`<saml2:SubjectLocality Address="${SITE.entityId}">`))
  assert.doesNotMatch(without.response, /SubjectLocality/)
})
