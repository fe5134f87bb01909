// Every way in which a party may have its answers signed and encrypted, before judges that are not ours.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '../../src/base/clock.ts'
import type { Protection } from '../../src/saml/protection.ts'
import { answer, PERSON } from '../support/answers.ts'
import { SITE } from '../support/build.ts'
import { certificateOf, type KeyName, keyPair, NOW } from '../support/fixed.ts'
import {
  decryptWithXmlsec,
  readWithNodeSaml,
  schemaComplaints,
  skipWithout,
  xmlsecVerifies,
} from '../support/judges.ts'

const ALGORITHMS = [undefined, 'aes256-gcm', 'aes128-gcm'] as const
const SIGNED = ['assertion', 'response', 'both'] as const

const ROWS = ALGORITHMS.flatMap((algorithm) => {
  return SIGNED.map((sign) => {
    const title = algorithm === undefined ? `signed: ${sign}` : `signed: ${sign}, ${algorithm}`
    return { title, sign, algorithm }
  })
})

type Row = (typeof ROWS)[number]

function protectionOf({ sign, algorithm }: Row): Protection {
  const { publicKey } = keyPair('site')
  return { sign, encryption: algorithm && { algorithm, key: publicKey } }
}

async function make(row: Row, now = NOW): Promise<string> {
  return (await answer({}, now, protectionOf(row))).response
}

function pemOf(name: KeyName): string {
  return keyPair(name).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

async function certificatePem(name: KeyName): Promise<string> {
  return (await certificateOf(name)).toString()
}

/** The assertion as a document of its own. */
function assertionIn(xml: string): string {
  return /<saml2:Assertion .*<\/saml2:Assertion>/s.exec(xml)?.[0] ?? ''
}

for (const row of ROWS) {
  test(`an answer (${row.title}) is valid by the schemas of SAML 2.0 and XML Encryption`, {
    skip: skipWithout('xmllint'),
  }, async () => {
    assert.equal(await schemaComplaints(await make(row)), '')
  })

  test(`xmlsec1 verifies an answer (${row.title}), and no tampered one`, {
    skip: skipWithout('xmlsec1'),
  }, async () => {
    const xml = await make(row)
    const opened = row.algorithm ? await decryptWithXmlsec(xml, pemOf('site')) : xml
    const isWhole = row.sign !== 'assertion'
    const [element, text] = isWhole
      ? (['Response', xml] as const)
      : (['Assertion', assertionIn(opened)] as const)
    const tampered = text.replace(isWhole ? SITE.acsUrl : 'customer-0001', 'somebody-else')

    assert.notEqual(tampered, text)
    assert.equal(await xmlsecVerifies(text, element, await certificatePem('house')), true)
    assert.equal(await xmlsecVerifies(text, element, await certificatePem('stranger')), false)
    assert.equal(await xmlsecVerifies(tampered, element, await certificatePem('house')), false)
  })

  test(`node-saml reads the person from an answer (${row.title})`, async () => {
    const xml = await make(row, systemClock.now())

    const profile = await readWithNodeSaml(xml, {
      audience: SITE.entityId,
      acsUrl: SITE.acsUrl,
      certificatePem: await certificatePem('house'),
      signed: row.sign,
      decryptionPem: pemOf('site'),
    })

    assert.equal(profile['xAccountId'], 'customer-0001')
    assert.equal(profile.sessionIndex, PERSON.sessionIndex)
  })
}

test('where both are signed, the assertion proves itself without its Response [S31]', {
  skip: skipWithout('xmlsec1'),
}, async () => {
  const xml = await make({ title: '', sign: 'both', algorithm: undefined })

  assert.equal(
    await xmlsecVerifies(assertionIn(xml), 'Assertion', await certificatePem('house')),
    true,
  )
})

test('where only the Response is signed, the assertion in it is not', async () => {
  const xml = await make({ title: '', sign: 'response', algorithm: undefined })

  assert.equal(xml.split('<ds:Signature ').length, 2)
  assert.ok(!assertionIn(xml).includes('ds:Signature'))
})

for (const algorithm of ['aes256-gcm', 'aes128-gcm'] as const) {
  test(`nothing about the person can be read in an answer that is encrypted (${algorithm}) [S33]`, async () => {
    const xml = await make({ title: '', sign: 'assertion', algorithm })

    const secrets = [...PERSON.attributes.map(({ value }) => value), PERSON.sessionIndex]
    for (const secret of secrets) assert.ok(!xml.includes(secret))
    assert.ok(!xml.includes('saml2:Assertion '))
  })

  test(`xmlsec1 opens what is encrypted (${algorithm}), and only with the key of the party [S17]`, {
    skip: skipWithout('xmlsec1'),
  }, async () => {
    const plain = await make({ title: '', sign: 'assertion', algorithm: undefined })
    const xml = await make({ title: '', sign: 'assertion', algorithm })

    const opened = await decryptWithXmlsec(xml, pemOf('site'))

    // xmlsec1 writes empty elements short.
    const short = assertionIn(plain).replace(/<([\w:]+)([^>]*)><\/\1>/g, '<$1$2/>')
    assert.equal(assertionIn(opened), short)
    await assert.rejects(decryptWithXmlsec(xml, pemOf('stranger')))
  })

  test(`a changed letter of the ciphertext opens to nothing (${algorithm})`, {
    skip: skipWithout('xmlsec1'),
  }, async () => {
    const xml = await make({ title: '', sign: 'assertion', algorithm })
    const at = xml.lastIndexOf('</xenc:CipherValue>') - 60
    const other = xml[at] === 'A' ? 'B' : 'A'
    const tampered = xml.slice(0, at) + other + xml.slice(at + 1)

    await assert.rejects(decryptWithXmlsec(tampered, pemOf('site')))
  })
}
