// Looks at the file of BREACHED_PASSWORDS_FILE at the start: a list that cannot be searched is a mistake,
// not a surprise when somebody chooses a password.

import { closeSync, openSync, readSync } from 'node:fs'

const FIRST_LINE = /^[0-9A-F]{40}:\d+\r?\n/

/** The path, after a look at its first line. Pushes a mistake. */
export function checkBreachedFile(
  path: string | undefined,
  mistakes: string[],
): string | undefined {
  const isFit = path === undefined || isList(path)
  if (!isFit) {
    mistakes.push(
      `BREACHED_PASSWORDS_FILE: must name a file with lines such as 0000…F8AB:12 (SHA-1 in capitals, sorted), but is "${path}"`,
    )
  }
  return path
}

function isList(path: string): boolean {
  try {
    const file = openSync(path, 'r')
    const start = Buffer.alloc(64)
    const size = readSync(file, start, 0, start.length, 0)
    closeSync(file)
    return FIRST_LINE.test(start.toString('latin1', 0, size))
  } catch {
    return false
  }
}
