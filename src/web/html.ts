// Markup that escapes: html`<p>${anything}</p>`. Only what this file made is taken as markup.

const marked: unique symbol = Symbol('markup')

/** Markup in which every value from outside is escaped. */
export type Html = { readonly [marked]: string }

/** What may stand in a template; `false`, `null` and `undefined` print nothing. */
export type Printable = Html | string | number | false | null | undefined | readonly Printable[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Template tag: the literal parts are markup, every value is escaped. Attributes need quotes. */
export function html(literals: TemplateStringsArray, ...values: readonly Printable[]): Html {
  const parts = literals.map(
    (literal, at) => literal + (at < values.length ? print(values[at]) : ''),
  )
  return { [marked]: parts.join('') }
}

/** The text of some markup, to be sent. */
export function markupOf(markup: Html): string {
  return markup[marked]
}

function print(value: Printable): string {
  if (value === false || value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (found) => ESCAPES[found] ?? '')
  if (isHtml(value)) return value[marked]
  return value.map(print).join('')
}

function isHtml(value: Html | readonly Printable[]): value is Html {
  return marked in value
}
