// The command line in this process: a folder and a database of its own, and what it wrote.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { systemRandom } from '../../src/base/random.ts'
import type { Connect } from '../../src/cli/doctor/connect.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Network } from '../../src/metadata/network.ts'
import type { ProbeDirectory } from '../../src/signin/ldap-probe.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { fixedClock } from '../support/fixed.ts'

/** How one run ended, and what it wrote. */
export type Ran = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

/** What one run is given beside its words. */
export type Given = {
  readonly stdin?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly fetch?: typeof fetch
  readonly network?: Network
  readonly connect?: Connect
  readonly probeDirectory?: ProbeDirectory
  readonly clock?: typeof fixedClock
  /** Whether a person sits at a terminal: reads, is asked and answers. */
  readonly isTTY?: boolean
  /** Aborts where the person presses Ctrl+C. */
  readonly interruption?: AbortSignal
}

export type Shell = {
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  /** Runs words separated by single spaces, or a list of words. */
  readonly run: (words: string | readonly string[], given?: Given) => Promise<Ran>
  /** Opens the database that the commands use, until the test ends. */
  readonly open: () => Promise<Store>
}

/** A place to run commands in that goes when the test ends. */
export async function startShell(test: TestContext): Promise<Shell> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-cli-'))
  test.after(() => rm(folder, { recursive: true, force: true }))
  const databaseUrl = `sqlite:${join(folder, 'data', 'idp.db')}`
  const environment = {
    CERTS_DIR: join(folder, 'certs'),
    METADATA_DIR: join(folder, 'metadata'),
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: 'https://sso.partner.example',
  }
  const run = (words: string | readonly string[], given: Given = {}) => {
    const argv = typeof words === 'string' ? words.split(' ') : words
    return runOnce(argv, { ...given, environment: { ...environment, ...given.environment } })
  }
  const open = async () => {
    const store = await openStore(databaseUrl)
    test.after(() => store.close())
    return store
  }
  return { folder, environment, run, open }
}

async function runOnce(
  argv: readonly string[],
  given: Given & Required<Pick<Given, 'environment'>>,
): Promise<Ran> {
  const stdout: string[] = []
  const stderr: string[] = []
  const exitCode = await runCli(argv, {
    stdin: Object.assign(readable(given.stdin ?? ''), { isTTY: given.isTTY === true }),
    stdout: { write: (text) => stdout.push(textOf(text)), isTTY: given.isTTY === true },
    stderr: { write: (text) => stderr.push(textOf(text)), isTTY: given.isTTY === true },
    environment: given.environment,
    user: 'root-of-the-tests',
    clock: given.clock ?? fixedClock,
    random: systemRandom,
    fetch: given.fetch ?? unreachable,
    partnerFetch: given.fetch ?? unreachable,
    // Whoever waits does so at once, and says how long.
    sleep: async () => undefined,
    network: given.network ?? unconnected,
    connect: given.connect ?? (() => Promise.reject(new Error('this test has no network'))),
    ...(given.probeDirectory === undefined ? {} : { probeDirectory: given.probeDirectory }),
    interruption: () => given.interruption ?? new AbortController().signal,
  })
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') }
}

async function* readable(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

function textOf(text: string | Uint8Array): string {
  return typeof text === 'string' ? text : Buffer.from(text).toString('utf8')
}

const unreachable: typeof fetch = () => Promise.reject(new Error('this test has no network'))

const unconnected: Network = {
  lookup: () => Promise.reject(new Error('this test has no network')),
  send: () => Promise.reject(new Error('this test has no network')),
  deadline: () => new AbortController().signal,
}
