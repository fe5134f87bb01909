// A zod schema in, its fields as a reader of documentation wants them out: name, rule, meaning.

import { z } from 'zod'
import { code } from './markdown.ts'

/** One field; those of list items are written `list[].field`. */
export type Field = {
  readonly name: string
  readonly isRequired: boolean
  readonly rule: string
  readonly meaning: string
}

type Schema = z.core.JSONSchema.JSONSchema

/** The fields of an object schema, as what goes in, lists unfolded. */
export function fieldsOf(schema: z.ZodType): readonly Field[] {
  return listFields(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '')
}

function listFields(schema: Schema, prefix: string): readonly Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    if (typeof value === 'boolean') return []
    const name = `${prefix}${key}`
    const isRequired = schema.required?.includes(key) ?? false
    const field = { name, isRequired, rule: ruleOf(value), meaning: value.description ?? '' }
    return [field, ...listFields(itemsOf(value), `${name}[].`)]
  })
}

// A list that may be null is a choice of two schemas; the one with items counts.
function itemsOf(schema: Schema): Schema {
  const choices = [schema, ...(schema.anyOf ?? [])]
  for (const choice of choices) {
    if (typeof choice === 'object' && isSchema(choice.items)) return choice.items
  }
  return {}
}

function isSchema(items: Schema['items']): items is Schema {
  return typeof items === 'object' && !Array.isArray(items)
}

function ruleOf(schema: Schema): string {
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema.enum !== undefined)
    return schema.enum.map((each) => code(JSON.stringify(each))).join(' or ')
  if (schema.format === 'date-time') return 'a UTC time such as `2019-05-06T08:05:01Z`'
  if (schema.type === 'boolean') return '`true` or `false`'
  if (schema.type === 'integer') return `whole number, ${schema.minimum} to ${schema.maximum}`
  const { minLength = 0, maxLength, pattern } = schema
  const fits = pattern === undefined ? '' : `, fits ${code(pattern)}`
  if (maxLength === undefined) return `text${fits}`
  const range = minLength === maxLength ? String(maxLength) : `${minLength} to ${maxLength}`
  return `text of ${range} characters${fits}`
}
