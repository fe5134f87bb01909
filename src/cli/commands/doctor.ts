// `doctor`: what is wrong with an installation, what that means, and what to do about it.

import type { Command } from 'commander'
import { EXIT } from '../../base/exit-codes.ts'
import type { Cli } from '../context.ts'
import { CHECKS } from '../doctor/checks.ts'
import { examine, type Report } from '../doctor/examine.ts'
import { countLevels, printReport, viewReport } from '../doctor/print.ts'
import { printJson } from '../output.ts'

type AsJson = { readonly json?: true }

const LIMIT_MS = 15_000

/** Adds `doctor` to the program. */
export function addDoctorCommand(program: Command, cli: Cli): void {
  program
    .command('doctor')
    .description('Checks options, keys, metadata, Huawei Cloud, database and addresses.')
    .option('--json', 'print JSON')
    .action((options: AsJson) => run(options, cli))
}

async function run({ json }: AsJson, cli: Cli): Promise<void> {
  const report = await examine({ ...cli, checks: CHECKS, limitMs: LIMIT_MS })
  if (json === true) printJson(cli.stdout, viewReport(report))
  else printReport(cli.stdout, report, hasColor(cli))
  cli.finish(exitCodeOf(report))
}

// Warnings are text only: a script may go on with them.
function exitCodeOf({ mistakes, checks }: Report): number {
  if (mistakes.length > 0) return EXIT.configuration
  return countLevels(checks).error > 0 ? EXIT.refused : EXIT.done
}

// https://no-color.org: any value that is not empty counts.
function hasColor({ stdout, environment }: Cli): boolean {
  return stdout.isTTY === true && (environment['NO_COLOR'] ?? '') === ''
}
