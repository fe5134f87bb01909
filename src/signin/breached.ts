// Passwords that others have used before: a password in, yes or no out. The list of common ones comes with
// this service; a bigger one may lie beside it and is searched where it lies.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'

/** Whether attackers try this password early. */
export type IsBreached = (password: string) => Promise<boolean>

// So many characters around a common password make it no better: “password2024”.
const ADDED = 4
const HASH_LETTERS = 40
// Longer than any line of such a file: a hash, a colon and a count.
const LINE_BYTES = 64

/**
 * The check. `file` has the SHA-1 of a password at the beginning of each line, in hexadecimal letters of
 * upper case and sorted: what “Have I Been Pwned” gives out, of any size.
 */
export function createIsBreached(file: string | undefined): IsBreached {
  return async (password) => {
    if (isCommon(password)) return true
    if (file === undefined) return false
    for (const spelling of new Set([password, password.toLowerCase()])) {
      if (await holdsHash(file, sha1(spelling))) return true
    }
    return false
  }
}

let list: ReadonlySet<string> | undefined

// Half a megabyte, which a process that sets no password never reads.
function commonPasswords(): ReadonlySet<string> {
  const text = () => readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8')
  list ??= new Set(text().split('\n'))
  return list
}

function isCommon(password: string): boolean {
  const common = commonPasswords()
  const folded = password.toLowerCase()
  for (let front = 0; front <= ADDED; front += 1) {
    for (let back = 0; front + back <= ADDED; back += 1) {
      if (common.has(folded.slice(front, folded.length - back))) return true
    }
  }
  return false
}

function sha1(text: string): string {
  return createHash('sha1').update(text, 'utf8').digest('hex').toUpperCase()
}

// A binary search for the first line whose hash is not smaller, over bytes: lines differ in length.
async function holdsHash(file: string, hash: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const hashFrom = async (offset: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(2 * LINE_BYTES), {
        position: Math.max(0, offset - 1),
      })
      const text = buffer.toString('latin1', 0, bytesRead)
      // The line that begins at `offset` or after it: what stands before a line break is another's.
      const start = offset === 0 ? 0 : text.indexOf('\n') + 1
      return start === 0 && offset > 0 ? '' : text.slice(start, start + HASH_LETTERS)
    }
    let low = 0
    let high = size
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const found = await hashFrom(middle)
      if (found === '' || found >= hash) high = middle
      else low = middle + 1
    }
    return (await hashFrom(low)) === hash
  } finally {
    await handle.close()
  }
}
