// METADATA_DIR: metadata, options, or both under one name; a bad file is named and the others still count.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readMetadataFolder } from '../../src/saml/metadata-folder.ts'

function folderWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'partner-idp-metadata-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

test('a name is a site: its metadata, its options, or a URL alone', async (t) => {
  const folder = folderWith(t, {
    'china.xml': '<china/>',
    'europe.xml': '<europe/>',
    'europe.json': '{"platformId": "eu_IDP"}',
    'sandbox.json': '{"url": "https://sandbox.example/metadata.xml"}',
    'README.md': 'not read',
  })

  const { sources, problems } = await readMetadataFolder(folder)

  assert.deepEqual(problems, [])
  assert.deepEqual(
    sources.map(({ name, source, xml, options }) => [
      name,
      source,
      xml,
      options.platformId,
      options.url,
    ]),
    [
      ['china', join(folder, 'china.xml'), '<china/>', undefined, undefined],
      ['europe', join(folder, 'europe.xml'), '<europe/>', 'eu_IDP', undefined],
      [
        'sandbox',
        join(folder, 'sandbox.json'),
        undefined,
        undefined,
        'https://sandbox.example/metadata.xml',
      ],
    ],
  )
})

const BAD = [
  {
    title: 'is no JSON',
    text: '{\n  "pin": "x",\n}',
    line: 3,
    says: /^it is no JSON$/,
  },
  { title: 'is no object', text: '[]', line: undefined, says: /expected object/ },
  {
    title: 'has an option nobody knows',
    text: '{"url": "https://a.example/", "confirmChanges": true}',
    line: undefined,
    says: /"confirmChanges"/,
  },
  {
    title: 'has a pin that is no fingerprint',
    text: '{"url": "https://a.example/", "pin": "abc"}',
    line: undefined,
    says: /^pin: /,
  },
  {
    title: 'asks too often',
    text: '{"url": "https://a.example/", "refreshMinutes": 1}',
    line: undefined,
    says: /^refreshMinutes: /,
  },
  {
    title: 'names a file',
    text: '{"url": "file:///etc/passwd"}',
    line: undefined,
    says: /^url: /,
  },
  {
    title: 'has neither a URL nor metadata beside it',
    text: '{"platformId": "x"}',
    line: undefined,
    says: /no url, and there is no bad\.xml/,
  },
]

for (const { title, text, line, says } of BAD) {
  test(`a file of options that ${title} is named with a remedy, and the others count`, async (t) => {
    const folder = folderWith(t, { 'bad.json': text, 'good.xml': '<good/>' })

    const { sources, problems } = await readMetadataFolder(folder)

    assert.deepEqual(
      sources.map(({ name }) => name),
      ['good'],
    )
    const [problem, second] = problems
    assert.equal(second, undefined)
    assert.deepEqual([problem?.name, problem?.source], ['bad', join(folder, 'bad.json')])
    assert.equal(problem?.line, line)
    assert.match(problem?.problem ?? '', says)
    assert.ok((problem?.remedy ?? '').length > 20)
  })
}

test('a folder that is not there is refused', async () => {
  await assert.rejects(readMetadataFolder('/nonexistent/metadata'), { code: 'METADATA_UNUSABLE' })
})
