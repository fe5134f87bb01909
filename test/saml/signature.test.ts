// Signatures: ours hold, and a signed document cannot be changed in a way that matters.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '../../src/base/errors.ts'
import { decodeBase64, signTree, verifyEnveloped } from '../../src/saml/signature.ts'
import { MESSAGE_LIMITS, readXml } from '../../src/saml/xml-read.ts'
import { element, writeXml } from '../../src/saml/xml-write.ts'
import { xmlTextForXmldom } from '../support/arbitrary.ts'
import { authnRequest } from '../support/build.ts'
import { keyPair, signingKey } from '../support/fixed.ts'
import { signEnveloped } from '../support/send.ts'

const BASE64 = [
  { text: 'AAAA', bytes: 3 },
  { text: 'AAA=', bytes: 2 },
  { text: 'AA==', bytes: 1 },
  { text: '+/+/', bytes: 3 },
  { text: '', bytes: undefined },
  { text: 'AAA', bytes: undefined },
  { text: 'AAAA=', bytes: undefined },
  { text: 'AB==', bytes: undefined },
  { text: 'AA AA', bytes: undefined },
  { text: 'AAAA\n', bytes: undefined },
  { text: '-_-_', bytes: undefined },
  { text: 'A===', bytes: undefined },
]

for (const { text, bytes } of BASE64) {
  test(`${JSON.stringify(text)} is ${bytes === undefined ? 'no Base64' : `${bytes} bytes`}`, () => {
    assert.equal(decodeBase64(text)?.length, bytes)
  })
}

const SIGNATURE = /<ds:Signature .*<\/ds:Signature>/

function verify(xml: string, key: 'house' | 'site'): string {
  return verifyEnveloped(xml, readXml(xml, MESSAGE_LIMITS), [keyPair(key).publicKey])
}

const ELSEWHERE = [
  {
    title: 'without a signature',
    change: (xml: string) => xml.replace(SIGNATURE, ''),
    problem: 'there is no signature',
  },
  {
    // The signature would hold: enveloped is enveloped, at whatever depth.
    title: 'whose signature lies deeper',
    change: (xml: string) => {
      const [signature = ''] = SIGNATURE.exec(xml) ?? []
      const wrapped = `<saml2p:Extensions>${signature}</saml2p:Extensions>`
      return xml.replace(SIGNATURE, '').replace('<saml2p:Extensions/>', wrapped)
    },
    problem: 'the signature is not a child of the root',
  },
]

for (const { title, change, problem } of ELSEWHERE) {
  test(`a document ${title} is not verified`, () => {
    const extensions = '<saml2p:Extensions/><saml2p:NameIDPolicy'
    const xml = authnRequest().replace('<saml2p:NameIDPolicy', extensions)
    const signed = signEnveloped(xml, 'site')

    assert.ok(verify(signed, 'site'))
    assert.throws(() => verify(change(signed), 'site'), {
      code: 'SAML_BAD_SIGNATURE',
      facts: { problem },
    })
  })
}

test('what we sign verifies, whatever the values are, and covers all but the signature', async () => {
  const key = await signingKey()

  await fc.assert(
    fc.asyncProperty(xmlTextForXmldom, xmlTextForXmldom, async (attribute, text) => {
      const issuer = element('saml2:Issuer', {}, ['x'])
      const rest = element('saml2:Attribute', { Name: attribute }, [text])
      const tree = element('saml2p:Response', { ID: '_1' }, [issuer, rest])

      const signed = await signTree(tree, key)

      assert.equal(verify(writeXml(signed), 'house'), writeXml(tree))
    }),
    { numRuns: 50 },
  )
})

test('only a message with ID and Issuer can be signed', async () => {
  const key = await signingKey()
  const issuer = element('saml2:Issuer', {}, ['x'])

  await assert.rejects(signTree(element('saml2p:Response', {}, [issuer]), key), /ID and Issuer/)
  await assert.rejects(signTree(element('saml2p:Response', { ID: '_1' }), key), /ID and Issuer/)
})

test('a signed document with one character changed is refused, or says the same [S23]', () => {
  const signed = signEnveloped(authnRequest(), 'site')
  const covered = verify(signed, 'site')
  const characters = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code))

  fc.assert(
    fc.property(fc.nat(signed.length - 1), characters, (at, character) => {
      fc.pre(signed[at] !== character)
      const changed = signed.slice(0, at) + character + signed.slice(at + 1)

      // What is not covered, such as a space between tags of the signature, may change.
      assert.equal(codeOrText(() => verify(changed, 'site')) ?? covered, covered)
    }),
    { numRuns: 300 },
  )
})

function codeOrText(step: () => string): string | undefined {
  try {
    return step()
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
