// The pages on which a sign-in at Huawei Cloud can end, beside the one that asks for an account.

import { SANDBOX } from '../base/sandbox-names.ts'
import type { Departure } from '../web/departure.ts'
import { html } from '../web/html.ts'
import { factsList, findingsTable, howMany, sorryPage, verdictPage } from './frame.ts'
import type { SignedIn } from './judge.ts'
import type { Account, Finding } from './state.ts'

/** The login link names another platform, or none. */
export function unknownPlatformPage(platform: string | undefined): Departure {
  const say =
    platform === undefined
      ? 'The login link names no partner platform: xAccountType is missing.'
      : `No partner platform “${platform}” is registered. Here it is “${SANDBOX.platformId}”.`
  return sorryPage('Huawei Cloud does not know this partner platform', say, 400)
}

/** The end of a good sign-in. */
export function consolePage(person: SignedIn, account: Account, service: string): Departure {
  const body = html`<p class="note good">The answer of the identity provider holds every rule.</p>
${factsList([
  ['Account', account.domainName],
  ['Account id', account.domainId],
  ['xAccountId', person.xAccountId],
  ['Going to', service === '' ? 'the start page' : service],
])}
<h2>What the identity provider said</h2>
${factsList(person.attributes)}
<p><a class="button quiet" href="/authui/saml/logout">Sign out of Huawei Cloud</a></p>`
  return verdictPage('accepted', { title: 'You are in Huawei Cloud', body })
}

/** A right answer that leads nowhere. */
export function notBoundPage(person: SignedIn): Departure {
  const body = html`<p class="note warn">Customer <code>${person.xAccountId}</code> has no Huawei Cloud
account, and the login link did not say <code>isFirstLogin=true</code>.</p>
<p>The identity provider believes that an account is bound, or should have asked for the page that
creates one.</p>`
  return verdictPage('not-bound', { title: 'No Huawei Cloud account is bound to you', body })
}

/** The identity provider said no. */
export function statusPage(words: string): Departure {
  const body = html`<p class="note warn">The identity provider answered with a status instead of a
sign-in.</p>`
  return verdictPage('status', { title: `Huawei Cloud could not sign you in: ${words}`, body })
}

/** The answer is not right; every broken rule is shown. */
export function refusedPage(broken: readonly Finding[]): Departure {
  const body = html`<p class="note bad">The answer of the identity provider is not what Huawei’s documents ask
for: ${howMany(broken)}.</p>
${findingsTable(broken)}`
  const page = { title: 'Huawei Cloud refuses this sign-in', body, isWide: true }
  return verdictPage('refused', page, 400)
}
