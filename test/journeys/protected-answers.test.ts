// A site whose options ask for more protection than Huawei Cloud's: signed otherwise, or encrypted.

import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { requestUrl } from '../support/authn-request.ts'
import type { Browser, Seen } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import { certificateOf } from '../support/fixed.ts'
import type { House } from '../support/house.ts'
import { readWithNodeSaml } from '../support/judges.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  answerXml,
  huaweiKey,
  loggedCode,
  newCustomer,
  signedIn,
  statusesOf,
} from '../support/steps.ts'

const ROWS = [
  { sign: 'assertion', encrypt: 'none' },
  { sign: 'response', encrypt: 'none' },
  { sign: 'both', encrypt: 'none' },
  { sign: 'assertion', encrypt: 'aes256-gcm' },
  { sign: 'response', encrypt: 'aes128-gcm' },
  { sign: 'both', encrypt: 'aes256-gcm' },
] as const

/** The sandbox's metadata as a file of METADATA_DIR, with options beside it. */
async function decide(house: House, options: object, change = (xml: string) => xml): Promise<void> {
  const metadata = await fetch(`${house.sandbox.url}/authui/saml/metadata.xml`)
  const { metadataDir } = house.config
  await writeFile(join(metadataDir, 'huawei-cloud.xml'), change(await metadata.text()))
  await writeFile(join(metadataDir, 'huawei-cloud.json'), JSON.stringify(options))
  await house.app.tidy()
}

async function signInOnce(house: House): Promise<{ accountId: string; end: Seen }> {
  const person = await newCustomer(house)
  const browser: Browser = await signedIn(house, person)
  return { accountId: person.accountId, end: await browser.go(requestUrl(house)) }
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  for (const { sign, encrypt } of ROWS) {
    test(`a site that asks for signed ${sign}, encrypted ${encrypt}, gets it and reads it [S31] [S33]`, async () => {
      await decide(house(), { sign, encrypt })

      const { accountId, end } = await signInOnce(house())

      const xml = answerXml(end)
      assert.equal(xml.includes('saml2:EncryptedAssertion'), encrypt !== 'none')
      assert.equal(xml.includes(accountId), encrypt === 'none')
      const { url } = house().sandbox
      const profile = await readWithNodeSaml(xml, {
        audience: `${url}/`,
        acsUrl: `${url}/authui/saml/SAMLAssertionConsumer`,
        certificatePem: (await certificateOf('house')).toString(),
        signed: sign,
        decryptionPem: huaweiKey(house()).export({ format: 'pem', type: 'pkcs8' }).toString(),
      })
      assert.equal(profile['xAccountId'], accountId)
    })
  }

  test('what should be encrypted is not sent at all without a certificate to do it with', async () => {
    await decide(house(), { encrypt: 'aes256-gcm' }, (xml) =>
      xml.replace(/<md:KeyDescriptor use="encryption">.*?<\/md:KeyDescriptor>/s, ''),
    )

    const { accountId, end } = await signInOnce(house())

    assert.deepEqual(statusesOf(answerXml(end)), ['Responder'])
    assert.ok(!answerXml(end).includes(accountId))
    assert.equal(loggedCode(house()), 'SAML_CANNOT_ENCRYPT')
  })
})
