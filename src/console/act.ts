// What an operator does to a customer, or to sessions of their own: a form comes in, the change is asked
// about once more, then made and put on record.

import type { AuditEvent, RecordAudit } from '../base/audit.ts'
import type { AuditAction } from '../base/audit-actions.ts'
import { Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import type { MakePasswordLink } from '../signin/password-link.ts'
import type { AccountRecord, Store } from '../store/store.ts'
import { type Html, html } from '../web/html.ts'
import { type Asker, address } from './screen.ts'
import { time } from './table.ts'

export type ActDeps = {
  readonly store: Pick<Store, 'accounts' | 'sessions'>
  readonly record: RecordAudit
  readonly makePasswordLink: MakePasswordLink
}

/** A page to read, or where to go on. */
export type Acted =
  | { readonly title: string; readonly body: Html; readonly goTo?: never }
  | { readonly goTo: string }

type Context = {
  readonly account: AccountRecord
  readonly form: Parameters
  readonly asker: Asker
  readonly deps: ActDeps
}

type Act = {
  readonly button: string
  /** What the operator agrees to; without it there is nothing to agree to. */
  readonly confirm?: string
  readonly action: AuditAction
  /** Makes the change; answers a page when there is something to read, and facts for the record. */
  readonly make: (
    context: Context,
  ) => Promise<{ readonly after?: AuditEvent['after']; readonly body?: Html }>
}

/** THE table of what the console can do to a customer, by the form's field `do`. */
const ACTS: Readonly<Record<string, Act>> = {
  disable: {
    button: 'Disable',
    confirm: 'The customer is signed out everywhere at once, and cannot sign in any more.',
    action: 'user.disabled',
    make: async ({ account, deps }) => {
      await deps.store.accounts.setEnabled(account.accountId, false)
      return {}
    },
  },
  enable: {
    button: 'Enable',
    confirm: 'The customer can sign in again.',
    action: 'user.enabled',
    make: async ({ account, deps }) => {
      await deps.store.accounts.setEnabled(account.accountId, true)
      return {}
    },
  },
  'end-session': {
    button: 'End session',
    action: 'session.ended',
    make: async ({ account, form, asker, deps }) => {
      const { sessions } = deps.store
      const hash = form.text('session') ?? ''
      const theirs = await sessions.listOf(account.accountId, asker.now)
      const isTheirs = theirs.some(({ idHash }) => idHash === hash)
      const isEnded = isTheirs && (await sessions.end(hash))
      return { after: { sessions: isEnded ? 1 : 0 } }
    },
  },
  'end-sessions': {
    button: 'End all sessions',
    confirm: 'The customer is signed out everywhere, and can sign in again.',
    action: 'session.ended',
    make: async ({ account, deps }) => {
      const sessions = await deps.store.sessions.endAll(account.accountId)
      return { after: { sessions } }
    },
  },
  'password-link': {
    button: 'Make a password link',
    confirm:
      'Whoever has the link can set a password for this customer, once. Hand it to nobody else.',
    action: 'password.link-made',
    make: async ({ account, deps }) => {
      const { url, expiresAt } = await deps.makePasswordLink(account.accountId)
      const body = html`<p>Hand this link to the customer. It works once, until ${time(expiresAt)}, and is not shown again.</p>
<pre tabindex="0"><code>${url}</code></pre>`
      return { body }
    },
  },
}

/**
 * POST /console/customers/detail. Throws `ACCOUNT_NOT_FOUND`, `BAD_PARAMETERS` and `OPERATOR_MAY_NOT`.
 */
export async function actOnCustomer(form: Parameters, asker: Asker, deps: ActDeps): Promise<Acted> {
  mustMayChange(asker)
  const accountId = form.text('account') ?? ''
  const account = await deps.store.accounts.find(accountId)
  if (account === undefined || account.erasedAt !== undefined) {
    throw new Refusal('ACCOUNT_NOT_FOUND', { account: accountId.slice(0, 128) })
  }
  const name = form.text('do') ?? ''
  const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined
  if (act === undefined) throw new Refusal('BAD_PARAMETERS', { parameter: 'do' })
  if (act.confirm !== undefined && form.text('confirm') !== 'yes') {
    return confirmPage({ name, act, account }, asker)
  }
  const { after, body } = await act.make({ account, form, asker, deps })
  await deps.record({
    action: act.action,
    actor: { kind: 'operator', id: asker.login },
    subject: account.accountId,
    ...asker.whence,
    ...(after === undefined ? {} : { after }),
  })
  const back = customerPath(account)
  if (body === undefined) return { goTo: back }
  return { title: act.button, body: html`${body}<p><a href="${back}">Back to the customer</a></p>` }
}

/** The one check of an operator's role: whatever changes something calls it first. */
export function mustMayChange({ login, mayChange }: Asker): void {
  if (!mayChange) throw new Refusal('OPERATOR_MAY_NOT', { operator: login })
}

/** POST /console/sessions: ends one of the operator's own. */
export async function endOwnSession(
  form: Parameters,
  asker: Asker,
  deps: Pick<ActDeps, 'store' | 'record'>,
): Promise<Acted> {
  const { sessions } = deps.store
  const hash = form.text('session') ?? ''
  const own = await sessions.listOf(asker.login, asker.now, 'operator')
  if (own.some(({ idHash }) => idHash === hash)) {
    await sessions.end(hash)
    const actor = { kind: 'operator', id: asker.login } as const
    const after = { sessions: 1 }
    await deps.record({
      action: 'session.ended',
      actor,
      subject: asker.login,
      ...asker.whence,
      after,
    })
  }
  return { goTo: '/console/sessions' }
}

/** The buttons of a customer's screen; nothing for somebody who may only look. */
export function actButtons(account: AccountRecord, asker: Asker): Html | undefined {
  if (!asker.mayChange || account.erasedAt !== undefined) return undefined
  const names = [account.isEnabled ? 'disable' : 'enable', 'end-sessions']
  if (account.isEnabled) names.push('password-link')
  const forms = names.map(
    (name) => html`<form method="post" action="/console/customers/detail">
${customerFields(account, asker)}<input type="hidden" name="do" value="${name}">
<button class="quiet" type="submit">${ACTS[name]?.button}</button>
</form>
`,
  )
  return html`<div class="actions">${forms}</div>`
}

/** What every form about a customer carries. */
export function customerFields({ accountId }: AccountRecord, { csrf }: Asker): Html {
  return html`${csrf}<input type="hidden" name="account" value="${accountId}">`
}

function confirmPage(
  asked: { readonly name: string; readonly act: Act; readonly account: AccountRecord },
  asker: Asker,
): Acted {
  const { name, act, account } = asked
  const body = html`<p><strong>${account.login}</strong> (${account.accountId})</p>
<p>${act.confirm}</p>
<form method="post" action="/console/customers/detail">
${customerFields(account, asker)}<input type="hidden" name="do" value="${name}"><input type="hidden" name="confirm" value="yes">
<button type="submit">${act.button}</button>
<a class="button quiet" href="${customerPath(account)}">Leave it as it is</a>
</form>`
  return { title: `${act.button}?`, body }
}

function customerPath({ accountId }: AccountRecord): string {
  return address('/console/customers/detail', { account: accountId })
}
