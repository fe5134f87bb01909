// Ids, tokens and references: long enough, and of the letters that their readers allow.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  fingerprint,
  newMessageId,
  newReference,
  newToken,
  systemRandom,
} from '../../src/base/random.ts'

const SHAPES = [
  { title: 'a token has 256 bits as base64url', make: newToken, shape: /^[\w-]{43}$/ },
  { title: 'a message id is an NCName of 160 bits', make: newMessageId, shape: /^_[0-9a-f]{40}$/ },
  {
    title: 'a reference can be said on the phone',
    make: newReference,
    shape: /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/,
  },
] as const

for (const { title, make, shape } of SHAPES) {
  test(`${title}, and never comes twice`, () => {
    const made = Array.from({ length: 100 }, () => make(systemRandom))

    for (const each of made) assert.match(each, shape)
    assert.equal(new Set(made).size, 100)
  })
}

test('a fingerprint is always the same and says nothing of the secret', () => {
  const secret = 'the-secret-of-the-tests'

  assert.equal(fingerprint(secret), fingerprint(secret))
  assert.notEqual(fingerprint(secret), fingerprint(`${secret} `))
  assert.match(fingerprint(secret), /^[\w-]{43}$/)
})
