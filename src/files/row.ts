// One row of a part: its cells in, the record that is kept out. Cells are found by heading; a row that
// has more cells than headings is read only when every way to read it gives the same amounts.

import { Refusal } from '../base/errors.ts'
import type { FileRow } from '../store/file-records.ts'
import { isDecimal, readAmount } from './amount.ts'
import type { Column } from './columns.ts'
import { readTime, type Zone } from './instant.ts'
import type { Layout, PartPlace } from './layout.ts'

/** Where a row is: the heading is row 1 of its entry. */
export type RowPlace = PartPlace & { readonly row: number }

/** The record without its number. `isLong`: it had more cells than there are headings. */
export type ReadRow = { readonly row: Omit<FileRow, 'rowNumber'>; readonly isLong: boolean }

/** Throws `FILES_BAD_ROW`, which names the column and what it must be. */
export function readRow(cells: readonly string[], layout: Layout, place: RowPlace): ReadRow {
  const { columns } = layout
  const surplus = cells.length - columns.length
  if (surplus < 0) throw bad(place, `has ${cells.length} cells under ${columns.length} headings`)
  if (surplus === 0) return { row: toRecord(cells, layout, place), isLong: false }
  return { row: readLong(cells, layout, place), isLong: true }
}

// Huawei's own example has 47 cells under 46 headings: somewhere a comma stands unquoted, or a column has
// no heading. Which cell is too much shows in what follows it: from there on texts stand where amounts
// must be. Amounts that depend on a guess are refused.
function readLong(cells: readonly string[], layout: Layout, place: RowPlace): ReadRow['row'] {
  const { columns } = layout
  const surplus = cells.length - columns.length
  if (cells.slice(columns.length).every((cell) => cell === '')) {
    return toRecord(cells.slice(0, columns.length), layout, place)
  }
  const ways = Array.from({ length: columns.length + 1 }, (_, at) => at).flatMap((at) => {
    const kept = [...cells.slice(0, at), ...cells.slice(at + surplus)]
    return fits(kept, layout) ? [toRecord(kept, layout, place)] : []
  })
  const [first, ...others] = ways
  if (first === undefined || others.some((other) => keyOf(other) !== keyOf(first))) {
    const problem = `has ${cells.length} cells under ${columns.length} headings`
    throw bad(place, `${problem}, and which is too much cannot be told`)
  }
  return first
}

// The last reading that fits is as good as the first one, as long as it adds up alike.
function keyOf(row: ReadRow['row']): string {
  const { customerId, serviceType, region, billType, amount, listAmount, taxAmount } = row
  return [customerId, serviceType, region, billType, amount, listAmount, taxAmount].join('\n')
}

function fits(cells: readonly string[], { columns, zone }: Layout): boolean {
  return columns.every((column, at) => readCell(column, cells[at] ?? '', zone) !== undefined)
}

function toRecord(cells: readonly string[], layout: Layout, place: RowPlace): ReadRow['row'] {
  const { own, details } = readCells(cells, layout, place)
  const { customerId = '', serviceType = '', region = '', billType = '' } = own
  const { amount = '0', listAmount = '0', taxAmount = '0' } = own
  const time = own.expenditureTime ?? details['transactionTime']
  return {
    customerId,
    serviceType,
    region,
    billType,
    amount: amountOf(amount, 'amount', place),
    listAmount: amountOf(listAmount, 'listAmount', place),
    taxAmount: amountOf(taxAmount, 'taxAmount', place),
    occurredAt: time === undefined ? undefined : new Date(time),
    details,
  }
}

// What has a place of its own in the record; everything else is a detail.
const OWN = {
  customerId: true,
  serviceType: true,
  region: true,
  billType: true,
  amount: true,
  listAmount: true,
  taxAmount: true,
  expenditureTime: true,
} as const

type Cells = {
  readonly own: { -readonly [Name in keyof typeof OWN]?: string }
  readonly details: Record<string, string>
}

// Empty cells are left out. The two are told apart here, because to take details out of a larger object
// would cost as much as all the rest of a row.
function readCells(cells: readonly string[], { columns, zone }: Layout, place: RowPlace): Cells {
  const read: Cells = { own: {}, details: Object.create(null) }
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at]
    const cell = cells[at] ?? ''
    if (column === undefined || (cell === '' && column.isNeeded !== true)) continue
    const value = readCell(column, cell, zone)
    if (value === undefined) throw bad(place, problemOf(column, cell))
    if (value === '') continue
    if (isOwn(column.name)) read.own[column.name] = value
    else read.details[column.name] = value
  }
  return read
}

function isOwn(name: string): name is keyof typeof OWN {
  return Object.hasOwn(OWN, name)
}

// The value of a cell, a time in UTC whatever the language of the file; `undefined` if it is none of its
// kind. What is needed may still be empty: a tax has no region. Only a customer and an amount must be
// there.
function readCell(column: Column, cell: string, zone: Zone): string | undefined {
  if (cell === '') return isEssential(column) ? undefined : ''
  switch (column.kind) {
    case 'decimal':
      return isDecimal(cell) ? cell : undefined
    case 'time':
      return readTime(cell, zone)?.toISOString()
    case 'yes-no':
      return cell === 'Y' || cell === 'N' ? cell : undefined
    default:
      return unguard(cell)
  }
}

function isEssential({ name, kind, isNeeded }: Column): boolean {
  return name === 'customerId' || (kind === 'decimal' && isNeeded === true)
}

const KINDS = { decimal: 'a decimal number', time: 'a time', 'yes-no': 'Y or N' } as const

function problemOf({ name, kind }: Column, cell: string): string {
  if (cell === '' || kind === undefined) return `${name}: is empty`
  return `${name}: must be ${KINDS[kind]}, but is ${JSON.stringify(cell.slice(0, 40))}`
}

function amountOf(text: string, name: string, place: RowPlace): bigint {
  const units = readAmount(text)
  if (units !== undefined) return units
  throw bad(place, `${name}: has more than ten decimals, or more than 922 million`)
}

/**
 * Takes off what keeps a spreadsheet from running a text that starts like a formula: double quotes
 * around it (as Huawei documents) or an apostrophe before it.
 */
export function unguard(cell: string): string {
  // Most cells have none, and there are many.
  if (!cell.startsWith('"') && !cell.startsWith("'")) return cell
  return cell.replace(/^"('?)([=+@-].*)"$/s, '$2').replace(/^'(?=[=+@-])/, '')
}

function bad(place: RowPlace, problem: string): Refusal {
  return new Refusal('FILES_BAD_ROW', { ...place, problem })
}
