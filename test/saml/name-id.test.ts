// Names that parties know people by: by the request's wish, by what the account has.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOfferedFormat, type Named, nameFor, transientName } from '../../src/saml/name-id.ts'
import { HOUSE, OTHER_SITE, SITE } from '../support/build.ts'

const SAML_1 = 'urn:oasis:names:tc:SAML:1.1:nameid-format:'
const SAML_2 = 'urn:oasis:names:tc:SAML:2.0:nameid-format:'
const DEPS = { entityId: HOUSE.entityId, pairwiseSecret: 'a secret of the tests' }
const ADA: Named = {
  accountId: 'customer-0001',
  email: 'ada@customer.example',
  issuer: SITE.entityId,
}

const FORMATS = [
  { format: undefined, isOffered: true },
  { format: `${SAML_1}unspecified`, isOffered: true },
  { format: `${SAML_1}emailAddress`, isOffered: true },
  { format: `${SAML_2}transient`, isOffered: true },
  { format: `${SAML_2}persistent`, isOffered: true },
  { format: `${SAML_2}kerberos`, isOffered: false },
  { format: `${SAML_2}entity`, isOffered: false },
  { format: `${SAML_2}encrypted`, isOffered: false },
  { format: `${SAML_2}Persistent`, isOffered: false },
  { format: '', isOffered: false },
]

for (const { format, isOffered } of FORMATS) {
  test(`names of the format "${format}" are ${isOffered ? '' : 'not '}given`, () => {
    assert.equal(isOfferedFormat(format), isOffered)
  })
}

for (const format of [undefined, `${SAML_1}unspecified`, `${SAML_2}transient`]) {
  test(`who asks for "${format}" gets a new name each time`, () => {
    assert.equal(nameFor(ADA, format, DEPS), undefined)
  })
}

test('a transient name is qualified as in Huawei’s sample [S34]', () => {
  assert.deepEqual(transientName('_1', SITE.entityId), {
    format: `${SAML_2}transient`,
    value: '_1',
    nameQualifier: SITE.entityId,
  })
})

test('an e-mail address is a name for accounts that have one, and for no others', () => {
  const format = `${SAML_1}emailAddress`

  const name = nameFor(ADA, format, DEPS)

  assert.deepEqual(name, { format, value: 'ada@customer.example' })
  assert.throws(() => nameFor({ ...ADA, email: undefined }, format, DEPS), {
    code: 'SAML_NAME_ID_POLICY',
  })
})

function persistent(change: Partial<Named> = {}, deps = DEPS): string {
  return nameFor({ ...ADA, ...change }, `${SAML_2}persistent`, deps)?.value ?? ''
}

test('a persistent name says whose it is and for whom (Core §8.3.7) [S34]', () => {
  const name = nameFor(ADA, `${SAML_2}persistent`, DEPS)

  assert.deepEqual(name, {
    format: `${SAML_2}persistent`,
    value: persistent(),
    nameQualifier: HOUSE.entityId,
    spNameQualifier: SITE.entityId,
  })
})

test('a persistent name stays the same whatever else about the person changes', () => {
  assert.equal(persistent({ email: 'other@customer.example' }), persistent())
})

test('persistent names of two people, two parties or two houses have nothing in common', () => {
  const names = [
    persistent(),
    persistent({ accountId: 'CUSTOMER-0001' }),
    persistent({ issuer: OTHER_SITE.entityId }),
    persistent({}, { ...DEPS, pairwiseSecret: 'another secret' }),
  ]

  assert.equal(new Set(names).size, names.length)
})

// IIP-IDP21. Both halves of the pair may hold anything, so the case of letters must not matter.
test('no two persistent names differ by the case of letters only, and none tells the account [S35]', () => {
  for (const accountId of ['a', 'A', 'customer-0001', 'Customer-0001', '雲']) {
    assert.match(persistent({ accountId }), /^p[0-9a-f]{64}$/)
  }
})
