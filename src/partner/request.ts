// What goes on the wire for a call: a row and checked fields come in, a request without proof goes out.

import { Big } from 'big.js'
import type { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import type { Language } from './acting.ts'
import type { SignableRequest } from './ak-sk.ts'
import type { Fields } from './exchange.ts'
import { writeJson } from './json.ts'
import { type AnyOperation, placeOf } from './operation.ts'

/** An operation by its name in the catalogue. */
export type Named = { readonly name: string; readonly row: AnyOperation }

export type Prepared = {
  /** The input after its checks, as it is sent. */
  readonly fields: Fields
  /** Without proof of who calls. */
  readonly request: SignableRequest
}

export type Target = { readonly bssUrl: string; readonly language: Language }

/** Checks the input and builds the request. Throws `PARTNER_INVALID_INPUT`. */
export function prepare({ name, row }: Named, input: unknown, target: Target): Prepared {
  const checked = row.input.safeParse(input ?? {})
  if (!checked.success) throw invalid(name, listProblems(checked.error))
  const fields = checked.data
  const path = row.path.replace(/\{(\w+)\}/g, (_, field: string) => segment(name, field, fields))
  const url = new URL(`${target.bssUrl}${path}`)
  for (const [field, text] of listQuery(row, fields)) url.searchParams.append(field, text)
  // A form writes a blank as +; the signature, and whoever checks it, reads %20.
  url.search = url.search.replaceAll('+', '%20')
  const headers = { 'Content-Type': 'application/json', 'X-Language': target.language }
  return { fields, request: { method: row.method, url, headers, body: writeBody(row, fields) } }
}

/** Fields and rules, never values: zod's messages name what it expected, not what it got. */
export function listProblems(error: z.ZodError) {
  return error.issues.map(({ path, message }) => ({ field: path.join('.'), rule: message }))
}

// A dot segment, also an encoded one, would lead to another operation; a slash may, where a gateway
// decodes before it routes.
function segment(operation: string, field: string, fields: Fields): string {
  const text = String(fields[field] ?? '')
  if (/^\.{0,2}$|[/\\]/.test(text)) {
    throw invalid(operation, [{ field, rule: 'must be an id: no . or .. alone, no slash' }])
  }
  return encodeURIComponent(text)
}

function listQuery(row: AnyOperation, fields: Fields): readonly (readonly [string, string])[] {
  return Object.entries(fields)
    .filter(([field]) => placeOf(row, field) === 'query')
    .flatMap(([field, value]) => {
      const values = Array.isArray(value) ? value : [value]
      return values
        .filter((each) => each !== undefined && each !== null)
        .map((each) => [field, each instanceof Big ? each.toFixed() : String(each)] as const)
    })
}

// Huawei wants an object even when nothing is asked for, but nothing at all where the method has no
// body: a signed `{}` on DELETE is refused with APIGW.0301.
function writeBody(row: AnyOperation, fields: Fields): string {
  if (row.method === 'GET' || row.method === 'DELETE') return ''
  const inBody = Object.entries(fields).filter(([field]) => placeOf(row, field) === 'body')
  return writeJson(Object.fromEntries(inBody))
}

function invalid(operation: string, problems: readonly object[]): Refusal {
  return new Refusal('PARTNER_INVALID_INPUT', { operation, problems })
}
