// What `npm pack` runs before and after: `before` compiles src/partner to dist/ (JavaScript and
// declarations) and lends the tarball a package.json of its own; `after` takes that back.

import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { swapBack, swapIn } from './library-manifest.ts'

const ROOT = join(import.meta.dirname, '..')

if (process.argv[2] === 'after') {
  swapBack(ROOT)
} else {
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true })
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  const compiled = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.library.json'], {
    cwd: ROOT,
    stdio: 'inherit',
  })
  if (compiled.status === 0) swapIn(ROOT)
  else process.exitCode = 1
}
