// `reconcile`: compares Huawei's list of customers with ours. `bindings`: how customers are connected, and
// giving a connection up.

import type { Command } from 'commander'
import { releaseBinding } from '../../accounts/binding-release.ts'
import type { ReconcileDeps } from '../../accounts/reconcile/deps.ts'
import { reconcile } from '../../accounts/reconcile/reconcile.ts'
import { EXIT } from '../../base/exit-codes.ts'
import type { Log } from '../../base/log.ts'
import type { Config } from '../../config/load.ts'
import { createPartnerClient, type PartnerClient } from '../../partner/client.ts'
import type { BindingMove } from '../../store/binding-move-records.ts'
import type { Drift, ReconcileRun } from '../../store/reconcile-records.ts'
import type { Store } from '../../store/store.ts'
import { createProgressBar } from '../call/progress.ts'
import { type Cli, UsageError, withStore } from '../context.ts'
import { plain, printJson, printTable } from '../output.ts'

type AsJson = { readonly json?: true }
type Options = AsJson & { readonly dryRun?: true; readonly resume?: true }

/** Adds `reconcile` to the program. */
export function addReconcileCommand(program: Command, cli: Cli): void {
  program
    .command('reconcile')
    .description('Compares Huawei Cloud’s list of customers with ours.')
    .option('--dry-run', 'fix nothing and keep no findings')
    .option('--resume', 'go on with the one that was interrupted')
    .option('--json', 'print JSON')
    .action((options: Options) => runReconcile(options, cli))
}

async function runReconcile(options: Options, cli: Cli): Promise<void> {
  const { dryRun, resume } = options
  if (dryRun === true && resume === true) throw new UsageError('a dry run cannot be resumed')
  await withStore(cli, async (store, config) => {
    const partner = createPartner(config, store, cli)
    try {
      await compare(options, { store, config, partner, cli })
    } finally {
      await partner.close()
    }
  })
}

function createPartner({ huawei, databaseUrl }: Config, store: Store, cli: Cli): PartnerClient {
  return createPartnerClient({
    ...huawei,
    key: huawei.partnerKey,
    fetch: cli.partnerFetch,
    // Whoever shares the database shares Huawei's limits as well.
    ...(databaseUrl.startsWith('sqlite:') ? {} : { turns: store.apiTurns }),
    clock: cli.clock,
    sleep: cli.sleep,
  })
}

type Installation = {
  readonly store: Store
  readonly config: Config
  readonly partner: PartnerClient
  readonly cli: Cli
}

const ignore = () => undefined
const SILENT: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }

async function compare(
  { dryRun, resume, json }: Options,
  { store, config, partner, cli }: Installation,
): Promise<void> {
  const { platformId } = config.huawei
  const deps: ReconcileDeps = { ...cli, store, partner, platformId, log: SILENT }
  const drifts: Drift[] = []
  const bar = createProgressBar(cli.stderr)
  let run: ReconcileRun
  try {
    run = await reconcile(
      {
        how: resume === true ? 'resume' : 'start',
        isDryRun: dryRun === true,
        actor: { kind: 'command', id: cli.user },
        signal: cli.interruption(),
        onPage: bar.show,
        onDrift: (drift) => {
          if (drifts.length < MOST_SHOWN) drifts.push(drift)
        },
      },
      deps,
    )
  } finally {
    bar.hide()
  }
  const open = dryRun === true ? countDrifts(run) : await store.reconciles.countOpen()
  printSummary({ run, open, drifts, isJson: json === true }, cli)
  if (open > 0) cli.finish(EXIT.refused)
}

const MOST_SHOWN = 200
const NO_DRIFT = ['customers', 'others', 'same', 'idle', 'name-changed', 'confirmed', 'frozen']

function countDrifts({ counts }: ReconcileRun): number {
  const kinds = Object.entries(counts).filter(([name]) => !NO_DRIFT.includes(name))
  return kinds.reduce((sum, [, count]) => sum + count, 0)
}

type Summary = {
  readonly run: ReconcileRun
  readonly open: number
  readonly drifts: readonly Drift[]
  readonly isJson: boolean
}

/** Public contract of `--json`. */
function printSummary({ run, open, drifts, isJson }: Summary, cli: Cli): void {
  const { id, isDryRun: dryRun, counts, startedAt } = run
  const differences = drifts.map(({ kind, accountId, domainId, ours, theirs }) => {
    return { kind, accountId, domainId, ours, theirs: theirs ?? null }
  })
  if (isJson) {
    printJson(cli.stdout, {
      run: id,
      dryRun,
      startedAt: startedAt.toISOString(),
      counts,
      open,
      differences,
    })
    return
  }
  const known = Object.entries(counts).filter(([name]) => name !== 'idle')
  printTable(
    cli.stdout,
    ['WHAT', 'HOW MANY'],
    known.map(([name, count]) => [name, `${count}`]),
  )
  if (differences.length === 0) return
  cli.stdout.write('\n')
  const rows = differences.map((one) => {
    const theirs = one.theirs?.xaccount_id ?? null
    return [one.kind, one.accountId, one.domainId, one.ours.domainId ?? null, theirs]
  })
  const heads = ['DIFFERENCE', 'ACCOUNT ID', 'HUAWEI CLOUD ACCOUNT', 'CONNECTED HERE', 'THERE']
  printTable(cli.stdout, heads, rows)
  cli.stderr.write(`${open} to be decided at /console/reconcile\n`)
}

/** Adds `bindings` with its commands to the program. */
export function addBindingCommands(program: Command, cli: Cli): void {
  const bindings = program
    .command('bindings')
    .description('How customers are connected to Huawei Cloud.')
  bindings
    .command('history <ACCOUNT>')
    .description('Shows how a connection came about: who, why, and what proves it.')
    .option('--json', 'print JSON')
    .action((account: string, options: AsJson) => showHistory(account, options, cli))
  bindings
    .command('release <ACCOUNT>')
    .description('Gives the connection of an account up here; at Huawei Cloud nothing changes.')
    .requiredOption('--reason <TEXT>', 'why, for the record')
    .action((account: string, { reason }: { reason: string }) => release(account, reason, cli))
}

async function release(accountId: string, note: string, cli: Cli): Promise<void> {
  await withStore(cli, async (store) => {
    const actor = { kind: 'command', id: cli.user } as const
    const move = await releaseBinding({ accountId, actor, note }, { ...cli, store })
    cli.stdout.write(`Released ${plain(accountId)} from ${plain(move.domainId ?? 'a conflict')}.\n`)
  })
}

const MOST_MOVES = 200

async function showHistory(accountId: string, { json }: AsJson, cli: Cli): Promise<void> {
  const moves = await withStore(cli, ({ bindings }) => bindings.listMoves(accountId, MOST_MOVES))
  if (json === true) {
    printJson(cli.stdout, moves.map(viewMove))
    return
  }
  const rows = moves.map(viewMove).map((move) => {
    return [
      move.at,
      move.from,
      move.to,
      move.reason,
      move.by,
      move.domainId,
      move.notice,
      move.note,
    ]
  })
  const heads = ['AT', 'FROM', 'TO', 'REASON', 'BY', 'HUAWEI CLOUD ACCOUNT', 'NOTICE', 'NOTE']
  printTable(cli.stdout, heads, rows)
}

/** Public contract: what is not known is null. */
function viewMove({ at, from, to, reason, actor, domainId, evidence }: BindingMove) {
  const { noticeId, answer, note } = evidence
  return {
    at: at.toISOString(),
    from,
    to,
    reason,
    by: `${actor.kind} ${actor.id}`,
    domainId: domainId ?? null,
    notice: noticeId ?? null,
    answer: answer ?? null,
    note: note ?? null,
  }
}
