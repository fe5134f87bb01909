// BREACHED_PASSWORDS_FILE: a list that cannot be searched is found out at the start.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkBreachedFile } from '../../src/config/breached-file.ts'

const HASH = '000000005AD76BD555C1D6D771DE417A4B87E4B4'

const ROWS = [
  { title: 'hashes with counts', text: `${HASH}:4\r\n`, isFit: true },
  { title: 'hashes with counts and plain line ends', text: `${HASH}:4\n`, isFit: true },
  { title: 'hashes in small letters', text: `${HASH.toLowerCase()}:4\n`, isFit: false },
  { title: 'passwords as they are', text: 'password\n123456\n', isFit: false },
  { title: 'an empty file', text: '', isFit: false },
]

for (const { title, text, isFit } of ROWS) {
  test(`${title}: the start ${isFit ? 'goes on' : 'names the mistake'}`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'partner-idp-breached-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const path = join(folder, 'list.txt')
    await writeFile(path, text)
    const mistakes: string[] = []

    checkBreachedFile(path, mistakes)

    assert.equal(mistakes.length, isFit ? 0 : 1)
  })
}

test('a file that is not there is a mistake, and no file is none', () => {
  const mistakes: string[] = []

  checkBreachedFile(undefined, mistakes)
  checkBreachedFile('/nowhere/list.txt', mistakes)

  assert.equal(mistakes.length, 1)
  assert.match(mistakes[0] ?? '', /^BREACHED_PASSWORDS_FILE: must name a file with lines such as/)
})
