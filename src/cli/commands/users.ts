// `users`: the partner's customers, as this service knows them.

import type { Command } from 'commander'
import { addAccount, findProblems } from '../../accounts/account.ts'
import { presence } from '../../accounts/presence.ts'
import type { AuditAction } from '../../base/audit-actions.ts'
import { Refusal } from '../../base/errors.ts'
import type { AccountRecord, Store } from '../../store/store.ts'
import { type Cli, UsageError, withStore } from '../context.ts'
import { plain, printJson, printTable } from '../output.ts'
import { readPasswordHash } from '../password.ts'
import { printUser, type UserView, viewUser } from '../user-view.ts'
import { addUserFactorsCommand } from './factors.ts'
import { addUserFileCommands } from './users-file.ts'
import { addUserIdentityCommands } from './users-identity.ts'
import { addUserPasswordCommands } from './users-password.ts'

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
  addUserFactorsCommand(users, cli)
  addUserFileCommands(users, cli)
  addUserIdentityCommands(users, cli)
  addUserPasswordCommands(users, cli)
}

// These name one customer, do something to the record or nothing, and print what it is then.
function addSingleCommands(users: Command, cli: Cli): void {
  users
    .command('show <LOGIN>')
    .description('Shows one customer.')
    .option(...JSON_OPTION)
    .action((login: string, options: AsJson) => onUser(login, options, cli))
  users
    .command('erase <LOGIN>')
    .description('Removes everything personal, for ever. The account id is never given again.')
    .option('--yes', 'without this nothing is done')
    .action((login: string, options: { yes?: true }) => eraseUser(login, options, cli))
  users
    .command('disable <LOGIN>')
    .description('Keeps a customer out, at once.')
    .option(...JSON_OPTION)
    .action((login: string, options: AsJson) => onUser(login, options, cli, DISABLE))
  users
    .command('enable <LOGIN>')
    .description('Lets a customer in again.')
    .option(...JSON_OPTION)
    .action((login: string, options: AsJson) => onUser(login, options, cli, ENABLE))
  users
    .command('password <LOGIN>')
    .description("Sets a customer's password, and ends their sessions.")
    .requiredOption(...PASSWORD_OPTION)
    .option(...JSON_OPTION)
    .action((login: string, options: AsJson) => {
      return onUser(login, options, cli, {
        action: 'password.set',
        make: async (account, { passwords }) => {
          const hash = await readPasswordHash(cli, account)
          await passwords.change({ role: 'customer', id: account.accountId }, hash)
        },
      })
    })
}

// The pseudonym is drawn, not made of anything: what it stood for cannot be found by trying.
async function eraseUser(login: string, { yes }: { yes?: true }, cli: Cli): Promise<void> {
  if (yes !== true) {
    throw new UsageError('nobody can undo this: say --yes to erase the customer')
  }
  await withStore(cli, async (store) => {
    const { accountId } = await getAccount(login, store)
    const pseudonym = `erased-${cli.random.bytes(10).toString('hex')}`
    const isErased = await store.accounts.erase(accountId, pseudonym, cli.clock.now())
    if (!isErased) throw new Refusal('ACCOUNT_NOT_FOUND', { login })
    await cli.record({ action: 'user.erased', subject: accountId })
    cli.stdout.write(`Erased. The account id ${plain(accountId)} stays taken, as ${pseudonym}.\n`)
  })
}

async function addUser(login: string, options: AddOptions, cli: Cli): Promise<void> {
  const { accountId, email, name, mobile, passwordStdin } = options
  const fields = { login, accountId, email, name, mobile }
  // Checked before a password is asked for, so that nobody types one for nothing.
  const problems = findProblems(fields)
  if (problems.length > 0) throw new Refusal('ACCOUNT_INVALID', { problems })
  await withStore(cli, async (store) => {
    const passwordHash = passwordStdin === true ? await readPasswordHash(cli, fields) : undefined
    const { accounts } = store
    const account = await addAccount({ ...fields, passwordHash }, { accounts, clock: cli.clock })
    await cli.record({ action: 'user.created', subject: accountId, after: presence(account) })
    printUser(cli.stdout, await viewUser(account, store), options.json === true)
  })
}

type Change = {
  readonly action: AuditAction
  readonly make: (account: AccountRecord, store: Store) => Promise<unknown>
}

const DISABLE: Change = {
  action: 'user.disabled',
  make: ({ accountId }, { accounts }) => accounts.setEnabled(accountId, false),
}

const ENABLE: Change = {
  action: 'user.enabled',
  make: ({ accountId }, { accounts }) => accounts.setEnabled(accountId, true),
}

async function onUser(login: string, options: AsJson, cli: Cli, change?: Change): Promise<void> {
  await withStore(cli, async (store) => {
    const account = await getAccount(login, store)
    if (account.erasedAt !== undefined && change !== undefined) {
      throw new Refusal('ACCOUNT_NOT_FOUND', { login, erasedAt: account.erasedAt.toISOString() })
    }
    if (change !== undefined) {
      await change.make(account, store)
      await cli.record({ action: change.action, subject: account.accountId })
    }
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
