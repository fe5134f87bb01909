// `users`: the partner's customers, as this service knows them.

import type { Command } from 'commander'
import { addAccount, findProblems } from '../../accounts/account.ts'
import { Refusal } from '../../base/errors.ts'
import type { AccountRecord, BindingState, Store } from '../../store/store.ts'
import { type Cli, withStore } from '../context.ts'
import { printFacts, printJson, printTable } from '../output.ts'
import { readPasswordHash } from '../password.ts'

/** A customer as `--json` shows one. Public contract: what is not known is null. */
export type UserView = {
  readonly login: string
  readonly accountId: string
  readonly email: string | null
  readonly name: string | null
  readonly mobile: string | null
  readonly enabled: boolean
  readonly binding: {
    readonly state: BindingState
    readonly domainId: string | null
    readonly domainName: string | null
  }
}

type AsJson = { readonly json?: true }

type AddOptions = AsJson & {
  readonly accountId: string
  readonly email?: string
  readonly name?: string
  readonly mobile?: string
  readonly passwordStdin?: true
}

const JSON_OPTION = ['--json', 'print JSON'] as const
const PASSWORD_OPTION = ['--password-stdin', 'read the password from standard input'] as const

export function addUserCommands(program: Command, cli: Cli): void {
  const users = program.command('users').description("The partner's customers.")
  users
    .command('add <LOGIN>')
    .description('Adds a customer. Without a password they come by the portal only.')
    .requiredOption('--account-id <ID>', 'what Huawei Cloud knows the customer by; never changes')
    .option('--email <EMAIL>', 'e-mail address')
    .option('--name <NAME>', 'name proposed for the Huawei Cloud account')
    .option('--mobile <MOBILE>', 'mobile number such as 0086-13800000000')
    .option(...PASSWORD_OPTION)
    .option(...JSON_OPTION)
    .action((login: string, options: AddOptions) => addUser(login, options, cli))
  users
    .command('list')
    .description('Lists all customers by sign-in name.')
    .option(...JSON_OPTION)
    .action((options: AsJson) => listUsers(options, cli))
  users
    .command('show <LOGIN>')
    .description('Shows one customer.')
    .option(...JSON_OPTION)
    .action((login: string, options: AsJson) => showUser(login, options, cli))
  for (const [verb, isEnabled] of [['disable', false] as const, ['enable', true] as const]) {
    users
      .command(`${verb} <LOGIN>`)
      .description(isEnabled ? 'Lets a customer in again.' : 'Keeps a customer out, at once.')
      .option(...JSON_OPTION)
      .action((login: string, options: AsJson) => {
        return changeUser(login, options, cli, (store, account) =>
          store.accounts.setEnabled(account.accountId, isEnabled),
        )
      })
  }
  users
    .command('password <LOGIN>')
    .description("Sets a customer's password.")
    .requiredOption(...PASSWORD_OPTION)
    .option(...JSON_OPTION)
    .action((login: string, options: AsJson) => setPassword(login, options, cli))
}

async function addUser(login: string, options: AddOptions, cli: Cli): Promise<void> {
  const { accountId, email, name, mobile, passwordStdin } = options
  const fields = { login, accountId, email, name, mobile }
  await withStore(cli, async (store) => {
    // Checked before somebody has to type a password for nothing.
    const problems = findProblems(fields)
    if (problems.length > 0) throw new Refusal('ACCOUNT_INVALID', { problems })
    const passwordHash = passwordStdin === true ? await readPasswordHash(cli) : undefined
    const { accounts } = store
    const account = await addAccount({ ...fields, passwordHash }, { accounts, clock: cli.clock })
    printUser(await viewUser(account, store), options, cli)
  })
}

async function showUser(login: string, options: AsJson, cli: Cli): Promise<void> {
  await withStore(cli, async (store) => {
    const account = await getAccount(login, store)
    printUser(await viewUser(account, store), options, cli)
  })
}

async function changeUser(
  login: string,
  options: AsJson,
  cli: Cli,
  change: (store: Store, account: AccountRecord) => Promise<unknown>,
): Promise<void> {
  await withStore(cli, async (store) => {
    await change(store, await getAccount(login, store))
    printUser(await viewUser(await getAccount(login, store), store), options, cli)
  })
}
