// `call`: every operation of the partner API's catalogue, by hand. A row more there is a command more
// here.

import type { Command } from 'commander'
import { Refusal } from '../../base/errors.ts'
import { createLog } from '../../base/log.ts'
import { loadConfig } from '../../config/load.ts'
import { CATALOGUE, type OperationName } from '../../partner/catalogue/index.ts'
import { createPartnerClient } from '../../partner/client.ts'
import type { AnyOperation } from '../../partner/operation.ts'
import { type Cli, readNamedFile, readStdin, UsageError } from '../context.ts'
import { listFieldOptions, readFields } from '../operation-options.ts'
import { printJson } from '../output.ts'

type CallOptions = Readonly<Record<string, unknown>> & { readonly json?: string }

/** Adds `call` with one command for each operation to the program. */
export function addCallCommands(program: Command, cli: Cli): void {
  const call = program
    .command('call [OPERATION]')
    .description('Calls an operation of the partner API, and prints the answer as JSON.')
    .usage('OPERATION [--NAME VALUE …] [--json FILE]')
    .action((operation: string | undefined) => {
      if (operation !== undefined) throw new UsageError(unknownOperation(operation))
      call.outputHelp()
    })
  // The casts hold because the entries are the catalogue's own.
  for (const [name, row] of Object.entries(CATALOGUE) as [OperationName, AnyOperation][]) {
    const command = call
      .command(name)
      .description(`${row.title} (${row.effect}).`)
      .option('--json <FILE>', 'the fields as a JSON object from a file, or - for standard input')
      .action((options: CallOptions) => callOperation(name, row, options, cli))
    for (const { option } of listFieldOptions(row)) command.addOption(option)
  }
}

function unknownOperation(operation: string): string {
  return `there is no operation ${operation}; partner-idp call lists them`
}

async function callOperation(
  name: OperationName,
  row: AnyOperation,
  options: CallOptions,
  cli: Cli,
): Promise<void> {
  const { huawei } = loadConfig(cli.environment)
  const ofFile = options.json === undefined ? {} : await readJson(name, options.json, cli)
  const input = { ...ofFile, ...readFields(row, options) }
  const client = createPartnerClient({
    ...huawei,
    key: huawei.partnerKey,
    fetch: cli.fetch,
    clock: cli.clock,
    log: createLog('silent'), // A refusal says all that the log line would.
  })
  // The cast holds because the client checks every input against the row's own schema.
  const send = client[name] as (input: unknown) => Promise<unknown>
  printJson(cli.stdout, (await send(input)) ?? null)
}

async function readJson(operation: string, file: string, cli: Cli): Promise<object> {
  const text = file === '-' ? await readStdin(cli) : await readNamedFile(file)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const problems = [`--json ${file}: must hold one JSON object`]
    throw new Refusal('PARTNER_INVALID_INPUT', { operation, problems })
  }
  return value
}
