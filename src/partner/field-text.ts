// Between people's texts and a row's values: what is typed into flags and forms becomes an input, and a
// value of a result becomes a text. The row's own schema judges every input later.

import { Big } from 'big.js'
import { Refusal } from '../base/errors.ts'
import type { Field } from './field.ts'
import { readJson } from './json.ts'

/** What was typed for a field; a list of texts has several. */
export type Typed = { readonly field: Field; readonly texts: readonly string[] }

/**
 * The fields that were given, as an input. Objects and lists of objects are JSON. Throws
 * `PARTNER_INVALID_INPUT` for JSON that cannot be read; every other mistake is left to the schema.
 */
export function readTyped(
  operation: string,
  typed: readonly Typed[],
): Readonly<Record<string, unknown>> {
  const given = typed.filter(({ texts }) => texts.length > 0)
  const problems = given
    .filter(({ field, texts }) => field.kind === 'object' && !texts.every(isJson))
    .map(({ field }) => ({ field: field.name, rule: `must be JSON, ${field.rule}` }))
  if (problems.length > 0) throw new Refusal('PARTNER_INVALID_INPUT', { operation, problems })
  return Object.fromEntries(given.map(({ field, texts }) => [field.name, readValue(field, texts)]))
}

function readValue(field: Field, texts: readonly string[]): unknown {
  const values = texts.map((text) => convert(text, field.kind))
  // A list may come as one JSON list, or item by item.
  return field.isList ? values.flat() : values[0]
}

// Whatever is not of its kind stays text, for the schema to refuse by name. An amount is a text too: a
// number would lose digits.
function convert(text: string, kind: Field['kind']): unknown {
  if (kind === 'object') return readJson(text)
  if (kind === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  if (kind === 'number' && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text)
  return text
}

function isJson(text: string): boolean {
  try {
    return typeof readJson(text) === 'object'
  } catch {
    return false
  }
}

/**
 * A value as JSON knows it: decimals with every digit, times in UTC. `undefined` stays what it is, so
 * that JSON leaves it out.
 */
export function toPlain(value: unknown): unknown {
  if (value instanceof Big) return value.toFixed()
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(toPlain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toPlain(each)]))
}

/** A value on one line, for people; `null` when there is none. */
export function cellText(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null
  if (isBeijingDay(value)) return `${value.day} (GMT+8)`
  const plain = toPlain(value)
  return typeof plain === 'object' ? JSON.stringify(plain) : String(plain)
}

function isBeijingDay(value: unknown): value is { readonly day: string } {
  return typeof value === 'object' && value !== null && 'day' in value && 'zone' in value
}
