// A request in, what the operation is given out: every field checked, nothing unknown, no name twice. What
// is wrong is named field by field.

import type { Request } from 'express'
import type { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import { readQuery } from '../web/form.ts'
import type { InputOf, Operation } from './operation.ts'

/** One field that is wrong, for whoever sent it. */
export type FieldProblem = { readonly field: string; readonly problem: string }

/** Throws `API_BAD_REQUEST` with every problem, `API_CONTENT_TYPE` and `BAD_PARAMETERS`. */
export function readInput<O extends Operation>(request: Request, row: O): InputOf<O> {
  const query = readQuery(request)
  const given = Object.fromEntries(query.names.map((name) => [name, query.text(name)]))
  const problems: FieldProblem[] = []
  const input = {
    params: check(row.params, { ...request.params }, problems),
    query: check(row.query, given, problems),
    body:
      row.body === undefined ? checkNoBody(request) : check(row.body, readJson(request), problems),
  }
  if (problems.length > 0) throw badRequest(problems)
  return input as InputOf<O> // Each part came out of the row's own schema.
}

/** The refusal that names these fields. */
export function badRequest(fields: readonly FieldProblem[]): Refusal {
  return new Refusal('API_BAD_REQUEST', { fields })
}

function check(schema: z.ZodObject, value: unknown, problems: FieldProblem[]): unknown {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  problems.push(...read.error.issues.flatMap((issue) => describeIssue(issue, schema)))
  return undefined
}

// The rule of the field says more than the library does, and never repeats what was sent.
function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodObject): readonly FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: key.slice(0, 64), problem: 'is not known here' }))
  }
  const [first] = issue.path
  const shape: Readonly<Record<string, unknown>> = schema.shape
  const field = first === undefined ? undefined : shape[String(first)]
  const rule = isDescribed(field) ? field.description : undefined
  const problem = rule?.startsWith('must') ? rule : issue.message
  return [{ field: issue.path.join('.') || 'body', problem }]
}

function isDescribed(field: unknown): field is { readonly description: string | undefined } {
  return typeof field === 'object' && field !== null && 'description' in field
}

function checkNoBody(request: Request): Record<string, never> {
  const body: unknown = request.body
  if (Buffer.isBuffer(body) && body.length > 0) {
    throw badRequest([{ field: 'body', problem: 'must be empty' }])
  }
  return {}
}

function readJson(request: Request): unknown {
  const type = (request.headers['content-type'] ?? '').toLowerCase().replaceAll(/[\s"]/g, '')
  if (!/^application\/json(;charset=utf-8)?$/.test(type)) throw new Refusal('API_CONTENT_TYPE')
  const body: unknown = request.body
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    value = JSON.parse(text)
  } catch {
    // Without its cause, which quotes the body into the log.
    throw badRequest([problem('must be JSON in UTF-8')])
  }
  // JSON.parse keeps the last of two equal names; another reader may keep the first.
  if (countNames(text) !== countKeys(value))
    throw badRequest([problem('has a name that comes twice')])
  return value
}

function problem(text: string): FieldProblem {
  return { field: 'body', problem: text }
}

function countNames(text: string): number {
  const strings = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)]
  return strings.filter(([, colon]) => colon !== undefined).length
}

// Without recursion: a body may be as deep as it is long.
function countKeys(value: unknown): number {
  const waiting = [value]
  let count = 0
  while (waiting.length > 0) {
    const each = waiting.pop()
    if (typeof each !== 'object' || each === null) continue
    const inner: readonly unknown[] = Object.values(each)
    if (!Array.isArray(each)) count += inner.length
    for (const part of inner) waiting.push(part)
  }
  return count
}
