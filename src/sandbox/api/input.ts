// The fields of a call, collected from the places where the row says they travel: path, query, body.
// What is wrong with the request as such is found here; the row's schema judges the values later.

import type { Request } from 'express'
import { z } from 'zod'
import { type AnyOperation, placeOf } from '../../partner/operation.ts'

/** What is wrong with a request, for the answer CBC.0100. */
export type BadInput = { readonly field: string; readonly problem: string }

type Fields = Readonly<Record<string, unknown>>

/** The fields by their names on the wire, or the first thing that is wrong. */
export function readInput(
  request: Request,
  row: AnyOperation,
): { readonly fields: Fields } | { readonly bad: BadInput } {
  const query = readQuery(request, row)
  if ('bad' in query) return query
  const body = readBody(request, row)
  if ('bad' in body) return body
  return { fields: { ...body.fields, ...query.fields, ...request.params } }
}

type Part = { readonly fields: Fields } | { readonly bad: BadInput }

function bad(field: string, problem: string): Part {
  return { bad: { field, problem } }
}

function readQuery(request: Request, row: AnyOperation): Part {
  const at = request.originalUrl.indexOf('?')
  const query = new URLSearchParams(at === -1 ? '' : request.originalUrl.slice(at + 1))
  const fields: Record<string, unknown> = {}
  for (const [name, text] of query) {
    const schema = row.input.shape[name]
    if (schema === undefined) return bad(name, 'is not a parameter of this API')
    if (placeOf(row, name) !== 'query') return bad(name, 'does not belong into the query')
    if (name in fields) return bad(name, 'came more than once')
    fields[name] = convert(text, schema)
  }
  return { fields }
}

// On the wire a query is text; what is no number stays text, for the schema to refuse by name.
function convert(text: string, schema: z.core.$ZodType): unknown {
  const { type } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'number' && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text)
  return text
}

function readBody(request: Request, row: AnyOperation): Part {
  const bytes: unknown = request.body
  const isEmpty = !Buffer.isBuffer(bytes) || bytes.length === 0
  if (row.method === 'GET' || row.method === 'DELETE') {
    return isEmpty ? { fields: {} } : bad('body', `is not allowed with ${row.method}`)
  }
  if (isEmpty) {
    // Huawei wants {} where every field may be absent, unless the path says everything.
    return row.path.includes('{') ? { fields: {} } : bad('body', 'is missing')
  }
  const type = request.headers['content-type'] ?? 'none'
  if (!/^application\/json *(;|$)/i.test(type)) return bad('Content-Type', `is ${type}`)
  const fields = parseObject(bytes.toString('utf8'))
  if (fields === undefined) return bad('body', 'is not a JSON object')
  const misplaced = Object.keys(fields).find((name) => placeOf(row, name) !== 'body')
  if (misplaced !== undefined) return bad(misplaced, 'belongs into the path')
  return { fields }
}

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    // Huawei reads null as absent.
    return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
  } catch {
    return undefined
  }
}
