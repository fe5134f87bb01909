// `ledger`: what this house has issued, and the proof that nobody has changed the record since.

import type { Command } from 'commander'
import { Refusal } from '../../base/errors.ts'
import type {
  LedgerAnchor,
  LedgerEntry,
  LedgerPlace,
  LedgerReport,
} from '../../store/ledger-records.ts'
import { type Cli, UsageError, withStore } from '../context.ts'
import { printFacts, printJson } from '../output.ts'

type AsJson = { readonly json?: true }

const JSON_OPTION = ['--json', 'print JSON'] as const

/** Adds `ledger` with its commands to the program. */
export function addLedgerCommands(program: Command, cli: Cli): void {
  const ledger = program.command('ledger').description('The record of issued assertions.')
  ledger
    .command('verify')
    .description('Proves the chain of all entries, and fails at the first one that breaks it.')
    .option('--noted <PLACE>', 'what `ledger head` printed earlier; must still be in the chain')
    .option(...JSON_OPTION)
    .action((options: VerifyOptions) => verify(options, cli))
  ledger
    .command('find <ASSERTION-ID>')
    .description('Shows the entry of an assertion, and fails when it is not ours.')
    .option(...JSON_OPTION)
    .action((assertionId: string, options: AsJson) => find(assertionId, options, cli))
  ledger
    .command('head')
    .description('Prints the newest place of the chain, to be noted outside of this house.')
    .option(...JSON_OPTION)
    .action((options: AsJson) => showHead(options, cli))
}

type VerifyOptions = AsJson & { readonly noted?: string }

async function verify({ json, noted: text }: VerifyOptions, cli: Cli): Promise<void> {
  const noted = text === undefined ? undefined : readPlace(text)
  const report = await withStore(cli, ({ ledger }) => ledger.verify(noted))
  if (json === true) printJson(cli.stdout, viewReport(report))
  else printReport(report, cli)
  const { broken } = report
  if (broken !== undefined) throw new Refusal('LEDGER_BROKEN', { ...broken, sound: report.count })
  if (report.noted === 'differs') throw new Refusal('LEDGER_REWRITTEN', { noted: text })
}

async function find(assertionId: string, { json }: AsJson, cli: Cli): Promise<void> {
  const { entry, anchor } = await withStore(cli, async ({ ledger }) => {
    // The anchor is read last: what it says of removed entries then covers the search.
    const entry = await ledger.find(assertionId)
    return { entry, anchor: await ledger.anchor() }
  })
  if (entry === undefined) throw new Refusal('LEDGER_UNKNOWN', describeLimits(assertionId, anchor))
  if (json === true) printJson(cli.stdout, viewEntry(entry))
  else printEntry(entry, cli)
}

function describeLimits(assertionId: string, { sequence, issuedBefore }: LedgerAnchor) {
  const isWhole = sequence === 0
  const certainty = isWhole
    ? 'no entry was ever removed: the ledger has never held this assertion'
    : `${sequence} entries from before ${issuedBefore?.toISOString()} were removed: if it is younger it is not ours, if it is older nobody can say`
  return { assertionId, certainty }
}

async function showHead({ json }: AsJson, cli: Cli): Promise<void> {
  const head = await withStore(cli, ({ ledger }) => ledger.head())
  if (json === true) printJson(cli.stdout, head)
  else cli.stdout.write(`${writePlace(head)}\n`)
}

function writePlace({ sequence, hash }: LedgerPlace): string {
  return `${sequence}:${hash}`
}

function readPlace(text: string): LedgerPlace {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (sequence === undefined || hash === undefined) {
    throw new UsageError('--noted takes what `ledger head` prints: NUMBER:HASH')
  }
  return { sequence: Number(sequence), hash }
}

/** Public contract: what is not known is null. */
function viewReport({ anchor, head, count, first, last, broken, noted }: LedgerReport) {
  return {
    isSound: broken === undefined && noted !== 'differs',
    count,
    first: first === undefined ? null : viewEntry(first),
    last: last === undefined ? null : viewEntry(last),
    head,
    removed: {
      count: anchor.sequence,
      issuedBefore: anchor.issuedBefore?.toISOString() ?? null,
    },
    broken: broken ?? null,
    noted: noted ?? null,
  }
}

function viewEntry({ issuedAt, ...entry }: LedgerEntry) {
  return { ...entry, issuedAt: issuedAt.toISOString() }
}

const NOTED = {
  holds: 'is in the chain',
  removed: 'was removed with the oldest entries and cannot be compared',
  differs: 'is not in the chain',
} as const

function printReport({ anchor, head, count, first, last, noted }: LedgerReport, cli: Cli): void {
  const { sequence, issuedBefore } = anchor
  const removed = sequence === 0 ? 'none' : `${sequence}, before ${issuedBefore?.toISOString()}`
  printFacts(cli.stdout, [
    ['sound entries', count],
    ['first', first === undefined ? null : placeAndTime(first)],
    ['last', last === undefined ? null : placeAndTime(last)],
    ['head', writePlace(head)],
    ['removed', removed],
    ...(noted === undefined ? [] : [['noted', NOTED[noted]] as const]),
  ])
}

function placeAndTime({ sequence, issuedAt }: LedgerEntry): string {
  return `${sequence}, ${issuedAt.toISOString()}`
}

function printEntry(entry: LedgerEntry, cli: Cli): void {
  printFacts(cli.stdout, [
    ['assertion', entry.assertionId],
    ['issued at', entry.issuedAt.toISOString()],
    ['issued for', entry.issuer],
    ['account id', entry.accountId],
    ['session index', entry.sessionIndex],
    ['in response to', entry.requestId],
    ['SHA-256 of its text', entry.digest],
    ['place', writePlace(entry)],
  ])
}
