// An operator asks Huawei Cloud: the form of an operation that only reads comes back with its answer.

import { describe, Refusal } from '../base/errors.ts'
import type { Log } from '../base/log-lines.ts'
import type { Parameters } from '../base/parameters.ts'
import type { ActingFor, CallOptions } from '../partner/acting.ts'
import { findRow, type NamedRow } from '../partner/catalogue/groups.ts'
import type { PartnerAsks } from '../partner/client.ts'
import type { Field } from '../partner/field.ts'
import { readTyped } from '../partner/field-text.ts'
import { nameCustomer } from '../partner/named-customer.ts'
import { type Html, html } from '../web/html.ts'
import { answerBody, nextPage, refusalBody } from './pages/call-answer.ts'
import {
  askedFields,
  CUSTOMER_CONTROLS,
  callForm,
  controlOf,
  type TypedTexts,
} from './pages/call-form.ts'
import type { Asker } from './screen.ts'

export type CallDeps = { readonly partner: PartnerAsks; readonly log: Log }

/** What a page of this file shows. */
export type CallPage = {
  readonly title: string
  readonly body: Html
  /** The refusal that is shown, for the log. */
  readonly refusal?: Refusal
  readonly status?: number
}

/** The empty form. Throws `BAD_PARAMETERS` for an operation that is none, or that does not only read. */
export function showCallForm(query: Parameters, { csrf }: Pick<Asker, 'csrf'>): CallPage {
  const named = readOperation(query)
  return pageOf(named, callForm(named, new Map(), csrf))
}

/** Makes the call that a form asks for. What Huawei or the rules refuse is shown above the form. */
export async function runCall(
  given: { readonly query: Parameters; readonly form: Parameters },
  asker: Pick<Asker, 'login' | 'csrf'>,
  deps: CallDeps,
): Promise<CallPage> {
  const named = readOperation(given.query)
  const texts = readTexts(named, given.form)
  const form = callForm(named, texts, asker.csrf)
  deps.log.info({ event: 'console.called', operator: asker.login, operation: named.name })
  try {
    const result = await call(named, texts, deps)
    const next = nextPage(named, result, { texts, csrf: asker.csrf })
    return pageOf(named, html`${answerBody(named, result)}${next}${form}`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const page = pageOf(named, html`${refusalBody(error)}${form}`)
    return { ...page, refusal: error, status: describe(error.code).http }
  }
}

function readOperation(query: Parameters): NamedRow {
  const named = findRow(query.text('operation') ?? '')
  // What writes is for the command line, where somebody confirms it: operators have no roles.
  if (named?.row.effect === 'read') return named
  const problem = 'must name an operation that only reads'
  throw new Refusal('BAD_PARAMETERS', { parameter: 'operation', problem })
}

function readTexts({ row }: NamedRow, form: Parameters): TypedTexts {
  const controls = [...CUSTOMER_CONTROLS, ...askedFields(row).map(controlOf)]
  return new Map(controls.map((control) => [control, form.text(control)?.trim() ?? '']))
}

async function call({ name, row }: NamedRow, texts: TypedTexts, { partner }: CallDeps) {
  const typed = askedFields(row).map((field) => ({ field, texts: textsOf(field, texts) }))
  const input = readTyped(name, typed)
  const as = readCustomer(texts)
  // The cast holds because the client checks every input against the row's own schema.
  const ask = partner[name] as (input: unknown, options: CallOptions) => Promise<unknown>
  return ask(input, as === undefined || row.caller === 'partner' ? {} : { as })
}

function textsOf(field: Field, texts: TypedTexts): readonly string[] {
  const text = texts.get(controlOf(field)) ?? ''
  const lines = field.isList && field.kind !== 'object' ? text.split(/\r?\n/) : [text]
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}

function readCustomer(texts: TypedTexts): ActingFor | undefined {
  const account = texts.get('customer') ?? ''
  const agency = texts.get('agency')
  const project = texts.get('project')
  return account === '' ? undefined : nameCustomer({ account, agency, project })
}

function pageOf({ name, row }: NamedRow, body: Html): CallPage {
  const deprecated =
    row.deprecated !== undefined && html`<p class="note warn">Deprecated: ${row.deprecated}</p>`
  const head = html`<p>${row.title}. <a href="/console/call">All operations</a></p>${deprecated}`
  return { title: name, body: html`${head}${body}` }
}
