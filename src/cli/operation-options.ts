// A catalogue row's fields as options of the command line: `xaccount_id` is `--xaccount-id`. Text of
// the command line in, the row's input out; the row's own schema judges it later.

import { Option } from 'commander'
import { z } from 'zod'
import type { AnyOperation } from '../partner/operation.ts'

// What others on this machine must not see in a list of processes comes by --json.
const SECRET_FIELDS: ReadonlySet<string> = new Set(['password'])

/** One field of an operation, by its name on the wire, and the option that gives it. */
export type FieldOption = { readonly field: string; readonly option: Option }

/** The options of an operation. Secret fields have none. */
export function listFieldOptions(row: AnyOperation): readonly FieldOption[] {
  return Object.entries(row.body.shape).flatMap(([field, schema]) => {
    if (SECRET_FIELDS.has(field)) return []
    const { description = '', ...kind } = describeField(schema)
    const notes = [
      ...(kind.enum === undefined ? [] : [`one of ${kind.enum.join(', ')}`]),
      ...(z.safeParse(schema, undefined).success ? [] : ['required']),
    ]
    const text = notes.length === 0 ? description : `${description} (${notes.join('; ')})`
    return [{ field, option: new Option(`--${field.replaceAll('_', '-')} <VALUE>`, text) }]
  })
}

/** The fields that were given, numbers and booleans as such. */
export function readFields(
  row: AnyOperation,
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const given = listFieldOptions(row).flatMap(({ field, option }) => {
    const text = options[option.attributeName()]
    const schema = row.body.shape[field]
    if (typeof text !== 'string' || schema === undefined) return []
    return [[field, convert(text, describeField(schema).type)] as const]
  })
  return Object.fromEntries(given)
}

// Whatever is not of its kind stays text, for the schema to refuse by name.
function convert(text: string, type: unknown): unknown {
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  if ((type === 'integer' || type === 'number') && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) {
    return Number(text)
  }
  return text
}

function describeField(schema: z.core.$ZodType) {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
}
