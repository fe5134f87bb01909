// What a row of the portal API's table is; types of inputs and answers are inferred from it.

import { z } from 'zod'
import type { ErrorCode } from '../base/error-codes.ts'
import type { Scope } from './scopes.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const NOTHING = z.strictObject({})
type Nothing = typeof NOTHING

/** One operation. */
export type Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodObject = z.ZodObject,
  Result extends z.ZodType = z.ZodType,
> = {
  readonly method: Method
  /** Under /api/v1, with its parameters in braces. */
  readonly path: string
  readonly scope: Scope
  readonly summary: string
  /** What else its caller should know. */
  readonly note?: string
  readonly params: Params
  readonly query: Query
  /** `undefined` where none is sent. */
  readonly body: Body | undefined
  readonly result: Result | undefined
  /** The statuses of success; the first is the usual one. */
  readonly statuses: readonly [number, ...number[]]
  /** What it refuses beside what every operation may refuse. */
  readonly errors: readonly ErrorCode[]
}

type Row<P, Q, B, R> = Pick<
  Operation,
  'method' | 'path' | 'scope' | 'summary' | 'note' | 'errors'
> & {
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly result?: R
  readonly statuses?: readonly [number, ...number[]]
}

/** A row, with what it leaves out filled in. */
export function operation<
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodObject = Nothing,
  R extends z.ZodType = z.ZodUndefined,
>(row: Row<P, Q, B, R>): Operation<P, Q, B, R> {
  const { params, query, body, result, statuses, ...rest } = row
  return {
    ...rest,
    // The defaults of the type parameters are those of the values.
    params: params ?? (NOTHING as unknown as P),
    query: query ?? (NOTHING as unknown as Q),
    body,
    result,
    statuses: statuses ?? [result === undefined ? 204 : 200],
  }
}

/** What an operation is given, read and checked. */
export type InputOf<O> =
  O extends Operation<infer P, infer Q, infer B, z.ZodType>
    ? {
        readonly params: z.output<P>
        readonly query: z.output<Q>
        readonly body: z.output<B>
      }
    : never

/** What an operation answers. */
export type ResultOf<O> =
  O extends Operation<z.ZodObject, z.ZodObject, z.ZodObject, infer R> ? z.output<R> : never

/** Codes that every operation may answer with. */
export const COMMON_ERRORS = [
  'API_KEY_INVALID',
  'API_SCOPE_MISSING',
  'API_THROTTLED',
  'RATE_LIMITED',
  'API_BAD_REQUEST',
  'FAULT',
] as const satisfies readonly ErrorCode[]

/** And every one that changes something. */
export const WRITE_ERRORS = [
  'IDEMPOTENCY_MISMATCH',
  'IDEMPOTENCY_UNDER_WAY',
] as const satisfies readonly ErrorCode[]

/** Whether a request may be repeated under an Idempotency-Key. */
export function isWrite({ method }: Pick<Operation, 'method'>): boolean {
  return method !== 'GET'
}

/** What every operation with this row may answer with beside success. */
export function errorsOf(row: Operation): readonly ErrorCode[] {
  const ofBody: readonly ErrorCode[] =
    row.body === undefined ? [] : ['API_CONTENT_TYPE', 'BODY_TOO_LARGE']
  return [...COMMON_ERRORS, ...ofBody, ...(isWrite(row) ? WRITE_ERRORS : []), ...row.errors]
}
