// Patience with other processes: an attempt on a file that may be busy in, what it gave out.

import { setTimeout } from 'node:timers/promises'

const PATIENCE_MS = 5000
const RETRY_MS = 5
const SQLITE_BUSY = 5

/**
 * Repeats the attempt until other processes let go of the file, for 5 seconds. SQLite's own
 * busy_timeout is not used: it would stop the whole process meanwhile, and it does not cover turning
 * the log on in a fresh file.
 */
export async function whenFree<T>(attempt: () => T | Promise<T>): Promise<T> {
  for (let left = PATIENCE_MS / RETRY_MS; ; left -= 1) {
    try {
      return await attempt()
    } catch (error) {
      if (left <= 0 || !isBusy(error)) throw error
      await setTimeout(RETRY_MS)
    }
  }
}

// The low byte of an extended result code is the primary code (sqlite.org/rescode.html).
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error && 'errcode' in error)) return false
  return (Number(error.errcode) & 0xff) === SQLITE_BUSY
}
