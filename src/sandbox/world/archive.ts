// The subscribed files as Huawei packs them: rows go in one by one, a tar.gz of CSV parts goes out. One
// part is in memory at a time, so that an archive of any length can be made.

import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack as createPack, type Pack } from 'tar-stream'
import {
  BILL_COLUMNS,
  type BillRow,
  type FileLanguage,
  USAGE_COLUMNS,
  type UsageRow,
} from './file-columns.ts'

const ROWS_A_PART = 100_000

/** How an archive is called and written. */
export type ArchiveName = {
  /** Without `.tar.gz`, such as customerUsageV2_202611_20261121. */
  readonly stem: string
  readonly language?: FileLanguage
}

/** Writes an archive of customerUsage and ends the stream. Rejects when the stream fails. */
export function writeUsageArchive(
  rows: Iterable<UsageRow>,
  target: Writable,
  name: ArchiveName,
): Promise<void> {
  const cells = map(rows, (row) => USAGE_COLUMNS.map(([heading]) => row[heading] ?? ''))
  const headings = { columns: USAGE_COLUMNS, partDigits: 9 }
  return writeArchive(cells, target, { ...name, ...headings })
}

/** Writes an archive of customerBill and ends the stream. Rejects when the stream fails. */
export function writeBillArchive(
  rows: Iterable<BillRow>,
  target: Writable,
  name: ArchiveName,
): Promise<void> {
  const cells = map(rows, (row) => BILL_COLUMNS.map(([heading]) => row[heading] ?? ''))
  return writeArchive(cells, target, { ...name, columns: BILL_COLUMNS, partDigits: 4 })
}

type Layout = ArchiveName & {
  readonly columns: readonly (readonly [english: string, chinese: string])[]
  readonly partDigits: number
}

async function writeArchive(
  rows: Iterable<readonly string[]>,
  target: Writable,
  layout: Layout,
): Promise<void> {
  const tar = createPack()
  const flowing = pipeline(tar, createGzip(), target)
  // Its failure is that of the race as well.
  flowing.catch(() => undefined)
  try {
    // When the target fails the tar is never read again, and writing alone would wait for ever.
    await Promise.race([writeParts(rows, tar, layout), flowing])
  } catch (error) {
    tar.destroy()
    throw error
  }
  await flowing
}

async function writeParts(
  rows: Iterable<readonly string[]>,
  tar: Pack,
  { columns, language, stem, partDigits }: Layout,
): Promise<void> {
  const heading = csvLine(columns.map(([english, chinese]) => pick({ english, chinese }, language)))
  let part = startPart(heading)
  let number = 1
  const flush = async () => {
    const name = `${stem}_${String(number).padStart(partDigits, '0')}.csv`
    await writePart(tar, name, part.chunks())
    part = startPart(heading)
    number += 1
  }
  for (const row of rows) {
    if (part.rows() === ROWS_A_PART) await flush()
    part.add(csvLine(row))
  }
  await flush()
  tar.finalize()
}

const LINES_A_CHUNK = 1000

// A part is kept as bytes, which take a third of the memory of its texts.
function startPart(heading: string) {
  const chunks: Buffer[] = []
  let lines = [heading]
  let rows = 0
  const pack = () => {
    chunks.push(Buffer.from(lines.join(''), 'utf8'))
    lines = []
  }
  return {
    rows: () => rows,
    add: (line: string) => {
      lines.push(line)
      rows += 1
      if (lines.length === LINES_A_CHUNK) pack()
    },
    chunks: (): readonly Buffer[] => {
      pack()
      return chunks
    },
  }
}

async function writePart(tar: Pack, name: string, chunks: readonly Buffer[]): Promise<void> {
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  // Archives of the same rows are the same bytes, whenever they are made.
  const entry = tar.entry({ name, size, mtime: new Date(0) })
  await pipeline(chunks, entry)
}

function pick(
  heading: Readonly<Record<FileLanguage, string>>,
  language: FileLanguage = 'english',
): string {
  return heading[language]
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * A text that a customer chose. One that a spreadsheet would take for a formula gets double quotes around
 * it, as Huawei writes such; a plain number needs none.
 */
export function guarded(text: string): string {
  const isRisky = /^[=+@-]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text)
  return isRisky ? `"${text}"` : text
}

function* map<From, To>(items: Iterable<From>, change: (item: From) => To): Generator<To> {
  for (const item of items) yield change(item)
}
