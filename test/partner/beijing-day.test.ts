// Days of Huawei's billing calendar.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beijingDay } from '../../src/partner/beijing-day.ts'

test('a day of Beijing begins eight hours before the day of UTC', () => {
  const day = beijingDay('2026-03-01')

  assert.equal(day.startsAt.toISOString(), '2026-02-28T16:00:00.000Z')
  assert.equal(day.endsAt.toISOString(), '2026-03-01T16:00:00.000Z')
})

for (const text of ['2026-02-31', '2026-13-01', '2026-1-1', 'yesterday', '']) {
  test(`“${text}” is no day`, () => {
    assert.throws(() => beijingDay(text), RangeError)
  })
}
