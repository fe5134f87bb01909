// `users link` and `users identities`: who at an OpenID provider or a directory a customer is.

import type { Command } from 'commander'
import { Refusal } from '../../base/errors.ts'
import { isSingleLine } from '../../base/xml-text.ts'
import type { IdentityLink } from '../../store/identity-records.ts'
import type { AccountRecord, Store } from '../../store/store.ts'
import { type Cli, UsageError, withStore } from '../context.ts'
import { printJson, printTable } from '../output.ts'

type AsJson = { readonly json?: true }

type LinkOptions = AsJson & { readonly issuer: string; readonly subject: string }

const JSON_OPTION = ['--json', 'print JSON'] as const

/** Adds both commands to `users`. */
export function addUserIdentityCommands(users: Command, cli: Cli): void {
  users
    .command('link <LOGIN>')
    .description('Lets a customer sign in by an upstream identity. A link is for good.')
    .requiredOption('--issuer <ISSUER>', 'the value of OIDC_ISSUER, or ldap')
    .requiredOption(
      '--subject <SUBJECT>',
      'the sub of the ID token, or the entryUUID or objectGUID',
    )
    .option(...JSON_OPTION)
    .action((login: string, options: LinkOptions) => link(login, options, cli))
  users
    .command('identities <LOGIN>')
    .description('Shows the upstream identities of a customer.')
    .option(...JSON_OPTION)
    .action((login: string, options: AsJson) =>
      withStore(cli, async (store) =>
        show(await getAccount(login, store), options, { store, cli }),
      ),
    )
}

const LONGEST = 255

async function link(login: string, options: LinkOptions, cli: Cli): Promise<void> {
  const { issuer, subject } = options
  if (![issuer, subject].every((part) => isSingleLine(part) && part.length <= LONGEST)) {
    throw new UsageError(`--issuer and --subject must be one line of at most ${LONGEST} characters`)
  }
  await withStore(cli, async (store, config) => {
    const known = ['ldap', config.upstream.oidc?.issuer]
    if (!known.includes(issuer)) {
      const names = known.filter((each) => each !== undefined)
      throw new UsageError(`--issuer must be ${names.join(' or ')}`)
    }
    const account = await getAccount(login, store)
    const { accountId } = account
    const linkedAt = cli.clock.now()
    const outcome = await store.identities.link({ issuer, subject, accountId, linkedAt })
    if (outcome === 'taken' || outcome === 'another') {
      throw new Refusal('IDENTITY_TAKEN', { login, issuer, outcome })
    }
    if (outcome === 'linked') {
      const after = { issuer, subject }
      await cli.record({ action: 'identity.linked', subject: accountId, after })
    }
    await show(account, options, { store, cli })
  })
}

async function show(
  { accountId }: AccountRecord,
  { json }: AsJson,
  { store, cli }: { readonly store: Store; readonly cli: Cli },
): Promise<void> {
  const links = await store.identities.listOf(accountId)
  if (json === true) {
    printJson(cli.stdout, links.map(viewOf))
    return
  }
  const rows = links.map(viewOf).map((view) => [view.issuer, view.subject, view.linkedAt])
  printTable(cli.stdout, ['ISSUER', 'SUBJECT', 'LINKED'], rows)
}

function viewOf({ issuer, subject, linkedAt }: IdentityLink) {
  return { issuer, subject, linkedAt: linkedAt.toISOString() }
}

async function getAccount(login: string, store: Store): Promise<AccountRecord> {
  const account = await store.accounts.findByLogin(login)
  if (account === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { login })
  return account
}
