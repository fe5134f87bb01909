// What a catalogue row is: everything that is known about one operation of Huawei's partner API.
// The client, the command line, the sandbox and docs/partner-api.md all derive from rows.

import type { z } from 'zod'

/** An error that Huawei documents for an operation. */
export type RemoteError = {
  readonly http: number
  readonly code: string
  readonly meaning: string
}

/**
 * One operation. `Body` and `Result` use Huawei's own field names, so that what is typed here is what
 * is on the wire; each field of `Body` is described, for the reader of docs/partner-api.md.
 */
export type Operation<Body extends z.ZodObject, Result extends z.ZodType> = {
  /** Huawei's title of the operation, such as "Creating a Customer". */
  readonly title: string
  readonly method: 'POST'
  /** The path under HUAWEI_BSS_URL. */
  readonly path: string
  /** Huawei's limits. An input that breaks them is refused here and never sent. */
  readonly body: Body
  /** The fields we rely on. Fields that Huawei adds later are kept. */
  readonly result: Result
  /** Whose credentials the operation asks for. */
  readonly caller: 'partner'
  /** The documented status of success; 204 comes without a body. */
  readonly succeeds: 200 | 204
  readonly effect: 'read' | 'write'
  /** Whether a repeat is harmless. `never`: a repeat may do the same thing a second time. */
  readonly retry: 'never' | 'read'
  readonly errors: readonly RemoteError[]
  readonly source: Source
}

/** Where Huawei documents an operation: the section of its API reference, and a page if known. */
export type Source = { readonly section: string; readonly page?: string }

/** A row whose types are not known to the reader. */
export type AnyOperation = Operation<z.ZodObject, z.ZodType>

/** A row as given; TypeScript infers from it what goes in and what comes out. */
export function operation<Body extends z.ZodObject, Result extends z.ZodType>(
  row: Operation<Body, Result>,
): Operation<Body, Result> {
  return row
}

/** A catalogue as methods: `client.createCustomer(body)` gives the promise of the row's result. */
export type Client<Catalogue> = {
  readonly [Name in keyof Catalogue]: Catalogue[Name] extends Operation<infer Body, infer Result>
    ? (body: z.input<Body>) => Promise<z.output<Result>>
    : never
}
