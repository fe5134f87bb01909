// One archive in, its month in the database out: all of it or nothing. Rows are loaded beside what counts,
// in slices; the last step, one short transaction, makes them count.

import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { FileRow, Imports, MonthFile } from '../store/file-records.ts'
import { type Archive, digestOf, type Meter, readParts } from './archive.ts'
import { LIMITS, type Limits } from './limits.ts'
import { readPart } from './read-part.ts'
import { createTotals } from './totals.ts'

/** How far an import is. */
export type Progress = { readonly readBytes: number; readonly rowCount: number }

export type ImportDeps = {
  readonly imports: Imports
  readonly clock: Clock
  readonly onProgress?: (progress: Progress) => void
  readonly limits?: Limits
}

/** What became of an archive. */
export type ImportOutcome = MonthFile & {
  /** `older`: a newer file counts already. `unchanged`: this very file does. */
  readonly outcome: 'imported' | 'unchanged' | 'older'
  /** Of this archive; 0 when it was not read. */
  readonly rowCount: number
  /** Rows with more cells than headings. */
  readonly longRows: number
  /** Headings that are not known; their cells are kept. */
  readonly unknownColumns: readonly string[]
}

// A slice is one transaction. SQLite has one writer: whoever signs in meanwhile waits for one slice.
const ROWS_A_SLICE = 2000

/**
 * Imports an archive. It replaces the month unless a newer file does, and a repeat changes nothing.
 * Throws the refusals of `readParts` and `readPart`, after which everything is as it was.
 */
export async function importArchive(archive: Archive, deps: ImportDeps): Promise<ImportOutcome> {
  const { imports, clock } = deps
  await imports.removeLeftovers(clock.now())
  const { subscription, month, file, madeOn } = archive
  const named: MonthFile = { subscription, month, file, madeOn }
  const current = await imports.find(subscription, month)
  const nothing = { ...named, rowCount: 0, longRows: 0, unknownColumns: [] }
  if (current !== undefined && current.madeOn > madeOn) return { ...nothing, outcome: 'older' }
  // A file that is made anew keeps its name, so the name alone says nothing.
  if (current?.file === file && current.sha256 === (await digestOf(archive))) {
    return { ...nothing, outcome: 'unchanged' }
  }
  const importId = await imports.begin(named, clock.now())
  try {
    const loaded = await load(importId, archive, deps)
    const outcome = await imports.finish(importId, loaded, clock.now())
    if (outcome === 'gone') throw new Refusal('FILES_OUTRUN', { file })
    const { rowCount, longRows, unknownColumns } = loaded
    const known = { ...named, rowCount, longRows, unknownColumns }
    return { ...known, outcome: outcome === 'current' ? 'imported' : 'older' }
  } finally {
    await imports.giveUp(importId, clock.now())
    await imports.removeLeftovers(clock.now())
  }
}

type Loaded = Pick<ImportOutcome, 'rowCount' | 'longRows' | 'unknownColumns'> & {
  readonly sha256: string
}

async function load(importId: number, archive: Archive, deps: ImportDeps): Promise<Loaded> {
  const { imports, clock, limits = LIMITS, onProgress } = deps
  const { file, subscription } = archive
  const meter: Meter = { readBytes: 0, sha256: '' }
  const unknown = new Set<string>()
  const onUnknown = (heading: string) => unknown.add(heading)
  const totals = createTotals()
  let slice: FileRow[] = []
  let rowCount = 0
  let longRows = 0
  const save = async () => {
    const isAlive = await imports.addRows(importId, slice, clock.now())
    if (!isAlive) throw new Refusal('FILES_OUTRUN', { file })
    slice = []
    onProgress?.({ readBytes: meter.readBytes, rowCount })
  }
  for await (const part of readParts(archive, limits, meter)) {
    for await (const read of readPart(part, { file, subscription, limits, onUnknown })) {
      rowCount += 1
      if (read.isLong) longRows += 1
      const row = { ...read.row, rowNumber: rowCount }
      slice.push(row)
      totals.add(row)
      if (slice.length >= ROWS_A_SLICE) await save()
      if (totals.isFull()) await imports.addTotals(importId, totals.take())
    }
  }
  await save()
  await imports.addTotals(importId, totals.take())
  return { rowCount, longRows, unknownColumns: [...unknown], sha256: meter.sha256 }
}
