// GET /console/call: the operations of the partner API that only read, and a search in them.

import { GROUPS, type Group, type NamedRow } from '../../partner/catalogue/groups.ts'
import { type Html, html } from '../../web/html.ts'
import { readText, type Screen } from '../screen.ts'
import { type Row, table } from '../table.ts'
import { formPath } from './call-form.ts'

const PATH = '/console/call'

/** `q` is a part of an operation's name, of Huawei's title or of its path. */
export const callListScreen: Screen = async (query) => {
  const q = readText(query, 'q')
  const body = html`<p>What Huawei Cloud knows, asked with the partner's own credentials or for a customer. Here an operator only reads: what writes or costs money is done with <code>partner-idp call</code>.</p>
${searchForm(q)}
${table({
  caption: 'Operations that read',
  heads: ['Operation', "Huawei's title", 'Group'],
  rows: GROUPS.flatMap((group) => rowsOf(group, q)),
  none: `No operation is found for “${q}”.`,
})}`
  return { title: 'Partner API', body }
}

function rowsOf({ title, rows }: Group, q: string | undefined): readonly Row[] {
  const found = rows.filter((named) => named.row.effect === 'read' && matches(named, q))
  return found.map(({ name, row }) => {
    const note = row.deprecated === undefined ? '' : ' (deprecated)'
    return [html`<a href="${formPath(name)}">${name}</a>`, `${row.title}${note}`, title]
  })
}

function matches({ name, row }: NamedRow, q = ''): boolean {
  return `${name} ${row.title} ${row.path}`.toLowerCase().includes(q.toLowerCase())
}

function searchForm(q: string | undefined): Html {
  return html`<form class="search" method="get" action="${PATH}" role="search">
<label for="q">Operation, title or path, or a part of it</label>
<input id="q" name="q" type="search" value="${q ?? ''}" maxlength="128" autocapitalize="none" spellcheck="false">
<button type="submit">Search</button>
</form>
`
}
