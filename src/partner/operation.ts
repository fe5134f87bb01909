// What a catalogue row is: everything that is known about one operation of Huawei's partner API.
// The client, the command line, the console, the sandbox and docs/partner-api.md all derive from rows.

import type { z } from 'zod'

/** An error that Huawei documents for an operation. */
export type RemoteError = {
  readonly http: number
  readonly code: string
  readonly meaning: string
  /** What the caller can do about it, where the meaning does not say so. */
  readonly remedy?: string
}

/**
 * Whose credentials an operation asks for.
 * - `partner`: the partner's own access key or token.
 * - `customer`: only the customer's.
 * - `either`: the partner's, or the customer's for a view of their own.
 * - `partner-for-customer`: the partner's token, once the customer has authorised the partner or made
 *   an agency; the call is sent with the customer's agency token when a customer is named.
 */
export type Caller = 'partner' | 'customer' | 'either' | 'partner-for-customer'

/** How a list is walked: every one is asked with `offset` (from 0) and `limit`. */
export type Paging<List extends string = string> = {
  /** The field of the result that holds the items of a page. */
  readonly list: List
  /** The field of the result that counts the items of all pages. */
  readonly total: string
  /** The largest `limit` that Huawei takes. */
  readonly most: number
  /**
   * The fields that together tell one item from every other, for walking a list that changes
   * meanwhile; empty when Huawei gives the items no identity.
   */
  readonly identity: readonly string[]
}

/**
 * One operation. `Input` and `Result` use Huawei's own field names, so that what is typed here is what
 * is on the wire; each field is described, for the reader of docs/partner-api.md.
 */
export type Operation<
  Input extends z.ZodObject = z.ZodObject,
  Result extends z.ZodType = z.ZodType,
  Who extends Caller = Caller,
  List extends string = string,
  Failures extends string = string,
> = {
  /** Huawei's title of the operation, such as "Creating a Customer". */
  readonly title: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** The path under HUAWEI_BSS_URL. A part such as `{order_id}` is the field of that name. */
  readonly path: string
  /**
   * All fields that are sent. Those that `path` names go there; the others are the query of GET and
   * DELETE, and the JSON body of POST and PUT. What breaks Huawei's limits is never sent.
   */
  readonly input: Input
  /** The fields we rely on. Fields that Huawei adds later are kept. */
  readonly result: Result
  readonly caller: Who
  /** The documented status of success; 204 comes without a body. */
  readonly succeeds: 200 | 204
  /** `money`: buys, pays, renews, refunds, or commits somebody to it. */
  readonly effect: 'read' | 'write' | 'money'
  /** Whether a repeat is harmless. `never`: a repeat may do the same thing a second time. */
  readonly retry: 'never' | 'read'
  /** Calls a second that Huawei takes for one account; 10 unless documented otherwise. */
  readonly perSecond?: number
  readonly paging?: Paging<List>
  /** The field of the result that lists what was not done, though the answer is a success. */
  readonly failures?: Failures
  /** What a person is told, and must confirm, before money moves or somebody is locked out. */
  readonly confirm?: string
  /** Why the operation should not be used in new programs. */
  readonly deprecated?: string
  readonly errors: readonly RemoteError[]
  /** What the body of an error may carry besides code and text. */
  readonly errorDetail?: z.ZodType
  readonly source: Source
}

/** Where Huawei documents an operation: the section of its API reference, and a page if known. */
export type Source = { readonly section: string; readonly page?: string }

/** A row whose types are not known to the reader. */
export type AnyOperation = Operation

/** A row as given; TypeScript infers from it what goes in, what comes out, and for whom. */
export function operation<
  Input extends z.ZodObject,
  Result extends z.ZodType,
  Who extends Caller,
  List extends string = never,
  Failures extends string = never,
>(
  row: Operation<Input, Result, Who, List, Failures>,
): Operation<Input, Result, Who, List, Failures> {
  return row
}

/** Where a field of an operation's input is sent. */
export type Place = 'path' | 'query' | 'body'

/** Where the field of that name is sent. */
export function placeOf(row: Pick<Operation, 'method' | 'path'>, field: string): Place {
  if (row.path.includes(`{${field}}`)) return 'path'
  return row.method === 'GET' || row.method === 'DELETE' ? 'query' : 'body'
}
