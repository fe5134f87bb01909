// What an import of subscribed files costs: rows a second, the memory it takes, and how often as long as
// `tar` needs to unpack the same archive and count its lines.

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { USAGE_FILE, USAGE_HEADINGS, usageRow } from '../test/files/archives.ts'

// As Huawei cuts its files.
const ROWS_A_PART = 100_000

type Cost = { readonly seconds: number; readonly peakBytes: number }

/** Prints what the import of a usage archive of so many rows costs, on SQLite. */
export async function measureImport(rowCount: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-files-'))
  try {
    const path = join(folder, USAGE_FILE)
    await writeArchive(path, rowCount)
    const unpacking = await timed(() => countLines(path))
    const { seconds, peakBytes } = importFrom(path, `sqlite:${join(folder, 'idp.db')}`)
    const print = (what: string, value: string) => {
      process.stdout.write(`${what.padEnd(52)} ${value.padStart(10)}\n`)
    }
    print(
      `a usage archive of ${rowCount} rows, imported`,
      `${(rowCount / seconds).toFixed(0)} rows/s`,
    )
    print('  as often as long as tar -xzO FILE | wc -l', `${(seconds / unpacking).toFixed(1)}`)
    print('  peak memory of the importing process', `${(peakBytes / 1e6).toFixed(0)} MB`)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function importFrom(path: string, databaseUrl: string): Cost {
  const script = join(import.meta.dirname, 'bench-import.ts')
  const flags = ['--disable-warning=ExperimentalWarning']
  const said = execFileSync(process.execPath, [...flags, script, path, databaseUrl])
  // The cast holds because the script is ours.
  return JSON.parse(said.toString('utf8')) as Cost
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

async function countLines(path: string): Promise<void> {
  const child = spawn('sh', ['-c', 'tar -xzO -f "$1" | wc -l', 'sh', path], { stdio: 'ignore' })
  await once(child, 'exit')
}

async function writeArchive(path: string, rowCount: number): Promise<void> {
  const tar = pack()
  // The cast holds because the types of the package's streams leave out that they can be looped.
  const written = pipeline(
    tar as unknown as NodeJS.ReadableStream,
    createGzip(),
    createWriteStream(path),
  )
  for (let from = 0; from < rowCount; from += ROWS_A_PART) {
    const number = String(from / ROWS_A_PART + 1).padStart(9, '0')
    const text = partText(from, Math.min(ROWS_A_PART, rowCount - from))
    const entry = tar.entry({ name: USAGE_FILE.replace('.tar.gz', `_${number}.csv`) }, text)
    await once(entry, 'finish')
  }
  tar.finalize()
  await written
}

// Customers, services and amounts that vary, so that the archive packs like a real one.
function partText(from: number, count: number): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const row = from + at
    return usageRow({
      customer: `c-${(row * 7919) % 500}`.padEnd(32, '0'),
      service: `hws.service.type.${row % 12}`,
      amount: `${row % 97}.${(row * 104_729) % 1_000_000}`,
      name: `server-${(row * 15_485_863) % 1_000_003}`,
    })
  })
  return `${[USAGE_HEADINGS, ...lines].join('\n')}\n`
}
