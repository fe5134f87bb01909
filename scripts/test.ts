// The program behind `npm test`: starts a real PostgreSQL, runs the tests against it and against
// SQLite, and ends as they ended. Arguments narrow it to test files; `--golden` rewrites the golden
// files instead.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { POSTGRES_PACKAGE, startPostgres } from '../test/support/postgres.ts'

const ALL = 'test/**/*.test.ts'
const GOLDEN = 'test/golden/*.test.ts'

// Each test file is a process of its own: what Node has compiled once it need not compile 250 times.
const COMPILED = join(import.meta.dirname, '../node_modules/.cache/compiled')

// Until the database is gone this process stays, however often somebody presses Ctrl-C.
let isStopped = false
let runner: ChildProcess | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    isStopped = true
    runner?.kill(signal)
  })
}

const isGolden = process.argv.includes('--golden')
const named = process.argv.slice(2).filter((argument) => argument !== '--golden')
process.exitCode = await runTests()

async function runTests(): Promise<number> {
  const files = globSync(isGolden ? GOLDEN : named.length > 0 ? named : ALL)
  if (files.length === 0) return complain('no test file has such a name')
  const postgres = await startPostgres()
  if (postgres === undefined) {
    const problem = `${POSTGRES_PACKAGE} is not installed`
    if (process.env['CI']) return complain(`${problem}, and CI tests both engines`)
    complain(`${problem}: the tests on PostgreSQL are skipped`)
  }
  try {
    return await runNode(files, {
      ...(postgres === undefined ? {} : { TEST_POSTGRES_URL: postgres.url }),
      ...(isGolden ? { UPDATE_GOLDEN: '1' } : {}),
    })
  } finally {
    await postgres?.stop()
  }
}

async function runNode(
  files: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<number> {
  if (isStopped) return 1
  runner = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--test',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./scripts/attack-reporter.ts',
      '--test-reporter-destination=stdout',
      '--test-concurrency=2',
      ...files.toSorted(),
    ],
    { stdio: 'inherit', env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, ...variables } },
  )
  const [code] = await once(runner, 'exit')
  return typeof code === 'number' ? code : 1
}

function complain(problem: string): number {
  process.stderr.write(`npm test: ${problem}\n`)
  return 1
}
