// What people and machines read: tables, terms and JSON on standard output; refusals, mistakes and
// faults on standard error, each with its exit code.

import { CommanderError } from 'commander'
import { CALL_SUPPORT } from '../base/error-description.ts'
import { describe, Refusal } from '../base/errors.ts'
import { EXIT } from '../base/exit-codes.ts'
import { ConfigurationError } from '../config/load.ts'
import { type Output, UsageError } from './context.ts'

/** A value as JSON, for machines. */
export function printJson(output: Output, value: unknown): void {
  const lines = JSON.stringify(value, null, 2).split('\n')
  output.write(`${lines.map(visible).join('\n')}\n`)
}

/** A value as JSON on one line, for machines that read line by line. */
export function printJsonLine(output: Output, value: unknown): void {
  output.write(`${visible(JSON.stringify(value))}\n`)
}

/** Columns as wide as their widest cell; a cell that is not known is a dash. */
export function printTable(
  output: Output,
  heads: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): void {
  const lines = [heads, ...rows.map((row) => row.map((cell) => plain(cell ?? '-')))]
  const widths = heads.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  for (const line of lines) {
    const cells = line.map((cell, at) => cell.padEnd(widths[at] ?? 0))
    output.write(`${cells.join('  ').trimEnd()}\n`)
  }
}

/** Terms and their values, one on each line; a value that is not known is a dash. */
export function printFacts(
  output: Output,
  rows: readonly (readonly [string, string | number | null])[],
): void {
  const width = Math.max(...rows.map(([term]) => term.length))
  for (const [term, value] of rows) {
    output.write(`${term.padEnd(width)}  ${plain(value ?? '-')}\n`)
  }
}

/** Says on standard error what was thrown, and answers how the program ends. */
export function complain(stderr: Output, error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has written its sentence already. Asking for help is no mistake.
    return error.exitCode === EXIT.done ? EXIT.done : EXIT.usage
  }
  if (error instanceof UsageError) {
    stderr.write(`error: ${error.message}\n`)
    return EXIT.usage
  }
  if (error instanceof ConfigurationError) {
    stderr.write('The configuration has mistakes:\n')
    for (const mistake of error.mistakes) stderr.write(`  ${mistake}\n`)
    stderr.write('hint: docs/configuration.md lists every option.\n')
    return EXIT.configuration
  }
  if (error instanceof Refusal) {
    printRefusal(stderr, error)
    return EXIT.refused
  }
  // This is the operator's own terminal: the cause is for them, there is no other log.
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
  stderr.write(`FAULT: ${describe('FAULT').say}\ncause: ${cause}\n`)
  return EXIT.fault
}

function printRefusal(stderr: Output, { code, facts }: Refusal): void {
  const { say, toCaller, hint, remedy } = describe(code)
  stderr.write(`${code}: ${toCaller ?? say}\n`)
  for (const [name, value] of Object.entries(facts)) {
    for (const line of factLines(name, value)) stderr.write(`  ${line}\n`)
  }
  // A remedy among the facts is for this very case, and what is said in general may contradict it.
  if (facts['remedy'] !== undefined) return
  // Whoever reads this is the support team that a customer is told to call.
  if (remedy === undefined || hint !== CALL_SUPPORT) stderr.write(`hint: ${hint}\n`)
  if (remedy !== undefined) stderr.write(`remedy: ${remedy}\n`)
}

// `problems` speak for themselves; every other fact needs its name.
function factLines(name: string, value: unknown): readonly string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && name === 'problems') return value.map(problemLine)
  return [`${name}: ${plain(value)}`]
}

function problemLine(problem: unknown): string {
  if (typeof problem !== 'object' || problem === null) return plain(problem)
  const parts = Object.values(problem).filter((part) => part !== '')
  return parts.map(plain).join(': ')
}

/** A value on one line that a terminal shows and does not obey. */
export function plain(value: unknown): string {
  return visible(typeof value === 'string' ? value : JSON.stringify(value))
}

// Control characters move the cursor and worse; direction marks make text read as what it is not.
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (found) => {
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
