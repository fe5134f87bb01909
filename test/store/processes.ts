// Other processes for the store's tests: each runs open-store.ts.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

type Child = ChildProcessByStdio<null, Readable, Readable>

const PROGRAM = join(import.meta.dirname, 'open-store.ts')

/** Starts open-store.ts with the arguments it documents. */
export function startProcess(args: readonly string[]): Child {
  const flags = ['--disable-warning=ExperimentalWarning', PROGRAM, ...args]
  return spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'pipe'] })
}

/** What a process said by the time it ended. */
export async function outcomeOf(child: Child): Promise<{ said: string; problem: string }> {
  const [said, problem] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { said, problem }
}

/** Waits for the first word of a process and kills it there and then: no handler of it runs. */
export async function killAtFirstWord(child: Child): Promise<string> {
  const ended = once(child, 'exit')
  const [word] = await Promise.race([once(child.stdout, 'data'), ended])
  child.kill('SIGKILL')
  await ended
  return String(word)
}

/** Kills a process when it has said so many lines, and answers the whole lines it said. */
export async function killAfterLines(child: Child, count: number): Promise<readonly string[]> {
  const ended = once(child, 'close')
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
    if (said.split('\n').length > count) child.kill('SIGKILL')
  })
  await ended
  return said.split('\n').slice(0, -1)
}
