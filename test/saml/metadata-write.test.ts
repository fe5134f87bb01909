// Our own metadata, as Partner Center takes it.

import assert from 'node:assert/strict'
import type { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { buildMetadata } from '../../src/saml/metadata-write.ts'
import { everyElement, METADATA_LIMITS, readXml, textOf } from '../../src/saml/xml-read.ts'
import { HOUSE } from '../support/build.ts'
import { certificateOf, keyPair, signingKey } from '../support/fixed.ts'
import { schemaComplaints, skipWithout } from '../support/judges.ts'

test("the elements and their order are those of Huawei's page [S45]", async () => {
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

test('both certificates are the one that signs [S9]', async () => {
  const xml = buildMetadata(HOUSE, await signingKey())

  const certificates = everyElement(readXml(xml, METADATA_LIMITS))
    .filter(({ localName }) => localName === 'X509Certificate')
    .map(textOf)

  const ours = (await certificateOf('house')).raw.toString('base64')
  assert.deepEqual(certificates, [ours, ours])
})

test('while keys roll over, further certificates may sign, after the one that does', async () => {
  const further = [await certificateOf('other'), await certificateOf('stranger')]

  const xml = buildMetadata(HOUSE, await signingKey(), further)

  const keys = everyElement(readXml(xml, METADATA_LIMITS))
    .filter(({ localName }) => localName === 'KeyDescriptor')
    .map((each) => [each.getAttribute('use'), each.textContent])
  const base64 = (certificate: X509Certificate) => certificate.raw.toString('base64')
  const ours = base64(await certificateOf('house'))
  assert.deepEqual(keys, [
    ['signing', ours],
    ...further.map((each) => ['signing', base64(each)]),
    ['encryption', ours],
  ])
})

test('it is valid by the schemas of SAML 2.0', { skip: skipWithout('xmllint') }, async () => {
  const further = [await certificateOf('other')]

  assert.equal(await schemaComplaints(buildMetadata(HOUSE, await signingKey())), '')
  assert.equal(await schemaComplaints(buildMetadata(HOUSE, await signingKey(), further)), '')
})

test('it holds no private key', async () => {
  const xml = buildMetadata(HOUSE, await signingKey())

  const { d = '' } = keyPair('house').privateKey.export({ format: 'jwk' })
  const secret = Buffer.from(d, 'base64url').toString('base64')
  assert.ok(!xml.includes('PRIVATE') && !xml.includes(secret.slice(0, 40)))
})
