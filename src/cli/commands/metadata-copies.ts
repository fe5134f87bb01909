// `metadata status`, `refresh` and `accept`: the sites of METADATA_DIR, what was fetched for them, and the
// operator's word on a change that waits. A running service takes it up within a minute.

import type { Command } from 'commander'
import { Refusal } from '../../base/errors.ts'
import { EXIT } from '../../base/exit-codes.ts'
import { createLog } from '../../base/log.ts'
import {
  type FetchedSource,
  fetchedSources,
  fileOf,
  type RefreshOutcome,
  refreshCopy,
} from '../../metadata/refresh-copy.ts'
import {
  type PartySource,
  readMetadataFolder,
  type SourceProblem,
} from '../../saml/metadata-folder.ts'
import { readMetadata } from '../../saml/metadata-read.ts'
import type { MetadataCopy } from '../../store/metadata-records.ts'
import type { Store } from '../../store/store.ts'
import { type Cli, withStore } from '../context.ts'
import { plain, printJson, printTable } from '../output.ts'

type AsJson = { readonly json?: true }

/** Adds the three to `metadata`. */
export function addCopyCommands(metadata: Command, cli: Cli): void {
  metadata
    .command('status')
    .description('Shows every site: where its metadata is from, how fresh it is, what waits.')
    .option('--json', 'print JSON')
    .action((options: AsJson) => showStatus(options, cli))
  metadata
    .command('refresh [NAME]')
    .description('Fetches the metadata of a site, or of all that have a url, now.')
    .action((name: string | undefined) => refresh(name, cli))
  metadata
    .command('accept <NAME>')
    .description('Puts the change that waits for a site into effect.')
    .action((name: string) => accept(name, cli))
}

/** A site as `--json` shows one. Public contract: what is not known is null. */
type SiteView = {
  readonly name: string
  readonly url: string | null
  readonly entityIds: readonly string[]
  readonly validUntil: string | null
  readonly takenAt: string | null
  readonly checkedAt: string | null
  readonly nextAt: string | null
  readonly problem: string | null
  readonly pending: { readonly since: string; readonly changes: readonly string[] } | null
}

function showStatus({ json }: AsJson, cli: Cli): Promise<void> {
  return withStore(cli, async (store, { metadataDir }) => {
    const { sources, problems } = await readMetadataFolder(metadataDir)
    const copies = await store.metadata.list()
    const now = cli.clock.now()
    const views = [
      ...sources.map((source) => viewSource(source, findCopy(source, copies), now)),
      ...problems.map(viewProblem),
    ]
    if (views.some(({ problem }) => problem !== null)) cli.finish(EXIT.refused)
    if (json === true) printJson(cli.stdout, views)
    else printViews(views, cli)
  })
}

function findCopy({ name, options }: PartySource, copies: readonly MetadataCopy[]) {
  return copies.find((copy) => copy.name === name && copy.url === options.url)
}

function viewSource(source: PartySource, copy: MetadataCopy | undefined, now: Date): SiteView {
  const file = fileOf(source, copy)
  const read = file === undefined ? undefined : readMetadata(file)
  const parties = read?.parties ?? []
  const [first] = read?.problems ?? []
  const [until] = parties
    .flatMap(({ validUntil }) => validUntil ?? [])
    .toSorted((left, right) => left.getTime() - right.getTime())
  const ended = until !== undefined && until <= now ? 'its validUntil has passed' : undefined
  const missing = file === undefined ? 'it has not been fetched yet' : undefined
  return {
    name: source.name,
    url: source.options.url ?? null,
    entityIds: parties.map(({ entityId }) => entityId),
    validUntil: iso(until),
    takenAt: iso(copy?.takenAt),
    checkedAt: iso(copy?.checkedAt),
    nextAt: iso(copy?.nextAt),
    problem: first?.problem ?? ended ?? copy?.problem ?? missing ?? null,
    pending: viewPending(copy),
  }
}

function viewPending(copy: MetadataCopy | undefined): SiteView['pending'] {
  const pending = copy?.pending
  return pending === undefined
    ? null
    : { since: pending.at.toISOString(), changes: pending.changes }
}

function viewProblem({ name, line, problem }: SourceProblem): SiteView {
  const place = line === undefined ? '' : `line ${line}: `
  const nothing = { url: null, entityIds: [], validUntil: null, takenAt: null, checkedAt: null }
  return { name, ...nothing, nextAt: null, problem: `${place}${problem}`, pending: null }
}

function iso(date: Date | undefined): string | null {
  return date?.toISOString() ?? null
}

function printViews(views: readonly SiteView[], cli: Cli): void {
  const heads = ['NAME', 'FROM', 'ENTITY ID', 'CHECKED', 'NEXT', 'PROBLEM']
  const rows = views.map((view) => [
    view.name,
    view.url ?? 'file',
    view.entityIds.join(' '),
    view.checkedAt,
    view.nextAt,
    view.problem,
  ])
  printTable(cli.stdout, heads, rows)
  for (const { name, pending } of views) {
    if (pending === null) continue
    cli.stdout.write(`\n${plain(name)}: waits since ${pending.since} for metadata accept\n`)
    printChanges(pending.changes, cli)
  }
}

function printChanges(changes: readonly string[], cli: Cli): void {
  for (const change of changes) cli.stdout.write(`  ${plain(change)}\n`)
}

function refresh(name: string | undefined, cli: Cli): Promise<void> {
  return withStore(cli, async (store, { metadataDir }) => {
    const { sources } = await readMetadataFolder(metadataDir)
    const asked = fetchedSources(sources).filter((each) => name === undefined || each.name === name)
    if (asked.length === 0) throw new Refusal('METADATA_UNKNOWN_NAME', { name })
    for (const source of asked) await refreshOne(source, store, cli)
  })
}

const SAYS: Readonly<Record<Exclude<RefreshOutcome['kind'], 'failed'>, string>> = {
  'not-due': 'another process is fetching it',
  unchanged: 'unchanged',
  taken: 'taken into effect',
  waits: 'changed; waits for metadata accept',
}

async function refreshOne(source: FetchedSource, store: Store, cli: Cli): Promise<void> {
  const deps = { store, network: cli.network, log: createLog('silent') }
  const outcome = await refreshCopy(source, { now: cli.clock.now(), isForced: true }, deps)
  if (outcome.kind === 'failed') {
    cli.finish(EXIT.refused)
    const { code, facts } = outcome.refusal
    cli.stdout.write(`${plain(source.name)}: ${code}: ${plain(facts['problem'] ?? '')}\n`)
    return
  }
  if (outcome.kind === 'taken') {
    const after = { step: 'taken' }
    await cli.record({ action: 'metadata.changed', subject: source.name, after })
  }
  cli.stdout.write(`${plain(source.name)}: ${SAYS[outcome.kind]}\n`)
  if ('changes' in outcome) printChanges(outcome.changes, cli)
}

function accept(name: string, cli: Cli): Promise<void> {
  return withStore(cli, async (store) => {
    const copy = await store.metadata.find(name)
    if (copy === undefined) throw new Refusal('METADATA_UNKNOWN_NAME', { name })
    const { pending } = copy
    const isDone =
      pending !== undefined && (await store.metadata.accept(name, pending.at, cli.clock.now()))
    if (!isDone) throw new Refusal('METADATA_NOTHING_WAITS', { name })
    const after = { step: 'accepted', changes: pending.changes.join('; ') }
    await cli.record({ action: 'metadata.changed', subject: name, after })
    cli.stdout.write(`${plain(name)}: in effect within a minute\n`)
    printChanges(pending.changes, cli)
  })
}
