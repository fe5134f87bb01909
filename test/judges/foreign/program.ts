// Other people's programs: each runs in its own folder, as an ordinary user, and ends with what asked for it.

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import type { Lifetime } from '../../support/engines.ts'
import { isRoot, type Place, WWW_DATA } from './place.ts'

const run = promisify(execFile)

// Ten seconds.
const MOST_TURNS = 200
const TURN_MS = 50

/** A program with its arguments, and what it finds in its environment. */
export type Command = {
  readonly file: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

function settingOf({ environment }: Command, { folder }: Place) {
  const user = isRoot() ? { uid: WWW_DATA, gid: WWW_DATA } : {}
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', TMPDIR: folder, LC_ALL: 'C.UTF-8' }
  return { ...user, cwd: folder, env: { ...env, ...environment } }
}

/** Runs a program to its end; what it printed. */
export async function runProgram(command: Command, place: Place): Promise<string> {
  const { stdout } = await run(command.file, command.args, settingOf(command, place))
  return stdout
}

/** Starts a program and waits until it listens; it ends with `lifetime`, or with this process. */
export async function startProgram(
  command: Command,
  place: Place,
  lifetime: Lifetime,
): Promise<void> {
  const program = spawn(command.file, command.args, {
    ...settingOf(command, place),
    // Its own group: Apache takes a resized terminal for a wish to stop.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  program.stderr.on('data', (chunk: Buffer) => void said.push(chunk.toString('utf8')))
  // With its children: what a test that crashed has left behind would hold the port.
  const kill = () => {
    if (program.pid !== undefined && program.exitCode === null)
      process.kill(-program.pid, 'SIGKILL')
  }
  process.once('exit', kill)
  lifetime.after(async () => {
    await end(program)
    process.removeListener('exit', kill)
  })
  await once(program, 'spawn')
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    if (program.exitCode !== null) break
    if (await accepts(place.port)) return
    await new Promise((resolve) => setTimeout(resolve, TURN_MS))
  }
  throw new Error(`${command.file} does not listen: ${said.join('')}`)
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return
  const ended = once(program, 'exit')
  program.kill('SIGTERM')
  await ended
}
