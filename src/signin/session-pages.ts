// The customer's page of sessions: entries and attempts in, a page in the customer's language out.

import type { SessionEntry, SignInRecord } from '../store/session-records.ts'
import { type Html, html } from '../web/html.ts'
import { LANGUAGES, type Language } from '../web/language.ts'
import type { Page } from '../web/page.ts'
import { SESSION_TEXTS } from './texts/sessions.ts'

/** What is known about a customer's sessions. */
export type ShownSessions = {
  readonly language: Language
  readonly csrf: Html
  readonly sessions: readonly SessionEntry[]
  readonly attempts: readonly SignInRecord[]
  /** The fingerprint of the session that asks. */
  readonly here: string
}

/** The page; its forms post to /sessions. */
export function sessionsPage(shown: ShownSessions): Page {
  const texts = SESSION_TEXTS[shown.language]
  const { sessions, here } = shown
  const others = sessions.some(({ idHash }) => idHash !== here)
  const body = html`<p>${texts.lead}</p>
<h2>${texts.open}</h2>
<ul class="sessions">
${sessions.map((entry) => sessionItem(entry, shown))}</ul>
${others && html`<form method="post" action="/sessions">${shown.csrf}<button class="quiet" type="submit" name="end" value="others">${texts.endOthers}</button></form>`}
<h2>${texts.history}</h2>
${historyTable(shown)}
<p><a href="/">${texts.back}</a></p>`
  return { title: texts.title, body, isWide: true }
}

function sessionItem(entry: SessionEntry, { language, csrf, here }: ShownSessions): Html {
  const texts = SESSION_TEXTS[language]
  const browser = entry.agent ?? texts.unknownBrowser
  const isHere = entry.idHash === here
  const facts = [
    [texts.since, time(entry.startedAt, language)],
    [texts.lastSeen, time(entry.lastSeenAt, language)],
    [texts.method, methodText(entry.method, language)],
    [texts.network, entry.network],
  ] as const
  const label = texts.endNamed(browser, timeText(entry.startedAt, language))
  return html`<li><h3>${browser}${isHere && html` <span class="badge good">${texts.here}</span>`}</h3>
<dl class="facts">${facts
    .filter(([, value]) => value !== undefined)
    .map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>
${!isHere && html`<form method="post" action="/sessions">${csrf}<button class="quiet" type="submit" name="end" value="${entry.idHash}" aria-label="${label}">${texts.end}</button></form>`}</li>
`
}

function historyTable({ attempts, language }: ShownSessions): Html {
  const texts = SESSION_TEXTS[language]
  if (attempts.length === 0) return html`<p class="soft">${texts.noHistory}</p>`
  const heads = [texts.at, texts.outcome, texts.method, texts.network, texts.browser]
  const rows = attempts.map(
    ({ at, refusal, method, network, agent }) => html`<tr><th scope="row">${time(at, language)}</th>
<td>${refusal === undefined ? html`<span class="badge good">${texts.signedIn}</span>` : html`<span class="badge bad">${texts.refused}</span>`}</td>
<td>${methodText(method, language)}</td><td>${network}</td><td>${agent ?? texts.unknownBrowser}</td></tr>
`,
  )
  return html`<div class="scroll" role="region" aria-label="${texts.history}" tabindex="0">
<table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table>
</div>`
}

// A method that a later version wrote is shown as it is.
function methodText(method: string, language: Language): string {
  const names: Readonly<Record<string, string>> = SESSION_TEXTS[language].methods
  return method
    .split('+')
    .map((part) => names[part] ?? part)
    .join(' + ')
}

function time(at: Date, language: Language): Html {
  return html`<time datetime="${at.toISOString()}">${timeText(at, language)}</time>`
}

// The service knows nobody's time zone, so it says which one it means.
function timeText(at: Date, language: Language): string {
  const format = new Intl.DateTimeFormat(LANGUAGES[language].tag, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  return `${format.format(at)} UTC`
}
