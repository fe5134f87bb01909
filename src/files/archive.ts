// A tar.gz in, its parts as streams out, one after the other. Nothing is written to disk, so the paths of
// entries cannot lead anywhere; a part is known by its name alone.

import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract as createExtract, type Header } from 'tar-stream'
import { Refusal } from '../base/errors.ts'
import type { MonthFile } from '../store/file-records.ts'
import { isPartOf } from './file-name.ts'
import type { Limits } from './limits.ts'

export type Bytes = AsyncIterable<Uint8Array>

/** An archive that can be read once or more, from a disk or a bucket. */
export type Archive = MonthFile & {
  readonly sizeBytes: number
  /** Throws a refusal, at once or while it is read. */
  readonly open: () => Bytes
}

/** SHA-256 of an archive, hexadecimal. */
export async function digestOf(archive: Archive): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of archive.open()) hash.update(chunk)
  return hash.digest('hex')
}

/** One CSV of an archive; it must be read to its end before the next. */
export type Part = { readonly entry: string; readonly content: Bytes }

/** What is known of an archive once it has been read to its end. */
export type Meter = { readBytes: number; sha256: string }

/**
 * The parts in their order. `meter` follows the reading. Throws `FILES_BAD_ARCHIVE` for what is no whole
 * tar.gz of parts, `FILES_TOO_LARGE` for more than the limits.
 */
export async function* readParts(
  archive: Archive,
  limits: Limits,
  meter: Meter,
): AsyncGenerator<Part> {
  const extract = createExtract()
  const flowing = pipeline(
    () => measure(archive, limits, meter),
    createGunzip({ chunkSize: 256 * 1024 }),
    (bytes: Bytes) => bound(bytes, archive, { limits, meter }),
    extract,
  )
  // Its failure is that of the loop as well, where it is caught.
  flowing.catch(() => undefined)
  const names = new Set<string>()
  let latest = ''
  let entries = 0
  try {
    for await (const entry of extract) {
      const { name, type } = entry.header
      latest = name
      entries += 1
      if (entries > limits.mostEntries) throw tooLarge(archive, `${limits.mostEntries} entries`)
      if (type === 'directory') {
        entry.resume()
        continue
      }
      checkEntry(entry.header, archive, names)
      // The cast holds because the types of the package's streams leave out that they can be looped.
      yield { entry: name, content: entry as unknown as Bytes }
    }
    await flowing
  } catch (cause) {
    throw asRefusal(cause, { file: archive.file, entry: latest })
  }
  if (names.size === 0) throw broken(archive, 'it has no part')
}

/** What a reader of a part failed with, as a refusal: unless it is one, the archive is broken there. */
export function asRefusal(cause: unknown, place: Readonly<Record<string, unknown>>): Refusal {
  if (cause instanceof Refusal) return cause
  const problem = cause instanceof Error ? cause.message : 'unknown'
  return new Refusal('FILES_BAD_ARCHIVE', { ...place, problem }, cause)
}

// Links and devices have no place in such an archive, and a part that comes twice would count twice.
function checkEntry({ name, type }: Header, archive: Archive, names: Set<string>): void {
  if (type !== 'file' || !isPartOf(archive.file, name)) {
    throw broken(archive, `${name} is no part of it`)
  }
  if (names.has(name)) throw broken(archive, `${name} comes twice`)
  names.add(name)
}

async function* measure(
  archive: Archive,
  limits: Limits,
  meter: Meter,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const chunk of archive.open()) {
    hash.update(chunk)
    meter.readBytes += chunk.length
    if (meter.readBytes > limits.mostBytes) throw tooLarge(archive, `${limits.mostBytes} bytes`)
    yield chunk
  }
  meter.sha256 = hash.digest('hex')
}

// A small archive may unpack to something that is small nevertheless.
const ALWAYS_ALLOWED = 16 * 1024 * 1024

async function* bound(
  bytes: Bytes,
  archive: Archive,
  { limits, meter }: { limits: Limits; meter: Meter },
): AsyncGenerator<Uint8Array> {
  let unpacked = 0
  for await (const chunk of bytes) {
    unpacked += chunk.length
    const most = Math.max(ALWAYS_ALLOWED, meter.readBytes * limits.mostExpansion)
    if (unpacked > most) throw tooLarge(archive, `${limits.mostExpansion} times its size unpacked`)
    yield chunk
  }
}

function broken({ file }: Archive, problem: string): Refusal {
  return new Refusal('FILES_BAD_ARCHIVE', { file, problem })
}

function tooLarge({ file }: Archive, limit: string): Refusal {
  return new Refusal('FILES_TOO_LARGE', { file, limit })
}
