// HTTP-POST: the fields of an answer, and a form that comes. Bad forms are in test/attacks/.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readParameters } from '../../src/base/parameters.ts'
import { decodePost, encodePost } from '../../src/saml/post-binding.ts'
import { xmlText } from '../support/arbitrary.ts'

test('a message of ours comes out of the form as it went in, relay state included', () => {
  const relayStates = fc.option(xmlText, { nil: undefined })

  fc.assert(
    fc.property(
      xmlText.filter((xml) => xml !== ''),
      relayStates,
      (xml, relayState) => {
        const fields = encodePost('SAMLResponse', xml, relayState)
        const body = new URLSearchParams(fields).toString()

        const decoded = decodePost(readParameters(body), 'SAMLResponse')

        assert.deepEqual(decoded, { binding: 'post', xml, relayState, detached: undefined })
      },
    ),
  )
})

test('a form without relay state has no field for it', () => {
  assert.deepEqual(Object.keys(encodePost('SAMLResponse', '<a/>', undefined)), ['SAMLResponse'])
})

test('an empty relay state is given back empty', () => {
  assert.equal(encodePost('SAMLResponse', '<a/>', '')['RelayState'], '')
})
