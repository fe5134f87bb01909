// Tables that are wider than a terminal: what fits is shown, and what does not is named.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitTable } from '../../src/cli/call/fit.ts'

const TABLE = {
  name: 'orders',
  heads: ['id', 'description', 'paid'],
  rows: [
    ['o-1', 'x'.repeat(60), null],
    ['o-2', null, '12.50'],
  ],
  hidden: ['items'],
}

const WIDTHS = [
  { title: 'a wide terminal shows all', width: 80, heads: ['id', 'description', 'paid'] },
  { title: 'a wide column makes room for a narrow one', width: 20, heads: ['id', 'paid'] },
  { title: 'the first column is always there', width: 1, heads: ['id'] },
]

for (const { title, width, heads } of WIDTHS) {
  test(title, () => {
    const fitted = fitTable(TABLE, width)

    assert.deepEqual(fitted.heads, heads)
    assert.ok(fitted.rows.every((row) => row.length === heads.length))
    const expected = [...TABLE.heads.filter((head) => !heads.includes(head)), 'items']
    assert.deepEqual(fitted.left, expected)
  })
}

test('a long cell is cut and says so', () => {
  const { rows } = fitTable(TABLE, 80)

  assert.deepEqual(rows[0], ['o-1', `${'x'.repeat(39)}…`, null])
})
