// Where each column of a part is: the first line of a CSV in, what is known of its columns out.

import { Refusal } from '../base/errors.ts'
import type { Subscription } from '../store/file-records.ts'
import { COLUMNS, type Column } from './columns.ts'
import type { Zone } from './instant.ts'

/** The columns of one part, in the order of its cells. */
export type Layout = {
  /** A column that the table does not know is a text under its own heading. */
  readonly columns: readonly Column[]
  /** Headings that the table does not know. */
  readonly unknown: readonly string[]
  /** Of times that do not name theirs. */
  readonly zone: Zone
}

/** Where a part is from, for refusals. */
export type PartPlace = { readonly file: string; readonly entry: string }

/**
 * Reads the headings by name, whatever their order, case and spaces. Throws `FILES_MISSING_COLUMN` with
 * every needed column that is missing, and for a column that comes twice.
 */
export function readLayout(
  headings: readonly string[],
  subscription: Subscription,
  place: PartPlace,
): Layout {
  const isChinese =
    countKnown(headings, subscription, 'chinese') > countKnown(headings, subscription, 'english')
  const language = isChinese ? 'chinese' : 'english'
  const known = byHeading(subscription, language)
  const columns = headings.map((heading, at): Column => {
    return known.get(fold(heading)) ?? unknownColumn(heading, at, subscription)
  })
  const names = columns.map(({ name }) => name)
  const missing = COLUMNS[subscription].filter((column) => {
    return column.isNeeded === true && !columns.includes(column)
  })
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  if (missing.length > 0 || twice.length > 0) {
    const problems = [
      ...missing.map((column) => `${column[language].join(' or ')}: is missing`),
      ...twice.map((name) => `${name}: comes twice`),
    ]
    throw new Refusal('FILES_MISSING_COLUMN', { ...place, problems })
  }
  const unknown = headings.filter((heading) => !known.has(fold(heading)))
  return { columns, unknown, zone: isChinese ? '+08:00' : '+00:00' }
}

// It must not pass for a column that is known.
function unknownColumn(heading: string, at: number, subscription: Subscription): Column {
  const isTaken = heading === '' || COLUMNS[subscription].some(({ name }) => name === heading)
  return { name: isTaken ? `column ${at + 1}` : heading, english: [], chinese: [] }
}

type Language = 'english' | 'chinese'

function countKnown(headings: readonly string[], subscription: Subscription, language: Language) {
  const known = byHeading(subscription, language)
  return headings.filter((heading) => known.has(fold(heading))).length
}

function byHeading(subscription: Subscription, language: Language): ReadonlyMap<string, Column> {
  return new Map(
    COLUMNS[subscription].flatMap((column) => {
      return column[language].map((heading) => [fold(heading), column] as const)
    }),
  )
}

// Huawei's own documents write one heading in several ways: "Unit(Package Usage)", "BizltemID".
function fold(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s./_-]/g, '')
    .replace('bizltem', 'bizitem')
}
