// The command line: words come in, text goes out, and a number says how it ended.

import { Command } from 'commander'
import { createRecordAudit } from '../audit/record.ts'
import { EXIT } from '../base/exit-codes.ts'
import { addApiCommands } from './commands/api.ts'
import { addAuditCommands } from './commands/audit.ts'
import { addCallCommands } from './commands/call.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addFilesCommands } from './commands/files.ts'
import { addInitCommand } from './commands/init.ts'
import { addKeyCommands } from './commands/keys.ts'
import { addLedgerCommands } from './commands/ledger.ts'
import { addMetadataCommands } from './commands/metadata.ts'
import { addOperatorCommands } from './commands/operators.ts'
import { addBindingCommands, addReconcileCommand } from './commands/reconcile.ts'
import { addReportCommands } from './commands/report.ts'
import { addSandboxCommand } from './commands/sandbox.ts'
import { addSessionCommands } from './commands/sessions.ts'
import { addUserCommands } from './commands/users.ts'
import { type Cli, type CliDeps, withStore } from './context.ts'
import { complain } from './output.ts'

const WIDTH = 100

/** Runs one command and answers the exit code. It never throws and never ends the process. */
export async function runCli(argv: readonly string[], deps: CliDeps): Promise<number> {
  let exitCode: number = EXIT.done
  const finish = (chosen: number) => {
    exitCode = chosen
  }
  try {
    const record = createRecord(deps)
    await createProgram({ ...deps, finish, record }).parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    return complain(deps.stderr, error)
  }
}

// A connection of its own, however late: most commands have closed theirs by then.
function createRecord(deps: CliDeps): Cli['record'] {
  const { clock, user } = deps
  return (event) =>
    withStore(deps, ({ audit }) => {
      const record = createRecordAudit({ audit, clock })
      return record({ ...event, actor: { kind: 'command', id: user } })
    })
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
  addSessionCommands(program, cli)
  addAuditCommands(program, cli)
  addApiCommands(program, cli)
  addCallCommands(program, cli)
  addFilesCommands(program, cli)
  addReportCommands(program, cli)
  addBindingCommands(program, cli)
  addReconcileCommand(program, cli)
  addExplainCommand(program, cli)
  addDoctorCommand(program, cli)
  addSandboxCommand(program, cli)
  return program
}
