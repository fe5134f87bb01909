// A folder of keys that goes when the test ends, made the way the product makes it.

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '../../src/base/random.ts'
import { createSigningKey, type KeyAccess, type KeyPlace } from '../../src/saml/keys.ts'
import type { Lifetime } from './engines.ts'
import { type KeyName, keyPair, NOW } from './fixed.ts'

/** For whom the keys of tests are made. */
export const NAMED = { commonName: 'idp.partner.example', now: NOW, random: systemRandom }

/** A folder with nothing in it. */
export async function emptyFolder(test: Lifetime): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-keys-'))
  test.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A folder with a key that signs. */
export async function keyPlace(test: Lifetime, keyAccess: KeyAccess = {}): Promise<KeyPlace> {
  const certsDir = await emptyFolder(test)
  await createSigningKey(certsDir, { ...NAMED, passphrase: keyAccess.passphrase })
  return { certsDir, keyAccess }
}

/**
 * A program that stands for an HSM: it signs with the key of that name whatever certificate it is asked
 * for, and `body` may be another program altogether.
 */
export async function signerProgram(folder: string, name: KeyName, body = SIGN): Promise<string[]> {
  const path = join(folder, `signer-${name}.mjs`)
  const pem = keyPair(name).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  await writeFile(path, `const pem = ${JSON.stringify(pem)}\n${body}`)
  await chmod(path, 0o600)
  return [process.execPath, path]
}

const SIGN = `
import { sign } from 'node:crypto'
const words = process.argv.slice(2).filter((_, at) => at % 2 === 0).join(' ')
if (words !== '--algorithm --certificate-sha256') process.exit(2)
const octets = await process.stdin.toArray()
process.stdout.write(sign('sha256', Buffer.concat(octets), pem).toString('base64') + '\\n')
`
