// docs/errors.md: what each code means, for the person who has it in front of them.

import { ERROR_CODES } from '../../src/base/error-codes.ts'
import type { ErrorDescription, SamlStatus } from '../../src/base/error-description.ts'
import { code, generatedFrom, page, table } from './markdown.ts'

const HOW = `
# Error codes

Every refusal has one code. It is the same on the page, in JSON, in the log line \`refused\`, in the
metric \`sign_ins_total\` and on the command line. A page and its log line share a reference such as
\`7K3M-9QXD-T2VA\`: search the log for it.

A refusal is a page while the return address of the sign-in request is not proven. From then on a
code with a SAML status travels back to Huawei Cloud as a signed Response with that status.

## All codes
`

/** The text of the page. */
export function errorsPage(): string {
  const entries: readonly (readonly [string, ErrorDescription])[] = Object.entries(ERROR_CODES)
  const rows = entries.map(([name, { http, saml }]) => [
    `[${name}](#${name.toLowerCase()})`,
    String(http),
    saml === undefined ? '' : nameOf(saml),
  ])
  return page([
    generatedFrom('src/base/error-codes.ts'),
    HOW,
    ...table(['Code', 'HTTP', 'SAML status'], rows),
    ...entries.flatMap(([name, description]) => sectionOf(name, description)),
  ])
}

function sectionOf(name: string, { say, hint, remedy, http, saml }: ErrorDescription) {
  const status = saml === undefined ? '' : ` · SAML status ${code(nameOf(saml))}`
  const operator = remedy === undefined ? [] : [`- For the operator: ${remedy}`]
  return ['', `## ${name}`, '', `> ${say} ${hint}`, '', `- HTTP ${http}${status}`, ...operator]
}

function nameOf({ top, second }: SamlStatus): string {
  return second === undefined ? top : `${top}/${second}`
}
