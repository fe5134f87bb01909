// The attack classes: the rows of classes.json in, with their ranges of ids written out.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const CLASS = z.strictObject({
  number: z.int().positive(),
  title: z.string().min(10),
  /** Ids of rows, or ranges: `PO-001..PO-021`. */
  rows: z.array(z.string().regex(/^[A-Z]{2}-\d{3}(\.\.[A-Z]{2}-\d{3})?$/)),
  /** `file: title`, with a dot-dot-dot for what differs from row to row of a table. */
  tests: z.array(z.string().regex(/^test\/[\w/.-]+\.test\.ts: ./)),
})

/** One attack class: the rows and tests that stand against it. */
export type AttackClass = z.infer<typeof CLASS>

/** All classes, in order, each row by its own id. */
export function readClasses(): readonly AttackClass[] {
  const text = readFileSync(join(import.meta.dirname, 'classes.json'), 'utf8')
  return z
    .array(CLASS)
    .parse(JSON.parse(text))
    .map((each) => ({ ...each, rows: each.rows.flatMap(idsIn) }))
}

function idsIn(range: string): readonly string[] {
  const [first = '', last = first] = range.split('..')
  const [prefix, from, to] = [first.slice(0, 3), Number(first.slice(3)), Number(last.slice(3))]
  return Array.from({ length: to - from + 1 }, (_, at) => {
    return `${prefix}${String(from + at).padStart(3, '0')}`
  })
}
