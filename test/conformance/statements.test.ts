// The statements of the profiles: each has a test or a line that says why not, and no mark means nothing.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { findGaps, listEvidence } from '../../scripts/pages/conformance.ts'
import { listTestTitles } from '../../scripts/test-titles.ts'

const ROOT = join(import.meta.dirname, '../..')

test('every statement of the profiles has a test or a divergence', () => {
  assert.deepEqual(findGaps(), [])
})

test('the statements are numbered from 1 to 45, and no id of a profile stands twice', () => {
  const evidence = listEvidence()

  const numbers = evidence.map(({ number }) => number)
  const ids = evidence.flatMap((each) => each.ids)

  assert.deepEqual(
    numbers,
    Array.from({ length: 45 }, (_, at) => at + 1),
  )
  assert.equal(new Set(ids).size, ids.length)
})

test('every mark names a statement that there is', () => {
  const known = new Set(listEvidence().map(({ number }) => `[S${number}]`))
  const titles = listTestTitles(ROOT).map(({ title }) => title)
  const paper = readFileSync(join(ROOT, 'docs/divergences.md'), 'utf8')

  const marks = [...titles, paper].flatMap((text) => text.match(/\[S\d+\]/g) ?? [])

  assert.ok(marks.length > 45)
  assert.deepEqual(
    marks.filter((mark) => !known.has(mark)),
    [],
  )
})
