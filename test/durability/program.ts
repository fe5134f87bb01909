// The real program as its user starts it: a process of its own in a folder of its own, on free ports. Its
// sandbox shares its output, so that the output ends when both have ended.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Lifetime } from '../support/engines.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')

type Child = ChildProcessByStdio<null, Readable, Readable>

/** An installation: its folder, its ports, its database. */
export type Installation = {
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  readonly url: string
  readonly opsUrl: string
}

/** The program while it runs. */
export type Program = {
  /** What it has written to standard error so far. */
  readonly errors: () => string
  readonly kill: (signal: 'SIGKILL' | 'SIGTERM') => void
  /** Resolves when the program and its sandbox have ended, with the program's exit code. */
  readonly ended: Promise<number | null>
}

/** A folder with nothing in it but the folders of a fresh clone. */
export async function install(
  test: Lifetime,
  environment: Readonly<Record<string, string>>,
): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-program-'))
  test.after(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'certs'))
  await mkdir(join(folder, 'metadata'))
  const [port, opsPort, sandboxPort] = await freePorts()
  return {
    folder,
    environment: {
      PORT: `${port}`,
      OPS_PORT: `${opsPort}`,
      SANDBOX_PORT: `${sandboxPort}`,
      ...environment,
    },
    url: `http://localhost:${port}`,
    opsUrl: `http://127.0.0.1:${opsPort}`,
  }
}

// All three are held at once, so that no two are the same.
async function freePorts(): Promise<readonly number[]> {
  const servers = [1, 2, 3].map(() => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => {
    const address = server.address()
    return address !== null && typeof address === 'object' ? address.port : 0
  })
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}

/** Starts the program and does not wait for it. */
export function run(
  test: Lifetime,
  { folder, environment }: Installation,
): Program & { child: Child } {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    cwd: folder,
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: string[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString('utf8')))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  test.after(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    child,
    errors: () => errors.join(''),
    kill: (signal) => void child.kill(signal),
    ended,
  }
}

/** Starts the program and waits until it says where to go. */
export async function start(test: Lifetime, installation: Installation): Promise<Program> {
  const { child, ...program } = run(test, installation)
  const said: string[] = []
  const isReady = new Promise<boolean>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said.push(chunk.toString('utf8'))
      if (said.join('').includes('Stop with Ctrl+C')) resolve(true)
    })
  })
  const isRunning = await Promise.race([isReady, program.ended.then(() => false)])
  if (!isRunning) throw new Error(`the program has ended: ${program.errors()}`)
  return program
}

/** The customer whom the first start has made. */
export async function readCustomer({ folder }: Installation) {
  const file = await readFile(join(folder, 'data/sandbox/people.json'), 'utf8')
  const { people } = JSON.parse(file) as { people: { login: string; password: string }[] }
  const [customer] = people
  if (customer === undefined) throw new Error('the first start has made nobody')
  return customer
}
