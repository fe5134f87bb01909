// Lines of texts in, CSV out (RFC 4180) that a spreadsheet shows and does not run.

const FORMULA = /^[=+@\t\r-]/
const NUMBER = /^-?\d+(\.\d+)?$/

/** One line with its end. A text that a spreadsheet would take for a formula gets an apostrophe. */
export function writeCsvLine(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`
}

function writeCell(cell: string): string {
  const safe = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
