// The program behind `npm run docs`: writes every generated page. With `--check` it writes nothing,
// names each page that is out of date and each statement of the profiles that has neither a test nor a
// divergence, and exits 1 when there is one.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findStalePages, listPages } from './generated-pages.ts'
import { findGaps } from './pages/conformance.ts'

const ROOT = join(import.meta.dirname, '..')

if (process.argv.includes('--check')) {
  const stale = findStalePages(ROOT)
  for (const path of stale) {
    process.stderr.write(`${path}: is out of date; npm run docs writes it\n`)
  }
  const gaps = findGaps()
  for (const gap of gaps) {
    process.stderr.write(`docs/conformance.md: a statement without test or divergence, ${gap}\n`)
  }
  process.exitCode = stale.length + gaps.length === 0 ? 0 : 1
} else {
  for (const { path, text } of listPages()) writeFileSync(join(ROOT, path), text)
}
