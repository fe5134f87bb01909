// The program behind `npm run docs`: writes every generated page. With `--check` it writes nothing,
// names each page that is out of date and exits 1 when there is one.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findStalePages, listPages } from './generated-pages.ts'

const ROOT = join(import.meta.dirname, '..')

if (process.argv.includes('--check')) {
  const stale = findStalePages(ROOT)
  for (const path of stale) {
    process.stderr.write(`${path}: is out of date; npm run docs writes it\n`)
  }
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  for (const { path, text } of listPages()) writeFileSync(join(ROOT, path), text)
}
