// The catalogue as types: what the method of a row takes and gives.

import type { z } from 'zod'
import type { ActingFor, CallOptions, WalkOptions } from './acting.ts'
import type { Caller, Operation } from './operation.ts'

/** Only a row whose credentials are the customer's demands to know for whom it is called. */
type OptionsOf<Who extends Caller, Options extends CallOptions> = Who extends 'customer'
  ? [options: Options & { readonly as: ActingFor }]
  : Who extends 'partner'
    ? [options?: Omit<Options, 'as'>]
    : [options?: Options]

/** The input may be left out where no field of it is needed. */
type Arguments<Input extends z.ZodObject, Who extends Caller, Options extends CallOptions> =
  Record<string, never> extends z.input<Input>
    ? Who extends 'customer'
      ? [input: z.input<Input>, ...OptionsOf<Who, Options>]
      : [input?: z.input<Input>, ...OptionsOf<Who, Options>]
    : [input: z.input<Input>, ...OptionsOf<Who, Options>]

/** The items of the list that is called `List` in the result. */
type ItemOf<Result extends z.ZodType, List extends string> =
  z.output<Result> extends { readonly [Name in List]?: infer Items | undefined }
    ? Items extends readonly (infer Item)[]
      ? Item
      : never
    : never

/**
 * What came of an operation that Huawei may do in part. A success says nothing here: look at
 * `isComplete` before the result is used.
 */
export type Outcome<Result, Failure> =
  | { readonly isComplete: true; readonly result: Result }
  | {
      readonly isComplete: false
      readonly result: Result
      /** What was not done, one by one, with Huawei's error codes. */
      readonly failures: readonly Failure[]
    }

type Given<Result extends z.ZodType, Failures extends string> = [Failures] extends [never]
  ? z.output<Result>
  : Outcome<z.output<Result>, ItemOf<Result, Failures>>

/** The function that calls the operation of a row, once. */
export type Ask<Row> =
  Row extends Operation<infer Input, infer Result, infer Who, string, infer Failures>
    ? (...args: Arguments<Input, Who, CallOptions>) => Promise<Given<Result, Failures>>
    : never

type Walk<Row> =
  Row extends Operation<infer Input, infer Result, infer Who, infer List>
    ? [List] extends [never]
      ? unknown
      : {
          /**
           * Every item, page by page, within Huawei's limits. An item that is on the list from the
           * beginning to the end of the walk is given exactly once, whatever comes and goes meanwhile,
           * where Huawei gives the items an identity. `offset` is where the walk starts, `limit` the
           * largest page (2 at least).
           */
          readonly all: (
            ...args: Arguments<Input, Who, WalkOptions>
          ) => AsyncGenerator<ItemOf<Result, List>, void, undefined>
        }
    : never

/** A method of the client; the method of a list can also be walked with `all`. */
export type Method<Row> = Ask<Row> & Walk<Row>

/** A catalogue as methods: `client.createCustomer(input)` gives the promise of the row's result. */
export type Client<Catalogue> = { readonly [Name in keyof Catalogue]: Method<Catalogue[Name]> }

/** A catalogue as plain functions, for who needs no more than to ask. */
export type Asks<Catalogue> = { readonly [Name in keyof Catalogue]: Ask<Catalogue[Name]> }
