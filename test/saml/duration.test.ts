// xs:duration: how long a site says its metadata may be kept.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDurationSeconds } from '../../src/saml/duration.ts'

const ROWS = [
  { text: 'PT1H', seconds: 3600 },
  { text: 'P1D', seconds: 86_400 },
  { text: 'P1DT2H3M4.5S', seconds: 86_400 + 2 * 3600 + 3 * 60 + 4 },
  { text: 'P1Y', seconds: 365 * 86_400 },
  { text: 'P1M', seconds: 28 * 86_400 },
  { text: ' PT604800S\n', seconds: 604_800 },
  { text: 'PT0S', seconds: 0 },
  { text: 'P', seconds: undefined },
  { text: 'P1DT', seconds: undefined },
  { text: '-PT1H', seconds: undefined },
  { text: 'PT', seconds: undefined },
  { text: '1H', seconds: undefined },
  { text: 'PT1H30', seconds: undefined },
  { text: '', seconds: undefined },
]

for (const { text, seconds } of ROWS) {
  test(`${JSON.stringify(text)} is ${seconds === undefined ? 'no duration' : `${seconds} s`}`, () => {
    assert.equal(readDurationSeconds(text), seconds)
  })
}
