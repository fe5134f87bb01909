// `operators`: the partner's own people, who may use the console.

import type { Command } from 'commander'
import { findProblems } from '../../accounts/account.ts'
import { Refusal } from '../../base/errors.ts'
import type { OperatorRecord } from '../../store/store.ts'
import { type Cli, withStore } from '../context.ts'
import { printFacts, printJson, printTable } from '../output.ts'
import { readPasswordHash } from '../password.ts'

type AsJson = { readonly json?: true }

/** Adds `operators` with its commands to the program. */
export function addOperatorCommands(program: Command, cli: Cli): void {
  const operators = program.command('operators').description('People who may use the console.')
  operators
    .command('add <LOGIN>')
    .description('Adds an operator.')
    .requiredOption('--password-stdin', 'read the password from standard input')
    .option('--json', 'print JSON')
    .action((login: string, options: AsJson) => addOperator(login, options, cli))
  operators
    .command('list')
    .description('Lists all operators by sign-in name.')
    .option('--json', 'print JSON')
    .action((options: AsJson) => listOperators(options, cli))
}

// An operator's sign-in name follows the rule of a customer's: one login may be both.
async function addOperator(login: string, { json }: AsJson, cli: Cli): Promise<void> {
  const problems = findProblems({ login })
  if (problems.length > 0) throw new Refusal('ACCOUNT_INVALID', { problems })
  await withStore(cli, async (store) => {
    const passwordHash = await readPasswordHash(cli)
    const operator = { login, passwordHash, isEnabled: true, createdAt: cli.clock.now() }
    const isAdded = await store.operators.add(operator)
    if (!isAdded) throw new Refusal('ACCOUNT_EXISTS', { taken: 'login' })
    const view = viewOperator(operator)
    if (json === true) printJson(cli.stdout, view)
    else printFacts(cli.stdout, [['login', view.login], enabledFact(view)])
  })
}

async function listOperators({ json }: AsJson, cli: Cli): Promise<void> {
  const operators = await withStore(cli, (store) => store.operators.list())
  const views = operators.map(viewOperator)
  if (json === true) {
    printJson(cli.stdout, views)
    return
  }
  const rows = views.map((view) => [view.login, enabledFact(view)[1], view.createdAt])
  printTable(cli.stdout, ['LOGIN', 'ENABLED', 'CREATED'], rows)
}

type OperatorView = {
  readonly login: string
  readonly enabled: boolean
  readonly createdAt: string
}

// The password's hash never leaves the store.
function viewOperator({ login, isEnabled, createdAt }: OperatorRecord): OperatorView {
  return { login, enabled: isEnabled, createdAt: createdAt.toISOString() }
}

function enabledFact({ enabled }: OperatorView): readonly ['enabled', string] {
  return ['enabled', enabled ? 'yes' : 'no']
}
