// Tables, times and badges, the same on every screen.

import type { ActivationStep } from '../store/activation-records.ts'
import type { BindingRecord, NoticeOutcome } from '../store/binding-records.ts'
import { type Html, html, type Printable } from '../web/html.ts'
import { address } from './screen.ts'

/** Cells in the order of the heads; the first names the row. */
export type Row = readonly [Printable, ...Printable[]]

/** A table that scrolls by itself on a narrow screen; `none` is said when there are no rows. */
export function table(shown: {
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly Row[]
  readonly none: string
}): Html {
  const { caption, heads, rows } = shown
  if (rows.length === 0) return html`<p class="soft">${shown.none}</p>`
  // A region that scrolls must be reachable by keyboard, and have a name for that (WCAG 2.1.1).
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows.map(tableRow)}</tbody>
</table>
</div>`
}

function tableRow([name, ...cells]: Row): Html {
  return html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`
}

/** Terms with their values; a value that is not known is a dash. */
export function facts(rows: readonly (readonly [string, Printable])[]): Html {
  return html`<dl class="facts">${rows.map(
    ([term, value]) => html`<dt>${term}</dt><dd>${value ?? '–'}</dd>`,
  )}</dl>`
}

/** A time of the store to the second, in UTC and saying so. */
export function time(at: Date | undefined): Html | undefined {
  if (at === undefined) return undefined
  const iso = at.toISOString()
  const text = `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
  return html`<time datetime="${iso}">${text}</time>`
}

/** The way to a customer's own screen. */
export function customerLink(accountId: string): Html {
  return html`<a href="${address('/console/customers/detail', { account: accountId })}">${accountId}</a>`
}

/** The way to the journey of a customer's activation. */
export function activationLink(accountId: string): Html {
  const href = address('/console/activations/detail', { account: accountId })
  return html`<a href="${href}">Journey</a>`
}

/** The way to the next page; nothing after the last. */
export function nextLink(href: string | undefined): Html | undefined {
  return href === undefined ? undefined : html`<p><a href="${href}" rel="next">Next page</a></p>`
}

type Tone = 'good' | 'warn' | 'bad' | 'plain'

/** A word that stands out by colour and says the same without it. */
export function badge(word: string, tone: Tone): Html {
  return html`<span class="badge${tone !== 'plain' && ` ${tone}`}">${word}</span>`
}

/** The state of a binding; one that the partner API has not confirmed is told apart. */
export function bindingBadge({ state, confirmedAt, held, frozen }: BindingRecord): Html {
  if (state === 'conflict') return badge('conflict', 'bad')
  if (held !== undefined) return badge(`${state}, being confirmed`, 'warn')
  if (frozen !== undefined) return badge(`${state}, frozen`, 'warn')
  if (state !== 'bound') return badge(state, 'plain')
  return confirmedAt === undefined ? badge('bound, unconfirmed', 'warn') : badge('bound', 'good')
}

const OUTCOME_TONES: Readonly<Record<NoticeOutcome, Tone>> = {
  applied: 'good',
  held: 'warn',
  unproven: 'warn',
  repeat: 'plain',
  conflict: 'bad',
  'unknown-action': 'warn',
  'unknown-account': 'warn',
  'not-started': 'warn',
}

/** What became of a notice. */
export function outcomeBadge(outcome: NoticeOutcome): Html {
  return badge(outcome, OUTCOME_TONES[outcome])
}

const STEP_TONES: Readonly<Record<ActivationStep, Tone>> = {
  checked: 'plain',
  'code-sent': 'plain',
  'create-asked': 'warn',
  unknown: 'warn',
  created: 'warn',
  associated: 'warn',
  bound: 'good',
  refused: 'bad',
  abandoned: 'plain',
}

/** Where the opening of an account stands. */
export function stepBadge(step: ActivationStep): Html {
  return badge(step, STEP_TONES[step])
}
