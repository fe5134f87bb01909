// The fields of a row, for whoever shows or asks for them: a zod schema comes in; names, kinds and rules
// go out. The command line, the console and docs/partner-api.md all read fields here.

import { z } from 'zod'
import type { Meanings } from './catalogue/fields.ts'
import type { AnyOperation } from './operation.ts'

/** What a value is, whatever ways Huawei has of writing it. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'amount' | 'time' | 'day' | 'object'

/** One field of an input or a result. */
export type Field = {
  /** Its name on the wire. */
  readonly name: string
  /** The kind of the value, or of each item of a list. */
  readonly kind: FieldKind
  readonly isList: boolean
  readonly isRequired: boolean
  /** What others must not see: not in a list of processes, a form or an answer. */
  readonly isSecret: boolean
  readonly description: string
  /** The rule of the value in words, such as "text of 1 to 64 characters". */
  readonly rule: string
  /** What each value of an enumeration means; empty without one. */
  readonly meanings: Meanings
  /** The fields of an object, or of the objects of a list. */
  readonly fields: readonly Field[]
}

const SECRET_NAMES: ReadonlySet<string> = new Set(['password', 'verification_code'])

/** Whether a field of that name holds what nobody else may see. */
export function isSecretName(name: string): boolean {
  return SECRET_NAMES.has(name)
}

/** The fields that a row takes. */
export function inputFields(row: Pick<AnyOperation, 'input'>): readonly Field[] {
  return readFields(toSchema(row.input))
}

/** The fields that a row gives; none for an answer without a body. */
export function resultFields(row: Pick<AnyOperation, 'result'>): readonly Field[] {
  return row.result instanceof z.ZodVoid ? [] : readFields(toSchema(row.result))
}

type Schema = z.core.JSONSchema.JSONSchema & { readonly meanings?: Meanings }

// What goes in, also for results: after its transform a decimal or a time has no schema any more.
function toSchema(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
}

function readFields(schema: Schema): readonly Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    if (typeof value === 'boolean') return []
    return [readField(name, value, schema.required?.includes(name) ?? false)]
  })
}

function readField(name: string, schema: Schema, isRequired: boolean): Field {
  const whole = choicesOf(schema)
  const list = whole.find((choice) => isSchema(choice.items))
  const items = list !== undefined && isSchema(list.items) ? choicesOf(list.items) : undefined
  const choices = items ?? whole
  const object = choices.find((choice) => choice.properties !== undefined)
  const rule = object === undefined ? ruleOf(choices) : 'object'
  return {
    name,
    kind: object === undefined ? kindOf(choices) : 'object',
    isList: list !== undefined,
    isRequired,
    isSecret: isSecretName(name),
    description: schema.description ?? '',
    rule: list === undefined ? rule : `${countOf(list)}${rule}`,
    meanings: meaningsOf([schema, ...choices]),
    fields: object === undefined ? [] : readFields(object),
  }
}

function isSchema(schema: Schema['items']): schema is Schema {
  return typeof schema === 'object' && !Array.isArray(schema)
}

// A value that may be null or written in two ways is a choice of schemas; those that say something count.
function choicesOf(schema: Schema): readonly Schema[] {
  if (schema.anyOf === undefined) return [schema]
  return schema.anyOf
    .filter((choice) => typeof choice === 'object')
    .flatMap(choicesOf)
    .filter((choice) => choice.type !== 'null' && choice.const !== '')
}

function meaningsOf(schemas: readonly Schema[]): Meanings {
  return schemas.find((schema) => schema.meanings !== undefined)?.meanings ?? {}
}

// The order decides: Huawei writes one kind of value in several ways.
function kindOf(choices: readonly Schema[]): FieldKind {
  if (has(choices, 'boolean')) return 'boolean'
  if (choices.some(({ format }) => format === 'date-time')) return 'time'
  if (choices.some(({ format }) => format === 'date')) return 'day'
  if (!has(choices, 'number') && !has(choices, 'integer')) return 'text'
  const written = choices.find(({ type, pattern }) => type === 'string' && pattern !== undefined)
  if (written !== undefined) return written.pattern?.includes('\\.') ? 'amount' : 'number'
  return has(choices, 'string') ? 'text' : 'number'
}

function has(choices: readonly Schema[], type: 'boolean' | 'number' | 'integer' | 'string') {
  // zod writes one type as a text and several as a list, which its own types do not know.
  return choices.some((choice) => [choice.type].flat().some((each) => each === type))
}

const RULES: Readonly<Partial<Record<FieldKind, string>>> = {
  boolean: 'true or false',
  amount: 'a decimal such as 12.34',
  time: 'a UTC time such as 2019-05-06T08:05:01Z',
  day: 'a day of Beijing (GMT+8) such as 2019-05-06',
}

function ruleOf(choices: readonly Schema[]): string {
  const values = choices.flatMap((choice) => choice.enum ?? choice.const ?? [])
  const kind = kindOf(choices)
  if (values.length > 0 && kind !== 'boolean') return values.map(String).join(' or ')
  return RULES[kind] ?? (kind === 'number' ? numberRule(choices) : textRule(choices))
}

function numberRule(choices: readonly Schema[]): string {
  const whole = choices.find(({ type }) => type === 'integer')
  const noun = whole === undefined ? 'number' : 'whole number'
  const { minimum, maximum = Number.MAX_SAFE_INTEGER } = whole ?? choices[0] ?? {}
  if (minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER) return noun
  return maximum >= Number.MAX_SAFE_INTEGER
    ? `${noun}, ${minimum} or more`
    : `${noun}, ${minimum} to ${maximum}`
}

function textRule(choices: readonly Schema[]): string {
  const { minLength = 0, maxLength, pattern } = choices[0] ?? {}
  const fits = pattern === undefined ? '' : `, fits ${pattern}`
  if (maxLength === undefined) return `text${fits}`
  const range = minLength === maxLength ? String(maxLength) : `${minLength} to ${maxLength}`
  return `text of ${range} characters${fits}`
}

function countOf({ minItems = 0, maxItems }: Schema): string {
  return maxItems === undefined ? 'list of ' : `list of ${minItems} to ${maxItems}: `
}
