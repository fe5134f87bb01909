// `users reset` and `users forget-devices`: what an operator does for somebody who has lost a password.

import type { Command } from 'commander'
import { Refusal } from '../../base/errors.ts'
import { createMakePasswordLink } from '../../signin/password-link.ts'
import type { AccountRecord, Store } from '../../store/store.ts'
import { type Cli, withStore } from '../context.ts'
import { plain, printFacts, printJson } from '../output.ts'

type AsJson = { readonly json?: true }

/** Adds the commands to `users`. */
export function addUserPasswordCommands(users: Command, cli: Cli): void {
  users
    .command('reset <LOGIN>')
    .description('Prints a link with which a customer sets a password, once.')
    .option('--json', 'print JSON')
    .action((login: string, options: AsJson) => makeLink(login, options, cli))
  users
    .command('forget-devices <LOGIN>')
    .description('Takes all browsers of a customer for unknown ones: guesses there count in full.')
    .action((login: string) => forgetDevices(login, cli))
}

async function makeLink(login: string, { json }: AsJson, cli: Cli): Promise<void> {
  await withStore(cli, async (store, config) => {
    const { accountId } = await getAccount(login, store)
    const { clock, random } = cli
    const { url, expiresAt } = await createMakePasswordLink({ ...config, store, clock, random })(
      accountId,
    )
    const until = expiresAt.toISOString()
    await cli.record({ action: 'password.link-made', subject: accountId, after: { until } })
    if (json === true) printJson(cli.stdout, { url, expiresAt: until })
    else
      printFacts(cli.stdout, [
        ['link', url],
        ['until', until],
      ])
  })
}

async function forgetDevices(login: string, cli: Cli): Promise<void> {
  await withStore(cli, async (store) => {
    const { accountId } = await getAccount(login, store)
    const devices = await store.devices.forget({ role: 'customer', id: accountId })
    await cli.record({ action: 'device.forgotten', subject: accountId, after: { devices } })
    cli.stdout.write(`Forgotten browsers of ${plain(accountId)}: ${devices}\n`)
  })
}

async function getAccount(login: string, { accounts }: Store): Promise<AccountRecord> {
  const account = await accounts.findByLogin(login)
  if (account === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { login })
  return account
}
