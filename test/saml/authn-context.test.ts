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
}

function row(comparison: Comparison, asked: string, ...given: [string, string, string]): Row {
  const [portal, passwordHttp, passwordHttps] = given
  return { comparison, asked, portal, passwordHttp, passwordHttps }
}

const PPT = 'PasswordProtectedTransport'

// The weakest first: unspecified, Password, PasswordProtectedTransport. Other classes have no place.
const ROWS: readonly Row[] = [
  row('exact', 'unspecified', 'unspecified', 'unspecified', 'unspecified'),
  row('exact', 'Password', 'no', 'Password', 'no'),
  row('exact', PPT, 'no', 'no', PPT),
  row('exact', `${PPT} unspecified`, 'unspecified', 'unspecified', PPT),
  row('exact', `unspecified ${PPT}`, 'unspecified', 'unspecified', 'unspecified'),
  row('exact', `Smartcard ${PPT}`, 'no', 'no', PPT),
  row('exact', 'Smartcard', 'no', 'no', 'no'),
  row('minimum', 'unspecified', 'unspecified', 'Password', PPT),
  row('minimum', 'Password', 'no', 'Password', PPT),
  row('minimum', PPT, 'no', 'no', PPT),
  row('minimum', `Smartcard Password`, 'no', 'Password', PPT),
  row('minimum', 'Smartcard', 'no', 'no', 'no'),
  row('better', 'unspecified', 'no', 'Password', PPT),
  row('better', 'Password', 'no', 'no', PPT),
  row('better', `unspecified Password`, 'no', 'no', PPT),
  row('better', PPT, 'no', 'no', 'no'),
  row('better', 'unspecified Smartcard', 'no', 'no', 'no'),
  row('maximum', 'unspecified', 'unspecified', 'unspecified', 'unspecified'),
  row('maximum', 'Password', 'unspecified', 'Password', 'unspecified'),
  row('maximum', PPT, 'unspecified', 'Password', PPT),
  row('maximum', `unspecified ${PPT}`, 'unspecified', 'Password', PPT),
  row('maximum', 'Smartcard', 'no', 'no', 'no'),
]

const SIGN_INS = [
  { title: 'a hand-off by the portal', key: 'portal', proof: 'portal', isHttps: true },
  { title: 'a password over plain http', key: 'passwordHttp', proof: 'password', isHttps: false },
  { title: 'a password over https', key: 'passwordHttps', proof: 'password', isHttps: true },
] as const satisfies readonly { key: keyof Row; proof: Proof; title: string; isHttps: boolean }[]

for (const wanted of ROWS) {
  for (const { title, key, proof, isHttps } of SIGN_INS) {
    test(`${wanted.comparison} ${wanted.asked}: ${title} counts as ${wanted[key]} [S27]`, () => {
      const classes = wanted.asked.split(' ').map((name) => PREFIX + name)

      const found = findContext(proof, isHttps, { comparison: wanted.comparison, classes })

      assert.equal(found, wanted[key] === 'no' ? undefined : PREFIX + wanted[key])
    })
  }
}

for (const { title, proof, isHttps } of SIGN_INS) {
  test(`${title} is called unspecified when nothing is asked, as in Huawei's sample`, () => {
    assert.equal(findContext(proof, isHttps, undefined), `${PREFIX}unspecified`)
  })
}

test('a request that no sign-in could satisfy is known before anybody is asked to sign in', () => {
  for (const { comparison, asked, ...given } of ROWS) {
    const classes = asked.split(' ').map((name) => PREFIX + name)
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
