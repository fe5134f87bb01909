// The table of refusals: every code tells a person what happened and what to do, and no more.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ERROR_CODES } from '../../src/base/error-codes.ts'
import { asRefusal, Refusal } from '../../src/base/errors.ts'

test('every code has a sentence and a hint that a person can read', () => {
  for (const [code, { say, hint }] of Object.entries(ERROR_CODES)) {
    for (const sentence of [say, hint]) {
      assert.match(sentence, /^\p{Lu}|^partner-idp /u, code)
      assert.match(sentence, /\.$/, code)
      assert.ok(sentence.length <= 120, `${code} is too long for a page`)
    }
  }
})

test('every code has a status of HTTP that fits: a no is no success', () => {
  const pending = ['PARTNER_ASSOCIATION_PENDING']
  for (const [code, { http }] of Object.entries(ERROR_CODES)) {
    const isNo = http >= 400 && http < 600
    assert.equal(isNo, !pending.includes(code), code)
  }
})

test('a fault becomes a refusal that says nothing of its cause', () => {
  const cause = new Error('password of the database: 1234')

  const refusal = asRefusal(cause)

  assert.equal(refusal.code, 'FAULT')
  assert.equal(refusal.cause, cause)
  assert.ok(!JSON.stringify({ ...refusal, message: refusal.message }).includes('1234'))
})

test('a refusal stays the refusal it is', () => {
  const refusal = new Refusal('NOT_FOUND', { path: '/x' })

  assert.equal(asRefusal(refusal), refusal)
})
