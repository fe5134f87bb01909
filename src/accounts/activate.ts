// /activate, from the form to the account: what a customer enters, and which page comes next.

import type { Request, Response } from 'express'
import { isErrorCode, Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import { csrfField } from '../session/csrf.ts'
import type { Sessions } from '../session/session.ts'
import type { Customer, FindCustomer } from '../signin/customer.ts'
import { customerNavigation } from '../signin/pages.ts'
import type { SendToSignIn } from '../signin/way-in.ts'
import type { ActivationRecord } from '../store/activation-records.ts'
import type { Departure } from '../web/departure.ts'
import { readForm, readQuery } from '../web/form.ts'
import type { Language } from '../web/language.ts'
import { noteRefusal } from '../web/refuse.ts'
import { findProblems } from './account.ts'
import {
  type Agreements,
  activatePage,
  codePage,
  type FormField,
  type FormValues,
  waitPage,
} from './activate-pages.ts'
import { actingFor, createWithCode, requestCode } from './activation.ts'
import { isArea } from './areas.ts'
import type { ActivationDeps } from './journey/move.ts'
import { advance } from './journey/resume.ts'
import { STEPS } from './journey/steps.ts'

export type ActivateDeps = ActivationDeps & {
  readonly sessions: Sessions
  readonly findCustomer: FindCustomer
  readonly sendToSignIn: SendToSignIn
  /** `undefined` where accounts are not opened here: no credentials, no texts, or China's site. */
  readonly agreements: Agreements | undefined
  readonly huaweiAuthUrl: string
}

type Step = (customer: Customer, agreements: Agreements) => Promise<Departure>

async function withCustomer(request: Request, deps: ActivateDeps, step: Step): Promise<Departure> {
  if (deps.agreements === undefined) throw new Refusal('ACTIVATION_NOT_OFFERED')
  const customer = await deps.findCustomer(request)
  if (customer === undefined) return deps.sendToSignIn(request, '/activate')
  return step(customer, deps.agreements)
}

/** GET /activate: the page of the step that the customer has reached. */
export function showActivation(request: Request, deps: ActivateDeps): Promise<Departure> {
  return withCustomer(request, deps, async (customer, agreements) => {
    const { accountId, email = '' } = customer.account
    const record = await advance(accountId, actingFor(customer.account, deps))
    const binding = await deps.store.bindings.find(accountId)
    if (record?.problem === 'BIND_CONFLICT' || binding.domainId !== undefined)
      return { kind: 'redirect', to: '/' }

    const frame = buildFrame(request, customer, deps)
    if (record !== undefined && STEPS[record.step].resumedBy === 'worker') {
      return { kind: 'page', status: 202, page: waitPage(frame, record) }
    }
    const wantsForm = readQuery(request).text('edit') !== undefined
    if (record?.step === 'code-sent' && !wantsForm) {
      return { kind: 'page', page: codePage(frame, record) }
    }
    const values = record ?? { domainName: customer.account.name ?? '', email, area: '' }
    const told = { ...frame, refusal: findRefusal(record) }
    const problems = new Set<FormField>()
    return { kind: 'page', page: activatePage(told, values, { agreements, problems }) }
  })
}

// What Huawei refused the last time, or else the form would come back without a word.
function findRefusal(record: ActivationRecord | undefined): Refusal | undefined {
  const problem = record?.step === 'refused' ? record.problem : undefined
  return problem !== undefined && isErrorCode(problem) ? new Refusal(problem) : undefined
}

/** POST /activate: checks the form, and has Huawei send a code. */
export function submitActivation(
  request: Request,
  response: Response,
  deps: ActivateDeps,
): Promise<Departure> {
  return withCustomer(request, deps, async (customer, agreements) => {
    const form = readForm(request)
    const values = readValues(form)
    const problems = findFormProblems(values, form)
    const show = (refusal: Refusal | undefined, status: number): Departure => {
      const frame = { ...buildFrame(request, customer, deps), refusal }
      return { kind: 'page', status, page: activatePage(frame, values, { agreements, problems }) }
    }
    if (problems.size > 0) return show(undefined, 400)
    try {
      await requestCode(customer.account, values, deps)
      return { kind: 'redirect', to: '/activate' }
    } catch (error) {
      return show(forPerson(error, response), 409)
    }
  })
}

/** POST /activate/again: another code to the same address. */
export function resendCode(
  request: Request,
  response: Response,
  deps: ActivateDeps,
): Promise<Departure> {
  return withCustomer(request, deps, async (customer) => {
    const record = await getCodeSent(customer, deps)
    try {
      await requestCode(customer.account, record, deps)
      return { kind: 'redirect', to: '/activate' }
    } catch (error) {
      const refusal = forPerson(error, response)
      const frame = { ...buildFrame(request, customer, deps), refusal }
      return { kind: 'page', status: 409, page: codePage(frame, record) }
    }
  })
}

/** POST /activate/code: creates the account, and goes straight on to Huawei Cloud. */
export function submitCode(
  request: Request,
  response: Response,
  deps: ActivateDeps,
): Promise<Departure> {
  return withCustomer(request, deps, async (customer) => {
    const record = await getCodeSent(customer, deps)
    const code = (readForm(request).text('code') ?? '').trim()
    const frame = buildFrame(request, customer, deps)
    try {
      if (!/^\d{6}$/.test(code))
        throw new Refusal('PARTNER_WRONG_CODE', { problem: 'not 6 digits' })
      const record = await createWithCode(customer.account, code, deps)
      return { kind: 'redirect', to: record?.step === 'bound' ? '/launch' : '/activate' }
    } catch (error) {
      const refusal = forPerson(error, response)
      const now = await deps.store.activations.find(customer.account.accountId)
      // The code page again when the code was at fault; for everything else, wherever it stands now.
      if (now?.step !== 'code-sent') return { kind: 'redirect', to: '/activate' }
      const page = codePage({ ...frame, refusal }, record)
      return { kind: 'page', status: 400, page }
    }
  })
}

async function getCodeSent(customer: Customer, deps: ActivateDeps): Promise<ActivationRecord> {
  const record = await deps.store.activations.find(customer.account.accountId)
  if (record?.step === 'code-sent') return record
  throw new Refusal('ACTIVATION_OUT_OF_ORDER', { step: record?.step ?? 'none' })
}

function readValues(form: Parameters): FormValues {
  const read = (name: string) => (form.text(name) ?? '').trim().slice(0, 128)
  return { domainName: read('name'), email: read('email'), area: read('area') }
}

function findFormProblems(values: FormValues, form: Parameters): ReadonlySet<FormField> {
  const { domainName: name, email, area } = values
  const checks: readonly (readonly [FormField, boolean])[] = [
    ['name', findProblems({ name }).length > 0],
    ['email', findProblems({ email }).length > 0],
    ['area', !isArea(area)],
    ['agreed', form.text('agreed') !== 'yes'],
  ]
  return new Set(checks.flatMap(([field, isBroken]) => (isBroken ? [field] : [])))
}

// What Huawei refuses is for the person at the form. Everything else goes the way of all refusals.
function forPerson(error: unknown, response: Response): Refusal {
  if (!(error instanceof Refusal) || !error.code.startsWith('PARTNER_')) throw error
  noteRefusal(response, error)
  return error
}

function buildFrame(request: Request, customer: Customer, deps: ActivateDeps) {
  const csrf = csrfField(deps.sessions, request)
  return {
    csrf,
    navigation: (language: Language) => customerNavigation(customer, csrf, language),
    formTargets: [deps.huaweiAuthUrl],
    refusal: undefined,
  }
}
