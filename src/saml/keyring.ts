// Every key that counts at this moment: the one that signs, the one that will, the one that did. A running
// service follows the files of CERTS_DIR, and never takes up a state that does not hold together.

import { verify, type X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { asRefusal, type Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { findCertificate, hasFile, PAIRS, readCertificate, readKey, unusable } from './key-files.ts'
import { type KeyAccess, type KeyPlace, loadSigningKey } from './keys.ts'
import { type Rollover, readRollover } from './rollover-record.ts'
import { fingerprintOf, type SigningKey } from './signing-key.ts'

/** What the files of CERTS_DIR say together. */
export type KeySet = {
  readonly active: SigningKey
  /** Will sign; published so that Huawei can learn it first. */
  readonly next: X509Certificate | undefined
  /** Has signed; published as long as answers of it may be on their way. */
  readonly previous: X509Certificate | undefined
  readonly rollover: Rollover | undefined
}

/** The keys of a running service. Ask at the time of use: they change. */
export type Keyring = {
  readonly active: () => SigningKey
  /** Certificates that metadata publishes beside the active one: next, then previous. */
  readonly others: () => readonly X509Certificate[]
  readonly current: () => KeySet
  /** Takes up what has changed in the files; keeps what it has, and logs, when they are no good. */
  readonly reload: () => Promise<void>
}

/** Reads CERTS_DIR. Throws `KEY_UNUSABLE` when any part of it cannot be used. */
export async function loadKeySet(place: KeyPlace): Promise<KeySet> {
  try {
    return await readKeySet(place)
  } catch {
    // `keys activate` may have been at work between two reads. It takes milliseconds, and once.
    return readKeySet(place)
  }
}

async function readKeySet({ certsDir, keyAccess }: KeyPlace): Promise<KeySet> {
  const active = await loadSigningKey(certsDir, keyAccess)
  const rollover = await readRollover(certsDir)
  const next = await readNext(certsDir, active, keyAccess)
  const file = rollover?.previous
  const previous = file === undefined ? undefined : await readCertificate(join(certsDir, file))
  return { active, next, previous: unlessSame(previous, active), rollover }
}

async function readNext(certsDir: string, active: SigningKey, access: KeyAccess) {
  const path = join(certsDir, PAIRS.next.certificate)
  const next = unlessSame(await findCertificate(path), active)
  if (next === undefined || access.command !== undefined) return next
  const keyPath = join(certsDir, PAIRS.next.key)
  const key = await readKey(keyPath, access.passphrase)
  if (!next.checkPrivateKey(key)) throw unusable(path, `must belong to ${keyPath}`)
  return next
}

// In the middle of a swap one certificate has two names.
function unlessSame(certificate: X509Certificate | undefined, active: SigningKey) {
  return certificate?.raw.equals(active.certificate.raw) === true ? undefined : certificate
}

/** Whether a swap was cut short between its two renames: everything works, but it is not finished. */
export async function isSwapUnfinished(certsDir: string, { next }: KeySet): Promise<boolean> {
  return next === undefined && (await hasFile(join(certsDir, PAIRS.next.certificate)))
}

const PROOF = Buffer.from('partner-idp proves its key')

/** Signs something and checks it. Throws `SIGNER_FAILED`, or `KEY_UNUSABLE` when it does not fit. */
export async function proveKey(key: SigningKey): Promise<void> {
  const { publicKey, subject } = key.certificate
  if (verify('sha256', PROOF, publicKey, await key.sign(PROOF))) return
  throw unusable(subject, 'must be of the key that signs')
}

/** The keyring of CERTS_DIR. Throws `KEY_UNUSABLE`, or `SIGNER_FAILED` when its key does not sign. */
export async function openKeyring(place: KeyPlace, log: Log): Promise<Keyring> {
  const keys = await loadKeySet(place)
  await proveKey(keys.active) // Better now than before the first customer.
  return createKeyring(keys, { load: () => loadKeySet(place), log })
}

/** A keyring over the keys that are there, and `load` for when it is asked to look again. */
export function createKeyring(
  start: KeySet,
  deps: { readonly load: () => Promise<KeySet>; readonly log: Log },
): Keyring {
  let current = start
  return {
    active: () => current.active,
    others: () => [current.next, current.previous].filter((each) => each !== undefined),
    current: () => current,
    reload: async () => {
      try {
        const found = await deps.load()
        const isNew = namesOf(found) !== namesOf(current)
        if (isNew) await proveKey(found.active)
        if (isNew) deps.log.info({ event: 'keys.changed', ...fingerprintsOf(found) })
        current = isNew ? found : { ...found, active: current.active }
      } catch (error) {
        logUnusable(asRefusal(error), deps.log)
      }
    },
  }
}

function logUnusable({ code, facts, cause }: Refusal, log: Log): void {
  log.error({ event: 'keys.unusable', code, facts, err: cause }, 'the keys before stay in use')
}

function fingerprintsOf({ active, next, previous }: KeySet) {
  return {
    active: fingerprintOf(active.certificate),
    next: next && fingerprintOf(next),
    previous: previous && fingerprintOf(previous),
  }
}

function namesOf(keys: KeySet): string {
  return JSON.stringify(fingerprintsOf(keys))
}
