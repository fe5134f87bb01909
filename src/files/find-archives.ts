// Which archives there are: a path or a bucket in, the newest archive of each month out.

import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Refusal } from '../base/errors.ts'
import type { Subscription } from '../store/file-records.ts'
import type { Archive } from './archive.ts'
import type { Bucket } from './bucket.ts'
import { findMonthFile, readMonthFile } from './file-name.ts'

/**
 * The archives of a subscription under a path: the file itself, or those of a folder by their names.
 * Throws `FILES_UNREADABLE`; `FILES_WRONG_NAME` for a file that is none.
 */
export async function findInPath(
  subscription: Subscription,
  path: string,
): Promise<readonly Archive[]> {
  const found = await attempt(path, () => stat(path))
  if (!found.isDirectory()) {
    const named = readMonthFile(subscription, basename(path))
    return [{ ...named, sizeBytes: found.size, open: () => readFile(path) }]
  }
  const archives: Archive[] = []
  for (const name of await attempt(path, () => readdir(path))) {
    const named = findMonthFile(subscription, name)
    if (named === undefined) continue
    const full = join(path, name)
    const { size } = await attempt(full, () => stat(full))
    archives.push({ ...named, sizeBytes: size, open: () => readFile(full) })
  }
  return archives
}

/** The archives of a subscription in its folder of the bucket. Throws the refusals of the bucket. */
export async function findInBucket(
  subscription: Subscription,
  bucket: Bucket,
): Promise<readonly Archive[]> {
  const archives: Archive[] = []
  const folder = `${subscription}/`
  for await (const { key, sizeBytes } of bucket.list(folder)) {
    const named = findMonthFile(subscription, key.slice(folder.length))
    if (named !== undefined) archives.push({ ...named, sizeBytes, open: () => bucket.get(key) })
  }
  return archives
}

/** The newest archive of each month, or of the one month, by month. */
export function newestByMonth(
  archives: readonly Archive[],
  month: string | undefined,
): readonly Archive[] {
  const newest = new Map<string, Archive>()
  for (const archive of archives) {
    const known = newest.get(archive.month)
    if (known === undefined || known.madeOn < archive.madeOn) newest.set(archive.month, archive)
  }
  return [...newest.values()]
    .filter((archive) => month === undefined || archive.month === month)
    .toSorted((one, other) => one.month.localeCompare(other.month))
}

async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 })
  try {
    yield* stream
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function unreadable(path: string, cause: unknown): Refusal {
  const problem = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
  return new Refusal('FILES_UNREADABLE', { path, problem }, cause)
}
