// docs/partner-api.md: every operation of the catalogue, as its row describes it.

import { GROUPS, type Group, type NamedRow } from '../../src/partner/catalogue/groups.ts'
import type { AnyOperation, Caller, RemoteError } from '../../src/partner/operation.ts'
import { code, generatedFrom, page, table } from './markdown.ts'
import { errorDetailTable, inputTable, resultTable } from './operation-fields.ts'

const HOW = `
# Partner API

The operations of Huawei's partner API, under \`HUAWEI_BSS_URL\`. Field names are Huawei's own. Each is
a method of the client ([library](library.md)), a command (\`partner-idp call OPERATION --help\`), a form
of the console if it only reads, and a route of the sandbox.

- **Input** that breaks a rule below is refused as \`PARTNER_INVALID_INPUT\` and never sent.
- **Amounts** are decimals with every digit; in a JSON input they are numbers or texts. **Times** are
  UTC. **Days** and months are those of Beijing (GMT+8), by which Huawei bills.
- **Answers** of 2xx are not taken for success before their \`error_code\` is read. Fields that Huawei adds
  are kept, and absent ones left out.
- **Repeats**: only reads are asked again, after a minute, where nobody waits for them. What writes or
  costs money is sent once; the one exception is a refused token, because nothing was done then.
- **Limits**: calls are spaced so that Huawei's limit for one operation and account holds.`

/** The text of the page. */
export function partnerApiPage(): string {
  return page([
    generatedFrom('src/partner/catalogue'),
    HOW,
    ...GROUPS.flatMap(indexOf),
    ...GROUPS.flatMap(({ title, rows }) => ['', `## ${title}`, ...rows.flatMap(sectionOf)]),
  ])
}

function indexOf({ title, rows }: Group): readonly string[] {
  const summaries = rows.map(({ name, row }) => [
    `[${name}](#${name.toLowerCase()})`,
    row.deprecated === undefined ? row.title : `${row.title} (deprecated)`,
    row.caller,
    row.effect,
  ])
  return [
    '',
    `**${title}**`,
    '',
    ...table(['Operation', "Huawei's title", 'Caller', 'Effect'], summaries),
  ]
}

function sectionOf({ name, row }: NamedRow): readonly string[] {
  return [
    '',
    `### ${name}`,
    '',
    `${row.title}: ${code(`${row.method} ${row.path}`)}`,
    '',
    ...factsOf(row).map((fact) => `- ${fact}`),
    ...inputTable(row),
    ...resultTable(row),
    '',
    "#### Huawei's errors",
    '',
    ...errorTable(row.errors),
    ...errorDetailTable(row),
  ]
}

const CALLERS: Readonly<Record<Caller, string>> = {
  partner: "the partner's.",
  customer: "only the customer's: name the customer for whom the call is made.",
  either: "the partner's, or a customer's for a view of their own.",
  'partner-for-customer':
    "the partner's, once the customer has authorised the partner, or the customer's by an agency.",
}

const RETRIES: Readonly<Record<AnyOperation['retry'], string>> = {
  never: 'Never repeated: a repeat may do the same thing twice, so look first.',
  read: 'A repeat is harmless.',
}

function factsOf(row: AnyOperation): readonly string[] {
  const { paging, perSecond = 10 } = row
  return [
    ...(row.deprecated === undefined ? [] : [`**Deprecated.** ${row.deprecated}`]),
    `Effect: ${row.effect}. ${RETRIES[row.retry]}`,
    `Credentials: ${CALLERS[row.caller]}`,
    ...(row.confirm === undefined ? [] : [`Must be confirmed: ${row.confirm}`]),
    ...(paging === undefined
      ? []
      : [
          `A list: ${code(paging.list)}, at most ${paging.most} on a page, ${code(paging.total)} on all.`,
        ]),
    ...(row.failures === undefined
      ? []
      : [`May be done in part: ${code(row.failures)} lists what was not done.`]),
    `Limit: ${perSecond} calls a second.`,
    `Success: HTTP ${row.succeeds}${row.succeeds === 204 ? ', without a body' : ''}.`,
    `Source: ${sourceOf(row)}.`,
  ]
}

function sourceOf({ source }: AnyOperation): string {
  const section = `Partner Center API reference, ${source.section}`
  return source.page === undefined ? section : `${section}; <${source.page}>`
}

function errorTable(errors: readonly RemoteError[]): readonly string[] {
  const rows = errors.map(({ http, code: remote, meaning, remedy = '' }) => [
    String(http),
    code(remote),
    meaning,
    remedy,
  ])
  return table(['HTTP', 'Code', 'Meaning', 'What to do'], rows)
}
