// The command line: words come in, text goes out, and a number says how it ended.

import { Command } from 'commander'
import { EXIT } from '../base/exit-codes.ts'
import { addCallCommands } from './commands/call.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addInitCommand } from './commands/init.ts'
import { addKeyCommands } from './commands/keys.ts'
import { addLedgerCommands } from './commands/ledger.ts'
import { addMetadataCommands } from './commands/metadata.ts'
import { addOperatorCommands } from './commands/operators.ts'
import { addSandboxCommand } from './commands/sandbox.ts'
import { addUserCommands } from './commands/users.ts'
import type { Cli, CliDeps } from './context.ts'
import { complain } from './output.ts'

const WIDTH = 100

/** Runs one command and answers the exit code. It never throws and never ends the process. */
export async function runCli(argv: readonly string[], deps: CliDeps): Promise<number> {
  let exitCode: number = EXIT.done
  const finish = (chosen: number) => {
    exitCode = chosen
  }
  try {
    await createProgram({ ...deps, finish }).parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    return complain(deps.stderr, error)
  }
}

// Subcommands inherit these settings only when they are made first.
function createProgram(cli: Cli): Command {
  const program = new Command('partner-idp')
    .description('Runs the SAML identity provider for Huawei Cloud partners.')
    .exitOverride()
    .enablePositionalOptions()
    .showHelpAfterError('hint: --help after a command shows what it takes.')
    .configureOutput({
      writeOut: (text) => cli.stdout.write(text),
      writeErr: (text) => cli.stderr.write(text),
      getOutHelpWidth: () => WIDTH,
      getErrHelpWidth: () => WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
  addInitCommand(program, cli)
  addUserCommands(program, cli)
  addOperatorCommands(program, cli)
  addMetadataCommands(program, cli)
  addKeyCommands(program, cli)
  addLedgerCommands(program, cli)
  addCallCommands(program, cli)
  addExplainCommand(program, cli)
  addDoctorCommand(program, cli)
  addSandboxCommand(program, cli)
  return program
}
