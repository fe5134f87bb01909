// When a certificate starts to be mentioned, and how urgently.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, addSeconds } from '../../src/base/clock.ts'
import { findNearEnds, listCertificateEnds } from '../../src/saml/certificate-ends.ts'
import { SITE, trustedParties } from '../support/build.ts'
import { certificateOf, signingKey } from '../support/fixed.ts'

const END = new Date('2035-01-01T00:00:00Z') // Of every certificate of the tests.

const LEVELS = [
  { left: 'more than 60 days', now: addDays(END, -61), level: undefined, daysLeft: 61 },
  { left: 'less than 60 days', now: addSeconds(addDays(END, -60), 1), level: 'within-60-days' },
  { left: 'less than 30 days', now: addSeconds(addDays(END, -30), 1), level: 'within-30-days' },
  { left: 'less than 7 days', now: addSeconds(addDays(END, -7), 1), level: 'within-7-days' },
  { left: 'a second', now: addSeconds(END, -1), level: 'within-7-days', daysLeft: 0 },
  { left: 'nothing', now: addSeconds(END, 1), level: 'ended', daysLeft: -1 },
] as const

for (const { left, now, level, ...row } of LEVELS) {
  test(`with ${left} left, a certificate is ${level ?? 'not mentioned'}`, async () => {
    const keys = { active: await signingKey(), next: undefined }

    const [end] = listCertificateEnds(keys, [], now)

    assert.equal(end?.level, level)
    if ('daysLeft' in row) assert.equal(end?.daysLeft, row.daysLeft)
  })
}

test('ours and those of every site are watched, each by its name', async () => {
  const keys = { active: await signingKey(), next: await certificateOf('other') }
  const [site] = (await trustedParties()).all()
  assert.ok(site !== undefined)
  const [first] = site.signingKeys
  assert.ok(first !== undefined)
  const parties = [{ ...site, signingKeys: [first, first], encryptionKeys: [first] }]

  const ends = listCertificateEnds(keys, parties, addDays(END, -10))

  assert.deepEqual(
    findNearEnds(ends).map(({ whose, use }) => [whose, use]),
    [
      ['ours', 'active'],
      ['ours', 'next'],
      [SITE.entityId, 'signing'],
      [SITE.entityId, 'signing-2'],
      [SITE.entityId, 'encryption'],
    ],
  )
})
