// The change to a new signing key, step by step: make, confirm the upload, activate, retire. Each step is
// done or not done whenever the machine stops, and sign-ins go on through all of them.

import type { X509Certificate } from 'node:crypto'
import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { addMinutes } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { moveFile, PAIRS, readKey, replaceFile, unusable, writeNew } from './key-files.ts'
import { isSwapUnfinished, type KeySet, loadKeySet, proveKey } from './keyring.ts'
import { generatePair, type KeyPlace, type NewKey, readRsaCertificate } from './keys.ts'
import { type Rollover, removeRollover, writeRollover } from './rollover-record.ts'
import { createCommandKey } from './signer-command.ts'
import { createFileKey, fingerprintOf, type SigningKey } from './signing-key.ts'

/**
 * An answer lives an hour at most (ASSERTION_MINUTES) and may be early or late by the skew; processes
 * look at the files every minute. After this long nothing that the old key signed is still of use.
 */
export const RETIRE_AFTER_MINUTES = 120

/** Where the change stands. */
export type RolloverState = 'settled' | 'made' | 'confirmed' | 'activated'

/** Reads it from the keys: files count, the record only adds to them. */
export function stateOf({ next, previous, rollover }: KeySet): RolloverState {
  if (next === undefined) return previous === undefined ? 'settled' : 'activated'
  const isConfirmed = rollover?.confirmedAt !== undefined && isAbout(rollover, next)
  return isConfirmed ? 'confirmed' : 'made'
}

function isAbout(rollover: Rollover, certificate: X509Certificate): boolean {
  return rollover.sha256 === fingerprintOf(certificate)
}

/**
 * Makes the next key; nothing signs with it yet. Throws `KEY_OUT_OF_ORDER` while a change is under way.
 */
export async function makeNextKey(place: KeyPlace, named: NewKey): Promise<X509Certificate> {
  const { certsDir, keyAccess } = place
  await expectSettled(place)
  const { keyPem, certificatePem } = await generatePair({
    ...named,
    passphrase: keyAccess.passphrase,
  })
  const keyPath = join(certsDir, PAIRS.next.key)
  // A key without a certificate is what a command that was cut short left behind: nobody knows it.
  await unlink(keyPath).catch(() => {})
  await writeNew(keyPath, keyPem, 0o600)
  return publishNext(place, certificatePem, named.now)
}

/**
 * The same for a key that SIGNER_COMMAND reaches already: `file` is its certificate. Throws
 * `KEY_OUT_OF_ORDER`, `KEY_UNUSABLE`, and `SIGNER_FAILED` when the command does not sign for it.
 */
export async function adoptNextKey(
  place: KeyPlace,
  command: readonly string[],
  given: { readonly file: string; readonly now: Date },
): Promise<X509Certificate> {
  const { active } = await expectSettled(place)
  const certificate = await readRsaCertificate(given.file)
  if (certificate.raw.equals(active.certificate.raw)) {
    throw unusable(given.file, 'must not be the certificate that is in use')
  }
  await proveKey(createCommandKey(command, certificate))
  return publishNext(place, certificate.toString(), given.now)
}

async function expectSettled({ certsDir, keyAccess }: KeyPlace): Promise<KeySet> {
  const keys = await loadKeySet({ certsDir, keyAccess })
  const state = stateOf(keys)
  if (state !== 'settled' || (await isSwapUnfinished(certsDir, keys))) {
    throw outOfOrder(state, 'the change before must be finished first')
  }
  return keys
}

// The certificate comes last: from then on the next key is there.
async function publishNext(place: KeyPlace, pem: string, now: Date): Promise<X509Certificate> {
  const path = join(place.certsDir, PAIRS.next.certificate)
  await replaceFile(path, pem, 0o644)
  const certificate = await readRsaCertificate(path)
  await writeRollover(place.certsDir, { sha256: fingerprintOf(certificate), madeAt: now })
  return certificate
}

/**
 * Records that Partner Center has the next certificate. `sha256` is what the operator saw there, with
 * or without colons. Throws `KEY_OUT_OF_ORDER` or `KEY_WRONG_FINGERPRINT`.
 */
export async function confirmUpload(place: KeyPlace, sha256: string, now: Date): Promise<void> {
  const keys = await loadKeySet(place)
  const { next, rollover } = keys
  if (next === undefined) throw outOfOrder(stateOf(keys), 'there must be a next key')
  const expected = fingerprintOf(next)
  const found = sha256.replace(/[:\s]/g, '').toLowerCase()
  if (found !== expected) throw new Refusal('KEY_WRONG_FINGERPRINT', { expected, found })
  const madeAt = rollover !== undefined && isAbout(rollover, next) ? rollover.madeAt : now
  await writeRollover(place.certsDir, { sha256: expected, madeAt, confirmedAt: now })
}

/**
 * Signs with the next key from now on. Throws `KEY_NOT_CONFIRMED` before the upload is confirmed,
 * `KEY_OUT_OF_ORDER` without a next key, and what `proveKey` throws when it cannot sign.
 */
export async function activateNextKey(place: KeyPlace, now: Date): Promise<void> {
  const keys = await loadKeySet(place)
  if (await isSwapUnfinished(place.certsDir, keys)) return finishSwap(place.certsDir)
  if (keys.next === undefined) throw outOfOrder(stateOf(keys), 'there must be a next key')
  if (stateOf(keys) !== 'confirmed') {
    throw new Refusal('KEY_NOT_CONFIRMED', { sha256: fingerprintOf(keys.next) })
  }
  await proveKey(await loadNextKey(place, keys.next))
  for (const step of activationSteps(place, keys, now)) await step()
}

async function loadNextKey(place: KeyPlace, next: X509Certificate): Promise<SigningKey> {
  const { command, passphrase } = place.keyAccess
  if (command !== undefined) return createCommandKey(command, next)
  return createFileKey(await readKey(join(place.certsDir, PAIRS.next.key), passphrase), next)
}

/**
 * The steps of an activation. The order matters: after each of them the folder loads, the key that signs
 * has its certificate, and the certificate before is published or still in use.
 */
export function activationSteps(
  { certsDir, keyAccess }: KeyPlace,
  { active, rollover }: KeySet,
  now: Date,
): readonly (() => Promise<void>)[] {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '')
  const previous = `retired-${day}-${fingerprintOf(active.certificate).slice(0, 8)}.crt`
  if (rollover === undefined) throw new Error('only a confirmed key is activated')
  const steps = [
    () => replaceFile(join(certsDir, previous), active.certificate.toString(), 0o644),
    () => writeRollover(certsDir, { ...rollover, activatedAt: now, previous }),
    // From this rename on the new key signs. The old one exists no longer, here or anywhere.
    () => moveFile(join(certsDir, PAIRS.next.key), join(certsDir, PAIRS.active.key)),
    () => finishSwap(certsDir),
  ]
  return keyAccess.command === undefined ? steps : steps.filter((_, at) => at !== 2)
}

function finishSwap(certsDir: string): Promise<void> {
  const { active, next } = PAIRS
  return moveFile(join(certsDir, next.certificate), join(certsDir, active.certificate))
}

/**
 * Takes the old certificate out of the metadata. Throws `KEY_OUT_OF_ORDER` before there is one, and
 * while answers that its key signed may still be on their way.
 */
export async function retireOldKey(place: KeyPlace, now: Date): Promise<void> {
  const keys = await loadKeySet(place)
  const activatedAt = keys.rollover?.activatedAt
  if (stateOf(keys) !== 'activated' || activatedAt === undefined) {
    throw outOfOrder(stateOf(keys), 'the next key must be active first')
  }
  const from = addMinutes(activatedAt, RETIRE_AFTER_MINUTES)
  if (now < from) throw outOfOrder('activated', `must wait until ${from.toISOString()}`)
  if (await isSwapUnfinished(place.certsDir, keys)) await finishSwap(place.certsDir)
  await removeRollover(place.certsDir)
}

function outOfOrder(state: RolloverState, must: string): Refusal {
  return new Refusal('KEY_OUT_OF_ORDER', { state, must })
}
