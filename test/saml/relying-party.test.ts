// The sites we trust, found letter by letter and only while their metadata is valid.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addSeconds } from '../../src/base/clock.ts'
import { createParties, keysOf, type RelyingParty } from '../../src/saml/relying-party.ts'
import { SITE, SITE_KEYS, trustedParties } from '../support/build.ts'
import { keyPair, NOW } from '../support/fixed.ts'

const parties = await trustedParties()

test('a known site is found, with every key in the order of its file', () => {
  const party = parties.get(SITE.entityId, NOW)

  const fits = keysOf(party).map((key, at) =>
    key.equals(keyPair(SITE_KEYS[at] ?? 'weak').publicKey),
  )
  assert.deepEqual(fits, [true, true, true, true])
})

const STRANGERS = [
  { title: 'nobody knows', entityId: 'https://attacker.example/' },
  { title: 'lacks the slash at its end', entityId: SITE.entityId.slice(0, -1) },
  { title: 'is in other letter case', entityId: SITE.entityId.toUpperCase() },
  { title: 'is empty', entityId: '' },
  { title: 'is the name of a built-in property', entityId: '__proto__' },
]

for (const { title, entityId } of STRANGERS) {
  test(`an entity ID that ${title} is refused`, () => {
    assert.throws(() => parties.get(entityId, NOW), { code: 'SAML_UNKNOWN_ISSUER' })
  })
}

test('a site counts until its metadata runs out, and not a moment longer [S7]', () => {
  const party: RelyingParty = { ...parties.get(SITE.entityId, NOW), validUntil: NOW }
  const ending = createParties([party])

  assert.equal(ending.get(SITE.entityId, addSeconds(NOW, -0.001)), party)
  assert.throws(() => ending.get(SITE.entityId, NOW), { code: 'SAML_PARTY_EXPIRED' })
})
