// `sessions`: where customers and operators are signed in.

import { type Command, Option } from 'commander'
import { Refusal } from '../../base/errors.ts'
import type { SessionEntry, SessionRole, SignInRecord } from '../../store/session-records.ts'
import type { Store } from '../../store/store.ts'
import { type Cli, UsageError, withStore } from '../context.ts'
import { printJson, printTable } from '../output.ts'

type Whom = { readonly operator?: true }
type AsJson = Whom & { readonly json?: true }
type EndOptions = Whom & { readonly session?: string; readonly all?: true }

/** Adds `sessions` with its commands to the program. */
export function addSessionCommands(program: Command, cli: Cli): void {
  const sessions = program.command('sessions').description('Where people are signed in.')
  const operator = () => new Option('--operator', 'the login is an operator’s')
  sessions
    .command('list <LOGIN>')
    .description('Shows where somebody is signed in.')
    .addOption(operator())
    .option('--json', 'print JSON')
    .action((login: string, options: AsJson) => list(login, options, cli))
  sessions
    .command('history <LOGIN>')
    .description('Shows the newest attempts of somebody to sign in.')
    .addOption(operator())
    .option('--json', 'print JSON')
    .action((login: string, options: AsJson) => showHistory(login, options, cli))
  sessions
    .command('end <LOGIN>')
    .description('Ends one session of somebody, or all.')
    .addOption(operator())
    .option('--session <SESSION>', 'the one that `sessions list` shows')
    .option('--all', 'all of them')
    .action((login: string, options: EndOptions) => end(login, options, cli))
}

type Person = { readonly id: string; readonly role: SessionRole }

async function getPerson(login: string, { operator }: Whom, store: Store): Promise<Person> {
  if (operator === true) {
    const found = await store.operators.find(login)
    if (found === undefined) throw new Refusal('OPERATOR_NOT_FOUND', { login })
    return { id: found.login, role: 'operator' }
  }
  const found = await store.accounts.findByLogin(login)
  if (found === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { login })
  return { id: found.accountId, role: 'customer' }
}

async function list(login: string, options: AsJson, cli: Cli): Promise<void> {
  const views = await withStore(cli, async (store) => {
    const { id, role } = await getPerson(login, options, store)
    return (await store.sessions.listOf(id, cli.clock.now(), role)).map(viewSession)
  })
  if (options.json === true) {
    printJson(cli.stdout, views)
    return
  }
  const rows = views.map((view) => {
    return [view.session, view.method, view.startedAt, view.lastSeenAt, view.network, view.agent]
  })
  const heads = ['SESSION', 'METHOD', 'SINCE', 'LAST SEEN', 'NETWORK', 'BROWSER']
  printTable(cli.stdout, heads, rows)
}

/** Public contract: what is not known is null. */
function viewSession(entry: SessionEntry) {
  const { idHash, method, startedAt, lastSeenAt, network, agent, upstream } = entry
  return {
    session: idHash,
    method,
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    network: network ?? null,
    agent: agent ?? null,
    upstream: upstream ?? null,
  }
}

async function showHistory(login: string, options: AsJson, cli: Cli): Promise<void> {
  const views = await withStore(cli, async (store) => {
    const { id, role } = await getPerson(login, options, store)
    return (await store.signIns.list(id, role)).map(viewAttempt)
  })
  if (options.json === true) {
    printJson(cli.stdout, views)
    return
  }
  const rows = views.map(({ at, refusal, method, network, agent }) => {
    return [at, refusal ?? 'signed in', method, network, agent]
  })
  printTable(cli.stdout, ['AT', 'OUTCOME', 'METHOD', 'NETWORK', 'BROWSER'], rows)
}

function viewAttempt({ at, method, refusal, network, agent }: SignInRecord) {
  return {
    at: at.toISOString(),
    refusal: refusal ?? null,
    method,
    network: network ?? null,
    agent: agent ?? null,
  }
}

async function end(login: string, options: EndOptions, cli: Cli): Promise<void> {
  const { session, all } = options
  if ((session === undefined) === (all === undefined)) {
    throw new UsageError('say which session: --session SESSION, or --all')
  }
  const count = await withStore(cli, async (store) => {
    const person = await getPerson(login, options, store)
    const ended = await endThese(session, person, { store, cli })
    const after = { role: person.role, sessions: ended }
    await cli.record({ action: 'session.ended', subject: person.id, after })
    return ended
  })
  cli.stdout.write(`${count} ${count === 1 ? 'session' : 'sessions'} ended.\n`)
}

// One that is somebody else's is not ended by a slip of the hand.
async function endThese(
  session: string | undefined,
  { id, role }: Person,
  { store, cli }: { readonly store: Store; readonly cli: Cli },
): Promise<number> {
  if (session === undefined) return store.sessions.endAll(id, undefined, role)
  const entries = await store.sessions.listOf(id, cli.clock.now(), role)
  if (!entries.some(({ idHash }) => idHash === session)) return 0
  return (await store.sessions.end(session)) ? 1 : 0
}
