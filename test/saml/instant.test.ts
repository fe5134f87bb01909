// SAML's times, in both directions.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readInstant, writeInstant } from '../../src/saml/instant.ts'

const INSTANTS = [
  { text: '2018-11-26T09:11:58.446Z', means: '2018-11-26T09:11:58.446Z' },
  { text: '2018-11-26T09:11:58Z', means: '2018-11-26T09:11:58.000Z' },
  { text: '2018-11-26T09:11:58.4Z', means: '2018-11-26T09:11:58.400Z' },
  { text: '2018-11-26T09:11:58.123456789Z', means: '2018-11-26T09:11:58.123Z' },
  { text: '2024-02-29T00:00:00Z', means: '2024-02-29T00:00:00.000Z' },
  { text: '9999-12-31T23:59:59Z', means: '9999-12-31T23:59:59.000Z' },
  { text: '2018-11-26T09:11:58', means: undefined },
  { text: '2018-11-26T09:11:58+00:00', means: undefined },
  { text: '2018-11-26T17:11:58+08:00', means: undefined },
  { text: '2018-11-26 09:11:58Z', means: undefined },
  { text: '2018-11-26T09:11:58z', means: undefined },
  { text: '2018-11-26T09:11Z', means: undefined },
  { text: '2018-11-26', means: undefined },
  { text: '2025-02-29T00:00:00Z', means: undefined },
  { text: '2018-02-30T00:00:00Z', means: undefined },
  { text: '2018-13-01T00:00:00Z', means: undefined },
  { text: '2018-11-26T24:00:00Z', means: undefined },
  { text: '2016-12-31T23:59:60Z', means: undefined },
  { text: '2018-11-26T09:11:58.1234567890Z', means: undefined },
  { text: '+12018-11-26T09:11:58Z', means: undefined },
  { text: '2018-11-26T09:11:58Z\n', means: undefined },
  { text: '', means: undefined },
] as const

for (const { text, means } of INSTANTS) {
  test(`${JSON.stringify(text)} is ${means ?? 'no time'}`, () => {
    const date = readInstant(text)

    assert.equal(date?.toISOString(), means)
  })
}

test('a time that is written is read back as the same time', () => {
  const min = new Date('0001-01-01T00:00:00Z')
  const max = new Date('9999-12-31T23:59:59.999Z')

  fc.assert(
    fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
      assert.deepEqual(readInstant(writeInstant(date)), date)
    }),
  )
})
