// What the packed library needs of the service's package.json: its exports, and the packages that its
// files import. The service's own dependencies stay out of other people's projects.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The packages that src/partner imports, and the types its declarations name. */
export const LIBRARY_PACKAGES = ['@types/big.js', 'big.js', 'undici', 'zod'] as const

type Manifest = {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly repository?: unknown
  readonly dependencies: Readonly<Record<string, string>>
  readonly exports: unknown
}

/** The package.json that goes into the tarball. */
export function libraryManifest(service: Manifest): object {
  const { name, version, license, dependencies, exports } = service
  return {
    name,
    version,
    description: "A typed client of Huawei Cloud's partner API",
    license,
    type: 'module',
    engines: { node: '>=22' },
    sideEffects: false,
    exports,
    files: ['dist'],
    dependencies: Object.fromEntries(LIBRARY_PACKAGES.map((each) => [each, dependencies[each]])),
  }
}

const KEPT = 'package.service.json'

/** Puts the library's package.json in the place of the service's, which is kept beside it. */
export function swapIn(root: string): void {
  swapBack(root) // After a pack that was killed half-way.
  const path = join(root, 'package.json')
  const text = readFileSync(path, 'utf8')
  // The cast holds for this repository's own file.
  const slim = libraryManifest(JSON.parse(text) as Manifest)
  writeFileSync(join(root, KEPT), text)
  writeFileSync(`${path}.new`, `${JSON.stringify(slim, null, 2)}\n`)
  renameSync(`${path}.new`, path)
}

/** Puts the service's package.json back, if it is away. */
export function swapBack(root: string): void {
  if (existsSync(join(root, KEPT))) renameSync(join(root, KEPT), join(root, 'package.json'))
}
