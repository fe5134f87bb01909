// What a command is given: the ways in and out, the time, and the store when it asks for it.

import { readFile } from 'node:fs/promises'
import type { AuditEvent } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import type { Random } from '../base/random.ts'
import { type Config, type Environment, loadConfig } from '../config/load.ts'
import type { Network } from '../metadata/network.ts'
import type { Sleep } from '../partner/sleep.ts'
import type { ProbeDirectory } from '../signin/ldap-probe.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import type { Connect } from './doctor/connect.ts'

/** Where text goes. */
export type Output = {
  readonly write: (text: string | Uint8Array) => unknown
  /** Whether somebody looks at it in a terminal. */
  readonly isTTY?: boolean
  /** How many characters a line of the terminal has; 0 when it does not know. */
  readonly columns?: number
}

/** What a run of the command line is given. */
export type CliDeps = {
  readonly stdin: AsyncIterable<string | Uint8Array> & { readonly isTTY?: boolean }
  /** Results only. */
  readonly stdout: Output
  readonly stderr: Output
  readonly environment: Environment
  /** The name of the system's user who runs the command. */
  readonly user: string
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof fetch
  /** How the partner API is reached; over connections of its client without one. */
  readonly partnerFetch?: typeof fetch
  readonly sleep: Sleep
  /** Where metadata is fetched. */
  readonly network: Network
  /** How an address is looked at. */
  readonly connect: Connect
  /** How a directory is asked about itself; over a connection of its own without one. */
  readonly probeDirectory?: ProbeDirectory
  /** A signal that aborts at the next Ctrl+C; the one after that ends the program as ever. */
  readonly interruption: () => AbortSignal
}

/** The same, for a command. */
export type Cli = CliDeps & {
  /** Puts on record what the command has done, as done by the system's user. */
  readonly record: (event: Omit<AuditEvent, 'actor'>) => Promise<void>
  /** The exit code, for a command that is done and still has to say no. */
  readonly finish: (exitCode: number) => void
}

/** The command line itself is wrong: exit 2. */
export class UsageError extends Error {}

/** Opens the store of the configuration for as long as `use` takes. Throws `ConfigurationError`. */
export async function withStore<Result>(
  cli: Pick<CliDeps, 'environment'>,
  use: (store: Store, config: Config) => Promise<Result>,
): Promise<Result> {
  const config = loadConfig(cli.environment)
  const store = await openStore(config.databaseUrl)
  try {
    return await use(store, config)
  } finally {
    await store.close()
  }
}

const MOST_BYTES = 1024 * 1024

/** Everything on standard input, up to 1 MiB. Throws `UsageError` for more. */
export async function readStdin(cli: Cli): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of cli.stdin) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MOST_BYTES) throw new UsageError(`standard input has more than ${MOST_BYTES} bytes`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A file that the command line names. Throws `UsageError` when it cannot be read. */
export async function readNamedFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : 'unreadable'
    throw new UsageError(`cannot read ${path} (${code})`, { cause })
  }
}
