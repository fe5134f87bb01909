// The attack list itself: ids that stay, flags that are explained.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ATTACK_FILES, readAttacks } from './rows.ts'

const rows = ATTACK_FILES.flatMap((file) => readAttacks(file))

test('no two rows of the attack list have the same id', () => {
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length)
})

test('the README explains every flag, and none that is not used', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  const table = readme.slice(readme.indexOf('| flag |'))
  const explained = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, flag]) => flag)

  const used = [...new Set(rows.flatMap(({ flags }) => flags))]

  assert.deepEqual(used.toSorted(), explained)
})
