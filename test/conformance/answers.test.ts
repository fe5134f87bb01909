// What the profiles ask of whoever answers, for every way in which an answer may be signed.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Protection } from '../../src/saml/protection.ts'
import { everyElement, MESSAGE_LIMITS, readXml, type XmlElement } from '../../src/saml/xml-read.ts'
import { answer, PERSON, refusal } from '../support/answers.ts'
import { NOW } from '../support/fixed.ts'

const SIGNED = ['assertion', 'response', 'both'] as const satisfies readonly Protection['sign'][]

async function make(sign: Protection['sign']): Promise<string> {
  return (await answer({}, NOW, { sign, encryption: undefined })).response
}

function elementsOf(xml: string, local: string): readonly XmlElement[] {
  return everyElement(readXml(xml, MESSAGE_LIMITS)).filter(({ localName }) => localName === local)
}

for (const sign of SIGNED) {
  test(`an answer with a signed ${sign} has one assertion and one statement of each kind [S30]`, async () => {
    const xml = await make(sign)

    const counts = ['Assertion', 'AuthnStatement', 'AttributeStatement'].map((local) => {
      return elementsOf(xml, local).length
    })

    assert.deepEqual(counts, [1, 1, 1])
  })

  test(`nothing in an answer with a signed ${sign} is longer than 256 characters but the proof [S2]`, async () => {
    const proof = ['SignatureValue', 'X509Certificate', 'DigestValue']

    const elements = everyElement(readXml(await make(sign), MESSAGE_LIMITS))

    const texts = elements
      .filter(({ localName, childNodes }) => {
        return !proof.includes(localName ?? '') && childNodes.length === 1
      })
      .filter(({ firstChild }) => firstChild?.nodeType === 3)
      .map(({ textContent }) => textContent ?? '')
    const values = elements.flatMap(({ attributes }) => {
      return Array.from(attributes).map(({ value }) => value)
    })
    assert.ok(texts.length > 8 && values.length > 8)
    assert.deepEqual(
      [...texts, ...values].filter((each) => each.length > 256),
      [],
    )
  })
}

test('neither an answer nor a refusal has a DTD [S3]', async () => {
  const messages = [await make('assertion'), await refusal()]

  assert.ok(messages.every((xml) => xml.startsWith('<?xml ') && !xml.includes('<!')))
})

test('a refusal has no assertion in it [S30]', async () => {
  assert.deepEqual(elementsOf(await refusal(), 'Assertion'), [])
})

test('each value of an attribute is one element with one text in it [S37]', async () => {
  const xml = await make('assertion')

  const values = elementsOf(xml, 'AttributeValue')

  assert.equal(values.length, PERSON.attributes.length)
  assert.ok(values.every(({ childNodes }) => childNodes.length === 1))
  assert.ok(values.every(({ firstChild }) => firstChild?.nodeType === 3))
})

test('the statement of a sign-in has a SessionIndex [S44]', async () => {
  const [statement] = elementsOf(await make('assertion'), 'AuthnStatement')

  assert.equal(statement?.getAttribute('SessionIndex'), PERSON.sessionIndex)
})
