// The customer's page: is Huawei Cloud connected, and the button that opens it.

import type { Request } from 'express'
import { csrfField } from '../session/csrf.ts'
import type { Sessions } from '../session/session.ts'
import type { Customer, FindCustomer } from '../signin/customer.ts'
import { customerNavigation } from '../signin/pages.ts'
import type { SendToSignIn } from '../signin/way-in.ts'
import type { ActivationRecord, BindingRecord, Store } from '../store/store.ts'
import type { Departure } from '../web/departure.ts'
import { type Html, html } from '../web/html.ts'
import { type ActivationDeps, isOpen, settle } from './activation.ts'

export type HomeDeps = ActivationDeps & {
  readonly store: Pick<Store, 'activations' | 'bindings'>
  readonly sessions: Sessions
  readonly findCustomer: FindCustomer
  readonly sendToSignIn: SendToSignIn
  readonly offersActivation: boolean
}

/** GET /: where the customer stands and what can be done. */
export async function showHome(request: Request, deps: HomeDeps): Promise<Departure> {
  const customer = await deps.findCustomer(request)
  if (customer === undefined) return deps.sendToSignIn(request, '/')
  const { accountId } = customer.account
  await settle(accountId, deps)
  const binding = await deps.store.bindings.find(accountId)
  const activation = await deps.store.activations.find(accountId)
  return {
    kind: 'page',
    page: {
      title: 'Your Huawei Cloud',
      body: html`${describeState(binding, activation, deps.offersActivation)}
${describeAccount(customer, binding)}`,
      navigation: customerNavigation(customer, csrfField(deps.sessions, request)),
    },
  }
}

function describeState(
  binding: BindingRecord,
  activation: ActivationRecord | undefined,
  offersActivation: boolean,
): Html {
  if (binding.state === 'conflict') {
    return html`<div class="note bad"><p><strong>Connected differently.</strong> Huawei Cloud names another connection than the one we know. Please tell your support team; nothing has been changed.</p></div>
${binding.domainId === undefined ? '' : OPEN_BUTTON}`
  }
  if (binding.domainId !== undefined) {
    return html`<div class="note good"><p><strong>Connected.</strong> Your Huawei Cloud account is ${binding.domainName === undefined ? 'ready' : html`<strong>${binding.domainName}</strong>`}.</p></div>
${OPEN_BUTTON}`
  }
  if (activation !== undefined && isOpen(activation)) {
    return html`<div class="note warn"><p><strong>Being opened.</strong> Huawei Cloud has not told us yet whether your account “${activation.domainName}” is ready.</p></div>
<a class="button" href="/activate">Look again</a>`
  }
  return html`<div class="note"><p><strong>Not connected yet.</strong> ${
    offersActivation
      ? 'Open a new Huawei Cloud account here, or connect one that you have.'
      : 'Huawei Cloud lets you open a new account or connect one that you have.'
  }</p></div>
${offersActivation ? html`<a class="button" href="/activate">Open a new account</a>` : ''}
<a class="button${offersActivation ? ' quiet' : ''}" href="/launch">${offersActivation ? 'Connect an account I have' : 'Open Huawei Cloud'}</a>`
}

const OPEN_BUTTON = html`<a class="button" href="/launch">Open Huawei Cloud</a>`

function describeAccount({ account }: Customer, binding: BindingRecord): Html {
  const rows = [
    ['Customer number', account.accountId],
    ['E-mail', account.email],
    ['Huawei Cloud account', binding.domainName],
    ['Huawei Cloud account id', binding.domainId],
  ] as const
  const known = rows.filter(([, value]) => value !== undefined)
  return html`<h2>Your details</h2>
<dl class="facts">${known.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`
}
