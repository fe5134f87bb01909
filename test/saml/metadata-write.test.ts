// Our own metadata, as Partner Center takes it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildMetadata } from '../../src/saml/metadata-write.ts'
import { everyElement, METADATA_LIMITS, readXml, textOf } from '../../src/saml/xml-read.ts'
import { HOUSE } from '../support/build.ts'
import { certificateOf, signingKey } from '../support/fixed.ts'
import { schemaComplaints, skipWithout } from '../support/judges.ts'

test("the elements and their order are those of Huawei's page", async () => {
  const xml = buildMetadata(HOUSE, await signingKey())

  const names = everyElement(readXml(xml, METADATA_LIMITS)).map(({ nodeName }) => nodeName)

  const keyDescriptor = ['md:KeyDescriptor', 'ds:KeyInfo', 'ds:X509Data', 'ds:X509Certificate']
  assert.deepEqual(names, [
    'md:EntityDescriptor',
    'md:IDPSSODescriptor',
    ...keyDescriptor,
    ...keyDescriptor,
    'md:SingleLogoutService',
    'md:NameIDFormat',
    'md:SingleSignOnService',
  ])
})

test('both certificates are the one that signs', async () => {
  const xml = buildMetadata(HOUSE, await signingKey())

  const certificates = everyElement(readXml(xml, METADATA_LIMITS))
    .filter(({ localName }) => localName === 'X509Certificate')
    .map(textOf)

  const ours = (await certificateOf('house')).raw.toString('base64')
  assert.deepEqual(certificates, [ours, ours])
})

test('it is valid by the schemas of SAML 2.0', { skip: skipWithout('xmllint') }, async () => {
  assert.equal(await schemaComplaints(buildMetadata(HOUSE, await signingKey())), '')
})

test('it holds no private key', async () => {
  const key = await signingKey()

  const xml = buildMetadata(HOUSE, key)

  const { d = '' } = key.privateKey.export({ format: 'jwk' })
  const secret = Buffer.from(d, 'base64url').toString('base64')
  assert.ok(!xml.includes('PRIVATE') && !xml.includes(secret.slice(0, 40)))
})
