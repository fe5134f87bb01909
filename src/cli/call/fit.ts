// A table of any width in, one that a terminal can show out, and the names of what does not fit.

import type { ResultTable } from '../../partner/result-view.ts'
import { plain } from '../output.ts'

/** A table as a terminal shows it. */
export type FittedTable = {
  readonly heads: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  /** What is in the answer and not in the table. */
  readonly left: readonly string[]
}

const LONGEST_CELL = 40
const GAP = 2

/** The columns that fit into `width` characters, from the left; one at least. Long cells are cut. */
export function fitTable(table: ResultTable, width: number): FittedTable {
  const rows = table.rows.map((row) => row.map((cell) => cell && cut(plain(cell))))
  const chosen: number[] = []
  let used = -GAP
  for (const [at, head] of table.heads.entries()) {
    const cells = rows.map((row) => row[at]?.length ?? 1)
    const wide = used + GAP + Math.max(head.length, ...cells)
    // A narrow column may fit where a wide one before it did not.
    if (at > 0 && wide > width) continue
    chosen.push(at)
    used = wide
  }
  const pick = <Cell>(cells: readonly Cell[]) => cells.filter((_, at) => chosen.includes(at))
  const left = table.heads.filter((_, at) => !chosen.includes(at))
  return { heads: pick(table.heads), rows: rows.map(pick), left: [...left, ...table.hidden] }
}

function cut(text: string): string {
  return text.length <= LONGEST_CELL ? text : `${text.slice(0, LONGEST_CELL - 1)}…`
}
