// The customer's page: is Huawei Cloud connected, and the button that opens it.

import type { Request } from 'express'
import { csrfField } from '../session/csrf.ts'
import type { Sessions } from '../session/session.ts'
import type { Customer, FindCustomer } from '../signin/customer.ts'
import { tellFailures } from '../signin/failures.ts'
import { customerNavigation } from '../signin/pages.ts'
import type { SendToSignIn } from '../signin/way-in.ts'
import type { ActivationRecord } from '../store/activation-records.ts'
import type { BindingRecord } from '../store/binding-records.ts'
import type { Store } from '../store/store.ts'
import type { Departure } from '../web/departure.ts'
import { type Html, html } from '../web/html.ts'
import { actingFor } from './activation.ts'
import type { ActivationDeps } from './journey/move.ts'
import { advance } from './journey/resume.ts'
import { STEPS } from './journey/steps.ts'
import { HOME_TEXTS, type HomeTexts } from './texts/home.ts'

export type HomeDeps = ActivationDeps & {
  readonly store: Pick<Store, 'activations' | 'bindings' | 'signIns'>
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
  const activation = await advance(accountId, actingFor(customer.account, deps))
  const binding = await deps.store.bindings.find(accountId)
  const { offersActivation } = deps
  const csrf = csrfField(deps.sessions, request)
  const failures = await tellFailures(customer, deps)
  return {
    kind: 'page',
    page: (language) => {
      const texts = HOME_TEXTS[language]
      return {
        title: texts.title,
        body: html`${failures(language)}
${describeState({ binding, activation, offersActivation }, texts)}
${describeAccount(customer, binding, texts)}`,
        navigation: customerNavigation(customer, csrf, language),
      }
    },
  }
}

type Standing = {
  readonly binding: BindingRecord
  readonly activation: ActivationRecord | undefined
  readonly offersActivation: boolean
}

function describeState(standing: Standing, texts: HomeTexts): Html {
  const { binding, activation, offersActivation } = standing
  if (binding.state === 'conflict') {
    return html`${note('bad', texts.conflict, texts.conflictLead)}
${binding.domainId === undefined ? '' : openButton(texts)}`
  }
  if (binding.domainId !== undefined) {
    const { domainName: name } = binding
    const lead = name === undefined ? texts.connectedReady : texts.connectedTo(name)
    return html`${note('good', texts.connected, lead)}
${openButton(texts)}`
  }
  if (binding.held !== undefined) {
    return html`${note('warn', texts.confirming, texts.confirmingLead)}
${openButton(texts)}`
  }
  if (activation !== undefined && STEPS[activation.step].resumedBy === 'worker') {
    return describeJourney(activation, texts)
  }
  const isBegun = activation?.step === 'checked' || activation?.step === 'code-sent'
  const begin = isBegun ? texts.goOnOpening : texts.openNew
  return html`${note(undefined, texts.none, offersActivation ? texts.noneHere : texts.noneThere)}
${offersActivation ? html`<a class="button" href="/activate">${begin}</a>` : ''}
<a class="button${offersActivation ? ' quiet' : ''}" href="/launch">${offersActivation ? texts.connectMine : texts.openHuawei}</a>`
}

function describeJourney({ domainId, domainName }: ActivationRecord, texts: HomeTexts): Html {
  const said =
    domainId === undefined
      ? note('warn', texts.opening, texts.openingLead(domainName))
      : note('warn', texts.created, texts.createdLead(domainName))
  return html`${said}
<a class="button" href="/activate">${texts.lookAgain}</a>`
}

function note(tone: 'good' | 'warn' | 'bad' | undefined, title: string, lead: string): Html {
  return html`<div class="note${tone === undefined ? '' : ` ${tone}`}"><p><strong>${title}</strong> ${lead}</p></div>`
}

function openButton(texts: HomeTexts): Html {
  return html`<a class="button" href="/launch">${texts.openHuawei}</a>`
}

function describeAccount({ account }: Customer, binding: BindingRecord, texts: HomeTexts): Html {
  const rows = [
    [texts.customerNumber, account.accountId],
    [texts.email, account.email],
    [texts.accountName, binding.domainName],
    [texts.accountId, binding.domainId],
  ] as const
  const known = rows.filter(([, value]) => value !== undefined)
  return html`<h2>${texts.details}</h2>
<dl class="facts">${known.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`
}
