// Before money moves or somebody is locked out: what will happen goes to the terminal, a yes comes back.

import { type Cli, UsageError } from '../context.ts'
import { plain } from '../output.ts'
import { maskSecrets } from './input.ts'
import type { GivenOptions } from './options.ts'
import type { PreparedCall } from './prepared.ts'

/**
 * Whether to go on. An operation that needs no confirmation goes on at once, and so does `--yes`.
 * Throws `UsageError` when there is nobody to ask.
 */
export async function confirm(
  { named, input }: PreparedCall,
  options: GivenOptions,
  cli: Cli,
): Promise<boolean> {
  const { name, row } = named
  if (row.confirm === undefined || options.yes === true) return true
  const canAsk = cli.stdin.isTTY === true && cli.stderr.isTTY === true && options.json !== '-'
  if (!canAsk) throw new UsageError(`${name} must be confirmed: add --yes. ${row.confirm}`)

  cli.stderr.write(`${row.confirm}\n`)
  for (const [field, value] of Object.entries(maskSecrets(input) ?? {})) {
    cli.stderr.write(`  ${field}: ${plain(value)}\n`)
  }
  cli.stderr.write('Type yes: ')
  return (await readLine(cli)) === 'yes'
}

// Leaving the loop ends the stream; nothing reads it after the one question there is.
async function readLine(cli: Cli): Promise<string> {
  let text = ''
  for await (const chunk of cli.stdin) {
    text += Buffer.from(chunk).toString('utf8')
    if (text.includes('\n')) break
  }
  return text.split('\n')[0]?.trim() ?? ''
}
