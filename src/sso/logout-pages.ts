// What a person sees of a sign-out that leads through sites.

import type { LogoutStep } from '../store/logout-records.ts'
import { type Html, html } from '../web/html.ts'
import type { Page } from '../web/page.ts'
import type { LogoutTexts } from './texts/logout.ts'

/** A site in a word that people recognise: the host of its entity id. */
export function siteName(issuer: string): string {
  const host = URL.parse(issuer)?.host
  return host === undefined || host === '' ? issuer : host
}

/** The site that is on, where it is told, and how to go on without it. */
type Turn = { readonly issuer: string; readonly to: string; readonly next: string }

/** While a site is told by redirect. */
export function tellingPage({ issuer, to, next }: Turn, texts: LogoutTexts): Page {
  const site = siteName(issuer)
  const body = html`<p>${texts.hereNowThere(site)}</p>
<a class="button" href="${to}">${texts.outOf(site)}</a>
${goOnWithout({ issuer, next }, texts)}`
  return { title: texts.titleMeanwhile, body }
}

/** Back to the site that asked. */
export function returningPage({ issuer, to }: Omit<Turn, 'next'>, texts: LogoutTexts): Page {
  const site = siteName(issuer)
  const body = html`<p>${texts.hereNowBack(site)}</p>
<a class="button" href="${to}">${texts.backTo(site)}</a>`
  return { title: texts.titleMeanwhile, body }
}

/** The way out when a site does not answer. */
export function goOnWithout({ issuer, next }: Omit<Turn, 'to'>, texts: LogoutTexts): Html {
  return html`<p class="help">${texts.noAnswer(siteName(issuer))} <a href="${next}">${texts.goOnWithout}</a></p>`
}

/** The end of our own sign-out, with what every site said. */
export function signedOutEverywherePage(
  steps: readonly LogoutStep[],
  home: string,
  texts: LogoutTexts,
): Page {
  const isWhole = steps.every(({ outcome }) => outcome === 'confirmed')
  const lines = steps.map(
    ({
      issuer,
      outcome,
    }) => html`<li><strong>${siteName(issuer)}</strong>: ${texts.outcomes[outcome]}</li>
`,
  )
  const body = html`<p>${texts.here}</p>
<div class="note ${isWhole ? 'good' : 'bad'}"><ul>
${lines}</ul></div>
<p class="hint">${texts.portalToo}</p>
<a class="button" href="${home}">${texts.backToPortal}</a>`
  return { title: isWhole ? texts.titleWhole : texts.titlePartly, body }
}
