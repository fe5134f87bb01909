// The files of CERTS_DIR, one by one: keys and certificates in and out. A file that exists is never
// overwritten by a new one, and what others could read is not used.

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Refusal } from '../base/errors.ts'

/** What signs now, and what will sign next. */
export const PAIRS = {
  active: { key: 'signing.key', certificate: 'signing.crt' },
  next: { key: 'next.key', certificate: 'next.crt' },
} as const

/** Whose bits are too few for Huawei's guide ("Generating a Certificate"), or is of another kind. */
export function isWeak(key: KeyObject): boolean {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  return key.asymmetricKeyType !== 'rsa' || bits < 2048
}

/**
 * Reads a private key, encrypted or not. Throws `KEY_UNUSABLE` when others can read the file, when it
 * does not open with the passphrase, and for anything but an RSA key of 2048 bits or more.
 */
export async function readKey(path: string, passphrase: string | undefined): Promise<KeyObject> {
  const key = openKey(path, await readPrivate(path), passphrase)
  if (isWeak(key)) {
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
    throw unusable(path, 'must be an RSA key of 2048 bits or more', { bits })
  }
  return key
}

async function readPrivate(path: string): Promise<Buffer> {
  try {
    const { mode } = await stat(path)
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
      throw unusable(path, `must have mode 0600: chmod 600 ${path}`, {
        mode: (mode & 0o777).toString(8),
      })
    }
    return await readFile(path)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw unusable(path, 'must be a readable PEM private key', {}, error)
  }
}

function openKey(path: string, pem: Buffer, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase })
  } catch (error) {
    // PKCS #8 says it in its first line, the older form of OpenSSL in its second.
    const isEncrypted = pem.subarray(0, 100).includes('ENCRYPTED')
    const must = isEncrypted
      ? 'must open with SIGNING_KEY_PASSPHRASE'
      : 'must be a readable PEM private key'
    throw unusable(path, must, { hasPassphrase: passphrase !== undefined }, error)
  }
}

/** Reads a certificate. Throws `KEY_UNUSABLE` when it is missing or none. */
export async function readCertificate(path: string): Promise<X509Certificate> {
  try {
    return new X509Certificate(await readFile(path))
  } catch (error) {
    throw unusable(path, 'must be a readable PEM certificate', {}, error)
  }
}

/** The same, or `undefined` when there is no such file. */
export async function findCertificate(path: string): Promise<X509Certificate | undefined> {
  return (await hasFile(path)) ? readCertificate(path) : undefined
}

/** Whether there is a file, of whatever quality. */
export function hasFile(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Writes a file that must not be there yet. Throws `KEY_UNUSABLE` when it is. */
export async function writeNew(
  path: string,
  content: string | Buffer,
  mode: number,
): Promise<void> {
  try {
    await writeThrough(path, 'wx', { content, mode })
  } catch (error) {
    throw unusable(path, 'must not be there yet, in a folder that can be written', {}, error)
  }
}

/** Writes a file or replaces it: readers see the one before or this one, never a part. */
export async function replaceFile(path: string, content: string, mode: number): Promise<void> {
  const draft = `${path}.draft`
  await writeThrough(draft, 'w', { content, mode })
  await moveFile(draft, path)
}

/** Renames a file and makes the new name last through a power cut. */
export async function moveFile(from: string, to: string): Promise<void> {
  await rename(from, to)
  if (process.platform === 'win32') return // A folder cannot be opened there.
  const folder = await open(dirname(to), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function writeThrough(
  path: string,
  flags: 'wx' | 'w',
  { content, mode }: { readonly content: string | Buffer; readonly mode: number },
): Promise<void> {
  const file = await open(path, flags, mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** `KEY_UNUSABLE`: which file, and what it must be. */
export function unusable(file: string, must: string, facts = {}, cause?: unknown): Refusal {
  return new Refusal('KEY_UNUSABLE', { file, must, ...facts }, cause)
}
