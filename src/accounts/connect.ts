// /connect, on the way to being connected at Huawei Cloud for the first time: the two ways of Partner Center
// API §11.2, and when Huawei refuses one of them, which it says only after the customer has gone there.

import type { Request } from 'express'
import type { Parameters } from '../base/parameters.ts'
import { csrfField } from '../session/csrf.ts'
import type { Sessions } from '../session/session.ts'
import type { FindCustomer } from '../signin/customer.ts'
import { customerNavigation } from '../signin/pages.ts'
import type { SendToSignIn } from '../signin/way-in.ts'
import type { Store } from '../store/store.ts'
import type { Departure } from '../web/departure.ts'
import { readQuery } from '../web/form.ts'
import { type Html, html } from '../web/html.ts'
import { isConnected } from './binding-state.ts'
import { CONNECT_TEXTS, type ConnectTexts } from './texts/connect.ts'

export type ConnectDeps = {
  readonly store: Pick<Store, 'bindings'>
  readonly sessions: Sessions
  readonly findCustomer: FindCustomer
  readonly sendToSignIn: SendToSignIn
  readonly offersActivation: boolean
}

/** What /launch takes, and /connect brings back to it. */
const CARRIED = ['site', 'service'] as const

/** The parameters of a launch that has to wait until the customer has chosen, as a query string. */
export function carryOn(query: Parameters, more: readonly string[] = []): string {
  const carried = CARRIED.flatMap((name) => {
    const value = query.text(name)
    return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]
  })
  const pairs = [...more, ...carried]
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** GET /connect?site=NAME&service=URL, both optional and looked at by /launch. */
export async function showConnect(request: Request, deps: ConnectDeps): Promise<Departure> {
  const query = readQuery(request)
  const customer = await deps.findCustomer(request)
  if (customer === undefined) return deps.sendToSignIn(request, `/connect${carryOn(query)}`)
  const binding = await deps.store.bindings.find(customer.account.accountId)
  if (isConnected(binding)) return { kind: 'redirect', to: `/launch${carryOn(query)}` }
  const onward = `/launch${carryOn(query, ['chosen=yes'])}`
  const csrf = csrfField(deps.sessions, request)
  return {
    kind: 'page',
    page: (language) => {
      const texts = CONNECT_TEXTS[language]
      return {
        title: texts.title,
        body: connectBody(texts, { onward, offersActivation: deps.offersActivation }),
        navigation: customerNavigation(customer, csrf, language),
      }
    },
  }
}

type Ways = { readonly onward: string; readonly offersActivation: boolean }

function connectBody(texts: ConnectTexts, { onward, offersActivation }: Ways): Html {
  const conditions = Object.values(texts.conditions)
  return html`<p>${texts.lead}</p>
<h2>${texts.noneYet}</h2>
<p>${offersActivation ? texts.openHere : texts.openThere}</p>
<a class="button" href="${offersActivation ? '/activate' : onward}">${texts.openNew}</a>
<h2>${texts.haveOne}</h2>
<p>${texts.bindThere}</p>
<p>${texts.notWhen}</p>
<ul>${conditions.map((condition) => html`<li>${condition}</li>`)}</ul>
<p>${texts.ifSo}</p>
<a class="button quiet" href="${onward}">${texts.connectMine}</a>`
}
