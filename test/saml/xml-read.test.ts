// The door for untrusted XML: values are plain text, and what comes twice is not chosen from.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  attributeOf,
  childrenOf,
  everyElement,
  findChild,
  isNamed,
  lineOf,
  METADATA_LIMITS,
  readXml,
  textOf,
} from '../../src/saml/xml-read.ts'

const XML = `\ufeff<r xmlns="urn:x" xmlns:y="urn:y" a="" y:b="1">
  <c>one</c>
  <y:c>two</y:c>
  <d> spaced &amp; escaped </d>
  <e><c>three</c></e>
  <f>1<!-- -->2</f>
</r>`

const root = readXml(XML, METADATA_LIMITS)

function child(local: string) {
  const found = findChild(root, 'urn:x', local)
  assert.ok(found)
  return found
}

test('an element is found by namespace and name among the children, not deeper', () => {
  assert.deepEqual(childrenOf(root, 'urn:x', 'c').map(textOf), ['one'])
  assert.deepEqual(childrenOf(root, 'urn:y', 'c').map(textOf), ['two'])
  assert.equal(isNamed(child('e'), 'urn:y', 'e'), false)
})

test('an element that is not there is undefined, one that comes twice is refused', () => {
  const twice = readXml('<r xmlns="urn:x"><c/><c/></r>', METADATA_LIMITS)

  assert.equal(findChild(root, 'urn:x', 'z'), undefined)
  assert.throws(() => findChild(twice, 'urn:x', 'c'), { code: 'SAML_BAD_REQUEST' })
})

test('an attribute is found without namespace only; an empty one is there', () => {
  assert.equal(attributeOf(root, 'a'), '')
  assert.equal(attributeOf(root, 'b'), undefined)
})

test('a value is its text, trimmed and unescaped', () => {
  assert.equal(textOf(child('d')), 'spaced & escaped')
})

const SPLIT = ['f', 'e']

for (const local of SPLIT) {
  test(`a value that <${local}> splits by a comment or an element is refused`, () => {
    assert.throws(() => textOf(child(local)), { code: 'SAML_BAD_REQUEST' })
  })
}

test('an element knows the line it starts on', () => {
  assert.equal(lineOf(root), 1)
  assert.equal(lineOf(child('e')), 5)
})

test('every element is the element itself and all below, in the order of the text', () => {
  const names = everyElement(root).map(({ nodeName }) => nodeName)

  assert.deepEqual(names, ['r', 'c', 'y:c', 'd', 'e', 'c', 'f'])
})
