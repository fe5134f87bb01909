// The table of algorithms: what is on it counts, under its own name and with its own kind of key.

import assert from 'node:assert/strict'
import { sign } from 'node:crypto'
import { test } from 'node:test'
import {
  findAlgorithm,
  findAlgorithmIgnoringCase,
  isSignedBy,
  SIGNATURE_ALGORITHMS,
} from '../../src/saml/algorithms.ts'
import { type KeyName, keyPair } from '../support/fixed.ts'

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const OCTETS = Buffer.from('what is signed')

const KNOWN = ['rsa-sha256', 'rsa-sha384', 'rsa-sha512', 'ecdsa-sha256', 'ecdsa-sha384']

test('these algorithms count and no others [S17]', () => {
  assert.deepEqual(
    SIGNATURE_ALGORITHMS.map(({ uri }) => uri),
    KNOWN.map((name) => MORE + name),
  )
})

test('an algorithm in capitals counts in a bind notification and nowhere else', () => {
  const capitals = `${MORE}rsa-sha256`.toUpperCase()

  assert.equal(findAlgorithm(capitals), undefined)
  assert.equal(findAlgorithmIgnoringCase(capitals)?.uri, `${MORE}rsa-sha256`)
})

for (const algorithm of SIGNATURE_ALGORITHMS) {
  const key: KeyName = algorithm.keyType === 'rsa' ? 'site' : 'site-ec'
  const strange: KeyName = algorithm.keyType === 'rsa' ? 'site-ec' : 'site'
  const name = algorithm.uri.slice(MORE.length)

  test(`a signature with ${name} fits its key, and no other key or text`, () => {
    const { privateKey, publicKey } = keyPair(key)
    const signature = sign(algorithm.hash, OCTETS, { key: privateKey, dsaEncoding: 'ieee-p1363' })
    const signed = { algorithm, octets: OCTETS, signature, allowsDer: false }

    assert.equal(isSignedBy(publicKey, signed), true)
    assert.equal(isSignedBy(keyPair(strange).publicKey, signed), false)
    assert.equal(isSignedBy(publicKey, { ...signed, octets: Buffer.from('another') }), false)
    assert.equal(isSignedBy(publicKey, { ...signed, signature: signature.subarray(1) }), false)
    assert.equal(isSignedBy(publicKey, { ...signed, signature: Buffer.alloc(0) }), false)
  })
}

test('ECDSA as a DER sequence counts where senders write it so, and not in XML', () => {
  const { privateKey, publicKey } = keyPair('site-ec')
  const algorithm = findAlgorithm(`${MORE}ecdsa-sha256`)
  assert.ok(algorithm)
  const signature = sign('sha256', OCTETS, { key: privateKey, dsaEncoding: 'der' })
  const signed = { algorithm, octets: OCTETS, signature }

  assert.equal(isSignedBy(publicKey, { ...signed, allowsDer: true }), true)
  assert.equal(isSignedBy(publicKey, { ...signed, allowsDer: false }), false)
})
