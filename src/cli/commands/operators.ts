// `operators`: the partner's own people, who may use the console.

import { type Command, Option } from 'commander'
import { findProblems } from '../../accounts/account.ts'
import type { AuditEvent } from '../../base/audit.ts'
import { Refusal } from '../../base/errors.ts'
import { OPERATOR_ROLES, type OperatorRole } from '../../store/operator-records.ts'
import type { OperatorRecord, Store } from '../../store/store.ts'
import { type Cli, withStore } from '../context.ts'
import { printFacts, printJson, printTable } from '../output.ts'
import { readPasswordHash } from '../password.ts'
import { addOperatorFactorsCommand } from './factors.ts'

type AsJson = { readonly json?: true }
type AddOptions = AsJson & { readonly role: OperatorRole }

const PASSWORD_OPTION = ['--password-stdin', 'read the password from standard input'] as const

/** Adds `operators` with its commands to the program. */
export function addOperatorCommands(program: Command, cli: Cli): void {
  const operators = program.command('operators').description('People who may use the console.')
  operators
    .command('add <LOGIN>')
    .description('Adds an operator.')
    .requiredOption(...PASSWORD_OPTION)
    .addOption(roleOption().default('editor'))
    .option('--json', 'print JSON')
    .action((login: string, options: AddOptions) => addOperator(login, options, cli))
  operators
    .command('list')
    .description('Lists all operators by sign-in name.')
    .option('--json', 'print JSON')
    .action((options: AsJson) => listOperators(options, cli))
  addChangeCommands(operators, cli)
  addOperatorFactorsCommand(operators, cli)
}

// These name one operator and change one thing.
function addChangeCommands(operators: Command, cli: Cli): void {
  operators
    .command('disable <LOGIN>')
    .description('Keeps an operator out, at once.')
    .action((login: string) => onOperator(login, cli, setEnabled(false)))
  operators
    .command('enable <LOGIN>')
    .description('Lets an operator in again.')
    .action((login: string) => onOperator(login, cli, setEnabled(true)))
  operators
    .command('role <LOGIN>')
    .description('Changes what an operator may do.')
    .addOption(roleOption().makeOptionMandatory())
    .action((login: string, { role }: { role: OperatorRole }) => {
      return onOperator(login, cli, async (store) => {
        await store.operators.setRole(login, role)
        return { action: 'operator.changed', after: { role } }
      })
    })
  operators
    .command('password <LOGIN>')
    .description("Sets an operator's password, and ends their sessions.")
    .requiredOption(...PASSWORD_OPTION)
    .action((login: string) => {
      return onOperator(login, cli, async (store, operator) => {
        const hash = await readPasswordHash(cli, { login })
        await store.passwords.change({ role: 'operator', id: operator.login }, hash)
        return { action: 'password.set', after: { role: 'operator' } }
      })
    })
}

function roleOption(): Option {
  return new Option('--role <ROLE>', 'an editor changes things, a viewer looks').choices(
    OPERATOR_ROLES,
  )
}

type Changed = Pick<AuditEvent, 'action' | 'after'>

function setEnabled(isEnabled: boolean) {
  return async (store: Store, { login }: OperatorRecord): Promise<Changed> => {
    await store.operators.setEnabled(login, isEnabled)
    return { action: 'operator.changed', after: { enabled: isEnabled } }
  }
}

async function onOperator(
  login: string,
  cli: Cli,
  change: (store: Store, operator: OperatorRecord) => Promise<Changed>,
): Promise<void> {
  await withStore(cli, async (store) => {
    const operator = await store.operators.find(login)
    if (operator === undefined) throw new Refusal('OPERATOR_NOT_FOUND', { login })
    const changed = await change(store, operator)
    await cli.record({ ...changed, subject: operator.login })
    printOperator(viewOperator((await store.operators.find(login)) ?? operator), cli)
  })
}

// An operator's sign-in name follows the rule of a customer's: one login may be both.
async function addOperator(login: string, { json, role }: AddOptions, cli: Cli): Promise<void> {
  const problems = findProblems({ login })
  if (problems.length > 0) throw new Refusal('ACCOUNT_INVALID', { problems })
  await withStore(cli, async (store) => {
    const passwordHash = await readPasswordHash(cli, { login })
    const operator = { login, passwordHash, role, isEnabled: true, createdAt: cli.clock.now() }
    const isAdded = await store.operators.add(operator)
    if (!isAdded) throw new Refusal('ACCOUNT_EXISTS', { taken: 'login' })
    await cli.record({ action: 'operator.created', subject: login, after: { role } })
    const view = viewOperator(operator)
    if (json === true) printJson(cli.stdout, view)
    else printOperator(view, cli)
  })
}

function printOperator(view: OperatorView, cli: Cli): void {
  printFacts(cli.stdout, [['login', view.login], enabledFact(view), ['role', view.role]])
}

async function listOperators({ json }: AsJson, cli: Cli): Promise<void> {
  const operators = await withStore(cli, (store) => store.operators.list())
  const views = operators.map(viewOperator)
  if (json === true) {
    printJson(cli.stdout, views)
    return
  }
  const rows = views.map((view) => [view.login, enabledFact(view)[1], view.role, view.createdAt])
  printTable(cli.stdout, ['LOGIN', 'ENABLED', 'ROLE', 'CREATED'], rows)
}

type OperatorView = {
  readonly login: string
  readonly enabled: boolean
  readonly role: OperatorRole
  readonly createdAt: string
}

// The password's hash never leaves the store.
function viewOperator({ login, isEnabled, role, createdAt }: OperatorRecord): OperatorView {
  const enabled = isEnabled
  return { login, enabled, role: role ?? 'editor', createdAt: createdAt.toISOString() }
}

function enabledFact({ enabled }: OperatorView): readonly ['enabled', string] {
  return ['enabled', enabled ? 'yes' : 'no']
}
