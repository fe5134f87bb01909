// `call`: every operation of the partner API's catalogue, by hand. A row more there is a command more
// here.

import type { Command } from 'commander'
import { EXIT } from '../../base/exit-codes.ts'
import { loadConfig } from '../../config/load.ts'
import { findRow, GROUPS, type NamedRow } from '../../partner/catalogue/groups.ts'
import { inputFields } from '../../partner/field.ts'
import { readActing } from '../call/acting.ts'
import { confirm } from '../call/confirm.ts'
import { printDryRun, runDry } from '../call/dry-run.ts'
import { readInput } from '../call/input.ts'
import { callOnce } from '../call/once.ts'
import { type GivenOptions, listCallOptions } from '../call/options.ts'
import type { PreparedCall } from '../call/prepared.ts'
import { formOf } from '../call/print.ts'
import { walkAll } from '../call/walk.ts'
import { type Cli, UsageError } from '../context.ts'
import { listFieldOptions } from '../operation-options.ts'

/** Adds `call` with one command for each operation to the program. */
export function addCallCommands(program: Command, cli: Cli): void {
  const call = program
    .command('call [OPERATION]')
    .description('Calls an operation of the partner API, and prints the answer.')
    .usage('OPERATION [--NAME VALUE …] [--json FILE]')
    // What follows a name that is none must not be complained about first.
    .allowUnknownOption()
    .allowExcessArguments()
    .action((operation: string | undefined) => {
      if (operation !== undefined) throw new UsageError(unknownOperation(operation))
      call.outputHelp()
    })
    // Only for the one that is called: the fields of all would be read at every start.
    .hook('preSubcommand', (_, command) => addOptions(command))
  for (const { title, rows } of GROUPS) {
    for (const named of rows) {
      call
        .command(named.name)
        .helpGroup(`${title}:`)
        .description(`${named.row.title} (${named.row.effect}).`)
        .action((options: GivenOptions) => callOperation(named, options, cli))
    }
  }
}

function addOptions(command: Command): void {
  const named = findRow(command.name())
  if (named === undefined) return
  const { row } = named
  for (const { option } of listFieldOptions(row)) command.addOption(option)
  for (const option of listCallOptions(row)) command.addOption(option)
  const secrets = inputFields(row).flatMap(({ name, isSecret }) => (isSecret ? [name] : []))
  const notes = [
    ...(secrets.length === 0
      ? []
      : [`Only by --json, because others see arguments: ${secrets.join(', ')}.`]),
    ...(row.deprecated === undefined ? [] : [`Deprecated: ${row.deprecated}`]),
    ...(row.confirm === undefined ? [] : [`Asks before it does: ${row.confirm}`]),
    'docs/partner-api.md has every rule, the fields of objects, the answer and the errors.',
  ]
  command.addHelpText('after', `\n${notes.join('\n')}`)
}

function unknownOperation(operation: string): string {
  const typed = operation.toLowerCase()
  const alike = GROUPS.flatMap(({ rows }) => rows.map(({ name }) => name)).filter((name) => {
    const known = name.toLowerCase()
    return typed.length >= 4 && (known.includes(typed) || typed.includes(known))
  })
  const hint = alike.length === 0 ? '' : ` (did you mean ${alike.join(' or ')}?)`
  return `there is no operation ${operation}${hint}; partner-idp call lists them`
}

async function callOperation(named: NamedRow, options: GivenOptions, cli: Cli): Promise<void> {
  const call = await prepare(named, options, cli)
  const { deprecated } = named.row
  if (deprecated !== undefined) cli.stderr.write(`${named.name} is deprecated: ${deprecated}\n`)
  if (options.dryRun === true) {
    printDryRun(await runDry(call, cli), call.form, cli)
    return
  }
  if (!(await confirm(call, options, cli))) {
    cli.stderr.write('nothing was sent\n')
    cli.finish(EXIT.refused)
    return
  }
  await (options.all === true ? walkAll(call, cli) : callOnce(call, cli))
}

// In this order, so that the first complaint is about the command line, then about the fields.
async function prepare(named: NamedRow, options: GivenOptions, cli: Cli): Promise<PreparedCall> {
  const as = readActing(named, options)
  const input = await readInput(named, options, cli)
  const callOptions = as === undefined ? {} : { as }
  const config = loadConfig(cli.environment)
  return { named, input, callOptions, config, form: formOf(options, cli) }
}
