// `report`: what the imported files add up to, and where a bill does not agree with what it should.

import { type Command, InvalidArgumentError, Option } from 'commander'
import { Refusal } from '../../base/errors.ts'
import { EXIT } from '../../base/exit-codes.ts'
import type { Config } from '../../config/load.ts'
import { readAmount, writeAmount } from '../../files/amount.ts'
import {
  addUpExpenditure,
  compareWithSummary,
  compareWithUsage,
  DIMENSIONS,
  type Difference,
  type Dimension,
  type Expenditure,
  type MonthTotals,
  type Summary,
} from '../../files/report.ts'
import { writeCsvLine } from '../../files/write-csv.ts'
import { createPartnerClient } from '../../partner/client.ts'
import type { FileTotal, Subscription } from '../../store/file-records.ts'
import type { Store } from '../../store/store.ts'
import { type Cli, withStore } from '../context.ts'
import { monthOption } from '../month-option.ts'
import { printJson, printTable } from '../output.ts'

type Form = { readonly json?: true; readonly csv?: true }

/** Adds `report` with its commands to the program. */
export function addReportCommands(program: Command, cli: Cli): void {
  const report = program.command('report').description('Sums and differences of imported files.')
  report
    .command('expenditure')
    .description('Adds up what customers used, at list price.')
    .addOption(
      new Option('--by <LIST>', `some of ${DIMENSIONS.join(', ')}, separated by commas`)
        .argParser(readDimensions)
        .makeOptionMandatory(),
    )
    .addOption(monthOption('one month; every imported one otherwise'))
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV')
    .action((options: ExpenditureOptions) => reportExpenditure(options, cli))
  report
    .command('reconcile')
    .description('Lists where the bill of a month differs, and fails when it does.')
    .addOption(monthOption('the month of the bill').makeOptionMandatory())
    .addOption(
      new Option('--against <WHAT>', "Huawei's summary of the month, or the imported usage")
        .choices(['summary', 'usage'])
        .default('summary'),
    )
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV')
    .action((options: ReconcileOptions) => reconcile(options, cli))
}

function readDimensions(text: string): readonly Dimension[] {
  const named = text.split(',')
  const known = DIMENSIONS.filter((dimension) => named.includes(dimension))
  if (known.length === named.length) return named as readonly Dimension[] // All of them are known.
  throw new InvalidArgumentError(`Take each once of ${DIMENSIONS.join(', ')}.`)
}

type ExpenditureOptions = Form & { readonly by: readonly Dimension[]; readonly month?: string }

async function reportExpenditure(options: ExpenditureOptions, cli: Cli): Promise<void> {
  const { by, month } = options
  const months = await withStore(cli, (store) => loadUsage(store, month))
  const lines = addUpExpenditure(months, by)
  const heads = [...by, 'rows', 'amount']
  const cells = lines.map((line) => [...line.by, `${line.rowCount}`, writeAmount(line.amount)])
  if (options.json === true)
    printJson(
      cli.stdout,
      lines.map((line) => viewLine(line, by)),
    )
  else printCells(heads, cells, options, cli)
}

/** Public contract: amounts are texts, because numbers of JSON are floats. */
function viewLine({ by, rowCount, amount }: Expenditure, dimensions: readonly Dimension[]) {
  const values = Object.fromEntries(dimensions.map((name, at) => [name, by[at] ?? '']))
  return { ...values, rowCount, amount: writeAmount(amount) }
}

async function loadUsage(store: Store, month: string | undefined): Promise<readonly MonthTotals[]> {
  if (month !== undefined)
    return [{ month, totals: await getTotals(store, 'customerUsage', month) }]
  const imported = await store.imports.list()
  const months: MonthTotals[] = []
  for (const each of imported.filter(({ subscription }) => subscription === 'customerUsage')) {
    const totals = await store.imports.listTotals('customerUsage', each.month)
    months.push({ month: each.month, totals })
  }
  return months
}

async function getTotals(
  { imports }: Store,
  subscription: Subscription,
  month: string,
): Promise<readonly FileTotal[]> {
  if ((await imports.find(subscription, month)) === undefined) {
    throw new Refusal('FILES_NOT_IMPORTED', { subscription, month })
  }
  return imports.listTotals(subscription, month)
}

type ReconcileOptions = Form & {
  readonly month: string
  readonly against: 'summary' | 'usage'
}

async function reconcile(options: ReconcileOptions, cli: Cli): Promise<void> {
  const { month, against } = options
  const differences = await withStore(cli, async (store, config) => {
    const bill = await getTotals(store, 'customerBill', month)
    return against === 'usage'
      ? compareWithUsage(bill, await getTotals(store, 'customerUsage', month))
      : compareWithSummary(bill, await fetchSummary(month, config, cli))
  })
  if (differences.length > 0) cli.finish(EXIT.refused)
  const views = differences.map(viewDifference)
  if (options.json === true) printJson(cli.stdout, views)
  else if (views.length === 0 && options.csv !== true) cli.stderr.write('no differences\n')
  else
    printCells(
      DIFFERENCE_HEADS,
      views.map((view) => Object.values(view)),
      options,
      cli,
    )
}

const DIFFERENCE_HEADS = ['customer', 'service', 'item', 'ours', 'theirs', 'difference']

/** Public contract, in the order of `DIFFERENCE_HEADS`. */
function viewDifference({ customer, service, item, ours, theirs }: Difference) {
  return {
    customer,
    service,
    item,
    ours: writeAmount(ours),
    theirs: writeAmount(theirs),
    difference: writeAmount(ours - theirs),
  }
}

async function fetchSummary(month: string, { huawei }: Config, cli: Cli): Promise<Summary> {
  const client = createPartnerClient({
    ...huawei,
    key: huawei.partnerKey,
    fetch: cli.partnerFetch,
    clock: cli.clock,
    sleep: cli.sleep,
  })
  try {
    const summary = await client.listMonthlyBills({ bill_cycle: month })
    // Huawei leaves out what is nothing.
    const read = (amount: { toFixed: () => string } | undefined) => {
      const text = amount?.toFixed() ?? '0'
      const units = readAmount(text)
      if (units === undefined) throw new Refusal('PARTNER_BAD_ANSWER', { amount: text })
      return units
    }
    return {
      due: read(summary.initial_amount_due),
      expenditures: read(summary.consume_amount),
      refunds: read(summary.refunds),
      adjustments: read(summary.adjustments),
    }
  } finally {
    await client.close()
  }
}

function printCells(
  heads: readonly string[],
  lines: readonly (readonly string[])[],
  { csv }: Form,
  { stdout }: Cli,
): void {
  if (csv !== true) {
    printTable(
      stdout,
      heads.map((head) => head.toUpperCase()),
      lines,
    )
    return
  }
  for (const line of [heads, ...lines]) stdout.write(writeCsvLine(line))
}
