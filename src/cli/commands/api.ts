// `api-keys`, `webhooks`: who may use the portal API, and where it tells its news.

import { type Command, InvalidArgumentError, Option } from 'commander'
import { isUsable, makeKey } from '../../api/key.ts'
import { SCOPE_NAMES, type Scope } from '../../api/scopes.ts'
import { addDays } from '../../base/clock.ts'
import { Refusal } from '../../base/errors.ts'
import { EXIT } from '../../base/exit-codes.ts'
import type { ApiKeyRecord } from '../../store/api-key-records.ts'
import { stateOf } from '../../store/webhook-records.ts'
import { type Cli, withStore } from '../context.ts'
import { printFacts, printJson, printTable } from '../output.ts'

type AsJson = { readonly json?: true }
type AddOptions = AsJson & { readonly scope: readonly Scope[]; readonly days: number }

/** Adds `api-keys` and `webhooks` with their commands to the program. */
export function addApiCommands(program: Command, cli: Cli): void {
  const keys = program.command('api-keys').description('Keys of the portal API.')
  keys
    .command('add <NAME>')
    .description('Makes a key and shows it, once.')
    .addOption(
      new Option('--scope <SCOPE...>', 'what the key may do; several are possible')
        .choices(SCOPE_NAMES)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--days <COUNT>', 'how long it works').argParser(readDays).default(365))
    .option('--json', 'print JSON')
    .action((name: string, options: AddOptions) => addKey(name, options, cli))
  keys
    .command('list')
    .description('Lists keys, without their secrets.')
    .option('--json', 'print JSON')
    .action((options: AsJson) => listKeys(options, cli))
  keys
    .command('revoke <NAME>')
    .description('Ends a key at once.')
    .action((name: string) => revokeKey(name, cli))
  program
    .command('webhooks')
    .description('Where the portal is told of news.')
    .command('list')
    .description('Lists webhooks and how they do; exit 1 when one fails.')
    .option('--json', 'print JSON')
    .action((options: AsJson) => listWebhooks(options, cli))
}

function readDays(text: string): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (days < 1 || days > 3650) throw new InvalidArgumentError('It is a number from 1 to 3650.')
  return days
}

async function addKey(name: string, { scope, days, json }: AddOptions, cli: Cli): Promise<void> {
  if (!/^[a-z0-9][a-z0-9._-]{0,62}$/i.test(name)) {
    const problems = ['NAME: must be 1 to 63 letters, digits or . _ -']
    throw new Refusal('ACCOUNT_INVALID', { problems })
  }
  const scopes = [...new Set(scope)]
  const made = makeKey({ name, scopes, expiresAt: addDays(cli.clock.now(), days) }, cli)
  await withStore(cli, async (store) => {
    if (!(await store.apiKeys.add(made.record))) throw new Refusal('API_KEY_EXISTS', { name })
  })
  const after = { scopes: scopes.join(' '), days }
  await cli.record({ action: 'key.created', subject: name, after })
  const view = { ...viewKey(made.record, cli), key: made.key }
  if (json === true) {
    printJson(cli.stdout, view)
    return
  }
  cli.stderr.write('Keep the key now: it is not shown again.\n')
  printFacts(cli.stdout, [
    ['name', view.name],
    ['key', view.key],
    ['scopes', view.scopes.join(' ')],
    ['expires', view.expiresAt],
  ])
}

async function listKeys({ json }: AsJson, cli: Cli): Promise<void> {
  const keys = await withStore(cli, (store) => store.apiKeys.list())
  const views = keys.map((key) => viewKey(key, cli))
  if (json === true) {
    printJson(cli.stdout, views)
    return
  }
  const heads = ['NAME', 'WORKS', 'SCOPES', 'CREATED', 'EXPIRES', 'LAST USED']
  const rows = views.map(({ name, works, scopes, ...times }) => [
    name,
    works ? 'yes' : 'no',
    scopes.join(' '),
    times.createdAt,
    times.expiresAt,
    times.usedAt,
  ])
  printTable(cli.stdout, heads, rows)
}

async function revokeKey(name: string, cli: Cli): Promise<void> {
  const now = cli.clock.now()
  const isRevoked = await withStore(cli, (store) => store.apiKeys.revoke(name, now))
  if (!isRevoked) throw new Refusal('API_KEY_NOT_FOUND', { name })
  await cli.record({ action: 'key.revoked', subject: name })
  printFacts(cli.stdout, [['revoked', name]])
}

function viewKey(key: ApiKeyRecord, { clock }: Cli) {
  const { id, name, scopes, createdAt, expiresAt, usedAt, revokedAt } = key
  return {
    id,
    name,
    scopes,
    works: isUsable(key, clock.now()),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    usedAt: usedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  }
}

async function listWebhooks({ json }: AsJson, cli: Cli): Promise<void> {
  const views = await withStore(cli, async (store) => {
    const webhooks = await store.webhooks.list()
    return Promise.all(
      webhooks.map(async (webhook) => {
        const { name, url, kinds, problem = null } = webhook
        const counted = await store.deliveries.count(name)
        return { name, url, kinds, state: stateOf(webhook), problem, ...counted }
      }),
    )
  })
  if (views.some(({ state }) => state !== 'fine')) cli.finish(EXIT.refused)
  if (json === true) {
    printJson(cli.stdout, views)
    return
  }
  const heads = ['NAME', 'STATE', 'WAITING', 'DEAD', 'PROBLEM', 'URL']
  const rows = views.map(({ name, state, waiting, dead, problem, url }) => {
    return [name, state, String(waiting), String(dead), problem, url]
  })
  printTable(cli.stdout, heads, rows)
}
