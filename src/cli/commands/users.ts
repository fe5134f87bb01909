// `users`: the partner's customers, as this service knows them.

import type { Command } from 'commander'
import { addAccount, findProblems } from '../../accounts/account.ts'
import { Refusal } from '../../base/errors.ts'
import type { AccountRecord, Accounts, Store } from '../../store/store.ts'
import { type Cli, withStore } from '../context.ts'
import { printJson, printTable } from '../output.ts'
import { readPasswordHash } from '../password.ts'
import { printUser, type UserView, viewUser } from '../user-view.ts'

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

/** Adds `users` with its commands to the program. */
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
  addSingleCommands(users, cli)
}

// These name one customer, do something to the record or nothing, and print what it is then.
function addSingleCommands(users: Command, cli: Cli): void {
  users
    .command('show <LOGIN>')
    .description('Shows one customer.')
    .option(...JSON_OPTION)
    .action((login: string, options: AsJson) => onUser(login, options, cli))
  users
    .command('disable <LOGIN>')
    .description('Keeps a customer out, at once.')
    .option(...JSON_OPTION)
    .action((login: string, options: AsJson) => {
      return onUser(login, options, cli, ({ accountId }, accounts) => {
        return accounts.setEnabled(accountId, false)
      })
    })
  users
    .command('enable <LOGIN>')
    .description('Lets a customer in again.')
    .option(...JSON_OPTION)
    .action((login: string, options: AsJson) => {
      return onUser(login, options, cli, ({ accountId }, accounts) => {
        return accounts.setEnabled(accountId, true)
      })
    })
  users
    .command('password <LOGIN>')
    .description("Sets a customer's password.")
    .requiredOption(...PASSWORD_OPTION)
    .option(...JSON_OPTION)
    .action((login: string, options: AsJson) => {
      return onUser(login, options, cli, async ({ accountId }, accounts) => {
        return accounts.setPassword(accountId, await readPasswordHash(cli))
      })
    })
}

async function addUser(login: string, options: AddOptions, cli: Cli): Promise<void> {
  const { accountId, email, name, mobile, passwordStdin } = options
  const fields = { login, accountId, email, name, mobile }
  // Checked before a password is asked for, so that nobody types one for nothing.
  const problems = findProblems(fields)
  if (problems.length > 0) throw new Refusal('ACCOUNT_INVALID', { problems })
  await withStore(cli, async (store) => {
    const passwordHash = passwordStdin === true ? await readPasswordHash(cli) : undefined
    const { accounts } = store
    const account = await addAccount({ ...fields, passwordHash }, { accounts, clock: cli.clock })
    printUser(cli.stdout, await viewUser(account, store), options.json === true)
  })
}

type Change = (account: AccountRecord, accounts: Accounts) => Promise<unknown>

async function onUser(login: string, options: AsJson, cli: Cli, change?: Change): Promise<void> {
  await withStore(cli, async (store) => {
    const account = await getAccount(login, store)
    await change?.(account, store.accounts)
    const changed = await getAccount(login, store)
    printUser(cli.stdout, await viewUser(changed, store), options.json === true)
  })
}

async function getAccount(login: string, store: Store): Promise<AccountRecord> {
  const account = await store.accounts.findByLogin(login)
  if (account === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { login })
  return account
}

const PAGE = 200

async function listUsers({ json }: AsJson, cli: Cli): Promise<void> {
  const views = await withStore(cli, (store) => viewAll(store))
  if (json === true) {
    printJson(cli.stdout, views)
    return
  }
  const rows = views.map(({ login, accountId, email, enabled, binding }) => {
    return [login, accountId, email, enabled ? 'yes' : 'no', binding.state]
  })
  printTable(cli.stdout, ['LOGIN', 'ACCOUNT ID', 'E-MAIL', 'ENABLED', 'BINDING'], rows)
}

async function viewAll(store: Store): Promise<readonly UserView[]> {
  const views: UserView[] = []
  for (;;) {
    const last = views.at(-1)
    const after = last === undefined ? {} : { after: last.login }
    const page = await store.accounts.list({ limit: PAGE, ...after })
    for (const account of page) views.push(await viewUser(account, store))
    if (page.length < PAGE) return views
  }
}
