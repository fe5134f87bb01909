// A reporter of node:test: the events of a run in, and after it, for each attack class, how many rows and
// tests stood against it. Says nothing when no row of the attack list was run.

import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { type AttackClass, readClasses } from '../test/attacks/classes.ts'

type Ran = { readonly rows: Set<string>; readonly failed: Set<string>; readonly tests: string[] }

// On two engines a row is run twice and counts once.
const ROW = /^([A-Z]{2}-\d{3}) /

// biome-ignore lint/style/noDefaultExport: node:test takes the default export of a reporter.
export default async function* reportAttacks(events: AsyncIterable<TestEvent>) {
  const ran: Ran = { rows: new Set(), failed: new Set(), tests: [] }
  for await (const { type, data } of events) {
    if (type === 'test:pass' || type === 'test:fail') remember(ran, type, data)
  }
  if (ran.rows.size > 0) yield summaryOf(ran)
}

function remember(
  ran: Ran,
  type: 'test:pass' | 'test:fail',
  { name, file = '', skip }: { name: string; file?: string; skip?: string | boolean },
): void {
  if (skip !== undefined && skip !== false) return
  const id = ROW.exec(name)?.[1]
  if (id !== undefined) (type === 'test:pass' ? ran.rows : ran.failed).add(id)
  else if (type === 'test:pass') ran.tests.push(`${relative(process.cwd(), file)}: ${name}`)
}

function summaryOf(ran: Ran): string {
  const failed = ran.failed.size === 0 ? '' : `, ${ran.failed.size} failed: ${[...ran.failed]}`
  const lines = readClasses().map((each) => lineOf(each, ran))
  return `\nAttack rows refused as they must be: ${ran.rows.size}${failed}\n${lines.join('')}\n`
}

function lineOf({ number, title, rows, tests }: AttackClass, ran: Ran): string {
  const patterns = tests.map(patternOf)
  const ranRows = rows.filter((id) => ran.rows.has(id)).length
  const ranTests = new Set(ran.tests.filter((name) => patterns.some((each) => each.test(name))))
  return `${String(number).padStart(4)}  ${title.padEnd(56)} ${ranRows} rows, ${ranTests.size} tests\n`
}

// Dots stand for what differs from row to row; marks such as [S24] come and go.
function patternOf(title: string): RegExp {
  const parts = title.split('…').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}( \\[S\\d+\\])*$`, 's')
}
