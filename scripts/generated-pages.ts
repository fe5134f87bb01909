// Every page that is generated from a table of src/: the tables in, paths and texts out.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiPage } from './pages/api.ts'
import { attributesPage } from './pages/attributes.ts'
import { configurationPage } from './pages/configuration.ts'
import { conformancePage } from './pages/conformance.ts'
import { environmentExample } from './pages/environment-example.ts'
import { errorsPage } from './pages/errors.ts'
import { partnerApiPage } from './pages/partner-api.ts'
import { sandboxPage } from './pages/sandbox.ts'

/** A page as it must be; `path` is from the root of the repository. */
export type GeneratedPage = { readonly path: string; readonly text: string }

/** All of them. A new table with a page of its own gets a line here. */
export function listPages(): readonly GeneratedPage[] {
  return [
    { path: '.env.example', text: environmentExample() },
    { path: 'docs/configuration.md', text: configurationPage() },
    { path: 'docs/errors.md', text: errorsPage() },
    { path: 'docs/partner-api.md', text: partnerApiPage() },
    { path: 'docs/api.md', text: apiPage() },
    { path: 'docs/attributes.md', text: attributesPage() },
    { path: 'docs/sandbox.md', text: sandboxPage() },
    { path: 'docs/conformance.md', text: conformancePage() },
  ]
}

/** The paths of pages that are missing under `root` or say something else than the tables. */
export function findStalePages(root: string): readonly string[] {
  return listPages()
    .filter(({ path, text }) => readIfThere(join(root, path)) !== text)
    .map(({ path }) => path)
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
