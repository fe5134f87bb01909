// JSON without loss: amounts keep every digit, which a JavaScript number does not. Text in, value out,
// and the other way round.

import { Big } from 'big.js'

// Our deepest rows have 6 levels. A reader of a deeper value would run out of stack.
const MOST_LEVELS = 64

/**
 * The value of a JSON text. A number that JavaScript cannot hold exactly stays the text that it was.
 * Throws a SyntaxError for what is no JSON, and for more than 64 levels.
 */
export function readJson(text: string): unknown {
  if (levelsOf(text) > MOST_LEVELS) throw new SyntaxError(`over ${MOST_LEVELS} levels`)
  // TypeScript does not know the third argument yet, which Node has from 21 on.
  return JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' ? exact(value, context?.source) : value,
  )
}

function exact(value: number, source: string | undefined): number | string {
  if (source === undefined || String(value) === source) return value
  return Number.isFinite(value) && new Big(value).eq(source) ? value : source
}

// Sign by sign, because a pattern would go back over a long text again and again.
function levelsOf(text: string): number {
  let level = 0
  let deepest = 0
  let isString = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"') isString = !isString
    else if (isString) at += Number(sign === '\\')
    else if (sign === '{' || sign === '[') deepest = Math.max(deepest, ++level)
    else if (sign === '}' || sign === ']') level -= 1
  }
  return deepest
}

// TypeScript does not know it yet; Node has it from 21 on.
const { rawJSON } = JSON as typeof JSON & { readonly rawJSON: (text: string) => unknown }

/** A JSON text. A Big becomes a number with all its digits, without an exponent. */
export function writeJson(value: Readonly<Record<string, unknown>>): string {
  // A Big would be written as a text, and is one already when the replacer is handed its value.
  return JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, name, written) {
    const original = this[name]
    return original instanceof Big ? rawJSON(original.toFixed()) : written
  })
}
