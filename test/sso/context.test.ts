// What a session proved, as the word that answers go by.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proofOf } from '../../src/sso/context.ts'

const ROWS = [
  { method: 'portal', proof: 'portal' },
  { method: 'oidc', proof: 'upstream' },
  { method: 'password', proof: 'password' },
  { method: 'ldap', proof: 'ldap' },
  { method: 'passkey', proof: 'passkey' },
  { method: 'password', second: 'totp', proof: 'password+totp' },
  { method: 'ldap', second: 'totp', proof: 'password+totp' },
  { method: 'password', second: 'passkey', proof: 'password+passkey' },
  { method: 'ldap', second: 'passkey', proof: 'password+passkey' },
  { method: 'password', second: 'recovery-code', proof: 'password' },
  { method: 'ldap', second: 'recovery-code', proof: 'ldap' },
  { method: 'oidc', second: 'totp', proof: 'upstream' },
  { method: 'oidc', second: 'upstream', proof: 'upstream+second' },
] as const

for (const { proof, ...signIn } of ROWS) {
  const title = Object.values(signIn).join(' and ')
  test(`a sign-in by ${title} proves ${proof}`, () => {
    assert.equal(proofOf(signIn), proof)
  })
}
