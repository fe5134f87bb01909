// HTTP-Redirect: what we send comes out as it went in, and nothing that is signed can be changed.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '../../src/base/errors.ts'
import { readParameters } from '../../src/base/parameters.ts'
import { decodeRedirect, encodeRedirect } from '../../src/saml/redirect-binding.ts'
import { verifyDetached } from '../../src/saml/signature.ts'
import { xmlText } from '../support/arbitrary.ts'
import { authnRequest, trustedParties } from '../support/build.ts'
import { keyPair, signingKey } from '../support/fixed.ts'
import { arriveByRedirect } from '../support/front-door.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery } from '../support/send.ts'

test('a message of ours comes out of the URL as it went in, and its signature holds', async () => {
  const key = await signingKey()
  const { publicKey } = keyPair('house')
  const relayStates = fc.option(xmlText, { nil: undefined })

  await fc.assert(
    fc.asyncProperty(xmlText, relayStates, async (xml, relayState) => {
      const location = 'https://auth.cloud.example/slo'
      const message = { name: 'SAMLResponse' as const, xml, relayState, location }
      const url = await encodeRedirect(message, key)

      const decoded = decodeRedirect(readParameters(new URL(url).search.slice(1)), 'SAMLResponse')

      assert.deepEqual({ xml: decoded.xml, relayState: decoded.relayState }, { xml, relayState })
      assert.ok(decoded.detached)
      verifyDetached(decoded.detached, [publicKey])
    }),
    { numRuns: 50 },
  )
})

const LOCATIONS = [
  {
    location: 'https://auth.cloud.example/slo',
    starts: 'https://auth.cloud.example/slo?SAMLResponse=',
  },
  {
    location: 'https://auth.cloud.example/slo?a=b',
    starts: 'https://auth.cloud.example/slo?a=b&SAMLResponse=',
  },
]

for (const { location, starts } of LOCATIONS) {
  test(`a message to ${location} goes to ${starts}`, async () => {
    const message = { name: 'SAMLResponse' as const, xml: '<a/>', relayState: undefined, location }

    const url = await encodeRedirect(message, await signingKey())

    assert.ok(url.startsWith(starts), url)
  })
}

test('a bomb is refused while it is being unpacked, not after', () => {
  const bomb = deflate(' '.repeat(15 * 1024 * 1024))
  const query = redirectQuery('SAMLRequest', bomb, HUAWEI_SIGNING)

  assert.throws(
    () => decodeRedirect(readParameters(query), 'SAMLRequest'),
    (error) => {
      // The cause is the inflater's own; a message that was unpacked first would have none.
      return error instanceof Refusal && error.cause instanceof RangeError
    },
  )
})

test('a signed query with one character changed is refused, wherever it is [S23]', async () => {
  const parties = await trustedParties()
  const query = redirectQuery('SAMLRequest', deflate(authnRequest()), HUAWEI_SIGNING)
  const signatureAt = query.indexOf('Signature=')

  const places = fc.nat(query.length - 1)
  const characters = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code))
  fc.assert(
    fc.property(places, characters, (at, character) => {
      // The signature is not signed itself: its escapes may be spelled in other letter case.
      const isEscape = at > signatureAt && query.slice(at - 2, at + 1).includes('%')
      fc.pre(query[at] !== character && !isEscape)

      const changed = query.slice(0, at) + character + query.slice(at + 1)

      assert.throws(() => arriveByRedirect(changed, parties), Refusal)
    }),
    { numRuns: 300 },
  )
})
