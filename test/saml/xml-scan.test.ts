// The gate: what it admits, every parser reads in the same way. What it refuses is in test/attacks/.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { ExclusiveCanonicalization } from 'xml-crypto'
import { Refusal } from '../../src/base/errors.ts'
import { MESSAGE_LIMITS, METADATA_LIMITS, readXml } from '../../src/saml/xml-read.ts'
import { type StartTag, scanXml } from '../../src/saml/xml-scan.ts'
import { authnRequest } from '../support/build.ts'
import { skipWithout } from '../support/judges.ts'

const ADMITTED = [
  { title: 'an XML declaration', xml: '<?xml version="1.0" encoding="UTF-8"?><a/>' },
  { title: 'a declaration in single quotes', xml: "<?xml version='1.0' encoding='utf-8'?><a/>" },
  { title: 'a standalone document', xml: '<?xml version="1.0" standalone="yes" ?><a/>' },
  { title: 'a byte order mark', xml: '\ufeff<?xml version="1.0"?><a/>' },
  { title: 'white space around the root', xml: '<?xml version="1.0"?>\r\n<a/>\n' },
  { title: 'the five entities', xml: '<a b="&lt;&apos;">&amp;&gt;&quot;</a>' },
  { title: 'references to characters', xml: '<a>&#65;&#x1F600;&#xD;</a>' },
  { title: 'white space inside tags', xml: '<a  b="1"\n c="2" ><d /></a >' },
  { title: 'quotes inside quotes', xml: `<a b='"' c="'"/>` },
  {
    title: 'a namespace declared anew below',
    xml: '<p:a xmlns:p="urn:x"><p:a xmlns:p="urn:y"/></p:a>',
  },
  { title: 'a default namespace', xml: '<a xmlns="urn:x" b=""><c/></a>' },
  { title: 'the prefix xml', xml: '<a xml:lang="en"/>' },
  { title: 'one local name in two namespaces', xml: '<a xmlns:p="urn:x" b="" p:b=""/>' },
]

for (const { title, xml } of ADMITTED) {
  test(`a message may have ${title}`, () => {
    scanXml(xml, MESSAGE_LIMITS)

    assert.ok(readXml(xml, MESSAGE_LIMITS))
  })
}

const ONLY_IN_FILES = [
  { title: 'a comment before the root', xml: '<!-- x --><a/>' },
  { title: 'a comment inside', xml: '<a><!-- x - y --></a>' },
  { title: 'a line break inside an attribute value', xml: '<a b="1\n2"/>' },
]

for (const { title, xml } of ONLY_IN_FILES) {
  test(`a file may have ${title}, a message may not`, () => {
    scanXml(xml, METADATA_LIMITS)

    assert.throws(() => scanXml(xml, MESSAGE_LIMITS), { code: 'SAML_BAD_XML' })
  })
}

const REFUSED_IN_FILES = [
  { title: 'a DTD', xml: '<!DOCTYPE a><a/>', line: 1 },
  { title: 'a comment with two hyphens', xml: '<a>\n<!-- x -- y --></a>', line: 2 },
  { title: 'a comment without end', xml: '<a>\n\n<!-- x', line: 3 },
  { title: 'an entity nobody has declared', xml: '<a>\n&x;</a>', line: 2 },
  { title: 'an entity without its end', xml: '<a>\n&amp</a>', line: 2 },
  { title: 'a prefix that is not declared', xml: '<a>\n<p:b/></a>', line: 2 },
  { title: 'an attribute whose prefix is not declared', xml: '<a>\n<b p:c=""/></a>', line: 2 },
  {
    title: 'an attribute that comes twice under two prefixes',
    xml: '<a xmlns:p="urn:x" xmlns:q="urn:x">\n<b p:c="" q:c=""/></a>',
    line: 2,
  },
  { title: 'a namespace that is no URI', xml: '<a>\n<b xmlns="urn:>"/></a>', line: 2 },
  { title: 'an end tag of another element', xml: '<a>\n</b>', line: 2 },
]

for (const { title, xml, line } of REFUSED_IN_FILES) {
  test(`a file may not have ${title}, and the refusal names the line`, () => {
    assert.throws(
      () => scanXml(xml, METADATA_LIMITS),
      (error: Refusal) => error.code === 'SAML_BAD_XML' && error.facts['line'] === line,
    )
  })
}

test('a visitor sees names, namespaces, depth and unescaped values', () => {
  const tags: StartTag[] = []
  const texts: string[] = []

  scanXml('<p:a xmlns:p="urn:x" b="&lt;" p:c="2"><d>1 &amp; 2</d></p:a>', MESSAGE_LIMITS, {
    start: (tag) => tags.push(tag),
    text: (text, depth) => texts.push(`${depth} ${text}`),
  })

  assert.deepEqual(tags, [
    { local: 'a', namespace: 'urn:x', depth: 1, attributes: new Map([['b', '<']]) },
    { local: 'd', namespace: '', depth: 2, attributes: new Map() },
  ])
  assert.deepEqual(texts, ['2 1 & 2'])
})

// Pieces of markup dropped anywhere into a good message.
const PIECES = '< > / " = & &amp; &#65; &#x2028; &x; <a> </a> <a/> <!--c--> <![CDATA[x]]> <?p?> ]]>'
  .split(' ')
  .concat([' ', '\n', '\r', '\r\n', '\u0085', '\u2028', '\u0000', '\ufffe', '\ud800', 'é', '😀'])
  .concat(['<b xmlns="urn:b"/>', '<c xmlns="c"/>', ' x="1"', ' x:y="1"', ' xmlns:x="urn:x"'])
  .concat(['<!DOCTYPE a>', '<saml2p:a xmlns:saml2p="urn:x" saml2p:b="">', '</saml2p:a>'])

const damaged = fc
  .array(fc.record({ at: fc.nat(900), cut: fc.nat(3), piece: fc.constantFrom(...PIECES) }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((changes) => {
    return changes.reduce((xml, { at, cut, piece }) => {
      return xml.slice(0, at) + piece + xml.slice(at + cut)
    }, authnRequest())
  })

function isAdmitted(xml: string): boolean {
  try {
    readXml(xml, MESSAGE_LIMITS)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

test('what the gate admits never surprises the parser behind it', () => {
  fc.assert(
    fc.property(damaged, (xml) => {
      try {
        scanXml(xml, MESSAGE_LIMITS)
      } catch {
        return
      }
      assert.ok(isAdmitted(xml))
    }),
    { numRuns: 2000 },
  )
})

const skip = skipWithout('xmllint')

test('what the gate admits is one and the same document to libxml2', { skip }, async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-scan-'))
  context.after(() => rm(folder, { recursive: true }))
  const admitted = fc.sample(damaged, { numRuns: 4000, seed: 20260115 }).filter(isAdmitted)
  const files = admitted.map((_xml, at) => `${at}.xml`)
  await Promise.all(files.map((file, at) => writeFile(join(folder, file), admitted[at] ?? '')))

  const options = ['--nonet', '--exc-c14n', ...files]
  const { stdout, stderr } = await promisify(execFile)('xmllint', options, { cwd: folder })

  const ours = admitted.map((xml) => {
    return new ExclusiveCanonicalization().process(readXml(xml, MESSAGE_LIMITS), {})
  })
  assert.ok(admitted.length > 200, `only ${admitted.length} documents were admitted`)
  assert.equal(stderr, '')
  assert.equal(stdout, ours.join(''))
})
