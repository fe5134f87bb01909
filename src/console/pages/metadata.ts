// GET /console/metadata: the SP metadata that is fetched, how fresh it is, and what waits for an operator.

import type { MetadataCopy } from '../../store/metadata-records.ts'
import { type Html, html } from '../../web/html.ts'
import type { Screen } from '../screen.ts'
import { badge, table, time } from '../table.ts'

/** Every copy. It shows and never changes: whom we trust is decided on the command line. */
export const metadataScreen: Screen = async (_query, store) => {
  const copies = await store.metadata.list()
  const list = table({
    caption: 'Fetched from the sites',
    none: 'No site has a URL from which its metadata is fetched. Files are read as they are.',
    heads: ['Name', 'State', 'URL', 'In effect since', 'Last checked', 'Next', 'Problem'],
    rows: copies.map((copy) => [
      copy.name,
      stateBadge(copy),
      copy.url,
      time(copy.takenAt),
      time(copy.checkedAt),
      time(copy.nextAt),
      copy.problem,
    ]),
  })
  return { title: 'Metadata', body: html`${list}\n${copies.map(describePending)}` }
}

function stateBadge({ xml, pending, problem }: MetadataCopy): Html {
  if (pending !== undefined) return badge('a change waits', 'warn')
  if (xml === undefined) return badge('nothing yet', 'bad')
  return problem === undefined ? badge('good', 'good') : badge('last good copy', 'warn')
}

function describePending({ name, pending }: MetadataCopy): Html | undefined {
  if (pending === undefined) return undefined
  return html`<h2>What changes for ${name}</h2>
<p>Waits since ${time(pending.at)}. Ask the site whether it is theirs, then run <code>partner-idp metadata accept ${name}</code>.</p>
<ul>${pending.changes.map((change) => html`<li>${change}</li>`)}</ul>
`
}
