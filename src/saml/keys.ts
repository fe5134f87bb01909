// Our signing key and certificate: files of CERTS_DIR, read once at the start. The key is a file of
// mode 0600 and never leaves this process; the certificate is what the partner uploads to Huawei.

import 'reflect-metadata'
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { mkdir, open, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { Refusal } from '../base/errors.ts'
import type { Random } from '../base/random.ts'

/** What signs, and the certificate that proves it. */
export type SigningKey = {
  readonly privateKey: KeyObject
  readonly certificate: X509Certificate
  /** DER as one line of Base64, as it stands in metadata and signatures. */
  readonly certificateBase64: string
}

export const KEY_FILE = 'signing.key'
export const CERTIFICATE_FILE = 'signing.crt'

// Huawei's guide: RSA of 2048 bits or more, SHA-256. A longer key doubles the cost of each sign-in.
const RSA_BITS = 2048
const CERTIFICATE_DAYS = 5 * 365

/**
 * Reads the pair. Throws `KEY_UNUSABLE` when a file is missing, the key's file can be read by others,
 * the key is no RSA key of 2048 bits or more, or the certificate belongs to another key.
 */
export async function loadSigningKey(certsDir: string): Promise<SigningKey> {
  const keyPath = join(certsDir, KEY_FILE)
  const certificatePath = join(certsDir, CERTIFICATE_FILE)
  const privateKey = await readKey(keyPath)
  const certificate = await readCertificate(certificatePath)
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0
  if (privateKey.asymmetricKeyType !== 'rsa' || bits < 2048) {
    throw unusable(keyPath, 'must be an RSA key of 2048 bits or more', { bits })
  }
  if (!certificate.checkPrivateKey(privateKey)) {
    throw unusable(certificatePath, `must belong to ${keyPath}`)
  }
  return { privateKey, certificate, certificateBase64: certificate.raw.toString('base64') }
}

/** Whether there is a key file, of whatever quality. */
export async function hasSigningKey(certsDir: string): Promise<boolean> {
  return stat(join(certsDir, KEY_FILE)).then(
    () => true,
    () => false,
  )
}

async function readKey(path: string): Promise<KeyObject> {
  try {
    const { mode } = await stat(path)
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
      throw unusable(path, `must have mode 0600: chmod 600 ${path}`, {
        mode: (mode & 0o777).toString(8),
      })
    }
    return createPrivateKey(await readFile(path))
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw unusable(path, 'must be a readable PEM private key', {}, error)
  }
}

async function readCertificate(path: string): Promise<X509Certificate> {
  try {
    return new X509Certificate(await readFile(path))
  } catch (error) {
    throw unusable(path, 'must be a readable PEM certificate', {}, error)
  }
}

function unusable(file: string, must: string, facts = {}, cause?: unknown): Refusal {
  return new Refusal('KEY_UNUSABLE', { file, must, ...facts }, cause)
}

/**
 * Makes a key and a self-signed certificate for `commonName`, valid for five years. Throws
 * `KEY_UNUSABLE` when there is a key already: one that Huawei knows must never be overwritten.
 */
export async function createSigningKey(
  certsDir: string,
  named: { readonly commonName: string; readonly now: Date; readonly random: Random },
): Promise<void> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: RSA_BITS,
    publicExponent: new Uint8Array([1, 0, 1]),
  }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const dayMs = 24 * 3600 * 1000
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: named.random.bytes(16).toString('hex'),
    name: [{ CN: [named.commonName] }],
    notBefore: new Date(named.now.getTime() - dayMs),
    notAfter: new Date(named.now.getTime() + CERTIFICATE_DAYS * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
    ],
  })
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const pem = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  await mkdir(certsDir, { recursive: true })
  await writeNew(join(certsDir, KEY_FILE), pem.export({ format: 'pem', type: 'pkcs8' }), 0o600)
  await unlink(join(certsDir, CERTIFICATE_FILE)).catch(() => {}) // One without a key is of no use.
  await writeNew(join(certsDir, CERTIFICATE_FILE), `${certificate.toString('pem')}\n`, 0o644)
}

async function writeNew(path: string, content: string | Buffer, mode: number): Promise<void> {
  try {
    const file = await open(path, 'wx', mode)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    throw unusable(path, 'must not be there yet, in a folder that can be written', {}, error)
  }
}
