// The options of a party and the certificates of its metadata → how it is answered.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_PARTY_OPTIONS, type PartyOptions } from '../../src/saml/party-options.ts'
import { protectionFor } from '../../src/saml/protection.ts'
import type { RelyingParty } from '../../src/saml/relying-party.ts'
import { SITE, trustedParties } from '../support/build.ts'
import { type KeyName, keyPair, NOW } from '../support/fixed.ts'

const parties = await trustedParties()

function party(options: Partial<PartyOptions>, keys: readonly KeyName[]): RelyingParty {
  const encryptionKeys = keys.map((name) => ({ key: keyPair(name).publicKey, endsAt: NOW }))
  const known = parties.get(SITE.entityId, NOW)
  return { ...known, options: { ...DEFAULT_PARTY_OPTIONS, ...options }, encryptionKeys }
}

test('without a decision the assertion is signed and not encrypted, by Huawei’s contract', () => {
  const protection = protectionFor(party({}, ['site']))

  assert.deepEqual(protection, { sign: 'assertion', encryption: undefined })
})

test('the first RSA certificate of the metadata is the one to encrypt with [S12]', () => {
  const asked = party({ sign: 'both', encrypt: 'aes128-gcm' }, ['site-ec', 'site', 'site-next'])

  const { sign, encryption } = protectionFor(asked)

  assert.equal(sign, 'both')
  assert.equal(encryption?.algorithm, 'aes128-gcm')
  assert.equal(encryption?.key.equals(keyPair('site').publicKey), true)
})

for (const keys of [[], ['site-ec']] as const) {
  test(`nothing is sent in clear text for want of a certificate, with ${keys.length} others`, () => {
    assert.throws(() => protectionFor(party({ encrypt: 'aes256-gcm' }, keys)), {
      code: 'SAML_CANNOT_ENCRYPT',
    })
  })
}
