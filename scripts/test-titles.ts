// The names of the tests: test files in, their titles out as they are written, without running them.

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A test; `path` is from the root of the repository. */
export type TestTitle = { readonly path: string; readonly title: string }

// A template literal counts as written: what its parts become is known only when it runs.
const TEST = /\btest\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g

/** Every test that is named in place, files and tests in order. */
export function listTestTitles(root: string): readonly TestTitle[] {
  const paths = globSync('test/**/*.test.ts', { cwd: root }).map((path) =>
    path.replaceAll('\\', '/'),
  )
  return paths.toSorted().flatMap((path) => titlesIn(root, path))
}

function titlesIn(root: string, path: string): readonly TestTitle[] {
  const text = readFileSync(join(root, path), 'utf8')
  return [...text.matchAll(TEST)].map(([, , title = '']) => ({
    path,
    title: title.replaceAll(/\\(['"`])/g, '$1').replaceAll(/\$\{[^}]*\}/g, '…'),
  }))
}
