// The attack classes: each has rows or tests, and whatever it names is there.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { listTestTitles } from '../../scripts/test-titles.ts'
import { readClasses } from './classes.ts'
import { ATTACK_FILES, readAttacks } from './rows.ts'

const ROOT = join(import.meta.dirname, '../..')
const classes = readClasses()
const rows = ATTACK_FILES.flatMap((file) => readAttacks(file))

// What a message must not be refused for stands in the list too; it is the twin of a whole class.
const isAttack = ({ refuse, lands }: (typeof rows)[number]) => {
  return refuse !== undefined || lands === '/'
}

test('the classes are numbered from 1 to 38, and each has a row or a test', () => {
  const numbers = classes.map(({ number }) => number)
  const empty = classes.filter((each) => each.rows.length + each.tests.length === 0)

  assert.deepEqual(
    numbers,
    Array.from({ length: 38 }, (_, at) => at + 1),
  )
  assert.deepEqual(empty, [])
})

test('every row that a class names is in the list, and is an attack', () => {
  const attacks = new Set(rows.filter(isAttack).map(({ id }) => id))
  const named = classes.flatMap((each) => each.rows)

  assert.deepEqual(
    named.filter((id) => !attacks.has(id)),
    [],
  )
})

test('every test that a class names is there', () => {
  const there = new Set(
    listTestTitles(ROOT).map(({ path, title }) => {
      return `${path}: ${title.replaceAll(/ \[S\d+\]/g, '')}`
    }),
  )
  const named = classes.flatMap((each) => each.tests)

  assert.deepEqual(
    named.filter((title) => !there.has(title)),
    [],
  )
})

test('the list has at least 250 rows, most of them in a class', () => {
  const named = new Set(classes.flatMap((each) => each.rows))

  assert.ok(rows.length >= 250)
  assert.ok(named.size >= 250)
})
