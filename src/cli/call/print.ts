// What an operation gave, on standard output: tables for people, JSON for machines. What was not done
// goes to standard error, whatever the form.

import { resultFields } from '../../partner/field.ts'
import { toPlain } from '../../partner/field-text.ts'
import type { AnyOperation } from '../../partner/operation.ts'
import { type ResultTable, readItems, viewResult, viewTable } from '../../partner/result-view.ts'
import type { Cli, Output } from '../context.ts'
import { printFacts, printJson, printJsonLine, printTable } from '../output.ts'
import { fitTable } from './fit.ts'
import type { GivenOptions } from './options.ts'

/** How an answer is written. */
export type Form = 'table' | 'json' | 'jsonl'

const WIDTH = 120

/** The form that is asked for; without one, people get a table and everything else JSON. */
export function formOf(options: GivenOptions, cli: Cli): Form {
  if (options.output !== undefined) return options.output
  if (cli.stdout.isTTY === true) return 'table'
  return options.all === true ? 'jsonl' : 'json'
}

/** Prints one answer. */
export function printResult(row: AnyOperation, result: unknown, to: To): void {
  const { form, cli } = to
  if (form === 'json') printJson(cli.stdout, toPlain(result) ?? null)
  if (form === 'jsonl') printLines(row, result, cli.stdout)
  if (form === 'table') printForPeople(row, result, cli)
}

export type To = { readonly form: Form; readonly cli: Cli }

function printForPeople(row: AnyOperation, result: unknown, cli: Cli): void {
  if (result === undefined) {
    cli.stdout.write('done\n')
    return
  }
  const { facts, tables } = viewResult(row, result)
  if (facts.length > 0) printFacts(cli.stdout, facts)
  for (const [at, table] of tables.entries()) {
    if (facts.length > 0 || at > 0) cli.stdout.write('\n')
    printList(table, cli)
  }
  noteMore(row, result, cli)
}

// The items of a list, one on each line; an answer that is no list is a line of its own.
function printLines({ paging }: AnyOperation, result: unknown, output: Output): void {
  const items = paging === undefined ? [result] : readItems(fieldOf(result, paging.list))
  for (const item of items) printJsonLine(output, toPlain(item) ?? null)
}

/** Prints a list under its name, as wide as the terminal, and says what had no room. */
export function printList(table: ResultTable, cli: Cli): void {
  if (table.rows.length === 0) {
    cli.stdout.write(`${table.name}: none\n`)
    return
  }
  const { heads, rows, left } = fitTable(table, cli.stdout.columns || WIDTH)
  cli.stdout.write(`${table.name}\n`)
  printTable(cli.stdout, heads, rows)
  if (left.length > 0) {
    cli.stderr.write(`not shown: ${left.join(', ')}; --output json has everything\n`)
  }
}

function noteMore({ paging }: AnyOperation, result: unknown, cli: Cli): void {
  if (paging === undefined) return
  const shown = readItems(fieldOf(result, paging.list)).length
  const total = fieldOf(result, paging.total)
  if (typeof total === 'number' && total > shown) {
    cli.stderr.write(`${shown} of ${total}; --all gives every one\n`)
  }
}

/** Says on standard error what Huawei did not do, though it did the rest. */
export function printFailures(
  row: AnyOperation,
  failures: readonly unknown[],
  stderr: Output,
): void {
  stderr.write(`not done: ${failures.length} (${row.failures})\n`)
  const list = resultFields(row).find(({ name }) => name === row.failures)
  const table = list && viewTable(list, readItems(failures), [])
  if (table === undefined || table.heads.length === 0) {
    for (const failure of failures) printJsonLine(stderr, toPlain(failure))
    return
  }
  printTable(stderr, table.heads, table.rows)
}

/** A field of an answer whose fields are not known; `undefined` when it has none of that name. */
export function fieldOf(result: unknown, name: string): unknown {
  if (typeof result !== 'object' || result === null) return undefined
  return Object.entries(result).find(([field]) => field === name)?.[1]
}
