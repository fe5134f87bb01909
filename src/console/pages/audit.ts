// GET /console/audit: what people and programs did, newest first, and a search in it.

import type { AuditFacts } from '../../base/audit.ts'
import { AUDIT_ACTIONS, type AuditAction } from '../../base/audit-actions.ts'
import { Refusal } from '../../base/errors.ts'
import type { Parameters } from '../../base/parameters.ts'
import type { AuditRecord } from '../../store/audit-records.ts'
import { type Html, html } from '../../web/html.ts'
import { address, cutPage, PAGE_ROWS, readChoice, readText, type Screen } from '../screen.ts'
import { nextLink, table, time } from '../table.ts'

const PATH = '/console/audit'

// The keys are the table's own.
const ACTIONS = Object.keys(AUDIT_ACTIONS) as AuditAction[]

/** `before` is the number of the last row of the page before; `from` and `to` are days in UTC. */
export const auditScreen: Screen = async (query, store) => {
  const texts = {
    subject: readText(query, 'subject'),
    actor: readText(query, 'actor'),
    action: readChoice(query, 'action', ACTIONS),
    from: readText(query, 'from'),
    to: readText(query, 'to'),
  }
  const records = await store.audit.list({
    ...texts,
    from: readDay('from', texts.from),
    to: readDay('to', texts.to),
    before: readNumber(query),
    limit: PAGE_ROWS + 1,
  })
  const { shown, last } = cutPage(records)
  const next = last && address(PATH, { ...texts, before: `${last.sequence}` })
  const body = html`${searchForm(texts)}
${auditTable(shown)}
${nextLink(next)}`
  return { title: 'Audit', body }
}

function readDay(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const day = new Date(`${text}T00:00:00Z`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime())) return day
  throw new Refusal('BAD_PARAMETERS', { parameter: name, problem: 'must be a day: 2026-03-01' })
}

function readNumber(query: Parameters): number | undefined {
  const text = readText(query, 'before')
  if (text === undefined || /^\d{1,15}$/.test(text)) return text === undefined ? text : Number(text)
  throw new Refusal('BAD_PARAMETERS', { parameter: 'before', problem: 'must be a number' })
}

type Texts = Readonly<Record<'subject' | 'actor' | 'action' | 'from' | 'to', string | undefined>>

function searchForm({ subject, actor, action, from, to }: Texts): Html {
  const options = ACTIONS.map(
    (each) => html`<option${each === action && html` selected`}>${each}</option>
`,
  )
  return html`<form class="search" method="get" action="${PATH}" role="search">
<label for="subject">To whom: account id, login or key</label>
<input id="subject" name="subject" value="${subject ?? ''}" maxlength="128" autocomplete="off">
<label for="actor">By whom: account id, login or user of the system</label>
<input id="actor" name="actor" value="${actor ?? ''}" maxlength="128" autocomplete="off">
<label for="action">Action</label>
<select id="action" name="action"><option value="">any</option>
${options}</select>
<label for="from">From the day (UTC)</label>
<input id="from" name="from" type="date" value="${from ?? ''}">
<label for="to">Before the day (UTC)</label>
<input id="to" name="to" type="date" value="${to ?? ''}">
<button type="submit">Search</button>
</form>
`
}

function auditTable(records: readonly AuditRecord[]): Html {
  return table({
    caption: 'Events, newest first',
    none: 'Nothing is on record for this.',
    heads: ['Number', 'At', 'Action', 'By', 'To', 'Before', 'After', 'Address', 'Reference'],
    rows: records.map((record) => [
      record.sequence,
      time(record.at),
      html`<span title="${AUDIT_ACTIONS[record.action]}">${record.action}</span>`,
      `${record.actor.kind} ${record.actor.id}`,
      record.subject,
      factsText(record.before),
      factsText(record.after),
      record.address,
      record.reference,
    ]),
  })
}

function factsText(facts: AuditFacts | undefined): string | undefined {
  if (facts === undefined) return undefined
  return Object.entries(facts)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')
}
