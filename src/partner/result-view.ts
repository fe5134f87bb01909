// A result for people: the row and what it gave come in, terms and tables of texts go out. How wide a
// table may be is for whoever shows it to say.

import { type Field, resultFields } from './field.ts'
import { cellText } from './field-text.ts'
import type { AnyOperation } from './operation.ts'

/** A list of a result. Every row has a cell for each head. */
export type ResultTable = {
  /** The field that holds the list. */
  readonly name: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  /** Fields that hold lists and objects; they need JSON. */
  readonly hidden: readonly string[]
}

export type ResultView = {
  readonly facts: readonly (readonly [string, string | null])[]
  readonly tables: readonly ResultTable[]
}

type Fields = Readonly<Record<string, unknown>>

/** Everything in a result that people can read; objects are unfolded, as `order_info.order_id`. */
export function viewResult(row: AnyOperation, result: unknown): ResultView {
  const identity = row.paging?.identity ?? []
  const parts = isFields(result) ? unfold(result, resultFields(row), '') : []
  return {
    facts: parts.flatMap(({ name, value, field }) =>
      isTable(field) ? [] : [[name, meant(cellText(value), field)] as const],
    ),
    // An empty list says something where it is the answer, and nothing deep inside of it.
    tables: parts
      .flatMap(({ name, value, field }) =>
        isTable(field) ? [viewTable({ ...field, name }, readItems(value), identity)] : [],
      )
      .filter(({ name, rows }) => rows.length > 0 || !name.includes('.')),
  }
}

type Part = { readonly name: string; readonly value: unknown; readonly field: Field | undefined }

// Also of what Huawei added lately, for which there is no field.
function unfold(result: Fields, known: readonly Field[], prefix: string): readonly Part[] {
  return Object.entries(result).flatMap(([key, value]) => {
    const field = known.find((each) => each.name === key)
    const name = `${prefix}${key}`
    return field?.kind === 'object' && !field.isList && isFields(value)
      ? unfold(value, field.fields, `${name}.`)
      : [{ name, value, field }]
  })
}

function isTable(field: Field | undefined): field is Field {
  return field?.isList === true && field.kind === 'object'
}

/**
 * The items of a list as a table: columns that have a value anywhere. Identity comes first, then status
 * and amounts, because a terminal has room for few; the fields of objects come last.
 */
export function viewTable(
  list: Field,
  items: readonly Fields[],
  identity: readonly string[],
): ResultTable {
  const rows = items.map((item) => {
    return new Map(unfold(item, list.fields, '').map(({ name, value }) => [name, value]))
  })
  const isFilled = ({ name }: Field) => rows.some((row) => cellText(row.get(name)) !== null)
  const [simple, hidden] = split(flatten(list.fields, '').filter(isFilled), isSimple)
  const columns = simple.toSorted((a, b) => placeOf(a, identity) - placeOf(b, identity))
  return {
    name: list.name,
    heads: columns.map(({ name }) => name),
    rows: rows.map((row) => columns.map((field) => meant(cellText(row.get(field.name)), field))),
    hidden: hidden.map(({ name }) => name),
  }
}

function flatten(fields: readonly Field[], prefix: string): readonly Field[] {
  return fields.flatMap((field) => {
    const name = `${prefix}${field.name}`
    return field.kind === 'object' && !field.isList
      ? flatten(field.fields, `${name}.`)
      : [{ ...field, name }]
  })
}

function isSimple({ kind, isList }: Field): boolean {
  return kind !== 'object' && !isList
}

function placeOf({ name, kind }: Field, identity: readonly string[]): number {
  if (name.includes('.')) return 4
  // Without an identity the order is that of Huawei's documents.
  if (identity.length === 0) return 0
  if (identity.includes(name)) return 0
  if (name === 'status') return 1
  return kind === 'amount' ? 2 : 3
}

/** The objects of a list, whatever else may be in it. */
export function readItems(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

function meant(text: string | null, field: Field | undefined): string | null {
  const meaning = text === null ? undefined : field?.meanings[text]
  return meaning === undefined ? text : `${text} (${meaning})`
}

function split<Item>(items: readonly Item[], fits: (item: Item) => boolean) {
  return [items.filter(fits), items.filter((item) => !fits(item))] as const
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
