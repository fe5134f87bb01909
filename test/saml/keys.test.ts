// Our signing key: a good pair is read, a doubtful one is not, and one that exists is never lost.

import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chmod, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import {
  CERTIFICATE_FILE,
  createSigningKey,
  KEY_FILE,
  loadSigningKey,
} from '../../src/saml/keys.ts'
import { certificateOf, type KeyName, keyPair } from '../support/fixed.ts'
import { emptyFolder, NAMED } from '../support/key-folder.ts'

function pemOf(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString()
}

/** A folder with the key of one name and the certificate of another. */
async function folderWith(
  context: TestContext,
  key: KeyName,
  certificate: KeyName,
): Promise<string> {
  const folder = await emptyFolder(context)
  await writeFile(join(folder, KEY_FILE), pemOf(keyPair(key).privateKey), { mode: 0o600 })
  await writeFile(join(folder, CERTIFICATE_FILE), (await certificateOf(certificate)).toString())
  return folder
}

test('a key that is made can be read, by its owner only, and its certificate says how long it lasts', async (context) => {
  const folder = join(await emptyFolder(context), 'certs')

  await createSigningKey(folder, NAMED)
  const { certificate, certificateBase64 } = await loadSigningKey(folder)

  assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 2048)
  assert.equal((await stat(join(folder, KEY_FILE))).mode & 0o777, 0o600)
  assert.equal(certificate.subject, 'CN=idp.partner.example')
  assert.deepEqual(certificate.validFromDate, new Date('2026-01-14T10:00:00Z'))
  assert.deepEqual(certificate.validToDate, new Date('2031-01-14T10:00:00Z'))
  assert.equal(certificate.ca, false)
  assert.equal(certificate.verify(certificate.publicKey), true)
  assert.equal(Buffer.from(certificateBase64, 'base64').equals(certificate.raw), true)
})

test('a key that exists is never overwritten', async (context) => {
  const folder = await emptyFolder(context)
  await createSigningKey(folder, NAMED)
  const before = await readFile(join(folder, KEY_FILE), 'utf8')
  const certificateBefore = await readFile(join(folder, CERTIFICATE_FILE), 'utf8')

  await assert.rejects(createSigningKey(folder, NAMED), { code: 'KEY_UNUSABLE' })

  assert.equal(await readFile(join(folder, KEY_FILE), 'utf8'), before)
  assert.equal(await readFile(join(folder, CERTIFICATE_FILE), 'utf8'), certificateBefore)
})

test('a certificate that a failed start left behind without a key is replaced', async (context) => {
  const folder = await folderWith(context, 'site', 'site')
  await unlink(join(folder, KEY_FILE))

  await createSigningKey(folder, NAMED)

  const { certificate } = await loadSigningKey(folder)
  assert.equal(certificate.subject, 'CN=idp.partner.example')
})

/** What the refusal demands; never with the key in its facts. */
async function mustOf(folder: string): Promise<string> {
  const error = await loadSigningKey(folder).then(
    () => undefined,
    (refusal: unknown) => refusal,
  )
  assert.ok(error instanceof Refusal && error.code === 'KEY_UNUSABLE')
  assert.ok(!JSON.stringify(error.facts).includes('PRIVATE'))
  return String(error.facts['must'])
}

const DOUBTFUL = [
  {
    title: 'a key that others may read',
    spoil: (folder: string) => chmod(join(folder, KEY_FILE), 0o644),
    must: /mode 0600: chmod 600/,
  },
  {
    title: 'a key that the group may read',
    spoil: (folder: string) => chmod(join(folder, KEY_FILE), 0o640),
    must: /mode 0600: chmod 600/,
  },
  {
    title: 'no key',
    spoil: (folder: string) => unlink(join(folder, KEY_FILE)),
    must: /a readable PEM private key/,
  },
  {
    title: 'a key file with something else',
    spoil: (folder: string) => writeFile(join(folder, KEY_FILE), 'no key'),
    must: /a readable PEM private key/,
  },
  {
    title: 'a key of 1024 bits',
    spoil: (folder: string) => writeFile(join(folder, KEY_FILE), pemOf(keyPair('weak').privateKey)),
    must: /an RSA key of 2048 bits or more/,
  },
  {
    title: 'an EC key',
    spoil: (folder: string) =>
      writeFile(join(folder, KEY_FILE), pemOf(keyPair('site-ec').privateKey)),
    must: /an RSA key of 2048 bits or more/,
  },
  {
    title: 'an RSA key for PSS only',
    spoil: (folder: string) => {
      const { privateKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
      return writeFile(join(folder, KEY_FILE), pemOf(privateKey))
    },
    must: /an RSA key of 2048 bits or more/,
  },
  {
    title: 'no certificate',
    spoil: (folder: string) => unlink(join(folder, CERTIFICATE_FILE)),
    must: /a readable PEM certificate/,
  },
  {
    title: 'a certificate of another key',
    spoil: async (folder: string) => {
      await writeFile(join(folder, CERTIFICATE_FILE), (await certificateOf('stranger')).toString())
    },
    must: /belong to/,
  },
]

for (const { title, spoil, must } of DOUBTFUL) {
  test(`${title} is not used to sign, and the refusal says what must be [S9]`, async (context) => {
    const folder = await folderWith(context, 'site', 'site')
    await loadSigningKey(folder)

    await spoil(folder)

    assert.match(await mustOf(folder), must)
  })
}

const PASSPHRASES = [
  { title: 'the right passphrase opens', passphrase: 'correct horse', opens: true },
  { title: 'a wrong passphrase does not open', passphrase: 'wrong horse', opens: false },
  { title: 'no passphrase does not open', passphrase: undefined, opens: false },
] as const

for (const { title, passphrase, opens } of PASSPHRASES) {
  test(`${title} an encrypted key`, async (context) => {
    const folder = await emptyFolder(context)
    await createSigningKey(folder, { ...NAMED, passphrase: 'correct horse' })

    const loading = loadSigningKey(folder, { passphrase })

    if (opens) assert.equal((await loading).certificate.subject, 'CN=idp.partner.example')
    else {
      const file = join(folder, KEY_FILE)
      const must = 'must open with SIGNING_KEY_PASSPHRASE'
      const facts = { file, must, hasPassphrase: passphrase !== undefined }
      await assert.rejects(loading, { code: 'KEY_UNUSABLE', facts })
    }
  })
}
