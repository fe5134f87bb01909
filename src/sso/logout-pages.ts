// What a person sees of a sign-out that leads through sites.

import type { LogoutOutcome, LogoutStep } from '../store/logout-records.ts'
import { type Html, html } from '../web/html.ts'
import type { Page } from '../web/page.ts'

/** A site in a word that people recognise: the host of its entity id. */
export function siteName(issuer: string): string {
  const host = URL.parse(issuer)?.host
  return host === undefined || host === '' ? issuer : host
}

/** While a site is told by redirect. */
export function tellingPage(issuer: string, to: string, next: string): Page {
  const body = html`<p>You are signed out here. Now you are signed out of ${siteName(issuer)}.</p>
<a class="button" href="${to}">Sign out of ${siteName(issuer)}</a>
${goOnWithout(issuer, next)}`
  return { title: 'One moment, please', body }
}

/** Back to the site that asked. */
export function returningPage(issuer: string, to: string): Page {
  const body = html`<p>You are signed out here. Your browser goes back to ${siteName(issuer)}.</p>
<a class="button" href="${to}">Go back to ${siteName(issuer)}</a>`
  return { title: 'One moment, please', body }
}

/** The way out when a site does not answer. */
export function goOnWithout(issuer: string, next: string): Html {
  return html`<p class="help">Does ${siteName(issuer)} not answer? <a href="${next}">Continue without it</a></p>`
}

const SAYS: Readonly<Record<LogoutOutcome, string>> = {
  confirmed: 'you are signed out.',
  refused: 'it did not sign you out, or only partly. Sign out there.',
  silent: 'it did not answer. You may still be signed in there.',
  untold: 'it cannot be told from here. Sign out there.',
  waiting: 'it was not asked. Sign out there.',
  told: 'it has not answered yet.',
}

/** The end of our own sign-out, with what every site said. */
export function signedOutEverywherePage(steps: readonly LogoutStep[], home: string): Page {
  const isWhole = steps.every(({ outcome }) => outcome === 'confirmed')
  const lines = steps.map(
    ({ issuer, outcome }) => html`<li><strong>${siteName(issuer)}</strong>: ${SAYS[outcome]}</li>
`,
  )
  const body = html`<p>You are signed out here.</p>
<div class="note ${isWhole ? 'good' : 'bad'}"><ul>
${lines}</ul></div>
<p class="hint">Your portal has a sign-in of its own. On a shared computer, sign out there too and close the browser.</p>
<a class="button" href="${home}">Back to your portal</a>`
  return { title: isWhole ? 'Signed out' : 'Signed out here, but not everywhere', body }
}
