// `files`: the files that a partner subscribes to, from the bucket or a path into the database; and
// attachments of real-name authentications into the bucket.

import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Argument, type Command, Option } from 'commander'
import { Refusal } from '../../base/errors.ts'
import { type Config, loadConfig } from '../../config/load.ts'
import type { Archive } from '../../files/archive.ts'
import { uploadAttachments } from '../../files/attach.ts'
import { checkAttachments, PROOFS, type Proof } from '../../files/attachment.ts'
import { type Bucket, createBucket } from '../../files/bucket.ts'
import { findInBucket, findInPath, newestByMonth } from '../../files/find-archives.ts'
import { type ImportOutcome, importArchive } from '../../files/import.ts'
import { type ImportedMonth, SUBSCRIPTIONS, type Subscription } from '../../store/file-records.ts'
import type { Store } from '../../store/store.ts'
import { createProgressBar } from '../call/progress.ts'
import { type Cli, UsageError, withStore } from '../context.ts'
import { monthOption } from '../month-option.ts'
import { printJson, printTable } from '../output.ts'

type AsJson = { readonly json?: true }

/** Adds `files` with its commands to the program. */
export function addFilesCommands(program: Command, cli: Cli): void {
  const files = program.command('files').description("Huawei Cloud's usage and bill files.")
  files
    .command('import')
    .description('Imports the newest file of each month that is not imported yet, or of one month.')
    .addArgument(new Argument('<SUBSCRIPTION>', 'which file').choices(SUBSCRIPTIONS))
    .addOption(monthOption('the month to import, even if it is imported already'))
    .option('--from <PATH>', 'a file or folder instead of the bucket')
    .option('--json', 'print JSON')
    .action((subscription: Subscription, options: ImportOptions) => {
      return importFiles(subscription, options, cli)
    })
  files
    .command('list')
    .description('Shows the months that are imported, and from which file.')
    .option('--json', 'print JSON')
    .action((options: AsJson) => listMonths(options, cli))
  files
    .command('attach <FILE...>')
    .description('Uploads proofs of identity, and prints what verified_file_url must list.')
    .option('--as <NAME>', 'the name in the bucket, without ending; several get -1, -2, …')
    .addOption(new Option('--kind <KIND>', kindsText()).choices(Object.keys(PROOFS)))
    .option('--replace', 'replace files that have these names already')
    .option('--json', 'print JSON')
    .action((paths: readonly string[], options: AttachOptions) => attach(paths, options, cli))
}

function kindsText(): string {
  const kinds = Object.entries(PROOFS).map(([kind, roles]) => `${kind} is ${roles.join(', ')}`)
  return `checks that all files are there, in this order: ${kinds.join('; ')}`
}

type ImportOptions = AsJson & { readonly month?: string; readonly from?: string }

async function importFiles(
  subscription: Subscription,
  options: ImportOptions,
  cli: Cli,
): Promise<void> {
  const outcomes = await withStore(cli, async (store, config) => {
    const archives = await chooseArchives(subscription, options, { store, config, cli })
    const done: ImportOutcome[] = []
    for (const archive of archives) done.push(await importOne(archive, store, cli))
    return done
  })
  if (options.json === true) {
    printJson(cli.stdout, outcomes)
    return
  }
  const heads = ['MONTH', 'FILE', 'OUTCOME', 'ROWS', 'LONG ROWS', 'UNKNOWN COLUMNS']
  const lines = outcomes.map(({ month, file, outcome, rowCount, longRows, unknownColumns }) => {
    return [month, file, outcome, `${rowCount}`, `${longRows}`, unknownColumns.join(', ')]
  })
  if (lines.length === 0) cli.stderr.write('every month that is there is imported\n')
  else printTable(cli.stdout, heads, lines)
}

type Installation = { readonly store: Store; readonly config: Config; readonly cli: Cli }

async function chooseArchives(
  subscription: Subscription,
  { month, from }: ImportOptions,
  { store, config, cli }: Installation,
): Promise<readonly Archive[]> {
  const found =
    from === undefined
      ? await findInBucket(subscription, openBucket(config, cli))
      : await findInPath(subscription, from)
  const newest = newestByMonth(found, month)
  if (newest.length === 0) throw new Refusal('FILES_NOT_FOUND', { subscription, month, from })
  if (month !== undefined) return newest
  // Every day the same months are there; those whose file counts already are not fetched again.
  const imported = new Set((await store.imports.list()).map(({ file }) => file))
  return newest.filter(({ file }) => !imported.has(file))
}

async function importOne(archive: Archive, store: Store, cli: Cli): Promise<ImportOutcome> {
  const bar = createProgressBar(cli.stderr)
  const toKib = (bytes: number) => Math.ceil(bytes / 1024)
  try {
    return await importArchive(archive, {
      imports: store.imports,
      clock: cli.clock,
      onProgress: ({ readBytes }) => {
        bar.show({ found: toKib(readBytes), total: toKib(archive.sizeBytes) })
      },
    })
  } finally {
    bar.hide()
  }
}

function openBucket({ bucket }: Config, cli: Cli): Bucket {
  if (bucket === undefined) throw new Refusal('FILES_NOT_CONFIGURED')
  return createBucket(bucket, { fetch: cli.fetch, clock: cli.clock })
}

async function listMonths({ json }: AsJson, cli: Cli): Promise<void> {
  const months = await withStore(cli, ({ imports }) => imports.list())
  if (json === true) {
    printJson(cli.stdout, months.map(viewMonth))
    return
  }
  const heads = ['SUBSCRIPTION', 'MONTH', 'FILE', 'ROWS', 'IMPORTED AT']
  const lines = months.map(viewMonth).map((month) => {
    const { subscription, file, rowCount, importedAt } = month
    return [subscription, month.month, file, `${rowCount}`, importedAt]
  })
  printTable(cli.stdout, heads, lines)
}

/** Public contract. */
function viewMonth({ subscription, month, file, sha256, rowCount, finishedAt }: ImportedMonth) {
  return { subscription, month, file, sha256, rowCount, importedAt: finishedAt.toISOString() }
}

type AttachOptions = AsJson & {
  readonly as?: string
  readonly kind?: Proof
  readonly replace?: true
}

async function attach(
  paths: readonly string[],
  { as, kind, replace, json }: AttachOptions,
  cli: Cli,
): Promise<void> {
  const bucket = openBucket(loadConfig(cli.environment), cli)
  const files = await Promise.all(paths.map(readAttachment))
  const attachments = checkAttachments(files, { as, proof: kind })
  await uploadAttachments(attachments, bucket, replace === true)
  const urls = attachments.map(({ url }) => url)
  if (json === true) printJson(cli.stdout, { verified_file_url: urls })
  else for (const url of urls) cli.stdout.write(`${url}\n`)
}

async function readAttachment(path: string) {
  try {
    return { name: basename(path), content: await readFile(path) }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : 'unreadable'
    throw new UsageError(`cannot read ${path} (${code})`, { cause })
  }
}
