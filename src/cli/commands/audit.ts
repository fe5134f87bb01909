// `audit`: what people and programs did, searched and taken elsewhere.

import { type Command, InvalidArgumentError, Option } from 'commander'
import { viewAudit } from '../../audit/view.ts'
import { AUDIT_ACTIONS, type AuditAction } from '../../base/audit-actions.ts'
import type { AuditQuery, AuditRecord } from '../../store/audit-records.ts'
import type { Store } from '../../store/store.ts'
import { type Cli, withStore } from '../context.ts'
import { instantOption } from '../instant-option.ts'
import { printJson, printJsonLine, printTable } from '../output.ts'

type FindOptions = AuditQuery & { readonly limit: number; readonly json?: true }
type ExportOptions = { readonly after: number; readonly from?: Date; readonly follow?: true }

const PAGE = 500
const FOLLOW_MS = 2000

/** Adds `audit` with its commands to the program. */
export function addAuditCommands(program: Command, cli: Cli): void {
  const audit = program.command('audit').description('The record of what people did.')
  audit
    .command('find')
    .description('Shows events, newest first.')
    .option('--subject <ID>', 'the account id, login or key that it happened to')
    .option('--actor <ID>', 'whoever did it: an account id, a login, a user of the system')
    .addOption(new Option('--action <ACTION>', 'what was done').choices(Object.keys(AUDIT_ACTIONS)))
    .addOption(instantOption('--from', 'nothing before it'))
    .addOption(instantOption('--to', 'only what was before it'))
    .addOption(wholeNumber('--limit <COUNT>', 'how many events').default(100))
    .option('--json', 'print JSON')
    .action((options: FindOptions) => find(options, cli))
  audit
    .command('actions')
    .description('Lists every action there is.')
    .action(() => listActions(cli))
  audit
    .command('export')
    .description('Prints events as JSON lines, oldest first.')
    .addOption(
      wholeNumber('--after <SEQUENCE>', 'what follows the event of this number').default(0),
    )
    .addOption(instantOption('--from', 'nothing before it'))
    .option('--follow', 'go on with new events until Ctrl+C')
    .action((options: ExportOptions) => exportAll(options, cli))
}

function wholeNumber(flags: string, meaning: string): Option {
  return new Option(flags, meaning).argParser((text: string) => {
    if (/^\d{1,12}$/.test(text)) return Number(text)
    throw new InvalidArgumentError('It is a whole number.')
  })
}

async function find({ json, ...query }: FindOptions, cli: Cli): Promise<void> {
  const records = await withStore(cli, ({ audit }) => audit.list(query))
  if (json === true) {
    printJson(cli.stdout, records.map(viewAudit))
    return
  }
  const heads = ['NUMBER', 'AT', 'ACTION', 'BY', 'SUBJECT', 'ADDRESS', 'REFERENCE']
  printTable(cli.stdout, heads, records.map(toCells))
}

function toCells(record: AuditRecord): readonly (string | null)[] {
  const { sequence, at, action, actor, subject, address, reference } = record
  const by = `${actor.kind} ${actor.id}`
  return [
    `${sequence}`,
    at.toISOString(),
    action,
    by,
    subject ?? null,
    address ?? null,
    reference ?? null,
  ]
}

function listActions(cli: Cli): void {
  printTable(cli.stdout, ['ACTION', 'MEANING'], Object.entries(AUDIT_ACTIONS))
}

async function exportAll({ after, from, follow }: ExportOptions, cli: Cli): Promise<void> {
  const action: AuditAction = 'audit.exported'
  await cli.record({
    action,
    subject: undefined,
    after: { after, from: from?.toISOString() ?? null },
  })
  await withStore(cli, async (store) => {
    let last = await printPages(store, { after, from }, cli)
    if (follow !== true) return
    const interruption = cli.interruption()
    while (!interruption.aborted) {
      // Ctrl+C ends the waiting; that is how this command is done.
      await cli.sleep(FOLLOW_MS, interruption).catch(() => undefined)
      last = await printPages(store, { after: last, from }, cli)
    }
  })
}

/** Answers the number of the last event that was printed. */
async function printPages(
  { audit }: Store,
  { after, from }: { readonly after: number; readonly from: Date | undefined },
  cli: Cli,
): Promise<number> {
  let last = after
  for (;;) {
    const records = await audit.follow({ after: last, from, limit: PAGE })
    for (const record of records) printJsonLine(cli.stdout, viewAudit(record))
    last = records.at(-1)?.sequence ?? last
    if (records.length < PAGE) return last
  }
}
