// docs/conformance.md: each statement of the profiles, with the tests that name it (`[S24]` in their
// titles) and the lines of docs/divergences.md that say what is done instead (`[S24]` in the line).

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { listTestTitles } from '../test-titles.ts'
import { generatedFrom, page } from './markdown.ts'

const ROOT = join(import.meta.dirname, '../..')

const STATEMENTS = z.array(
  z.strictObject({
    number: z.int().positive(),
    /** Its names in the profiles: SDP is saml2int, IIP the implementation profile, eGov the older one. */
    ids: z.array(z.string().regex(/^(SDP|IIP|eGov)-[A-Z]*\d+$/)).min(1),
    says: z.string().min(20),
  }),
)

/** What stands behind a statement. */
export type Evidence = {
  readonly number: number
  readonly ids: readonly string[]
  readonly says: string
  /** Each with its file, as an item of a list. */
  readonly tests: readonly string[]
  readonly divergences: readonly string[]
}

const HOW = `
# Conformance

The statements of Kantara's deployment profile (saml2int, \`SDP\`), of its implementation profile for
federations (\`IIP\`) and of the older eGov profile that bind an identity provider, numbered S1 to S45.
Each has a test that names it, or a line of [divergences](divergences.md) that says what is done
instead and why; some have both. Huawei's documents decide where they and a profile differ.

A test stands here because its title names the statement; \`npm test\` runs all of them. Dots stand for
what differs from row to row of a table of cases. A statement with neither a test nor a line stops
\`npm run docs -- --check\`.
`

/** Every statement, in order, with its tests and divergences. */
export function listEvidence(root = ROOT): readonly Evidence[] {
  const file = join(root, 'test/conformance/statements.json')
  const tests = listTestTitles(root)
  const lines = readFileSync(join(root, 'docs/divergences.md'), 'utf8').split('\n')
  return STATEMENTS.parse(JSON.parse(readFileSync(file, 'utf8'))).map((statement) => ({
    ...statement,
    tests: tests
      .filter(({ title }) => names(title, statement.number))
      .map(({ path, title }) => `${withoutMarks(title)} ([${path}](../${path}))`),
    divergences: lines.filter((line) => names(line, statement.number)).map(tellDivergence),
  }))
}

/** Statements with neither a test nor a divergence. */
export function findGaps(root = ROOT): readonly string[] {
  return listEvidence(root)
    .filter(({ tests, divergences }) => tests.length + divergences.length === 0)
    .map(({ number, says }) => `S${number}: ${says}`)
}

/** The text of the page. */
export function conformancePage(): string {
  const evidence = listEvidence()
  const tested = evidence.filter(({ tests }) => tests.length > 0).length
  const diverging = evidence.filter(({ divergences }) => divergences.length > 0).length
  return page([
    generatedFrom('test/conformance/statements.json'),
    HOW,
    `Of ${evidence.length} statements ${tested} have tests; ${diverging} have a line about what differs.`,
    ...evidence.flatMap(sectionOf),
  ])
}

function sectionOf({ number, ids, says, tests, divergences }: Evidence): readonly string[] {
  return [
    '',
    `## S${number}`,
    '',
    `${says} (${ids.join(', ')})`,
    '',
    ...tests.map((test) => `- Test: ${test}`),
    ...divergences.map((line) => `- Differs: ${line}`),
  ]
}

function names(text: string, number: number): boolean {
  return text.includes(`[S${number}]`)
}

function withoutMarks(text: string): string {
  return text.replaceAll(/ ?\[S\d+\]/g, '').trim()
}

// A line of the table there: where | what SAML says | what is done here | why.
function tellDivergence(line: string): string {
  const [where = '', , here = '', why = ''] = withoutMarks(line)
    .split('|')
    .map((cell) => cell.trim())
    .slice(1)
  return `${where}: ${here}. Why: ${why}`
}
