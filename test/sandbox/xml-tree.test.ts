// The judge's own reader of XML: what it makes of a message, and what it will not read at all.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readPostedXml } from '../../src/sandbox/judge.ts'
import { attributeIn, everyElement, readXml, XmlError } from '../../src/sandbox/xml-tree.ts'

describe('the XML reader of the sandbox', () => {
  test('reads names, namespaces, attributes and text', () => {
    const root = readXml(
      '<?xml version="1.0"?><a:r xmlns:a="urn:a" x=\'1\'><b xmlns="urn:b" a:y="&lt;&#x41;&#66;"> t&amp;u </b><a:c/></a:r>',
    )

    const [b, c] = root.children
    assert.deepEqual(
      everyElement(root).map(({ name, namespace, localName }) => [name, namespace, localName]),
      [
        ['a:r', 'urn:a', 'r'],
        ['b', 'urn:b', 'b'],
        ['a:c', 'urn:a', 'c'],
      ],
    )
    assert.equal(root.attributes.get('x'), '1')
    assert.equal(b?.text, ' t&u ')
    assert.equal(b && attributeIn(b, 'urn:a', 'y'), '<AB')
    assert.equal(c?.text, '')
  })

  test('knows one namespace under any prefix, and no namespace for a plain attribute', () => {
    const root = readXml('<r xmlns:p="urn:x" xmlns:q="urn:x" type="plain" q:type="meant"/>')

    assert.equal(attributeIn(root, 'urn:x', 'type'), 'meant')
  })

  const UNREADABLE = [
    ['a comment inside a value', '<a>cust<!-- -->omer</a>'],
    ['a DTD', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['a CDATA section', '<a><![CDATA[x]]></a>'],
    ['a processing instruction', '<a><?php x ?></a>'],
    ['an entity that XML does not have', '<a>&nbsp;</a>'],
    ['a character beyond Unicode', '<a>&#x110000;</a>'],
    ['a character that XML does not have', '<a>&#0;</a>'],
    ['an entity by the name of a property', '<a>&constructor;</a>'],
    ['a bare ampersand', '<a>b & c</a>'],
    ['an element that is not closed', '<a><b></a>'],
    ['an element that ends too often', '<a></a></a>'],
    ['two roots', '<a/><b/>'],
    ['text after the root', '<a/>text'],
    ['an attribute twice', '<a x="1" x="2"/>'],
    ['an attribute without quotes', '<a x=1/>'],
    ['a prefix that is not declared', '<p:a/>'],
    ['elements 51 deep', `${'<a>'.repeat(51)}${'</a>'.repeat(51)}`],
    ['nothing', ''],
  ] as const
  for (const [title, xml] of UNREADABLE) {
    test(`does not read ${title}`, () => {
      assert.throws(() => readXml(xml), XmlError)
    })
  }

  const NO_MESSAGE = [
    ['Base64 with a line break', Buffer.from('<a/>').toString('base64').replace('P', 'P\n')],
    ['Base64 with something behind it', `${Buffer.from('<a/>').toString('base64')}!`],
    ['bytes that are no UTF-8', Buffer.from([0x3c, 0x61, 0xff]).toString('base64')],
  ] as const
  for (const [title, samlResponse] of NO_MESSAGE) {
    test(`does not decode ${title}`, () => {
      assert.throws(() => readPostedXml(samlResponse), TypeError)
    })
  }
})
