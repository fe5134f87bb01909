// The change to a new key: its order, what it leaves in the folder, and what a crash leaves.

import assert from 'node:assert/strict'
import { readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { addDays, addMinutes } from '../../src/base/clock.ts'
import { isSwapUnfinished, loadKeySet, proveKey } from '../../src/saml/keyring.ts'
import type { KeyPlace } from '../../src/saml/keys.ts'
import {
  activateNextKey,
  activationSteps,
  adoptNextKey,
  confirmUpload,
  makeNextKey,
  RETIRE_AFTER_MINUTES,
  retireOldKey,
  stateOf,
} from '../../src/saml/rollover.ts'
import { planRollover } from '../../src/saml/rollover-plan.ts'
import { fingerprintOf } from '../../src/saml/signing-key.ts'
import type { Lifetime } from '../support/engines.ts'
import { certificateOf, NOW } from '../support/fixed.ts'
import { emptyFolder, keyPlace, NAMED, signerProgram } from '../support/key-folder.ts'

const LATER = addMinutes(NOW, RETIRE_AFTER_MINUTES)

/** Fingerprints of what the folder says. */
async function namesOf(place: KeyPlace) {
  const keys = await loadKeySet(place)
  const { active, next, previous } = keys
  return {
    state: stateOf(keys),
    active: fingerprintOf(active.certificate),
    next: next && fingerprintOf(next),
    previous: previous && fingerprintOf(previous),
  }
}

/** A folder whose next key is uploaded, and the fingerprints of both certificates. */
async function confirmedPlace(test: Lifetime) {
  const place = await keyPlace(test)
  const { active: old } = await namesOf(place)
  const fresh = fingerprintOf(await makeNextKey(place, NAMED))
  await confirmUpload(place, fresh, NOW)
  return { place, old, fresh }
}

test('the next key is published, then signs, then is the only one', async (context) => {
  const place = await keyPlace(context)
  const { active: old } = await namesOf(place)

  const fresh = fingerprintOf(await makeNextKey(place, NAMED))
  const made = await namesOf(place)
  await confirmUpload(place, fresh, NOW)
  const confirmed = await namesOf(place)
  await activateNextKey(place, NOW)
  const activated = await namesOf(place)
  await retireOldKey(place, LATER)
  const settled = await namesOf(place)

  const before = { active: old, next: fresh, previous: undefined }
  assert.deepEqual(made, { state: 'made', ...before })
  assert.deepEqual(confirmed, { state: 'confirmed', ...before })
  const after = { active: fresh, next: undefined }
  assert.deepEqual(activated, { state: 'activated', ...after, previous: old })
  assert.deepEqual(settled, { state: 'settled', ...after, previous: undefined })
})

test('of the old key only its certificate is kept, and key files are for their owner only', async (context) => {
  const { place, old } = await confirmedPlace(context)
  const nextMode = (await stat(join(place.certsDir, 'next.key'))).mode & 0o777
  const recordMode = (await stat(join(place.certsDir, 'rollover.json'))).mode & 0o777

  await activateNextKey(place, NOW)
  await retireOldKey(place, LATER)

  const retired = `retired-20260115-${old.slice(0, 8)}.crt`
  assert.deepEqual((await readdir(place.certsDir)).toSorted(), [
    retired,
    'signing.crt',
    'signing.key',
  ])
  assert.deepEqual([nextMode, recordMode], [0o600, 0o600])
  assert.equal((await stat(join(place.certsDir, 'signing.key'))).mode & 0o777, 0o600)
})

for (const count of [0, 1, 2, 3, 4]) {
  test(`a crash after step ${count} of an activation leaves keys that sign, and can be finished`, async (context) => {
    const { place, old, fresh } = await confirmedPlace(context)
    const steps = activationSteps(place, await loadKeySet(place), NOW)
    assert.equal(steps.length, 4)

    for (const step of steps.slice(0, count)) await step()
    const crashed = await loadKeySet(place)
    await proveKey(crashed.active)
    const published = [crashed.active.certificate, crashed.next, crashed.previous]
      .flatMap((each) => each ?? [])
      .map(fingerprintOf)
    if (stateOf(crashed) !== 'activated' || (await isSwapUnfinished(place.certsDir, crashed))) {
      await activateNextKey(place, NOW)
    }

    assert.deepEqual(published.toSorted(), [old, fresh].toSorted(), 'both stay in the metadata')
    assert.deepEqual(await namesOf(place), {
      state: 'activated',
      active: fresh,
      next: undefined,
      previous: old,
    })
    assert.equal(await isSwapUnfinished(place.certsDir, await loadKeySet(place)), false)
  })
}

test('a next key whose making was cut short is made anew', async (context) => {
  const place = await keyPlace(context)
  await writeFile(join(place.certsDir, 'next.key'), 'half of a key', { mode: 0o600 })

  const made = await makeNextKey(place, NAMED)

  assert.equal((await namesOf(place)).next, fingerprintOf(made))
})

const OUT_OF_ORDER: readonly {
  readonly title: string
  readonly prepare: (place: KeyPlace) => Promise<unknown>
  readonly attempt: (place: KeyPlace) => Promise<unknown>
  readonly code: string
}[] = [
  {
    title: 'a second next key',
    prepare: (place) => makeNextKey(place, NAMED),
    attempt: (place) => makeNextKey(place, NAMED),
    code: 'KEY_OUT_OF_ORDER',
  },
  {
    title: 'a confirmation without a next key',
    prepare: async () => {},
    attempt: (place) => confirmUpload(place, '00', NOW),
    code: 'KEY_OUT_OF_ORDER',
  },
  {
    title: 'a confirmation of another certificate',
    prepare: (place) => makeNextKey(place, NAMED),
    attempt: async (place) => confirmUpload(place, (await namesOf(place)).active, NOW),
    code: 'KEY_WRONG_FINGERPRINT',
  },
  {
    title: 'an activation without a next key',
    prepare: async () => {},
    attempt: (place) => activateNextKey(place, NOW),
    code: 'KEY_OUT_OF_ORDER',
  },
  {
    title: 'an activation that nobody confirmed',
    prepare: (place) => makeNextKey(place, NAMED),
    attempt: (place) => activateNextKey(place, NOW),
    code: 'KEY_NOT_CONFIRMED',
  },
  {
    title: 'an activation after a confirmation of an earlier next key',
    prepare: async (place) => {
      await confirmUpload(place, fingerprintOf(await makeNextKey(place, NAMED)), NOW)
      const record = await readFile(join(place.certsDir, 'rollover.json'))
      await unlink(join(place.certsDir, 'next.crt'))
      await makeNextKey(place, NAMED)
      await writeFile(join(place.certsDir, 'rollover.json'), record)
    },
    attempt: (place) => activateNextKey(place, NOW),
    code: 'KEY_NOT_CONFIRMED',
  },
  {
    title: 'retiring before the next key signs',
    prepare: (place) => makeNextKey(place, NAMED),
    attempt: (place) => retireOldKey(place, addDays(NOW, 30)),
    code: 'KEY_OUT_OF_ORDER',
  },
  {
    title: 'retiring while answers of the old key may be on their way',
    prepare: async (place) => {
      await confirmUpload(place, fingerprintOf(await makeNextKey(place, NAMED)), NOW)
      await activateNextKey(place, NOW)
    },
    attempt: (place) => retireOldKey(place, addMinutes(LATER, -1)),
    code: 'KEY_OUT_OF_ORDER',
  },
]

for (const { title, prepare, attempt, code } of OUT_OF_ORDER) {
  test(`${title} is refused and changes nothing`, async (context) => {
    const place = await keyPlace(context)
    await prepare(place)
    const before = await namesOf(place)

    await assert.rejects(attempt(place), { code })

    assert.deepEqual(await namesOf(place), before)
  })
}

test('a fingerprint may be typed with colons, as Partner Center and OpenSSL show it', async (context) => {
  const place = await keyPlace(context)
  const next = await makeNextKey(place, NAMED)

  await confirmUpload(place, next.fingerprint256, NOW)

  assert.equal((await namesOf(place)).state, 'confirmed')
})

test('the plan says by when each step is due, and when it was done', async (context) => {
  const { place } = await confirmedPlace(context)
  const day = (date: Date | undefined) => date?.toISOString().slice(0, 10)

  const plan = planRollover(await loadKeySet(place))
  await activateNextKey(place, NOW)
  const retire = planRollover(await loadKeySet(place)).at(-1)

  assert.deepEqual(
    plan.map(({ command, dueBy, doneAt }) => [command.split(' ')[1], day(dueBy), day(doneAt)]),
    [
      ['next', '2030-11-15', '2026-01-15'],
      ['confirm-upload', '2030-12-15', '2026-01-15'],
      ['activate', '2031-01-07', undefined],
      ['retire', '2031-01-14', undefined],
    ],
  )
  assert.deepEqual([retire?.notBefore, day(retire?.dueBy)], [LATER, '2026-01-22'])
})

test('the whole change works with encrypted key files', async (context) => {
  const place = await keyPlace(context, { passphrase: 'correct horse' })

  const fresh = fingerprintOf(await makeNextKey(place, NAMED))
  const pem = await readFile(join(place.certsDir, 'next.key'), 'utf8')
  await confirmUpload(place, fresh, NOW)
  await activateNextKey(place, NOW)

  assert.match(pem, /^-----BEGIN ENCRYPTED PRIVATE KEY-----/)
  assert.equal((await namesOf(place)).active, fresh)
})

test('the whole change works with keys that only a command reaches', async (context) => {
  const certsDir = await emptyFolder(context)
  await writeFile(join(certsDir, 'signing.crt'), (await certificateOf('house')).toString())
  const file = join(certsDir, 'from-the-hsm.crt')
  await writeFile(file, (await certificateOf('other')).toString())
  const fresh = fingerprintOf(await certificateOf('other'))
  const command = await signerProgram(certsDir, 'other')
  const place = { certsDir, keyAccess: { command } }

  await adoptNextKey(place, command, { file, now: NOW })
  await confirmUpload(place, fresh, NOW)
  await activateNextKey(place, NOW)

  const { state, active } = await namesOf(place)
  assert.deepEqual([state, active], ['activated', fresh])
  await proveKey((await loadKeySet(place)).active)
})

test('a certificate for which the command does not sign is not taken', async (context) => {
  const certsDir = await emptyFolder(context)
  await writeFile(join(certsDir, 'signing.crt'), (await certificateOf('house')).toString())
  const file = join(certsDir, 'of-somebody.crt')
  await writeFile(file, (await certificateOf('stranger')).toString())
  const command = await signerProgram(certsDir, 'other')
  const place = { certsDir, keyAccess: { command } }

  await assert.rejects(adoptNextKey(place, command, { file, now: NOW }), { code: 'SIGNER_FAILED' })

  assert.equal((await namesOf(place)).state, 'settled')
})
