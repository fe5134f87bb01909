// Form and query parameters as they were sent. Signatures cover the percent-encoded original, so
// nothing here decodes and encodes again: the raw value stays beside the meaning.

import { Refusal } from './errors.ts'

/** One `name=value`, as sent. */
type Parameter = { readonly raw: string; readonly hasValue: boolean }

/** The parameters of one query string or form body; asking for one that came twice is refused. */
export type Parameters = {
  /** The value as sent, still percent-encoded; `undefined` when the name did not come. */
  readonly raw: (name: string) => string | undefined
  /** The value as a form means it: `+` is a space. */
  readonly text: (name: string) => string | undefined
  /** A Base64 value: percent-decoded only, because a bare `+` belongs to Base64's own alphabet. */
  readonly base64: (name: string) => string | undefined
  /** Every name that came, decoded. */
  readonly names: readonly string[]
}

const MOST_PARAMETERS = 100

/**
 * Reads `a=1&b=2`. Throws `BAD_PARAMETERS` when there are too many parameters, when an encoding is broken,
 * when a value holds a NUL, or when a name is hidden behind percent-encoding (`%53AMLRequest` means
 * the same name to a framework that decodes, which is how two readers come to see two messages).
 */
export function readParameters(source: string): Parameters {
  const pairs = source === '' ? [] : source.split('&')
  if (pairs.length > MOST_PARAMETERS) {
    throw new Refusal('BAD_PARAMETERS', { problem: 'too many parameters', found: pairs.length })
  }

  const found = new Map<string, Parameter[]>()
  for (const pair of pairs) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = at === -1 ? pair : pair.slice(0, at)
    if (/[%+]/.test(name))
      throw new Refusal('BAD_PARAMETERS', { problem: 'an encoded parameter name' })
    const parameter = { raw: at === -1 ? '' : pair.slice(at + 1), hasValue: at !== -1 }
    found.set(name, [...(found.get(name) ?? []), parameter])
  }

  const raw = (name: string) => exactlyOne(name, found.get(name))
  const decoded = (name: string, plus: string) => {
    const value = raw(name)
    return value === undefined ? undefined : decodePercent(name, value.replaceAll('+', plus))
  }
  return {
    raw,
    text: (name) => decoded(name, ' '),
    base64: (name) => decoded(name, '+'),
    names: [...found.keys()],
  }
}

function exactlyOne(name: string, values: readonly Parameter[] | undefined): string | undefined {
  if (values === undefined) return undefined
  if (values.length > 1) {
    throw new Refusal('BAD_PARAMETERS', {
      problem: 'a parameter came more than once',
      parameter: name,
    })
  }
  const [only] = values
  if (only?.hasValue !== true) {
    throw new Refusal('BAD_PARAMETERS', {
      problem: 'a parameter came without "="',
      parameter: name,
    })
  }
  return only.raw
}

function decodePercent(name: string, value: string): string {
  let text: string
  try {
    text = decodeURIComponent(value)
  } catch (cause) {
    const facts = { problem: 'percent-encoding that is not UTF-8', parameter: name }
    throw new Refusal('BAD_PARAMETERS', facts, cause)
  }
  // No browser's form holds one, C programs take it for the end, and PostgreSQL keeps none.
  if (text.includes('\0')) {
    throw new Refusal('BAD_PARAMETERS', { problem: 'a NUL character', parameter: name })
  }
  return text
}
