// What a screen of the console is, and how it reads the query string of its address.

import type { AuditEvent } from '../base/audit.ts'
import { Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import { isSingleLine } from '../base/xml-text.ts'
import type { Store } from '../store/store.ts'
import type { Html } from '../web/html.ts'

/** What screens may ask of the store. They ask and never write. */
export type ScreenStore = Pick<
  Store,
  | 'accounts'
  | 'bindings'
  | 'notices'
  | 'activations'
  | 'reconciles'
  | 'requests'
  | 'traces'
  | 'metadata'
  | 'sessions'
  | 'signIns'
  | 'audit'
  | 'webhooks'
  | 'deliveries'
>

/** The operator who asks for a screen. */
export type Asker = {
  readonly login: string
  /** False for a viewer. */
  readonly mayChange: boolean
  /** The token of the forms. */
  readonly csrf: Html
  /** The fingerprint of the session in which they ask. */
  readonly session: string
  readonly now: Date
  /** For the record. */
  readonly whence: Pick<AuditEvent, 'address' | 'reference'>
}

/** One screen: what the address asks for in, what is shown out. */
export type Screen = (
  query: Parameters,
  store: ScreenStore,
  asker: Asker,
) => Promise<{ readonly title: string; readonly body: Html }>

/** Rows of one page of a list. */
export const PAGE_ROWS = 50

const LONGEST = 128

/**
 * A value of the address; `undefined` when it is absent or empty. Throws `BAD_PARAMETERS` for one that
 * no record can have: PostgreSQL refuses some characters, and a fault is no answer to a typing error.
 */
export function readText(query: Parameters, name: string): string | undefined {
  const value = query.text(name)?.trim()
  if (value === undefined || value === '') return undefined
  if (value.length > LONGEST || !isSingleLine(value)) {
    const problem = `must be one line of at most ${LONGEST} characters`
    throw new Refusal('BAD_PARAMETERS', { parameter: name, problem })
  }
  return value
}

/** A value of the address out of a fixed list. Throws `BAD_PARAMETERS` for any other. */
export function readChoice<const Choice extends string>(
  query: Parameters,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = readText(query, name)
  const choice = choices.find((each) => each === value)
  if (value !== undefined && choice === undefined) {
    const problem = `must be one of ${choices.join(', ')}`
    throw new Refusal('BAD_PARAMETERS', { parameter: name, problem })
  }
  return choice
}

/** An address of ours with the parameters that have a value. */
export function address(
  path: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => {
    return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]
  })
  return given.length === 0 ? path : `${path}?${given.join('&')}`
}

/** The rows of a page out of a list that was asked for one row more, and the last if more follow. */
export function cutPage<Row>(rows: readonly Row[]): {
  readonly shown: readonly Row[]
  readonly last: Row | undefined
} {
  const shown = rows.slice(0, PAGE_ROWS)
  return { shown, last: rows.length > PAGE_ROWS ? shown.at(-1) : undefined }
}
