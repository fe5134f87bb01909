// A CSV of customers in, one row after the other out, each right or with its mistakes; in memory that does
// not grow with the file.

import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { HASH_MUST, isImportableHash } from '../signin/password-hash.ts'
import type { AccountRecord } from '../store/store.ts'
import { findProblems } from './account.ts'

/** The headings there are; the first two must be in a file that is imported. */
export const HEADINGS = [
  'account_id',
  'login',
  'email',
  'name',
  'mobile',
  'enabled',
  'password_hash',
] as const

type Heading = (typeof HEADINGS)[number]

/** A customer as a row names one; what has no column is not there. */
export type PersonRow = Pick<AccountRecord, 'accountId' | 'login'> &
  Partial<Pick<AccountRecord, 'email' | 'name' | 'mobile' | 'isEnabled' | 'passwordHash'>>

/** A row and where it begins in the file. */
export type ReadPerson = { readonly line: number } & (
  | { readonly row: PersonRow; readonly problems?: never }
  | { readonly row?: never; readonly problems: readonly string[] }
)

const MOST_ROW_BYTES = 16_384

/** The rows. A file whose heading is wrong is a single row with mistakes, and nothing after it. */
export async function* readPeople(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadPerson> {
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: MOST_ROW_BYTES,
  })
  const flowing = pipeline(() => bytes, parser)
  // Its failure is that of the loop as well, where it is caught.
  flowing.catch(() => undefined)
  let headings: readonly string[] | undefined
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      line = info.lines
      if (headings !== undefined) {
        yield readRow(record, headings, line)
        continue
      }
      headings = record.map((cell) => cell.trim().toLowerCase())
      const problems = findHeadingProblems(headings)
      if (problems.length > 0) {
        yield { line, problems }
        return
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // The package's own words quote the row, which is somebody's.
    yield { line: Number(error['lines'] ?? line), problems: [`is no CSV (${error.code})`] }
    return
  }
  if (headings === undefined) yield { line, problems: ['the file is empty'] }
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

function findHeadingProblems(headings: readonly string[]): readonly string[] {
  const known: readonly string[] = HEADINGS
  return [
    ...headings
      .filter((heading) => !known.includes(heading))
      .map((heading) => {
        return `${heading.slice(0, 40)}: is none of ${HEADINGS.join(', ')}`
      }),
    ...headings
      .filter((heading, at) => headings.indexOf(heading) !== at)
      .map((heading) => `${heading}: stands there twice`),
    ...HEADINGS.slice(0, 2)
      .filter((heading) => !headings.includes(heading))
      .map((heading) => `${heading}: must be a column`),
  ]
}

function readRow(cells: readonly string[], headings: readonly string[], line: number): ReadPerson {
  if (cells.length !== headings.length) {
    return { line, problems: [`has ${cells.length} cells under ${headings.length} headings`] }
  }
  const given = new Map(headings.map((heading, at) => [heading, unguard(cells[at] ?? '')]))
  const row = toPerson(given)
  const problems = [
    ...findProblems(row),
    ...findEnabledProblems(given.get('enabled')),
    ...findHashProblems(row.passwordHash),
  ]
  return problems.length > 0 ? { line, problems } : { line, row }
}

function toPerson(given: ReadonlyMap<string, string>): PersonRow {
  const cell = (heading: Heading) => given.get(heading)?.trim()
  const optional = (heading: Heading) => cell(heading) || undefined
  return {
    accountId: cell('account_id') ?? '',
    login: cell('login') ?? '',
    ...(given.has('email') ? { email: optional('email') } : {}),
    ...(given.has('name') ? { name: optional('name') } : {}),
    ...(given.has('mobile') ? { mobile: optional('mobile') } : {}),
    ...(optional('enabled') === undefined ? {} : { isEnabled: cell('enabled') === 'yes' }),
    // An empty cell takes nobody's password away: an export has none.
    ...(optional('password_hash') === undefined ? {} : { passwordHash: cell('password_hash') }),
  }
}

function findEnabledProblems(cell: string | undefined): readonly string[] {
  return ['', 'yes', 'no', undefined].includes(cell?.trim()) ? [] : ['enabled: must be yes or no']
}

function findHashProblems(hash: string | undefined): readonly string[] {
  return hash === undefined || isImportableHash(hash) ? [] : [`password_hash: ${HASH_MUST}`]
}

// What an export has put before a text that a spreadsheet would take for a formula.
function unguard(cell: string): string {
  return /^'[=+@\t\r-]/.test(cell) ? cell.slice(1) : cell
}
