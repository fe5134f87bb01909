// What the profiles ask of metadata, ours and theirs.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadConfig } from '../../src/config/load.ts'
import { readMetadata } from '../../src/saml/metadata-read.ts'
import { isOfferedFormat } from '../../src/saml/name-id.ts'
import { requestUrl } from '../support/authn-request.ts'
import { Browser } from '../support/browser.ts'
import { keyDescriptor, SITE, siteMetadata } from '../support/build.ts'
import { forEachEngine } from '../support/engines.ts'
import { keyPair } from '../support/fixed.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { newCustomer, signedIn } from '../support/steps.ts'

test('our entity ID is an absolute URI without being told [S4]', () => {
  const { entityId } = loadConfig({ PUBLIC_URL: 'https://idp.partner.example' })

  assert.equal(entityId, 'https://idp.partner.example/saml/metadata')
})

const NO_ENTITY_IDS = [
  { title: 'is relative', entityId: 'saml/metadata' },
  { title: 'has a space', entityId: 'https://idp.partner.example/a b' },
  { title: 'has 257 characters', entityId: `urn:${'x'.repeat(253)}` },
]

for (const { title, entityId } of NO_ENTITY_IDS) {
  test(`an entity ID that ${title} is no option [S4]`, () => {
    assert.throws(() => loadConfig({ ENTITY_ID: entityId }), /ENTITY_ID/)
  })
}

const PURPOSES = [
  { use: 'signing', signing: true, encryption: false },
  { use: 'encryption', signing: false, encryption: true },
  { use: undefined, signing: true, encryption: true },
] as const

for (const { use, signing, encryption } of PURPOSES) {
  test(`a certificate for ${use ?? 'no purpose in particular'} serves for what it says [S13]`, async () => {
    const added = await keyDescriptor(use, 'other')
    const xml = (await siteMetadata()).replace('<md:KeyDescriptor', `${added}\n$&`)
    const { publicKey } = keyPair('other')

    const [party] = readMetadata({ source: 'site.xml', xml }).parties

    assert.ok(party)
    const has = (keys: readonly { readonly key: typeof publicKey }[]) => {
      return keys.some(({ key }) => key.equals(publicKey))
    }
    assert.deepEqual([has(party.signingKeys), has(party.encryptionKeys)], [signing, encryption])
  })
}

test('each site is asked for its own certificates only [S5]', async () => {
  const { parties } = readMetadata({ source: 'site.xml', xml: await siteMetadata(['site']) })

  const keys = parties.flatMap(({ signingKeys }) => signingKeys)

  assert.deepEqual(
    parties.map(({ entityId }) => entityId),
    [SITE.entityId],
  )
  assert.ok(keys.every(({ key }) => key.equals(keyPair('site').publicKey)))
})

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  test('every endpoint and kind of name in our metadata is there [S8] [S45]', async () => {
    const browser = await signedIn(house(), await newCustomer(house()))
    const metadata = await (await fetch(`${house().url}/saml/metadata`)).text()
    const locations = [...metadata.matchAll(/Location="([^"]+)"/g)].map(([, url = '']) => url)
    const formats = [...metadata.matchAll(/NameIDFormat>([^<]+)</g)].map(([, uri]) => uri)

    const answered = await browser.go(requestUrl(house()))
    const pages = await Promise.all(locations.map((url) => new Browser().go(url)))

    assert.match(answered.body, /SAMLResponse/)
    assert.deepEqual(
      locations.map((url) => new URL(url).pathname),
      ['/saml/slo', '/saml/sso'],
    )
    assert.ok(
      pages.every(({ status, body }) => status === 400 && body.includes('SAML_BAD_MESSAGE')),
    )
    assert.ok(formats.length > 0 && formats.every(isOfferedFormat))
    assert.match(metadata, /<md:KeyDescriptor use="signing">/)
  })
})
