// A catalogue row's fields as options of the command line: `xaccount_id` is `--xaccount-id`. Text of
// the command line in, the row's input out; the row's own schema judges it later.

import { Option } from 'commander'
import { type Field, inputFields } from '../partner/field.ts'
import { readTyped } from '../partner/field-text.ts'
import type { AnyOperation } from '../partner/operation.ts'

/** One field of an operation, and the option that gives it. */
export type FieldOption = { readonly field: Field; readonly option: Option }

/**
 * The options of an operation. Secret fields have none: what others on this machine must not see in a
 * list of processes comes by --json.
 */
export function listFieldOptions(row: AnyOperation): readonly FieldOption[] {
  return inputFields(row)
    .filter(({ isSecret }) => !isSecret)
    .map((field) => ({ field, option: optionOf(field) }))
}

/** The fields that were given. Throws `PARTNER_INVALID_INPUT` for JSON that cannot be read. */
export function readFields(
  operation: string,
  row: AnyOperation,
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const typed = listFieldOptions(row).map(({ field, option }) => {
    const texts = [options[option.attributeName()] ?? []].flat()
    return { field, texts: texts.filter((text) => typeof text === 'string') }
  })
  return readTyped(operation, typed)
}

function optionOf(field: Field): Option {
  const placeholder = field.kind === 'object' ? 'JSON' : 'VALUE'
  const option = new Option(`--${field.name.replaceAll('_', '-')} <${placeholder}>`, help(field))
  option.helpGroup('Fields:')
  return field.isList ? option.argParser(collect) : option
}

function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text]
}

function help(field: Field): string {
  const notes = [
    ...(field.kind === 'object' ? [nestedNote(field)] : valueNotes(field)),
    ...(field.isList ? ['may be repeated'] : []),
    ...(field.isRequired ? ['required'] : []),
  ]
  return notes.length === 0 ? field.description : `${field.description} (${notes.join('; ')})`
}

function valueNotes(field: Field): readonly string[] {
  const meanings = Object.entries(field.meanings)
  if (meanings.length > 0) {
    return [`one of ${meanings.map(([value, meaning]) => `${value}: ${meaning}`).join(', ')}`]
  }
  // Lengths and patterns are for docs/partner-api.md; what a person cannot guess is said here.
  return /^(text|list of \d+ to \d+: text|number$)/.test(field.rule) ? [] : [field.rule]
}

function nestedNote({ fields, isList }: Field): string {
  const names = fields.map(({ name, isRequired }) => (isRequired ? `${name}*` : name))
  return `${isList ? 'objects' : 'an object'} of ${names.join(', ')}; * is required`
}
