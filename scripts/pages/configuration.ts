// docs/configuration.md: every option with its rule, and what the sites preset.

import { SITES } from '../../src/base/huawei-sites.ts'
import type { Option } from '../../src/config/option.ts'
import { OPTIONS } from '../../src/config/options.ts'
import { DEFAULT_PARTY_OPTIONS, PARTY_OPTIONS } from '../../src/saml/party-options.ts'
import { code, generatedFrom, page, table } from './markdown.ts'
import { fieldsOf } from './schema-fields.ts'

const HOW = `
# Configuration

Options come from the environment, then from the file that \`CONFIG_FILE\` names, then from the
default. The file has lines \`NAME=value\`; a name in it that is no option is a mistake. An empty
value means "not set".

Every option can be given as \`NAME_FILE\`: a path whose content is the value. Use it for secrets.
Giving both \`NAME\` and \`NAME_FILE\` is a mistake.

A wrong or missing option stops the start with exit code 78. The mistakes are listed together, each
with its name, what it must be and what it is. Values of secrets are not shown.

Outside the sandbox \`HUAWEI_PLATFORM_ID\` and \`HUAWEI_PARTNER_ID\` are required, and every address
must be https, or on this machine.
`

const SITES_HEAD = `
## What a site presets

\`sandbox\` presets the address of the sandbox for all four, \`custom\` presets nothing. A
\`HUAWEI_*_URL\` option wins over the preset.
`

const PARTY_HEAD = `
## Options of a site

A JSON file in \`METADATA_DIR\`, of the same name as the site's metadata: \`huawei-eu.json\` beside
\`huawei-eu.xml\`, or alone when it has a \`url\`. Every option may be left out. An unknown name or a
wrong value is a problem that is logged with its field, and the site is left out.
[Operations](keys-and-sites.md#metadata-of-the-sites) shows how they work together.
`

/** The text of the page. */
export function configurationPage(): string {
  const rows: readonly Option<unknown>[] = Object.values(OPTIONS)
  return page([
    generatedFrom('src/config/options.ts, src/config/sites.ts and src/saml/party-options.ts'),
    HOW,
    '## Options',
    '',
    ...table(['Name', 'Default', 'Must', 'Meaning'], rows.map(cellsOf)),
    SITES_HEAD,
    ...siteTable(),
    PARTY_HEAD,
    ...partyTable(),
  ])
}

function cellsOf({ name, fallback, must, doc, isSecret }: Option<unknown>): readonly string[] {
  const preset = fallback === undefined ? '' : code(fallback)
  return [code(name), preset, must, isSecret ? `${doc} A secret: it is never shown.` : doc]
}

function partyTable(): readonly string[] {
  const defaults: Readonly<Record<string, unknown>> = DEFAULT_PARTY_OPTIONS
  const rows = fieldsOf(PARTY_OPTIONS).map(({ name, rule, meaning }) => {
    const preset = defaults[name]
    return [code(name), preset === undefined ? '' : code(JSON.stringify(preset)), rule, meaning]
  })
  return table(['Name', 'Default', 'Must be', 'Meaning'], rows)
}

function siteTable(): readonly string[] {
  const rows = Object.entries(SITES).map(([name, site]) => [
    code(name),
    ...[site.authUrl, site.consoleUrl, site.iamUrl, site.bssUrl].map(code),
    site.createsByEmail ? 'here, at `/activate`' : "on Huawei's own page",
  ])
  const urls = ['AUTH', 'CONSOLE', 'IAM', 'BSS'].map((part) => code(`HUAWEI_${part}_URL`))
  return table(['Site', ...urls, 'New accounts are opened'], rows)
}
