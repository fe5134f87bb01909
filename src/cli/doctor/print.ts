// A report in, text for people or a value for machines out.

import type { Output } from '../context.ts'
import { plain } from '../output.ts'
import { GROUPS, type Level } from './check.ts'
import type { Examined, Report } from './examine.ts'

/** How often each level came. */
export type Counts = Readonly<Record<Level, number>>

/** The report as `--json` prints it. Public contract. */
export function viewReport({ checks }: Report) {
  return {
    level: worstOf(checks),
    counts: countLevels(checks),
    checks: checks.map(({ id, group, title, expected, findings }) => {
      return { id, group, title, expected, findings }
    }),
  }
}

/** How often each level was found. */
export function countLevels(checks: readonly Examined[]): Counts {
  const levels = checks.flatMap(({ findings }) => findings.map(({ level }) => level))
  const count = (level: Level) => levels.filter((each) => each === level).length
  return { ok: count('ok'), note: count('note'), warning: count('warning'), error: count('error') }
}

function worstOf(checks: readonly Examined[]): Level {
  const counts = countLevels(checks)
  const worst = (['error', 'warning', 'note'] as const).find((level) => counts[level] > 0)
  return worst ?? 'ok'
}

type Look = { readonly symbol: string; readonly color: number }

const LOOKS: Readonly<Record<Level, Look>> = {
  ok: { symbol: '✓', color: 32 },
  note: { symbol: 'i', color: 36 },
  warning: { symbol: '!', color: 33 },
  error: { symbol: '✗', color: 31 },
}

/** Prints it by groups; what is as it should be takes one line. */
export function printReport(output: Output, { checks }: Report, hasColor: boolean): void {
  const width = Math.max(...checks.map(({ title }) => title.length))
  for (const group of GROUPS) {
    const ofGroup = checks.filter((check) => check.group === group)
    if (ofGroup.every(({ findings }) => findings.length === 0)) continue
    output.write(`${group}\n`)
    for (const check of ofGroup) printCheck(output, check, { width, hasColor })
    output.write('\n')
  }
  const { ok, note, warning, error } = countLevels(checks)
  output.write(`${error} errors, ${warning} warnings, ${note} notes, ${ok} as they should be.\n`)
}

function printCheck(
  output: Output,
  { title, expected, findings }: Examined,
  { width, hasColor }: { readonly width: number; readonly hasColor: boolean },
): void {
  const indent = ' '.repeat(width + 6)
  for (const { level, found, meaning, nextStep } of findings) {
    const { symbol, color } = LOOKS[level]
    const mark = hasColor ? `\u001b[${color}m${symbol}\u001b[0m` : symbol
    output.write(`  ${mark} ${title.padEnd(width)}  ${plain(found)}\n`)
    if (level === 'ok') continue
    if (level !== 'note') output.write(`${indent}expected: ${plain(expected)}\n`)
    output.write(`${indent}meaning: ${plain(meaning)}\n`)
    if (nextStep !== null) output.write(`${indent}next: ${plain(nextStep)}\n`)
  }
}
