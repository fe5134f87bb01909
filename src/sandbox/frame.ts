// What the sandbox's pages have in common: a name of their own in the header, and links.

import type { Departure } from '../web/departure.ts'
import { type Html, html } from '../web/html.ts'
import type { Page } from '../web/page.ts'
import type { Finding } from './state.ts'

/** What a page says about the message that led to it; tests read it from `data-verdict`. */
export type PageVerdict =
  | 'accepted'
  | 'refused'
  | 'create-and-bind'
  | 'status'
  /** The answer is right, but no account is bound and the login link did not say isFirstLogin. */
  | 'not-bound'

/** Who the pages are from. */
export const CLOUD_BRAND = 'Sandbox Huawei Cloud'
export const PORTAL_BRAND = 'Example partner portal'

const NAVIGATION = html`<a href="/portal">Partner portal</a>
<a href="/sandbox">Scenarios</a>
<a href="/sandbox/orders">Orders</a>
<a href="/sandbox/api">Partner API</a>
<a href="/sandbox/mailbox">Mailbox</a>`

/** A page of the Huawei Cloud side. */
export function cloudPage(page: Omit<Page, 'brand' | 'navigation'>): Page {
  return { ...page, brand: CLOUD_BRAND, navigation: NAVIGATION }
}

/** A page of the partner's side. */
export function portalPage(page: Omit<Page, 'brand' | 'navigation'>): Page {
  return { ...page, brand: PORTAL_BRAND, navigation: NAVIGATION }
}

/** A cloud page that carries a verdict. */
export function verdictPage(
  verdict: PageVerdict,
  page: { readonly title: string; readonly body: Html; readonly isWide?: boolean },
  status = 200,
): Departure {
  const body = html`<div data-verdict="${verdict}">
${page.body}
</div>`
  return { kind: 'page', page: cloudPage({ ...page, body }), status }
}

/** A cloud page that says no, in one sentence. */
export function sorryPage(title: string, say: string, status: number): Departure {
  return verdictPage('refused', { title, body: html`<p class="note bad">${say}</p>` }, status)
}

/** How many rules are broken, in words. */
export function howMany(broken: readonly Finding[]): string {
  if (broken.length === 0) return 'every rule holds'
  return broken.length === 1 ? 'one rule is broken' : `${broken.length} rules are broken`
}

/** The broken rules as a table. */
export function findingsTable(broken: readonly Finding[]): Html {
  return html`<div class="scroll" role="region" aria-label="Broken rules" tabindex="0"><table>
<thead><tr><th scope="col">Rule</th><th scope="col">It says</th><th scope="col">But</th></tr></thead>
<tbody>
${broken.map(
  ({
    id,
    says,
    found,
  }) => html`<tr><td><code>${id}</code></td><td>${says}</td><td>${found}</td></tr>
`,
)}</tbody>
</table></div>`
}

/** Names and values as a list. */
export function factsList(facts: readonly (readonly [name: string, value: string])[]): Html {
  return html`<dl class="facts">
${facts.map(
  ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
)}</dl>`
}
