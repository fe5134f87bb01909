// Whatever our rules let an account hold comes out at a site as it went in, byte for byte: values by chance
// in, three libraries of service providers as readers.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Extractor, IdentityProvider, SamlLib } from 'samlify'
import { findProblems, type NewAccount } from '../../src/accounts/account.ts'
import { systemClock } from '../../src/base/clock.ts'
import { buildMetadata } from '../../src/saml/metadata-write.ts'
import { answer } from '../support/answers.ts'
import { xmlText } from '../support/arbitrary.ts'
import { HOUSE, SITE } from '../support/build.ts'
import { certificateOf, signingKey } from '../support/fixed.ts'
import { readWithNodeSaml, skipWithout, xmlsecVerifies } from '../support/judges.ts'

const certificatePem = (await certificateOf('house')).toString()
const metadata = buildMetadata(HOUSE, await signingKey())

function fits(field: 'accountId' | 'email', value: string): boolean {
  return findProblems({ [field]: value }).length === 0
}

// One character of every kind that escapes, folds, joins or hides, in every place.
const accountId = fc
  .oneof(
    xmlText,
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom(
      '&<>"\'',
      ']]>',
      'a<!-- b -->c',
      '&amp;#x26;',
      '\u202e1234',
      'e\u0301',
      '\ufeffx',
    ),
  )
  .filter((value) => fits('accountId', value))

const local = fc.stringMatching(/^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,20}$/)

const account: fc.Arbitrary<Omit<NewAccount, 'login'>> = fc.record({
  accountId,
  email: local.map((name) => `${name}@customer.example`).filter((value) => fits('email', value)),
  name: fc.stringMatching(/^[a-zA-Z_-][0-9a-zA-Z_-]{4,31}$/),
  mobile: fc.stringMatching(/^00\d{2}-\d{1,12}$/),
})

type Values = Readonly<Record<string, string>>

function valuesOf({
  accountId: id,
  email = '',
  name = '',
  mobile = '',
}: Partial<NewAccount>): Values {
  return { xUserId: id ?? '', xAccountId: id ?? '', email, name, mobile }
}

async function answerWith(values: Values): Promise<string> {
  const attributes = Object.entries(values).map(([name, value]) => ({ name, value }))
  return (await answer({ attributes }, systemClock.now())).response
}

async function readByNodeSaml(xml: string): Promise<unknown> {
  const setting = { audience: SITE.entityId, acsUrl: SITE.acsUrl, certificatePem }
  return (await readWithNodeSaml(xml, setting))['attributes']
}

function readBySamlify(xml: string): Promise<unknown> {
  const { entityMeta } = IdentityProvider({ metadata })
  const [isVerified, assertion] = SamlLib.verifySignature(xml, {
    metadata: entityMeta,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  })
  assert.ok(isVerified && assertion !== null)
  return Promise.resolve(
    Extractor.extract(assertion, Extractor.loginResponseFields(assertion)).attributes,
  )
}

const READERS = [
  { title: 'node-saml', read: readByNodeSaml },
  { title: 'samlify', read: readBySamlify },
] as const

for (const { title, read } of READERS) {
  test(`whatever an account may hold, ${title} reads it as it was`, async () => {
    await fc.assert(
      fc.asyncProperty(account, async (held) => {
        const values = valuesOf(held)

        const seen = await read(await answerWith(values))

        assert.deepEqual({ ...Object(seen) }, values)
      }),
      { numRuns: 200 },
    )
  })
}

test('whatever an account may hold, xmlsec1 verifies the answer', {
  skip: skipWithout('xmlsec1'),
}, async () => {
  const samples = fc.sample(account, { numRuns: 25, seed: 20260115 })

  const verdicts = await Promise.all(
    samples.map(async (held) => {
      return xmlsecVerifies(await answerWith(valuesOf(held)), 'Assertion', certificatePem)
    }),
  )

  assert.ok(verdicts.every((isGood) => isGood))
})
