// What stands still in tests: the time, the randomness, and one key pair for each name, made the first
// time it is asked for and never written to a file.

import 'reflect-metadata'
import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { X509CertificateGenerator } from '@peculiar/x509'
import type { Clock } from '../../src/base/clock.ts'
import { createLog } from '../../src/base/log.ts'
import type { Random } from '../../src/base/random.ts'
import { createKeyring, type Keyring } from '../../src/saml/keyring.ts'
import { createFileKey, type SigningKey } from '../../src/saml/signing-key.ts'

/** The moment every test happens at unless it says otherwise. */
export const NOW = new Date('2026-01-15T10:00:00.000Z')

/** A clock that shows `NOW` for ever. */
export const fixedClock: Clock = { now: () => NOW }

/** Randomness that counts: the first draw is all 01 bytes, the second all 02. */
export function countingRandom(): Random {
  let draws = 0
  return {
    bytes: (size) => {
      draws += 1
      return Buffer.alloc(size, draws)
    },
  }
}

/** Whose keys tests know. `weak` is too short to be trusted by anybody. */
export type KeyName =
  | 'house'
  | 'site'
  | 'site-next'
  | 'site-ec'
  | 'site-ec-384'
  | 'other'
  | 'stranger'
  | 'weak'

type KeyPair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject }

const pairs = new Map<KeyName, KeyPair>()
const certificates = new Map<KeyName, Promise<X509Certificate>>()

/** The key pair of a name; the same one for as long as the process lives. */
export function keyPair(name: KeyName): KeyPair {
  const pair = pairs.get(name) ?? generatePair(name)
  pairs.set(name, pair)
  return pair
}

function generatePair(name: KeyName): KeyPair {
  if (name === 'site-ec') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  if (name === 'site-ec-384') return generateKeyPairSync('ec', { namedCurve: 'P-384' })
  return generateKeyPairSync('rsa', { modulusLength: name === 'weak' ? 1024 : 2048 })
}

/** A self-signed certificate over the key of that name. */
export function certificateOf(name: KeyName): Promise<X509Certificate> {
  const certificate = certificates.get(name) ?? makeCertificate(name)
  certificates.set(name, certificate)
  return certificate
}

async function makeCertificate(name: KeyName): Promise<X509Certificate> {
  const { privateKey, publicKey } = keyPair(name)
  const algorithm = algorithmOf(privateKey)
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  const generated = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: [{ CN: [`${name} of the tests`] }],
    notBefore: new Date('2025-01-01T00:00:00Z'),
    notAfter: new Date('2035-01-01T00:00:00Z'),
    signingAlgorithm: algorithm,
    keys: {
      privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']),
      publicKey: await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
    },
  })
  return new X509Certificate(Buffer.from(generated.rawData))
}

function algorithmOf(key: KeyObject) {
  if (key.asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const isShort = key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  return { name: 'ECDSA', namedCurve: isShort ? 'P-256' : 'P-384', hash: 'SHA-256' }
}

/** A key of tests in the shape in which the product holds its own. */
export async function signingKey(name: KeyName = 'house'): Promise<SigningKey> {
  return createFileKey(keyPair(name).privateKey, await certificateOf(name))
}

/** A keyring with that one key, which stays as it is. */
export async function fixedKeyring(name: KeyName = 'house'): Promise<Keyring> {
  const active = await signingKey(name)
  const keys = { active, next: undefined, previous: undefined, rollover: undefined }
  return createKeyring(keys, { load: async () => keys, log: createLog('silent') })
}
