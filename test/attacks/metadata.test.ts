// Every bad metadata file is named with its line and a remedy, and never takes a good one down.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMetadataFiles } from '../../src/saml/metadata-read.ts'
import { createParties } from '../../src/saml/relying-party.ts'
import { OTHER_SITE, SITE, siteMetadata, smallMetadata } from '../support/build.ts'
import { NOW } from '../support/fixed.ts'
import { applyTamperings, XML_CHANGES } from '../support/tamper.ts'
import { expectedRefusal, readAttacks, refusalOf } from './rows.ts'

const BASES: Readonly<Record<string, string>> = { 'huawei-shape': await siteMetadata() }

const OTHER_FILE = { source: 'other.xml', xml: await smallMetadata(OTHER_SITE, 'other', true) }

function readBeside(xml: string) {
  const { parties, problems } = readMetadataFiles([OTHER_FILE, { source: 'site.xml', xml }])
  return { parties: createParties(parties), problems }
}

for (const row of readAttacks('metadata.json')) {
  test(`${row.id} ${row.title}`, async () => {
    const good = BASES[row.base] ?? ''
    const tampered = await applyTamperings(good, 'xml', XML_CHANGES, row.tamper)

    const twin = readBeside(good)
    const read = readBeside(tampered)

    assert.deepEqual(twin.problems, [], 'the twin must pass, or this proves nothing')
    assert.equal(twin.parties.get(SITE.entityId, NOW).source, 'site.xml')
    const { code } = refusalOf(row, () => read.parties.get(SITE.entityId, NOW))
    assert.equal(code, expectedRefusal(row).code)
    const other = read.parties.get(OTHER_SITE.entityId, NOW)
    assert.equal(other.consumers[0]?.url, OTHER_SITE.acsUrl, 'the good file beside it still counts')
    assert.deepEqual(
      read.problems.map(({ source, line, problem }) => ({ source, line, problem })),
      row.problem === undefined
        ? []
        : [{ source: 'site.xml', line: row.line, problem: row.problem }],
    )
    assert.ok(read.problems.every(({ remedy }) => remedy.length > 20))
  })
}
