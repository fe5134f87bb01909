// Where a sign-in may lead afterwards: to paths of ours and never to another site.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { safePath } from '../../src/web/safe-path.ts'

const OURS = [
  '/',
  '/launch',
  '/activate?edit=1',
  '/saml/sso/resume?request=Abc-_123',
  '/launch?service=https%3A%2F%2Fconsole.example%2Fecm%2F%3Fa%3Db%26c%3Dd%23%2Fecs',
  `/${'x'.repeat(2047)}`,
]

for (const path of OURS) {
  test(`${path.slice(0, 60)} is a path of ours`, () => {
    assert.equal(safePath(path), path)
  })
}

const ELSEWHERE = [
  undefined,
  '',
  'launch',
  'https://attacker.example/',
  'HTTPS://attacker.example/',
  '//attacker.example/',
  '///attacker.example/',
  '/\\attacker.example/',
  '\\\\attacker.example/',
  '/\t/attacker.example/',
  '/\n/attacker.example/',
  '\t//attacker.example/',
  ' /launch',
  '/launch\r\nSet-Cookie: a=b',
  '/launch#fragment',
  '/launch"onload="x',
  '/<script>',
  "/launch'",
  '/雲',
  '/a\\..\\b',
  'javascript:alert(1)',
  `/${'x'.repeat(2048)}`,
]

for (const path of ELSEWHERE) {
  test(`${JSON.stringify(path?.slice(0, 40))} leads to the customer’s page instead`, () => {
    assert.equal(safePath(path), '/')
  })
}

test('a browser agrees that what is let through stays here', () => {
  for (const path of [...OURS, ...ELSEWHERE]) {
    assert.equal(new URL(safePath(path), 'https://sso.partner.example').host, 'sso.partner.example')
  }
})
