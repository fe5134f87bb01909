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
  return columns.every((column, at) => problemOf(column, cells[at] ?? '', zone) === undefined)
}

function toRecord(cells: readonly string[], layout: Layout, place: RowPlace): ReadRow['row'] {
  const values = readCells(cells, layout, place)
  const { customerId = '', serviceType = '', region = '', billType = '', ...others } = values
  const { amount = '0', listAmount = '0', taxAmount = '0', expenditureTime, ...details } = others
  const time = expenditureTime ?? details['transactionTime']
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

// Empty cells are left out. Times become UTC, whatever the language of the file.
function readCells(
  cells: readonly string[],
  { columns, zone }: Layout,
  place: RowPlace,
): Record<string, string> {
  const values: Record<string, string> = Object.create(null)
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at]
    const cell = cells[at] ?? ''
    if (column === undefined || (cell === '' && column.isNeeded !== true)) continue
    const problem = problemOf(column, cell, zone)
    if (problem !== undefined) throw bad(place, problem)
    if (cell !== '')
      values[column.name] = column.kind === 'time' ? toUtc(cell, zone) : unguard(cell)
  }
  return values
}

// What is needed may still be empty: a tax has no region. Only a customer and an amount must be there.
function problemOf(column: Column, cell: string, zone: Zone): string | undefined {
  const { name, kind } = column
  const must = (what: string) =>
    `${name}: must be ${what}, but is ${JSON.stringify(cell.slice(0, 40))}`
  if (cell === '') {
    const isEssential = name === 'customerId' || (kind === 'decimal' && column.isNeeded === true)
    return isEssential ? `${name}: is empty` : undefined
  }
  if (kind === 'decimal' && !isDecimal(cell)) return must('a decimal number')
  if (kind === 'time' && readTime(cell, zone) === undefined) return must('a time')
  if (kind === 'yes-no' && !/^[YN]$/.test(cell)) return must('Y or N')
  return undefined
}

function toUtc(cell: string, zone: Zone): string {
  return readTime(cell, zone)?.toISOString() ?? cell
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
