// What we send, letter for letter: files that a reviewer can read and a change cannot alter unseen.
// Keys are fresh in each run, so their values stand there by name. `npm run golden` writes them anew.

import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { buildLogoutResponse } from '../../src/saml/logout.ts'
import { buildMetadata } from '../../src/saml/metadata-write.ts'
import { writeXml } from '../../src/saml/xml-write.ts'
import { answer, refusal } from '../support/answers.ts'
import { HOUSE } from '../support/build.ts'
import { countingRandom, NOW, signingKey } from '../support/fixed.ts'

const MESSAGES = [
  {
    file: 'answer.xml',
    title: 'the answer for a person who is signed in',
    make: async () => (await answer()).response,
  },
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

// The digest stays: it is over the text, and the text is fixed.
function withoutKeys(xml: string): string {
  return xml
    .replaceAll(/(<ds:SignatureValue>)[^<]+/g, '$1(signature)')
    .replaceAll(/(<ds:X509Certificate>)[^<]+/g, '$1(certificate)')
}

for (const { file, title, make } of MESSAGES) {
  test(`${title} is what ${file} shows`, async () => {
    const path = join(import.meta.dirname, file)
    const text = withoutKeys(await make())

    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(path, text)

    assert.equal(text, await readFile(path, 'utf8'))
  })
}
