// The sandbox's own pages: which scenario is played, what arrived, which codes were mailed.

import type { Departure, Step } from '../web/departure.ts'
import { readForm } from '../web/form.ts'
import { type Html, html } from '../web/html.ts'
import type { SandboxDeps } from './deps.ts'
import { cloudPage, findingsTable, sorryPage } from './frame.ts'
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from './scenarios.ts'
import type { Arrival, StateFile } from './state.ts'

/** The steps of the control pages. */
export type Control = {
  readonly overview: Step
  /** Form field `name`. */
  readonly switchScenario: Step
  readonly mailbox: Step
}

/** The control pages over the sandbox's state. */
export function createControl({ state }: SandboxDeps): Control {
  return {
    overview: () => overviewPage(state),
    switchScenario: (request) => {
      const name = readForm(request).text('name') ?? ''
      if (!isScenario(name)) {
        return sorryPage('There is no such scenario', `“${name}” is not in the table.`, 400)
      }
      state.change({ scenario: name })
      return { kind: 'redirect', to: '/sandbox' }
    },
    mailbox: () => mailboxPage(state),
  }
}

/** Whether the table has a scenario of that name. */
function isScenario(name: string): name is ScenarioName {
  return SCENARIO_NAMES.some((known) => known === name)
}

function overviewPage(state: StateFile): Departure {
  const { scenario, arrivals } = state.read()
  const current = SCENARIOS[scenario]
  const body = html`<p>This program plays Huawei Cloud and a partner portal. It stays in a scenario until
you choose another one.</p>
<p class="note" data-scenario="${scenario}"><strong>${current.title}.</strong> ${current.expect}</p>
<h2>Scenarios</h2>
<form method="post" action="/sandbox/scenario">
<div class="scroll" role="region" aria-label="Scenarios" tabindex="0"><table>
<thead><tr><th scope="col">Scenario</th><th scope="col">What happens</th><th scope="col">What you should see</th></tr></thead>
<tbody>
${SCENARIO_NAMES.map((name) => scenarioRow(name, name === scenario))}</tbody>
</table></div>
<button type="submit">Play this scenario</button>
</form>
<h2>What arrived</h2>
${
  arrivals.length === 0
    ? html`<p>Nothing yet. <a href="/portal">Start at the partner portal.</a></p>`
    : arrivalsTable(arrivals)
}
<p><a href="/sandbox/state.json">Everything as JSON</a></p>`
  const page = cloudPage({ title: 'Sandbox Huawei Cloud', body, isWide: true })
  return { kind: 'page', page }
}

function scenarioRow(name: ScenarioName, isCurrent: boolean): Html {
  const { title, expect } = SCENARIOS[name]
  return html`<tr><td><label class="choice"><input type="radio" name="name" value="${name}"${
    isCurrent && html` checked`
  }> <code>${name}</code></label></td><td>${title}</td><td>${expect}</td></tr>
`
}

const KINDS: Readonly<Record<Arrival['kind'], string>> = {
  answer: 'SAML answer',
  logout: 'SAML sign-out',
  notice: 'Bind notification sent',
  call: 'API call',
}

function arrivalsTable(arrivals: readonly Arrival[]): Html {
  return html`<div class="scroll" role="region" aria-label="What arrived" tabindex="0"><table>
<thead><tr><th scope="col">Time (UTC)</th><th scope="col">What</th><th scope="col">Verdict</th><th scope="col">Details</th></tr></thead>
<tbody>
${arrivals.map(
  (
    one,
  ) => html`<tr><td>${one.at.slice(0, 19).replace('T', ' ')}</td><td>${KINDS[one.kind]}</td><td><span class="badge ${mood(one.verdict)}">${one.verdict}</span></td><td>${one.summary}${details(one)}</td></tr>
`,
)}</tbody>
</table></div>`
}

function details({ broken, xml }: Arrival): Html {
  return html`${broken.length > 0 && findingsTable(broken)}${
    xml !== undefined &&
    xml !== '' &&
    html`<details><summary>XML</summary><pre>${xml}</pre></details>`
  }`
}

function mood(verdict: string): 'good' | 'warn' | 'bad' {
  if (/^(accepted|create-and-bind|genuine|2\d\d)$/.test(verdict)) return 'good'
  return /^(refused|forged|replayed|5\d\d|no answer)$/.test(verdict) ? 'bad' : 'warn'
}

function mailboxPage(state: StateFile): Departure {
  const { codes } = state.read()
  const body =
    codes.length === 0
      ? html`<p>No verification code has been sent yet.</p>`
      : html`<p>Huawei Cloud would have sent these by e-mail.</p>
<div class="scroll" role="region" aria-label="Codes" tabindex="0"><table>
<thead><tr><th scope="col">To</th><th scope="col">Code</th><th scope="col">Sent (UTC)</th><th scope="col">State</th></tr></thead>
<tbody>
${codes.map(
  (
    code,
  ) => html`<tr><td>${code.email}</td><td><code data-code-for="${code.email}">${code.code}</code></td><td>${code.sentAt.slice(0, 19).replace('T', ' ')}</td><td>${code.isSpent ? 'used' : `valid for ${code.minutes} minutes`}</td></tr>
`,
)}</tbody>
</table></div>`
  return { kind: 'page', page: cloudPage({ title: 'Mailbox', body, isWide: true }) }
}
