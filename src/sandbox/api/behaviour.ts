// What an operation of the sandbox is: a call whose caller and fields have been judged goes in, an
// answer goes out. The tables of behaviours are here in src/sandbox/api and in src/sandbox/world.

import type { z } from 'zod'
import type { Catalogue, OperationName } from '../../partner/catalogue/index.ts'
import type { ApiAnswer } from '../api-answer.ts'
import type { LedgerDeps } from '../deps.ts'

/** Whose credentials came: the partner's, or those of one customer (also by an agency). */
export type ApiCaller =
  | { readonly kind: 'partner' }
  | { readonly kind: 'customer'; readonly domainId: string }

/** What a behaviour knows beside the input. */
export type ApiCall = {
  readonly deps: LedgerDeps
  readonly caller: ApiCaller
  /** The time of the call; a behaviour asks no clock again. */
  readonly now: Date
  /** By the header X-Language. The sandbox knows the names of services in both, everything else in English. */
  readonly language?: 'en_US' | 'zh_CN'
}

/** What the schema of the row made of the fields. */
export type InputOf<Name extends OperationName> = z.output<Catalogue[Name]['input']>

/** Answers one call. Changes nothing when it answers with an error. */
export type BehaviourOf<Name extends OperationName> = (
  input: InputOf<Name>,
  call: ApiCall,
) => ApiAnswer

/** A table of behaviours, by the names of their rows. */
export type Behaviours<Names extends OperationName> = {
  readonly [Name in Names]: BehaviourOf<Name>
}
