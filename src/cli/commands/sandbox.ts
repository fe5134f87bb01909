// `sandbox`: the made-up Huawei Cloud, as the program of its own that it is.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { EXIT } from '../../base/exit-codes.ts'
import type { Cli } from '../context.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

const PROGRAM = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url))

/** Adds `sandbox` to the program. Its arguments are the sandbox's own and are passed on unread. */
export function addSandboxCommand(program: Command, cli: Cli): void {
  program
    .command('sandbox')
    .description('Starts the sandbox Huawei Cloud, and ends with it.')
    .usage('[--host HOST] [--port PORT] [--url URL] [--idp-url URL] [--data FOLDER]')
    .allowUnknownOption()
    .passThroughOptions()
    .argument('[ARGUMENTS...]')
    .action((args: readonly string[]) => runSandbox(args, cli))
}

// The channel between the two ends the sandbox when this process ends, however it does. Signals are
// passed on, so that the sandbox puts its things away and its exit code is ours.
async function runSandbox(args: readonly string[], cli: Cli): Promise<void> {
  const words = ['--disable-warning=ExperimentalWarning', PROGRAM, ...args]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  child.stdout?.on('data', (chunk: Uint8Array) => cli.stdout.write(chunk))
  child.stderr?.on('data', (chunk: Uint8Array) => cli.stderr.write(chunk))
  child.once('message', (ready: { readonly url: string }) => {
    cli.stderr.write(`The sandbox Huawei Cloud runs at ${ready.url}/sandbox. Stop with Ctrl+C.\n`)
  })
  const end = () => child.kill('SIGTERM')
  for (const signal of SIGNALS) process.once(signal, end)
  const [code] = await once(child, 'close')
  for (const signal of SIGNALS) process.off(signal, end)
  cli.finish(typeof code === 'number' ? code : EXIT.fault)
}
