// What an operator does to a connection, or about a difference to Huawei Cloud: a form comes in, the change
// is asked about once more, then made. The rooms that make it put it on record.

import { type ReleaseDeps, releaseBinding } from '../accounts/binding-release.ts'
import { type DecideDeps, decideFinding } from '../accounts/reconcile/decide.ts'
import { Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import { html } from '../web/html.ts'
import { type Acted, mustMayChange } from './act.ts'
import { type Asker, address, readText } from './screen.ts'

/** The screen of one connection, to which its form posts. */
export const BINDING_PATH = '/console/bindings/detail'

/** The screen of the findings, to which their forms post. */
export const RECONCILE_PATH = '/console/reconcile'

export type BindingActDeps = ReleaseDeps & DecideDeps

/** Throws `OPERATOR_MAY_NOT`, `BAD_PARAMETERS` and what `releaseBinding` throws. */
export async function actOnBinding(
  form: Parameters,
  asker: Asker,
  deps: BindingActDeps,
): Promise<Acted> {
  mustMayChange(asker)
  const accountId = form.text('account') ?? ''
  const note = readText(form, 'reason')
  if (form.text('do') !== 'release') throw new Refusal('BAD_PARAMETERS', { parameter: 'do' })
  if (note === undefined) throw new Refusal('BAD_PARAMETERS', { parameter: 'reason' })
  const goTo = address(BINDING_PATH, { account: accountId })
  if (form.text('confirm') !== 'yes') {
    const body = html`<p>The connection of <strong>${accountId}</strong> is given up here; at Huawei Cloud nothing changes. The customer can be connected anew, to the same Huawei Cloud account or to another.</p>
<form method="post" action="${BINDING_PATH}">
${asker.csrf}<input type="hidden" name="account" value="${accountId}"><input type="hidden" name="do" value="release"><input type="hidden" name="confirm" value="yes"><input type="hidden" name="reason" value="${note}">
<button type="submit">Release</button>
<a class="button quiet" href="${goTo}">Leave it as it is</a>
</form>`
    return { title: 'Release this connection?', body }
  }
  await releaseBinding({ accountId, actor: { kind: 'operator', id: asker.login }, note }, deps)
  return { goTo }
}

const VERDICTS = { accept: 'accepted', dismiss: 'dismissed' } as const

/** Throws `OPERATOR_MAY_NOT`, `BAD_PARAMETERS` and what `decideFinding` throws. */
export async function actOnFinding(
  form: Parameters,
  asker: Asker,
  deps: BindingActDeps,
): Promise<Acted> {
  mustMayChange(asker)
  const asked = form.text('do')
  if (asked !== 'accept' && asked !== 'dismiss') {
    throw new Refusal('BAD_PARAMETERS', { parameter: 'do' })
  }
  const id = readText(form, 'finding') ?? ''
  const actor = { kind: 'operator', id: asker.login } as const
  const note = readText(form, 'reason')
  await decideFinding({ id, verdict: VERDICTS[asked], actor, note }, deps)
  return { goTo: RECONCILE_PATH }
}
