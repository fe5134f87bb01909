// `users import` and `users export`: customers from and into a CSV.

import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Command } from 'commander'
import { type ImportReport, importPeople, type PersonChange } from '../../accounts/import-people.ts'
import { HEADINGS } from '../../accounts/people-file.ts'
import { changedFields, presence } from '../../accounts/presence.ts'
import { createRecordAudit } from '../../audit/record.ts'
import { EXIT } from '../../base/exit-codes.ts'
import { writeCsvLine } from '../../files/write-csv.ts'
import type { AccountRecord, Store } from '../../store/store.ts'
import { type Cli, UsageError, withStore } from '../context.ts'
import { plain, printFacts, printJson } from '../output.ts'

type ImportOptions = {
  readonly dryRun?: true
  readonly skipBad?: true
  readonly json?: true
}

type ExportOptions = { readonly output?: string }

/** Adds the two commands to `users`. */
export function addUserFileCommands(users: Command, cli: Cli): void {
  users
    .command('import <FILE>')
    .description('Adds and changes customers by a CSV. One wrong row, and nothing is written.')
    .option('--dry-run', 'show what would change, and write nothing')
    .option('--skip-bad', 'leave out rows with mistakes')
    .option('--json', 'print JSON')
    .action((file: string, options: ImportOptions) => importFile(file, options, cli))
  users
    .command('export')
    .description('Prints all customers as CSV, without passwords.')
    .option('--output <FILE>', 'a new file instead of standard output')
    .action((options: ExportOptions) => exportAll(options, cli))
}

async function importFile(file: string, options: ImportOptions, cli: Cli): Promise<void> {
  await checkReadable(file)
  const isDryRun = options.dryRun === true
  const report = await withStore(cli, async (store) => {
    const record = createRecordAudit({ audit: store.audit, clock: cli.clock })
    const onChange = async (change: Changing) => {
      if (options.json !== true) printChange(change, cli)
      if (isDryRun) return
      await record({ ...eventOf(change), actor: { kind: 'command', id: cli.user } })
    }
    const asked = { isDryRun, skipsBad: options.skipBad === true, onChange }
    const source = () => createReadStream(file)
    const deps = { accounts: store.accounts, clock: cli.clock }
    return importPeople({ ...asked, open: source }, deps)
  })
  const { added, updated, unchanged, bad } = report
  if (!isDryRun) {
    const after = { added, updated, unchanged, bad }
    await cli.record({ action: 'user.imported', subject: undefined, after })
  }
  if (bad > 0) cli.finish(EXIT.refused)
  printReport(report, options, cli)
}

async function checkReadable(file: string): Promise<void> {
  try {
    await (await open(file)).close()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : 'unreadable'
    throw new UsageError(`cannot read ${file} (${code})`, { cause })
  }
}

type Changing = Exclude<PersonChange, { kind: 'unchanged' }>

function eventOf(change: Changing) {
  const subject = change.after.accountId
  if (change.kind === 'add') {
    return { action: 'user.created', subject, after: presence(change.after) } as const
  }
  const after = changedFields(change.before, change.after)
  return { action: 'user.changed', subject, after } as const
}

const SHOWN = ['login', 'email', 'name', 'mobile'] as const

function printChange(change: Changing, cli: Cli): void {
  const { accountId, login } = change.after
  if (change.kind === 'add') {
    cli.stdout.write(`add     ${plain(accountId)}  ${plain(login)}\n`)
    return
  }
  const { before, after } = change
  const lines = SHOWN.filter((field) => before[field] !== after[field]).map((field) => {
    return `${field}: ${plain(before[field] ?? '-')} → ${plain(after[field] ?? '-')}`
  })
  if (before.isEnabled !== after.isEnabled) lines.push(after.isEnabled ? 'enabled' : 'disabled')
  if (before.passwordHash !== after.passwordHash) lines.push('password: changed')
  cli.stdout.write(`update  ${plain(accountId)}  ${lines.join(', ')}\n`)
}

function printReport(report: ImportReport, options: ImportOptions, cli: Cli): void {
  if (options.json === true) {
    printJson(cli.stdout, report)
    return
  }
  for (const problem of report.problems) cli.stderr.write(`${plain(problem)}\n`)
  printFacts(cli.stdout, [
    [options.dryRun === true ? 'would be added' : 'added', report.added],
    [options.dryRun === true ? 'would change' : 'changed', report.updated],
    ['unchanged', report.unchanged],
    ['with mistakes', report.bad],
  ])
}

const PAGE = 500

async function exportAll({ output }: ExportOptions, cli: Cli): Promise<void> {
  await withStore(cli, async (store) => {
    if (output === undefined) {
      await writeAll(store, async (text) => void cli.stdout.write(text))
      return
    }
    const file = await openNew(output)
    try {
      await writeAll(store, (text) => file.writeFile(text))
    } finally {
      await file.close()
    }
  })
  await cli.record({ action: 'user.exported', subject: undefined })
}

// It is full of personal data: nobody else reads it, and nothing that is there is overwritten.
async function openNew(path: string) {
  try {
    return await open(path, 'wx', 0o600)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : 'unwritable'
    throw new UsageError(`cannot write ${path} (${code})`, { cause })
  }
}

const EXPORTED = HEADINGS.filter((heading) => heading !== 'password_hash')

async function writeAll(store: Store, write: (text: string) => Promise<void>): Promise<void> {
  await write(writeCsvLine(EXPORTED))
  let after: string | undefined
  for (;;) {
    const page = await store.accounts.list({
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    })
    const people = page.filter(({ erasedAt }) => erasedAt === undefined)
    await write(people.map((account) => writeCsvLine(toCells(account))).join(''))
    after = page.at(-1)?.login
    if (page.length < PAGE) return
  }
}

function toCells({ accountId, login, email, name, mobile, isEnabled }: AccountRecord) {
  return [accountId, login, email ?? '', name ?? '', mobile ?? '', isEnabled ? 'yes' : 'no']
}
