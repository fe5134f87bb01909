// The page on which a person gets or names a Huawei Cloud account, and the notice that tells the
// partner through the person's browser.

import { newToken } from '../base/random.ts'
import { accountName } from '../partner/catalogue/fields.ts'
import type { Departure, Step } from '../web/departure.ts'
import { readForm } from '../web/form.ts'
import { html } from '../web/html.ts'
import { bindAccount, createBound, findBindable, isNameTaken } from './accounts.ts'
import { keepNewest } from './browser-sessions.ts'
import { onwardOrigins, type SandboxDeps } from './deps.ts'
import { CLOUD_BRAND, sorryPage, verdictPage } from './frame.ts'
import { makeForeignKey } from './keys.ts'
import { buildNotice, type Notice, type NoticeFacts } from './notice.ts'
import { type Behaviour, behaviourOf } from './scenarios.ts'

/** The page and what its two forms do. */
export type Binding = {
  /** The page, for a person whose answer was accepted. */
  readonly ask: (xAccountId: string) => Departure
  /** Its form "Create And Bind". */
  readonly create: Step
  /** Its form "Bind Account". */
  readonly bindExisting: Step
}

const MOST_TICKETS = 1000

type Form = ReturnType<typeof readForm>

/** One of the two forms, filled in by a person who was judged. */
type Filled = { readonly xAccountId: string; readonly form: Form }

/** Either it went well and the browser leaves, or the page comes again with the problem. */
type Outcome = Departure | Problem

/** The form is only good for the person it was made for: a ticket stands for the judged answer. */
export function createBinding(deps: SandboxDeps): Binding {
  const tickets = new Map<string, string>()
  const ask = (xAccountId: string, problem?: Problem) => {
    const ticket = newToken(deps.random)
    keepNewest(tickets, MOST_TICKETS)
    tickets.set(ticket, xAccountId)
    return bindPage(xAccountId, ticket, problem)
  }
  const withPerson = (step: (filled: Filled, deps: SandboxDeps) => Promise<Outcome>): Step => {
    return async (request) => {
      const form = readForm(request)
      const ticket = form.text('ticket') ?? ''
      const xAccountId = tickets.get(ticket)
      tickets.delete(ticket)
      if (xAccountId === undefined) {
        return sorryPage('This page is too old', 'Start again from the partner portal.', 410)
      }
      const outcome = await step({ xAccountId, form }, deps)
      return 'kind' in outcome ? outcome : ask(xAccountId, outcome)
    }
  }
  return { ask, create: withPerson(create), bindExisting: withPerson(bindExisting) }
}

async function create({ xAccountId, form }: Filled, deps: SandboxDeps): Promise<Outcome> {
  const domainName = form.text('domainName')?.trim() ?? ''
  const problem = problemWithName(domainName, deps)
  if (problem !== undefined) return { form: 'create', say: problem }
  const { notice } = behaviourOf(deps.state.read().scenario)
  // A forged notice is somebody else's: on Huawei's side nothing has happened.
  const account =
    notice === 'forged'
      ? { domainId: deps.random.bytes(16).toString('hex'), domainName }
      : createBound({ xAccountId, domainName }, deps)
  return notify({ ...account, xUserId: xAccountId }, notice, deps)
}

async function bindExisting({ xAccountId, form }: Filled, deps: SandboxDeps): Promise<Outcome> {
  const name = form.text('domainName')?.trim() ?? ''
  const state = deps.state.read()
  const found = findBindable(name, form.text('password') ?? '', { state, xAccountId })
  if ('refused' in found) return { form: 'bind', say: found.refused }
  const { notice } = behaviourOf(state.scenario)
  if (notice !== 'forged') bindAccount(found.account, xAccountId, deps)
  return notify({ ...found.account, xUserId: xAccountId }, notice, deps)
}

type Problem = { readonly form: 'create' | 'bind'; readonly say: string }

function problemWithName(name: string, deps: SandboxDeps): string | undefined {
  const [issue] = accountName().safeParse(name).error?.issues ?? []
  if (issue !== undefined) return `The account name ${issue.message}.`
  return isNameTaken(deps.state.read(), name) ? 'This account name exists already.' : undefined
}

// Huawei sends the browser, not a server, so the notice is a form that posts itself.
async function notify(
  facts: NoticeFacts,
  spoil: Behaviour['notice'],
  deps: SandboxDeps,
): Promise<Departure> {
  const key = spoil === 'forged' ? makeForeignKey() : deps.spKey.privateKey
  const notice = buildNotice(facts, key)
  if (spoil === 'replayed') await postAhead(notice, deps)
  record(`to the browser: ${facts.domainName} for ${facts.xUserId}`, spoil ?? 'genuine', deps)
  return {
    kind: 'post',
    to: `${deps.idpUrl}/bind`,
    fields: notice,
    say: 'Huawei Cloud is telling your partner which account you chose.',
    onward: onwardOrigins(deps),
    brand: CLOUD_BRAND,
  }
}

// Somebody has seen the notice and is faster than the browser.
async function postAhead(notice: Notice, deps: SandboxDeps): Promise<void> {
  const response = await deps.fetch(`${deps.idpBackUrl}/bind`, {
    method: 'POST',
    body: new URLSearchParams(notice),
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  })
  await response.body?.cancel()
  record(`sent ahead of the browser, answered ${response.status}`, 'replayed', deps)
}

function record(summary: string, verdict: string, deps: SandboxDeps): void {
  const at = deps.clock.now().toISOString()
  deps.state.record({ at, kind: 'notice', verdict, summary, broken: [] })
}

function bindPage(xAccountId: string, ticket: string, problem: Problem | undefined): Departure {
  const error = (form: Problem['form']) =>
    problem?.form === form &&
    html`<p class="error" id="${form}-error" role="alert">${problem.say}</p>`
  const described = (form: Problem['form']) =>
    problem?.form === form ? html` aria-invalid="true" aria-describedby="${form}-error"` : html``
  const body = html`<p>Your partner has told us who you are: customer <code>${xAccountId}</code>. Now you
need a Huawei Cloud account, a new one or one that you have already.</p>
<h2>New account</h2>
<form method="post" action="/authui/saml/create-and-bind">
<input type="hidden" name="ticket" value="${ticket}">
<label for="new-name">Account name</label>
<input id="new-name" name="domainName" autocomplete="off" required minlength="5" maxlength="32"${described('create')}>
<p class="help">5 to 32 letters, digits, - and _; no digit first.</p>
${error('create')}
<button type="submit">Create And Bind</button>
</form>
<h2>Existing account</h2>
<form method="post" action="/authui/saml/bind-account">
<input type="hidden" name="ticket" value="${ticket}">
<label for="old-name">Account name</label>
<input id="old-name" name="domainName" autocomplete="off" required${described('bind')}>
<p class="help">The sandbox has <code>northwind</code>, and <code>in-arrears</code>, which cannot be
bound. Both have the password <code>bind-me-please</code>.</p>
<label for="old-password">Password</label>
<input id="old-password" name="password" type="password" autocomplete="off" required>
${error('bind')}
<button type="submit" class="quiet">Bind Account</button>
</form>`
  const page = { title: 'Create or bind a Huawei Cloud account', body }
  return verdictPage('create-and-bind', page, problem === undefined ? 200 : 400)
}
