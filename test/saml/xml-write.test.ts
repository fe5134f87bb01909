// What is written is canonical already: digests are over the text, so any doubt here breaks signatures.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { ExclusiveCanonicalization } from 'xml-crypto'
import { element, type QualifiedName, writeXml } from '../../src/saml/xml-write.ts'
import { xmlText, xmlTextForXmldom } from '../support/arbitrary.ts'
import { skipWithout } from '../support/judges.ts'

function treeWith(attribute: string, text: string) {
  const value = element('saml2:AttributeValue', { 'xsi:type': 'xsd:string' }, [text])
  const statement = element('saml2:Attribute', { Name: attribute, FriendlyName: 'x' }, [
    value,
    text,
  ])
  return element('saml2p:Response', { ID: '_1' }, [statement, statement])
}

test('what is written is its own exclusive canonical form to xml-crypto, whatever the values are', () => {
  fc.assert(
    fc.property(xmlTextForXmldom, xmlTextForXmldom, (attribute, text) => {
      const written = writeXml(treeWith(attribute, text))

      const { documentElement } = new DOMParser().parseFromString(written, 'text/xml')
      assert.equal(new ExclusiveCanonicalization().process(documentElement, {}), written)
    }),
  )
})

test('every value comes out of a parser as it went in', () => {
  fc.assert(
    fc.property(xmlTextForXmldom, xmlTextForXmldom, (attribute, text) => {
      const written = writeXml(treeWith(attribute, text))

      const document = new DOMParser().parseFromString(written, 'text/xml')
      const [statement] = Array.from(document.getElementsByTagName('saml2:Attribute'))
      const [value] = Array.from(document.getElementsByTagName('saml2:AttributeValue'))
      assert.equal(statement?.getAttribute('Name'), attribute)
      assert.equal(value?.textContent, text)
    }),
  )
})

test('what is written is its own exclusive canonical form to libxml2', {
  skip: skipWithout('xmllint'),
}, () => {
  const values = fc.sample(xmlText, { numRuns: 500, seed: 20260115 })
  const children = values.map((value) => treeWith(value, value))
  const written = writeXml(element('saml2p:Response', {}, children))

  const canonical = execFileSync('xmllint', ['--exc-c14n', '-'], {
    input: written,
    encoding: 'utf8',
  })

  assert.equal(canonical, written)
})

const CANONICAL = [
  {
    title: 'attributes are sorted: without namespace first, by name, capitals before small letters',
    tree: element('saml2:X', { b: '1', 'xsi:type': '2', a: '3', B: '4' }),
    text:
      '<saml2:X xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"' +
      ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
      ' B="4" a="3" b="1" xsi:type="2"></saml2:X>',
  },
  {
    title: 'attributes with a namespace are sorted by its URI, not by the prefix',
    tree: element('saml2:X', { 'saml2:z': '1', 'ds:a': '2' }),
    text:
      '<saml2:X xmlns:ds="http://www.w3.org/2000/09/xmldsig#"' +
      ' xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ds:a="2" saml2:z="1"></saml2:X>',
  },
  {
    title: 'a namespace is declared where it is first used, and again in a sibling',
    tree: element('saml2p:X', {}, [
      element('saml2:Y', {}, [element('saml2:Z', {})]),
      element('saml2:Y', {}),
    ]),
    text:
      '<saml2p:X xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol">' +
      '<saml2:Y xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><saml2:Z></saml2:Z></saml2:Y>' +
      '<saml2:Y xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"></saml2:Y></saml2p:X>',
  },
  {
    title: 'a prefix that only values use is declared where the tree says so',
    tree: {
      name: 'saml2:X' as const,
      declares: ['xsd' as const],
      children: [element('saml2:Y', {})],
    },
    text:
      '<saml2:X xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"' +
      ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"><saml2:Y></saml2:Y></saml2:X>',
  },
  {
    title: 'markup in values is escaped as canonical XML escapes it',
    tree: element('saml2:X', { a: '&<>"\'\t\n\r' }, ['&<>"\'\t\n\r']),
    text:
      '<saml2:X xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"' +
      ' a="&amp;&lt;>&quot;\'&#x9;&#xA;&#xD;">&amp;&lt;&gt;"\'\t\n&#xD;</saml2:X>',
  },
]

for (const { title, tree, text } of CANONICAL) {
  test(title, () => {
    assert.equal(writeXml(tree), text)
  })
}

const NOT_XML = [
  { title: 'NUL', value: 'a\u0000b' },
  { title: 'a control character', value: 'a\u0001b' },
  { title: 'a form feed', value: 'a\u000cb' },
  { title: 'U+FFFE', value: 'a\ufffeb' },
  { title: 'U+FFFF', value: 'a\uffffb' },
  { title: 'half of a surrogate pair', value: 'a\ud83d' },
  { title: 'a surrogate pair the wrong way round', value: '\ude00\ud83d' },
]

for (const { title, value } of NOT_XML) {
  test(`${title} is never written, and never repaired`, () => {
    const complaint = /a character that XML cannot carry/

    assert.throws(() => writeXml(element('saml2:X', {}, [value])), complaint)
    assert.throws(() => writeXml(element('saml2:X', { a: value })), complaint)
  })
}

test('a prefix without a namespace is a fault', () => {
  const name = 'evil:X' as QualifiedName // What the type would not let through.

  assert.throws(() => writeXml(element(name, {})), /no namespace is known for evil/)
})
