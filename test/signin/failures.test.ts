// What the owner of an account is told about attempts that failed.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countFailuresBefore } from '../../src/signin/failures.ts'
import type { SignInRecord } from '../../src/store/session-records.ts'
import { NOW } from '../support/fixed.ts'

/** A history in which each letter is an attempt a minute after the one before: `+` was right, `-` failed. */
function historyOf(attempts: string): readonly SignInRecord[] {
  const records = [...attempts].map((outcome, minute) => ({
    role: 'customer' as const,
    id: 'c-1',
    at: new Date(NOW.getTime() + minute * 60_000),
    method: 'password',
    refusal: outcome === '+' ? undefined : 'SIGN_IN_FAILED',
    network: undefined,
    agent: undefined,
  }))
  return records.reverse()
}

const ROWS = [
  { title: 'a first sign-in', attempts: '+', at: 0, count: 0 },
  { title: 'failures before the first sign-in', attempts: '--+', at: 2, count: 2 },
  { title: 'failures since the last sign-in only', attempts: '-+--+', at: 4, count: 2 },
  { title: 'none since the last sign-in', attempts: '-++', at: 2, count: 0 },
  { title: 'failures after this sign-in', attempts: '+-+--', at: 2, count: 1 },
  { title: 'another sign-in after this one', attempts: '+--+-+', at: 3, count: 2 },
  { title: 'a history that has forgotten this sign-in', attempts: '---', at: -1, count: 0 },
]

for (const { title, attempts, at, count } of ROWS) {
  test(`${title}: ${count} are told`, () => {
    const signedInAt = new Date(NOW.getTime() + at * 60_000)

    assert.equal(countFailuresBefore(historyOf(attempts), signedInAt), count)
  })
}
