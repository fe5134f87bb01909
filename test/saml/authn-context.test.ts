// What a sign-in is worth against what a request asks for, comparison by comparison.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Comparison } from '../../src/base/wanted-context.ts'
import { findContext, isKnownContext, noContext, type Proof } from '../../src/saml/authn-context.ts'

const PREFIX = 'urn:oasis:names:tc:SAML:2.0:ac:classes:'

/** A sign-in, and the class it is given for each request; `no` when it does not satisfy. */
type Row = {
  readonly comparison: Comparison
  readonly asked: string
  readonly portal: string
  readonly passwordHttp: string
  readonly passwordHttps: string
  readonly totpHttps: string
}

function row(
  comparison: Comparison,
  asked: string,
  ...given: [string, string, string, string]
): Row {
  const [portal, passwordHttp, passwordHttps, totpHttps] = given
  return { comparison, asked, portal, passwordHttp, passwordHttps, totpHttps }
}

const PPT = 'PasswordProtectedTransport'

const TOKEN = 'TimeSyncToken'

function uriOf(name: string): string {
  return name === 'MFA' ? 'https://refeds.org/profile/mfa' : PREFIX + name
}

// The weakest first: unspecified, Password, PasswordProtectedTransport, TimeSyncToken, REFEDS' MFA. Other
// classes have no place.
const ROWS: readonly Row[] = [
  row('exact', 'unspecified', 'unspecified', 'unspecified', 'unspecified', 'unspecified'),
  row('exact', 'Password', 'no', 'Password', 'no', 'no'),
  row('exact', PPT, 'no', 'no', PPT, PPT),
  row('exact', `${PPT} unspecified`, 'unspecified', 'unspecified', PPT, PPT),
  row('exact', `unspecified ${PPT}`, 'unspecified', 'unspecified', 'unspecified', 'unspecified'),
  row('exact', `Smartcard ${PPT}`, 'no', 'no', PPT, PPT),
  row('exact', 'Smartcard', 'no', 'no', 'no', 'no'),
  row('minimum', 'unspecified', 'unspecified', 'Password', PPT, 'MFA'),
  row('minimum', 'Password', 'no', 'Password', PPT, 'MFA'),
  row('minimum', PPT, 'no', 'no', PPT, 'MFA'),
  row('minimum', `Smartcard Password`, 'no', 'Password', PPT, 'MFA'),
  row('minimum', 'Smartcard', 'no', 'no', 'no', 'no'),
  row('better', 'unspecified', 'no', 'Password', PPT, 'MFA'),
  row('better', 'Password', 'no', 'no', PPT, 'MFA'),
  row('better', `unspecified Password`, 'no', 'no', PPT, 'MFA'),
  row('better', PPT, 'no', 'no', 'no', 'MFA'),
  row('better', 'unspecified Smartcard', 'no', 'no', 'no', 'no'),
  row('maximum', 'unspecified', 'unspecified', 'unspecified', 'unspecified', 'unspecified'),
  row('maximum', 'Password', 'unspecified', 'Password', 'unspecified', 'unspecified'),
  row('maximum', PPT, 'unspecified', 'Password', PPT, PPT),
  row('maximum', `unspecified ${PPT}`, 'unspecified', 'Password', PPT, PPT),
  row('maximum', 'Smartcard', 'no', 'no', 'no', 'no'),
  row('exact', TOKEN, 'no', 'no', 'no', TOKEN),
  row('exact', 'MFA', 'no', 'no', 'no', 'MFA'),
  row('minimum', TOKEN, 'no', 'no', 'no', 'MFA'),
  row('better', TOKEN, 'no', 'no', 'no', 'MFA'),
  row('better', 'MFA', 'no', 'no', 'no', 'no'),
  row('maximum', TOKEN, 'unspecified', 'Password', PPT, TOKEN),
]

const SIGN_INS = [
  { title: 'a hand-off by the portal', key: 'portal', proof: 'portal', isHttps: true },
  { title: 'a password over plain http', key: 'passwordHttp', proof: 'password', isHttps: false },
  { title: 'a password over https', key: 'passwordHttps', proof: 'password', isHttps: true },
  { title: 'a password and a code', key: 'totpHttps', proof: 'password+totp', isHttps: true },
] as const satisfies readonly { key: keyof Row; proof: Proof; title: string; isHttps: boolean }[]

for (const wanted of ROWS) {
  for (const { title, key, proof, isHttps } of SIGN_INS) {
    test(`${wanted.comparison} ${wanted.asked}: ${title} counts as ${wanted[key]} [S27]`, () => {
      const classes = wanted.asked.split(' ').map(uriOf)

      const found = findContext(proof, isHttps, { comparison: wanted.comparison, classes })

      assert.equal(found, wanted[key] === 'no' ? undefined : uriOf(wanted[key]))
    })
  }
}

for (const { title, proof, isHttps } of SIGN_INS) {
  test(`${title} is called unspecified when nothing is asked, as in Huawei's sample`, () => {
    assert.equal(findContext(proof, isHttps, undefined), `${PREFIX}unspecified`)
  })
}

const STRONGEST: readonly { proof: Proof; https: string; http: string }[] = [
  { proof: 'portal', https: 'unspecified', http: 'unspecified' },
  { proof: 'upstream', https: 'unspecified', http: 'unspecified' },
  { proof: 'ldap', https: PPT, http: 'Password' },
  { proof: 'password+passkey', https: 'MFA', http: 'MFA' },
  { proof: 'passkey', https: 'MFA', http: 'MFA' },
]
for (const { proof, https, http } of STRONGEST) {
  test(`the most that ${proof} stands for is ${https}, and ${http} over plain http`, () => {
    const wanted = { comparison: 'minimum', classes: [uriOf('unspecified')] } as const

    assert.equal(findContext(proof, true, wanted), uriOf(https))
    assert.equal(findContext(proof, false, wanted), uriOf(http))
  })
}

test('a passkey alone is no password', () => {
  for (const isHttps of [true, false]) {
    const classes = [uriOf(PPT), uriOf('Password'), uriOf(TOKEN)]
    assert.equal(findContext('passkey', isHttps, { comparison: 'exact', classes }), undefined)
  }
})

test('a request that no sign-in could satisfy is known before anybody is asked to sign in', () => {
  for (const { comparison, asked, ...given } of ROWS) {
    const classes = asked.split(' ').map(uriOf)
    const couldBe = Object.values(given).some((each) => each !== 'no')

    assert.equal(isKnownContext({ comparison, classes }), couldBe, `${comparison} ${asked}`)
  }
})

test('of a request that asks for much the log keeps little', () => {
  const classes = Array.from({ length: 20 }, () => 'x'.repeat(1000))

  const { code, facts } = noContext({ comparison: 'exact', classes }, { issuer: 'sp' })

  const asked = Array.from({ length: 10 }, () => 'x'.repeat(256))
  assert.equal(code, 'SAML_NO_AUTHN_CONTEXT')
  assert.deepEqual(facts, { comparison: 'exact', asked, issuer: 'sp' })
})
