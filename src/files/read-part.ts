// One CSV of an archive in, its rows out, in memory that does not grow with it.

import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { Refusal } from '../base/errors.ts'
import type { Subscription } from '../store/file-records.ts'
import { asRefusal, type Bytes, type Part } from './archive.ts'
import { type Layout, type PartPlace, readLayout } from './layout.ts'
import type { Limits } from './limits.ts'
import { type ReadRow, readRow } from './row.ts'

/** From where, and by which rules, parts are read. */
export type PartRules = {
  readonly file: string
  readonly subscription: Subscription
  readonly limits: Limits
  /** Hears each heading that the table does not know. */
  readonly onUnknown: (heading: string) => void
}

/**
 * The rows of a part. Throws `FILES_MISSING_COLUMN`, `FILES_BAD_ROW`, or `FILES_BAD_ARCHIVE` where the
 * archive breaks off; each names file, entry and row.
 */
export async function* readPart(part: Part, rules: PartRules): AsyncGenerator<ReadRow> {
  const place = { file: rules.file, entry: part.entry }
  const parser = parse({
    bom: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: rules.limits.mostRowBytes,
  })
  const flowing = pipeline(() => bytesOf(part.content), parser)
  // Its failure is that of the loop as well, where it is caught.
  flowing.catch(() => undefined)
  let layout: Layout | undefined
  let row = 0
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      row += 1
      if (layout !== undefined) {
        yield readRow(cells, layout, { ...place, row })
        continue
      }
      layout = readLayout(cells, rules.subscription, place)
      for (const heading of layout.unknown) rules.onUnknown(heading)
    }
  } catch (cause) {
    if (cause instanceof CsvError) throw badCsv(cause, place)
    throw asRefusal(cause, { ...place, row })
  }
  if (layout === undefined)
    throw new Refusal('FILES_MISSING_COLUMN', { ...place, problems: ['it is empty'] })
}

// The parts are streams of another make than Node's; as plain bytes they end like any other.
async function* bytesOf(content: Bytes): AsyncGenerator<Uint8Array> {
  yield* content
}

function badCsv(cause: CsvError, place: PartPlace): Refusal {
  // Rows before it may not have been handed out yet, so the package's own count is the right one. Its
  // message quotes the row, which is the customer's.
  const row = Number(cause['records'] ?? 0) + 1
  return new Refusal('FILES_BAD_ROW', { ...place, row, problem: `is no CSV (${cause.code})` })
}
