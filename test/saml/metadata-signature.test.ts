// Signed metadata: only what the pinned certificate signed is read, and SHA-1 only where it is allowed.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMetadata } from '../../src/saml/metadata-read.ts'
import { PARTY_OPTIONS } from '../../src/saml/party-options.ts'
import { SITE, siteMetadata } from '../support/build.ts'
import { pinOf, signMetadata } from '../support/sign-metadata.ts'

const PIN = await pinOf('site')
const UNSIGNED = await siteMetadata()
const GOOD = await signMetadata(UNSIGNED, { key: 'site' })
const HUAWEI = await signMetadata(UNSIGNED, { key: 'site' }, { digest: 'sha1' })

function read(xml: string, options: Readonly<Record<string, unknown>> = {}) {
  return readMetadata({
    source: 'site.xml',
    xml,
    options: PARTY_OPTIONS.parse({ pin: PIN, ...options }),
  })
}

const TRUSTED = [
  { title: 'signed with SHA-256', xml: GOOD, options: {} },
  {
    title: "digested with SHA-1 as Huawei's is, where that is allowed",
    xml: HUAWEI,
    options: { allowsSha1Digest: true },
  },
  {
    title: 'pinned in capitals with colons, as openssl prints it',
    xml: GOOD,
    options: { pin: (PIN.match(/../g) ?? []).join(':').toUpperCase() },
  },
]

for (const { title, xml, options } of TRUSTED) {
  test(`metadata is trusted that is ${title} [S6]`, () => {
    const { parties, problems } = read(xml, options)

    assert.deepEqual(problems, [])
    assert.equal(parties[0]?.entityId, SITE.entityId)
    assert.equal(parties[0]?.consumers.length, 2)
  })
}

const EVIL_ACS = GOOD.replace(
  `"${SITE.acsUrl}" index="0" isDefault="true"/>\n</md`,
  '"https://evil.example/" index="0"/>\n</md',
)

const REFUSED = [
  {
    title: 'with a SHA-1 digest and no permission for it',
    xml: HUAWEI,
    options: {},
    says: /the algorithm http:\/\/www\.w3\.org\/2000\/09\/xmldsig#sha1/,
  },
  {
    title: 'whose signature itself is by SHA-1, even with the permission for digests',
    xml: await signMetadata(UNSIGNED, { key: 'site' }, { digest: 'sha1', method: 'rsaSha1' }),
    options: { allowsSha1Digest: true },
    says: /the algorithm http:\/\/www\.w3\.org\/2000\/09\/xmldsig#rsa-sha1/,
  },
  {
    title: 'signed by somebody else',
    xml: await signMetadata(UNSIGNED, { key: 'stranger' }),
    options: {},
    says: /the certificate of the signature is not the pinned one/,
  },
  {
    title: 'signed by somebody else who shows the pinned certificate',
    xml: await signMetadata(UNSIGNED, { key: 'stranger', certificate: 'site' }),
    options: {},
    says: /no key of the party fits/,
  },
  { title: 'without a signature', xml: UNSIGNED, options: {}, says: /no signature with a certif/ },
  { title: 'with another address than was signed', xml: EVIL_ACS, options: {}, says: /no key/ },
  {
    title: 'that wraps the signed one',
    xml: GOOD.replace(' ID="M349b"', ' ID="other"'),
    options: {},
    says: /the reference does not name the root element/,
  },
]

for (const { title, xml, options, says } of REFUSED) {
  test(`metadata is refused ${title} [S6]`, () => {
    assert.notEqual(xml, GOOD)

    const { parties, problems } = read(xml, options)

    assert.deepEqual(parties, [])
    assert.equal(problems.length, 1)
    assert.match(problems[0]?.problem ?? '', /^its signature does not prove it: /)
    assert.match(problems[0]?.problem ?? '', says)
    assert.match(problems[0]?.remedy ?? '', /"pin"/)
  })
}

test('metadata without an end is refused where an end is required, and only there [S7]', () => {
  const ending = UNSIGNED.replace(' ID="M349b"', ' ID="M349b" validUntil="2026-02-01T00:00:00Z"')
  const options = PARTY_OPTIONS.parse({ requiresValidUntil: true })

  const without = readMetadata({ source: 'site.xml', xml: UNSIGNED, options })
  const having = readMetadata({ source: 'site.xml', xml: ending, options })

  assert.deepEqual(without.parties, [])
  assert.match(without.problems[0]?.problem ?? '', /no validUntil/)
  assert.equal(having.parties.length, 1)
})
