// `users factors` and `operators factors`: what somebody has set up beside a password, and the way out for
// whoever has lost all of it.

import type { Command } from 'commander'
import { Refusal } from '../../base/errors.ts'
import type { FactorOwner, FactorSet } from '../../store/factor-records.ts'
import type { Store } from '../../store/store.ts'
import { type Cli, withStore } from '../context.ts'
import { printFacts, printJson } from '../output.ts'

type Options = { readonly json?: true; readonly reset?: true }

/** The factors of customers. */
export function addUserFactorsCommand(users: Command, cli: Cli): void {
  addCommand(users, cli, async (login, store) => {
    const account = await store.accounts.findByLogin(login)
    return account && { role: 'customer', id: account.accountId }
  })
}

/** The factors of operators. */
export function addOperatorFactorsCommand(operators: Command, cli: Cli): void {
  addCommand(operators, cli, async (login, store) => {
    const operator = await store.operators.find(login)
    return operator && { role: 'operator', id: operator.login }
  })
}

type FindOwner = (login: string, store: Store) => Promise<FactorOwner | undefined>

function addCommand(parent: Command, cli: Cli, findOwner: FindOwner): void {
  parent
    .command('factors <LOGIN>')
    .description('Shows second factors and passkeys; --reset removes them all.')
    .option('--reset', 'remove all of them and the recovery codes: be sure who asks')
    .option('--json', 'print JSON')
    .action(async (login: string, options: Options) => {
      await withStore(cli, async (store) => {
        const owner = await findOwner(login, store)
        if (owner === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { login })
        if (options.reset === true) await reset(owner, store, cli)
        print(await store.factors.find(owner), options, cli)
      })
    })
}

async function reset(owner: FactorOwner, store: Store, cli: Cli): Promise<void> {
  const removed = await store.factors.removeAll(owner)
  const { role, id } = owner
  await cli.record({ action: 'factor.removed', subject: id, after: { role, removed } })
}

// Neither secrets nor keys nor codes are anybody's to see.
function print({ totp, passkeys, recoveryCodes }: FactorSet, { json }: Options, cli: Cli): void {
  const views = passkeys.map(({ name, addedAt, usedAt }) => {
    const lastUsedAt = usedAt?.toISOString() ?? null
    return { name, addedAt: addedAt.toISOString(), lastUsedAt }
  })
  if (json === true) {
    const app = totp === undefined ? null : { addedAt: totp.addedAt.toISOString() }
    printJson(cli.stdout, { app, passkeys: views, recoveryCodes })
    return
  }
  printFacts(cli.stdout, [
    ['authenticator app', totp === undefined ? 'none' : `since ${totp.addedAt.toISOString()}`],
    ['passkeys', views.length === 0 ? 'none' : views.map(({ name }) => name).join(', ')],
    ['recovery codes left', String(recoveryCodes)],
  ])
}
