// docs/partner-api.md: every operation of the catalogue, as its row describes it.

import { z } from 'zod'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import type { AnyOperation } from '../../src/partner/operation.ts'
import { code, generatedFrom, page, table } from './markdown.ts'
import { type Field, fieldsOf } from './schema-fields.ts'

const HOW = `
# Partner API

The operations of Huawei's partner API that this service knows, under \`HUAWEI_BSS_URL\`. Field names
are Huawei's own. \`partner-idp call OPERATION --help\` lists the fields of one.

An input that breaks a rule below is refused as \`PARTNER_INVALID_INPUT\` and never sent. An answer of
2xx is not taken for success before its \`error_code\` is read. Nothing is sent a second time by
itself, except once after Huawei refused an expired token.
`

/** The text of the page. */
export function partnerApiPage(): string {
  const entries: readonly (readonly [string, AnyOperation])[] = Object.entries(CATALOGUE)
  return page([
    generatedFrom('src/partner/catalogue'),
    HOW,
    ...table(['Operation', "Huawei's title", 'Path', 'Effect'], entries.map(summaryOf)),
    ...entries.flatMap(([name, row]) => sectionOf(name, row)),
  ])
}

function summaryOf([name, row]: readonly [string, AnyOperation]): readonly string[] {
  return [
    `[${name}](#${name.toLowerCase()})`,
    row.title,
    code(`${row.method} ${row.path}`),
    row.effect,
  ]
}

function sectionOf(name: string, row: AnyOperation): readonly string[] {
  return [
    '',
    `## ${name}`,
    '',
    `${row.title}: ${code(`${row.method} ${row.path}`)}`,
    '',
    `- Effect: ${row.effect}. ${RETRY[row.retry]}`,
    `- Credentials: those of the ${row.caller}.`,
    `- Success: HTTP ${row.succeeds}${row.succeeds === 204 ? ', without a body' : ''}.`,
    `- Source: ${sourceOf(row)}.`,
    '',
    '### Input',
    '',
    ...inputTable(fieldsOf(row.body)),
    ...resultSection(row),
    '',
    "### Huawei's errors",
    '',
    ...table(
      ['HTTP', 'Code', 'Meaning'],
      row.errors.map((error) => [String(error.http), code(error.code), error.meaning]),
    ),
  ]
}

const RETRY: Readonly<Record<AnyOperation['retry'], string>> = {
  never: 'Do not repeat it without looking first: a repeat may do the same thing twice.',
  read: 'A repeat is harmless.',
}

function sourceOf({ source }: AnyOperation): string {
  const section = `Partner Center API reference, ${source.section}`
  return source.page === undefined ? section : `${section}; <${source.page}>`
}

function inputTable(fields: readonly Field[]): readonly string[] {
  const rows = fields.map(({ name, isRequired, rule, meaning }) => [
    code(name),
    isRequired ? 'yes' : '',
    rule,
    meaning,
  ])
  return table(['Field', 'Required', 'Rule', 'Meaning'], rows)
}

function resultSection(row: AnyOperation): readonly string[] {
  if (row.result instanceof z.ZodVoid) return []
  const rows = fieldsOf(row.result).map(({ name, meaning }) => [code(name), meaning])
  return ['', '### Result', '', ...table(['Field', 'Meaning'], rows)]
}
