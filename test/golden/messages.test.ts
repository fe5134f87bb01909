// What we send, letter for letter: files that a reviewer can read and a change cannot alter unseen.
// Keys are fresh in each run, so their values stand there by name. `npm run golden` writes them anew.

import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { buildLogoutResponse } from '../../src/saml/logout.ts'
import { buildMetadata } from '../../src/saml/metadata-write.ts'
import { nameFor } from '../../src/saml/name-id.ts'
import { NAME_ID_FORMATS } from '../../src/saml/names.ts'
import { writeXml } from '../../src/saml/xml-write.ts'
import { answer, refusal } from '../support/answers.ts'
import { HOUSE, SITE } from '../support/build.ts'
import { countingRandom, keyPair, NOW, signingKey } from '../support/fixed.ts'

const MESSAGES = [
  {
    file: 'answer.xml',
    title: 'the answer for a person who is signed in',
    make: async () => (await answer()).response,
  },
  ...(['response', 'both'] as const).map((sign) => ({
    file: `answer-signed-${sign}.xml`,
    title: `the answer for a party that wants signed: ${sign}`,
    make: async () => (await answer({}, NOW, { sign, encryption: undefined })).response,
  })),
  ...(['aes256-gcm', 'aes128-gcm'] as const).flatMap((algorithm) =>
    (['assertion', 'response', 'both'] as const).map((sign) => ({
      file: `answer-${algorithm}-signed-${sign}.xml`,
      title: `the answer for a party that wants ${algorithm} and signed: ${sign}`,
      make: async () => {
        const encryption = { algorithm, key: keyPair('site').publicKey }
        return (await answer({}, NOW, { sign, encryption })).response
      },
    })),
  ),
  ...(['persistent', 'emailAddress'] as const).map((format) => ({
    file: `answer-${format === 'persistent' ? 'persistent' : 'email'}.xml`,
    title: `the answer for a party that asks for a name of the format ${format}`,
    make: async () => {
      const person = { accountId: 'customer-0001', email: 'ada@customer.example' }
      const named = { ...person, issuer: SITE.entityId }
      const deps = { entityId: HOUSE.entityId, pairwiseSecret: 'a secret of the tests' }
      return (await answer({ name: nameFor(named, NAME_ID_FORMATS[format], deps) })).response
    },
  })),
  { file: 'refusal.xml', title: 'the signed refusal', make: refusal },
  {
    file: 'logout-response.xml',
    title: 'the answer to a sign-out',
    make: async () => {
      const to = { requestId: '_logout1', destination: 'https://auth.cloud.example/slo' }
      const deps = { entityId: HOUSE.entityId, random: countingRandom(), now: NOW }
      return writeXml(buildLogoutResponse(to, { top: 'Success' }, deps))
    },
  },
  {
    file: 'metadata.xml',
    title: 'our metadata for Partner Center',
    make: async () => buildMetadata(HOUSE, await signingKey()),
  },
]

// A digest stays where the text it is over is fixed. The digest of a Response around a signature or around
// ciphertext (RSA-OAEP draws a seed) is not.
function withoutKeys(xml: string): string {
  const isOverKeys = xml.includes('<xenc:') || xml.split('<ds:DigestValue>').length > 2
  const fixed = isOverKeys ? xml.replace(/(<ds:DigestValue>)[^<]+/, '$1(digest)') : xml
  return fixed
    .replaceAll(/(<ds:SignatureValue>)[^<]+/g, '$1(signature)')
    .replaceAll(/(<ds:X509Certificate>)[^<]+/g, '$1(certificate)')
    .replaceAll(/(<xenc:CipherValue>)[^<]+/g, '$1(ciphertext)')
}

for (const { file, title, make } of MESSAGES) {
  test(`${title} is what ${file} shows`, async () => {
    const path = join(import.meta.dirname, file)
    const text = withoutKeys(await make())

    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(path, text)

    assert.equal(text, await readFile(path, 'utf8'))
  })
}
