// GET /console/traces: what became of messages that arrived. The newest refused ones, or the one whose
// reference a person quotes.

import { type CheckResult, remedyOf } from '../../base/check.ts'
import { describe, isErrorCode } from '../../base/errors.ts'
import type { TraceRecord } from '../../base/trace.ts'
import { type Html, html } from '../../web/html.ts'
import { address, cutPage, PAGE_ROWS, readText, type Screen } from '../screen.ts'
import { badge, facts, nextLink, table, time } from '../table.ts'

const PATH = '/console/traces'

const KINDS: Readonly<Record<TraceRecord['kind'], string>> = {
  request: 'sign-in request',
  logout: 'sign-out request',
  notice: 'notification',
}

/** `reference` shows one trace; `after` is the reference of the last row of the page before. */
export const tracesScreen: Screen = async (query, store) => {
  // People read references aloud: case and spaces must not matter.
  const reference = readText(query, 'reference')?.toUpperCase()
  if (reference !== undefined) {
    const trace = await store.traces.find(reference)
    return { title: 'Traces', body: html`${searchForm(reference)}${oneTrace(trace, reference)}` }
  }
  const after = readText(query, 'after')
  const page = after === undefined ? {} : { after }
  const refused = await store.traces.listRefused({ limit: PAGE_ROWS + 1, ...page })
  const { shown, last } = cutPage(refused)
  const next = last && address(PATH, { after: last.reference })
  const body = html`${searchForm('')}${tracesTable(shown)}
${nextLink(next)}`
  return { title: 'Traces', body }
}

function searchForm(reference: string): Html {
  return html`<form class="search" method="get" action="${PATH}" role="search">
<label for="reference">Reference</label>
<input id="reference" name="reference" value="${reference}" maxlength="32" autocomplete="off">
<button type="submit">Show</button>
</form>
`
}

function tracesTable(traces: readonly TraceRecord[]): Html {
  return table({
    caption: 'Refused messages, newest first',
    none: 'No message was refused lately.',
    heads: ['Reference', 'Arrived', 'Message', 'Verdict', 'Issuer it claims'],
    rows: traces.map((trace) => [
      html`<a href="${address(PATH, { reference: trace.reference })}">${trace.reference}</a>`,
      time(trace.arrivedAt),
      KINDS[trace.kind],
      badge(trace.verdict, 'bad'),
      trace.issuer,
    ]),
  })
}

function oneTrace(trace: TraceRecord | undefined, reference: string): Html {
  if (trace === undefined) {
    return html`<p class="soft">There is no trace of ${reference}. Refused messages are kept for TRACE_DAYS, and of accepted ones the newest TRACE_KEEP.</p>`
  }
  const { verdict, relayStateBytes } = trace
  const say = isErrorCode(verdict) ? describe(verdict).say : 'The message passed every check.'
  return html`<p><strong>${badge(verdict, verdict === 'accepted' ? 'good' : 'bad')}</strong> ${say}</p>
${facts([
  ['Reference', trace.reference],
  ['Arrived', time(trace.arrivedAt)],
  ['Message', KINDS[trace.kind]],
  ['Issuer it claims', trace.issuer],
  ['Request id', trace.requestId],
  ['RelayState', relayStateBytes === undefined ? undefined : `${relayStateBytes} bytes`],
])}
${table({
  caption: 'Checks, in the order in which they are made',
  none: 'Nothing was checked.',
  heads: ['Check', 'Verdict', 'Found', 'Expected', 'What to do', 'Where it is written'],
  rows: trace.checks.map((check) => [
    check.title,
    badge(check.verdict, TONES[check.verdict]),
    check.found,
    check.expected,
    remedyOf(check),
    check.section,
  ]),
})}`
}

const TONES = { passed: 'good', failed: 'bad', skipped: 'plain' } as const satisfies Record<
  CheckResult['verdict'],
  string
>
