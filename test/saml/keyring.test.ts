// A running service follows the key files, and is never led astray by half of a change.

import assert from 'node:assert/strict'
import { readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { createLog } from '../../src/base/log.ts'
import { openKeyring } from '../../src/saml/keyring.ts'
import { makeNextKey } from '../../src/saml/rollover.ts'
import { fingerprintOf } from '../../src/saml/signing-key.ts'
import type { Lifetime } from '../support/engines.ts'
import { certificateOf } from '../support/fixed.ts'
import { keyPlace, NAMED } from '../support/key-folder.ts'

/** A keyring over a folder of its own, and the log lines it writes. */
async function openPlace(context: Lifetime) {
  const place = await keyPlace(context)
  const stream = new PassThrough()
  const keyring = await openKeyring(place, createLog('info', stream))
  const lines = () => {
    const text = String(stream.read() ?? '')
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
  }
  return { place, keyring, lines }
}

test('a next certificate is published as soon as the files are read again', async (context) => {
  const { place, keyring, lines } = await openPlace(context)

  const next = await makeNextKey(place, NAMED)
  const before = keyring.others()
  await keyring.reload()

  assert.deepEqual([before, keyring.others().map(fingerprintOf)], [[], [fingerprintOf(next)]])
  const [line] = lines()
  assert.deepEqual([line.event, line.next], ['keys.changed', fingerprintOf(next)])
})

test('files that have not changed are no event', async (context) => {
  const { keyring, lines } = await openPlace(context)
  const active = keyring.active()

  await keyring.reload()

  assert.deepEqual([keyring.active() === active, lines()], [true, []])
})

const HALVES = [
  {
    title: 'the certificate of another key',
    spoil: async (certsDir: string) => {
      await writeFile(join(certsDir, 'signing.crt'), (await certificateOf('stranger')).toString())
    },
  },
  { title: 'no key', spoil: (certsDir: string) => unlink(join(certsDir, 'signing.key')) },
  {
    title: 'half of a certificate',
    spoil: async (certsDir: string) => {
      const path = join(certsDir, 'signing.crt')
      await writeFile(path, (await readFile(path)).subarray(0, 300))
    },
  },
  {
    title: 'a next certificate without its key',
    spoil: async (certsDir: string) => {
      await writeFile(join(certsDir, 'next.crt'), (await certificateOf('stranger')).toString())
    },
  },
  {
    title: 'a damaged record of the change',
    spoil: (certsDir: string) => writeFile(join(certsDir, 'rollover.json'), '{"sha256":"../.."}'),
  },
] as const

for (const { title, spoil } of HALVES) {
  test(`${title} in the folder changes nothing in a running service`, async (context) => {
    const { place, keyring, lines } = await openPlace(context)
    const active = keyring.active()

    await spoil(place.certsDir)
    await keyring.reload()

    assert.equal(keyring.active(), active)
    const [line] = lines()
    assert.deepEqual([line.event, line.code], ['keys.unusable', 'KEY_UNUSABLE'])
  })
}
