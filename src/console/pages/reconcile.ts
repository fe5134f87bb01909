// GET /console/reconcile: where Huawei Cloud's list of customers and ours differ, what is proposed, and the
// last comparisons.

import { DRIFTS } from '../../accounts/reconcile/drift.ts'
import type { Finding, ReconcileRun } from '../../store/reconcile-records.ts'
import { type Html, html } from '../../web/html.ts'
import { RECONCILE_PATH } from '../act-on-binding.ts'
import {
  type Asker,
  address,
  cutPage,
  PAGE_ROWS,
  readChoice,
  readText,
  type Screen,
} from '../screen.ts'
import { badge, customerLink, nextLink, table, time } from '../table.ts'

const STATES = ['open', 'accepted', 'dismissed', 'gone'] as const
const RUNS = 10

/** `state` narrows the findings (`open` without it); `after` is a finding's id. */
export const reconcileScreen: Screen = async (query, store, asker) => {
  const state = readChoice(query, 'state', STATES) ?? 'open'
  const after = readText(query, 'after')
  const page = after === undefined ? {} : { after }
  const findings = await store.reconciles.listFindings({ limit: PAGE_ROWS + 1, state, ...page })
  const { shown, last } = cutPage(findings)
  const next = last && address(RECONCILE_PATH, { state, after: last.id })
  const body = html`<nav aria-label="Filter">${STATES.map((each) => filterLink(each, state))}</nav>
${findingsTable(shown, asker)}
${nextLink(next)}
<h2>Comparisons</h2>
${runsTable(await store.reconciles.listRuns(RUNS))}`
  return { title: 'Reconciliation', body }
}

function filterLink(state: string, current: string): Html {
  return html`<a href="${address(RECONCILE_PATH, { state })}"${state === current && html` aria-current="true"`}>${state}</a>
`
}

function findingsTable(findings: readonly Finding[], asker: Asker): Html {
  return table({
    caption: 'Differences to Huawei Cloud',
    none: 'There are none.',
    heads: ['Account id', 'Difference', 'Connected here', 'Huawei Cloud says', 'Found', 'Decision'],
    rows: findings.map((finding) => [
      customerLink(finding.accountId),
      html`${badge(finding.kind, finding.state === 'open' ? 'warn' : 'plain')}<br>${DRIFTS[finding.kind].means}`,
      finding.ours.domainId,
      says(finding),
      time(finding.foundAt),
      finding.state === 'open' ? decisionForm(finding, asker) : decided(finding),
    ]),
  })
}

function says({ theirs, domainId }: Finding): string {
  if (theirs === undefined) return `no customer ${domainId}`
  const whose = theirs.xaccount_id ?? 'no account id'
  return `${domainId}: ${whose}, association ${theirs.association_type ?? 'not known'}`
}

function decided({ state, decidedBy, decidedAt, note }: Finding): Html {
  return html`${state}${decidedBy === undefined ? '' : html` by ${decidedBy}, ${time(decidedAt)}`}${note === undefined ? '' : html`: ${note}`}`
}

function decisionForm({ id, kind, accountId }: Finding, { csrf, mayChange }: Asker): Html {
  if (!mayChange) return html`open`
  const what = `${kind} of ${accountId}`
  return html`<form method="post" action="${RECONCILE_PATH}">
${csrf}<input type="hidden" name="finding" value="${id}">
<input name="reason" maxlength="128" aria-label="Reason, ${what}" placeholder="Reason">
<button class="quiet" type="submit" name="do" value="accept" aria-label="Accept ${what}">Accept</button>
<button class="quiet" type="submit" name="do" value="dismiss" aria-label="Dismiss ${what}">Dismiss</button>
</form>`
}

function runsTable(runs: readonly ReconcileRun[]): Html {
  return table({
    caption: `The last ${RUNS}, newest first`,
    none: 'Nothing has been compared yet: partner-idp reconcile, or RECONCILE_HOURS.',
    heads: ['Started', 'State', 'Customers', 'What it came to', 'Finished'],
    rows: runs.map((run) => [
      time(run.startedAt),
      run.isDryRun ? `${run.state}, dry` : run.state,
      `${run.position} of ${run.total ?? 'an unknown number'}`,
      Object.entries(run.counts)
        .filter(([name]) => name !== 'idle')
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
      time(run.finishedAt),
    ]),
  })
}
