// The edges of what is accepted. What is refused for its content is in test/attacks/.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addMinutes } from '../../src/base/clock.ts'
import { Refusal } from '../../src/base/errors.ts'
import { checkInstant, proveReturnAddress } from '../../src/saml/accept.ts'
import { readAuthnRequest } from '../../src/saml/authn-request.ts'
import { readMetadata } from '../../src/saml/metadata-read.ts'
import { MESSAGE_LIMITS, readXml } from '../../src/saml/xml-read.ts'
import { authnRequest, SITE, siteMetadata } from '../support/build.ts'
import { NOW } from '../support/fixed.ts'
import { RULES } from '../support/front-door.ts'

const WINDOW = [
  { title: 'exactly as far ahead as clocks may differ', seconds: 180, code: 'accepted' },
  { title: 'a moment further ahead', seconds: 180.001, code: 'SAML_NOT_YET_VALID' },
  {
    title: 'eight minutes old, five and the difference of clocks',
    seconds: -480,
    code: 'accepted',
  },
  { title: 'a moment older', seconds: -480.001, code: 'SAML_EXPIRED' },
]

function codeOf(step: () => void): string {
  try {
    step()
    return 'accepted'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

for (const { title, seconds, code } of WINDOW) {
  test(`a request ${title}: ${code} [S1]`, () => {
    const issued = new Date(NOW.getTime() + seconds * 1000)

    assert.equal(
      codeOf(() => checkInstant(issued, RULES)),
      code,
    )
  })
}

// The flow remembers a request for 30 minutes (src/sso/arrive.ts), so that a replay is known.
test('half an hour after a request was accepted it is too old, however far clocks may differ', () => {
  const ages = fc.integer({ min: -900_000, max: 600_000 })
  const later = addMinutes(NOW, 30)

  fc.assert(
    fc.property(ages, fc.integer({ min: 0, max: 600 }), (age, clockSkewSeconds) => {
      const issued = new Date(NOW.getTime() + age)
      const rules = { ...RULES, clockSkewSeconds }
      fc.pre(codeOf(() => checkInstant(issued, rules)) === 'accepted')

      const code = codeOf(() => checkInstant(issued, { ...rules, now: later }))

      assert.equal(code, 'SAML_EXPIRED')
    }),
  )
})

const DEFAULTS = [
  { title: 'the one marked as default', from: '', to: '', answers: SITE.acsUrl },
  {
    title: 'the first when none is marked',
    from: ' isDefault="true"',
    to: '',
    answers: SITE.secondAcsUrl,
  },
]

for (const { title, from, to, answers } of DEFAULTS) {
  test(`without a wish the answer goes to the registered address: ${title} [S24]`, async () => {
    const xml = (await siteMetadata()).replaceAll(from, to)
    const [party] = readMetadata({ source: 'site.xml', xml }).parties
    const request = authnRequest().replace(/ AssertionConsumerServiceURL="[^"]*"/, '')
    const root = readXml(request, MESSAGE_LIMITS)
    const facts = readAuthnRequest({ root, isSigned: true, relayState: undefined })
    assert.ok(party)

    const { returnTo } = proveReturnAddress(facts, party, RULES)

    assert.equal(returnTo, answers)
  })
}
