// The control page of the partner API: faults for the next calls, the limit of calls a second, the
// accounts with their keys and agencies, and what has been done.

import { SANDBOX } from '../../base/sandbox-names.ts'
import { CATALOGUE, type OperationName } from '../../partner/catalogue/index.ts'
import type { Departure, Step } from '../../web/departure.ts'
import { readForm } from '../../web/form.ts'
import { type Html, html } from '../../web/html.ts'
import { changeAccount, findAccount } from '../accounts.ts'
import type { SandboxDeps } from '../deps.ts'
import { cloudPage, factsList, sorryPage } from '../frame.ts'
import type { Account, State, WaitingFault } from '../state.ts'
import { FAULT_NAMES, FAULTS, type FaultName } from './faults.ts'
import { customerKey } from './keys.ts'
import { addFault, removeFault } from './waiting-faults.ts'

/** The steps of the page. */
export type ApiControl = {
  readonly page: Step
  /** Form fields `operation`, `fault` or `none`, `times` (1 if absent), `bytes` for `huge`. */
  readonly switchFault: Step
  /** Form fields `domain_id` and `agency`; an empty one takes the agency away. */
  readonly setAgency: Step
  /** Form field `throttling`: `on` or `off`. */
  readonly switchThrottling: Step
}

const PATH = '/sandbox/api'
const BACK: Departure = { kind: 'redirect', to: PATH }
const MOST_TIMES = 1000
const MOST_BYTES = 100 * 1024 * 1024

const OPERATION_NAMES = Object.keys(CATALOGUE) as OperationName[]

type Form = ReturnType<typeof readForm>

/** The page over the sandbox's state. */
export function createApiControl(deps: SandboxDeps): ApiControl {
  const { state } = deps
  return {
    page: () => ({ kind: 'page', page: apiPage(state.read()) }),
    switchFault: (request) => {
      const form = readForm(request)
      const operation = form.text('operation') ?? ''
      if (!OPERATION_NAMES.some((name) => name === operation)) return unknownName(operation)
      if (form.text('fault') === 'none') {
        removeFault(operation, deps)
        return BACK
      }
      const fault = readFault(operation, form)
      if (fault === undefined) return unknownName('this fault')
      addFault(fault, deps)
      return BACK
    },
    setAgency: (request) => {
      const form = readForm(request)
      const domainId = form.text('domain_id') ?? ''
      if (findAccount(state.read(), domainId) === undefined) return unknownName(domainId)
      const agency = form.text('agency')?.trim()
      changeAccount(domainId, { agency: agency === '' ? undefined : agency }, deps)
      return BACK
    },
    switchThrottling: (request) => {
      state.change({ throttling: readForm(request).text('throttling') === 'on' })
      return BACK
    },
  }
}

function unknownName(name: string): Departure {
  return sorryPage('There is no such thing', `“${name}” is not in the tables of this page.`, 400)
}

function readFault(operation: string, form: Form): WaitingFault | undefined {
  const fault = form.text('fault') ?? ''
  const times = readWhole(form.text('times'), { absent: 1, most: MOST_TIMES })
  const bytes = readWhole(form.text('bytes'), { absent: undefined, most: MOST_BYTES })
  if (!isFault(fault) || times === undefined) return undefined
  return { operation, fault, times, ...(bytes === undefined ? {} : { bytes }) }
}

function readWhole(
  text: string | undefined,
  { absent, most }: { readonly absent: number | undefined; readonly most: number },
): number | undefined {
  if (text === undefined || text === '') return absent
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0
  return value >= 1 && value <= most ? value : undefined
}

function isFault(name: string): name is FaultName {
  return FAULT_NAMES.some((known) => known === name)
}

function apiPage(state: State) {
  const body = html`<p>How the <strong>partner API</strong> of this sandbox behaves, beside the
<a href="/sandbox">scenario</a>.</p>
<h2>Faults</h2>
${faultForm()}
${waitingTable(state.faults)}
<h2>Calls a second</h2>
${throttlingForm(state.throttling)}
<h2>Accounts</h2>
${accountsTable(state.accounts)}
<h2>Work done</h2>
${effectsList(state.effects)}`
  return cloudPage({ title: 'Partner API', body, isWide: true })
}

function faultForm(): Html {
  const options = (names: readonly string[]) =>
    names.map((name) => html`<option value="${name}">${name}</option>`)
  return html`<form method="post" action="/sandbox/fault">
<label for="operation">Operation</label>
<select id="operation" name="operation">${options(OPERATION_NAMES)}</select>
<label for="fault">Fault</label>
<select id="fault" name="fault">${options([...FAULT_NAMES, 'none'])}</select>
<label for="times">For how many calls</label>
<input id="times" name="times" inputmode="numeric" value="1" required>
<button type="submit">Switch on</button>
</form>
<div class="scroll" role="region" aria-label="Faults" tabindex="0"><table>
<thead><tr><th scope="col">Fault</th><th scope="col">What happens</th><th scope="col">What the product makes of it</th></tr></thead>
<tbody>
${FAULT_NAMES.map(
  (
    name,
  ) => html`<tr><td><code>${name}</code></td><td>${FAULTS[name].title}</td><td>${FAULTS[name].expect}</td></tr>
`,
)}</tbody>
</table></div>`
}

function waitingTable(faults: State['faults']): Html {
  if (faults.length === 0) return html`<p>No fault waits for a call.</p>`
  return html`<p>Waiting for calls:</p>
<ul>
${faults.map(
  ({ operation, fault, times }) => html`<li><code>${operation}</code>: ${fault}, ${times} more</li>
`,
)}</ul>`
}

function throttlingForm(isOn: boolean): Html {
  return html`<form method="post" action="/sandbox/throttling">
<p>${isOn ? 'More calls than Huawei takes are refused.' : 'Any number of calls is taken.'}</p>
<button type="submit" class="quiet" name="throttling" value="${isOn ? 'off' : 'on'}">${
    isOn ? 'Take any number' : 'Refuse too many'
  }</button>
</form>`
}

function accountsTable(accounts: readonly Account[]): Html {
  return html`<p>An agency is the customer's leave for the partner to act for them; the partner's own is
called <code>${SANDBOX.platformId}</code>. Accounts that the API made have none.</p>
<div class="scroll" role="region" aria-label="Accounts" tabindex="0"><table>
<thead><tr><th scope="col">Account</th><th scope="col">Customer</th><th scope="col">Access key and secret</th><th scope="col">Agency</th></tr></thead>
<tbody>
${accounts.map(accountRow)}</tbody>
</table></div>`
}

function accountRow({ domainId, domainName, xAccountId, frozen, agency }: Account): Html {
  const { accessKey, secretKey } = customerKey(domainId)
  return html`<tr><td>${domainName}<br><code>${domainId}</code></td><td>${xAccountId ?? 'of nobody'}${
    frozen !== undefined && html` <span class="badge warn">frozen</span>`
  }</td><td><code>${accessKey}</code><br><code>${secretKey}</code></td><td><form method="post" action="/sandbox/agency">
<input type="hidden" name="domain_id" value="${domainId}">
<input name="agency" value="${agency ?? ''}" aria-label="Agency of ${domainName}" autocomplete="off">
<button type="submit" class="quiet">Set</button>
</form></td></tr>
`
}

function effectsList(effects: State['effects']): Html {
  const done = Object.entries(effects)
  if (done.length === 0) return html`<p>Nothing has been changed through the API.</p>`
  return factsList(done.map(([operation, times]) => [operation, String(times)]))
}
