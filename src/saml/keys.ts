// Our signing key and certificate: files of CERTS_DIR. A key in a file has mode 0600 and never leaves
// this process; one behind SIGNER_COMMAND never enters it. The certificate goes to Huawei.

import 'reflect-metadata'
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { mkdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { addDays } from '../base/clock.ts'
import type { Random } from '../base/random.ts'
import {
  findCertificate,
  hasFile,
  isWeak,
  PAIRS,
  readCertificate,
  readKey,
  unusable,
  writeNew,
} from './key-files.ts'
import { createCommandKey } from './signer-command.ts'
import { createFileKey, type SigningKey } from './signing-key.ts'

export const KEY_FILE = PAIRS.active.key
export const CERTIFICATE_FILE = PAIRS.active.certificate

/** How private keys are reached. With neither, they are files that are not encrypted. */
export type KeyAccess = {
  /** Opens key files, and encrypts new ones. */
  readonly passphrase?: string | undefined
  /** A program and its arguments; there are no key files then. */
  readonly command?: readonly string[] | undefined
}

/** The folder of key files, and how its private keys are reached. */
export type KeyPlace = { readonly certsDir: string; readonly keyAccess: KeyAccess }

// Huawei's guide: RSA of 2048 bits or more, SHA-256. A longer key doubles the cost of each sign-in.
const RSA_BITS = 2048
const CERTIFICATE_DAYS = 5 * 365

/**
 * Reads the pair that signs. Throws `KEY_UNUSABLE` when a file is missing, the key's file can be read by
 * others or does not open, the key is no RSA key of 2048 bits or more, or no certificate belongs to it.
 */
export async function loadSigningKey(
  certsDir: string,
  access: KeyAccess = {},
): Promise<SigningKey> {
  if (access.command !== undefined) {
    const path = join(certsDir, CERTIFICATE_FILE)
    return createCommandKey(access.command, await readRsaCertificate(path))
  }
  const privateKey = await readKey(join(certsDir, KEY_FILE), access.passphrase)
  return createFileKey(privateKey, await readCertificateOf(privateKey, certsDir))
}

// Renaming two files takes two steps. When the second is missing, the certificate of the key that signs
// already still has its former name: see activationSteps in rollover.ts.
async function readCertificateOf(key: KeyObject, certsDir: string): Promise<X509Certificate> {
  const path = join(certsDir, CERTIFICATE_FILE)
  const certificate = await readCertificate(path)
  if (certificate.checkPrivateKey(key)) return certificate
  const next = await findCertificate(join(certsDir, PAIRS.next.certificate))
  if (next?.checkPrivateKey(key) === true) return next
  throw unusable(path, `must belong to ${join(certsDir, KEY_FILE)}`)
}

/** Reads a certificate whose key may sign for us. Throws `KEY_UNUSABLE`. */
export async function readRsaCertificate(path: string): Promise<X509Certificate> {
  const certificate = await readCertificate(path)
  if (isWeak(certificate.publicKey)) {
    throw unusable(path, 'must be of an RSA key of 2048 bits or more')
  }
  return certificate
}

/** Whether there is a key file, of whatever quality. */
export function hasSigningKey(certsDir: string): Promise<boolean> {
  return hasFile(join(certsDir, KEY_FILE))
}

/** Whose certificate it will be, and what the making of a key needs. */
export type NewKey = {
  readonly commonName: string
  readonly now: Date
  readonly random: Random
  /** Encrypts the key's file. */
  readonly passphrase?: string | undefined
}

/**
 * Makes a key and a self-signed certificate for `commonName`, valid for five years. Throws
 * `KEY_UNUSABLE` when there is a key already: one that Huawei knows must never be overwritten.
 */
export async function createSigningKey(certsDir: string, named: NewKey): Promise<void> {
  const pair = await generatePair(named)
  await mkdir(certsDir, { recursive: true })
  await writeNew(join(certsDir, KEY_FILE), pair.keyPem, 0o600)
  await unlink(join(certsDir, CERTIFICATE_FILE)).catch(() => {}) // One without a key is of no use.
  await writeNew(join(certsDir, CERTIFICATE_FILE), pair.certificatePem, 0o644)
}

/** A new key and its certificate, as PEM; nothing is written. */
export async function generatePair(named: NewKey) {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: RSA_BITS,
    publicExponent: new Uint8Array([1, 0, 1]),
  }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: named.random.bytes(16).toString('hex'),
    name: [{ CN: [named.commonName] }],
    notBefore: addDays(named.now, -1),
    notAfter: addDays(named.now, CERTIFICATE_DAYS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
    ],
  })
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const { passphrase } = named
  const lock = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }
  return {
    keyPem: key.export({ format: 'pem', type: 'pkcs8', ...lock }),
    certificatePem: `${certificate.toString('pem')}\n`,
  }
}
