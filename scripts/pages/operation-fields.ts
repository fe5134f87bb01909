// What an operation takes and gives, as tables: the fields of a row in, Markdown out. Fields within
// objects have dotted names; those within lists are written `list[].field`.

import { type Field, inputFields, resultFields } from '../../src/partner/field.ts'
import { type AnyOperation, placeOf } from '../../src/partner/operation.ts'
import { code, table } from './markdown.ts'

/** The input of an operation, with the place of each field in the request. */
export function inputTable(row: AnyOperation): readonly string[] {
  const rows = inputFields(row).flatMap((field) => {
    const place = placeOf(row, field.name)
    return unfold(field).map(({ name, field: each }) => [
      code(name),
      place,
      each.isRequired ? 'yes' : '',
      // Values and patterns are code; every other rule is a sentence.
      hasMeanings(each) ? 'one of the values' : ruleOf(each),
      meaningOf(each),
    ])
  })
  if (rows.length === 0) return ['', 'It takes no fields.']
  return ['', '#### Input', '', ...table(['Field', 'Place', 'Required', 'Rule', 'Meaning'], rows)]
}

/** The result of an operation; nothing for an answer without a body. */
export function resultTable(row: AnyOperation): readonly string[] {
  return answerTable('Result', resultFields(row))
}

/** What the body of an error may carry besides code and text. */
export function errorDetailTable({ errorDetail }: AnyOperation): readonly string[] {
  if (errorDetail === undefined) return []
  return answerTable('Details of an error', resultFields({ result: errorDetail }))
}

function answerTable(title: string, fields: readonly Field[]): readonly string[] {
  const rows = fields
    .flatMap((field) => unfold(field))
    .map(({ name, field }) => [code(name), kindOf(field), meaningOf(field)])
  if (rows.length === 0) return []
  return ['', `#### ${title}`, '', ...table(['Field', 'Kind', 'Meaning'], rows)]
}

type Named = { readonly name: string; readonly field: Field }

function unfold(field: Field, prefix = ''): readonly Named[] {
  const name = `${prefix}${field.name}`
  const inner = field.isList ? `${name}[].` : `${name}.`
  return [{ name, field }, ...field.fields.flatMap((each) => unfold(each, inner))]
}

function hasMeanings({ meanings }: Field): boolean {
  return Object.keys(meanings).length > 0
}

function ruleOf({ rule }: Field): string {
  const [words = '', pattern] = rule.split(', fits ')
  return pattern === undefined ? words : `${words}, fits ${code(pattern)}`
}

function kindOf({ kind, isList }: Field): string {
  return isList ? `list of ${kind}s` : kind
}

function meaningOf(field: Field): string {
  const values = Object.entries(field.meanings).map(([value, meaning]) => {
    return `${code(value)} ${meaning}`
  })
  const secret = field.isSecret ? ['Secret.'] : []
  const meant = values.length === 0 ? [] : [`${values.join('; ')}.`]
  return [field.description, ...secret, ...meant].filter((part) => part !== '').join(' ')
}
