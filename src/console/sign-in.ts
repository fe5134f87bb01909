// How an operator gets in and out: the same form as a customer's, with its own accounts, its own
// counters of attempts and its own part of the session.

import type { Request, Response } from 'express'
import type { RecordAudit } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import { describe, Refusal } from '../base/errors.ts'
import type { Random } from '../base/random.ts'
import { csrfField } from '../session/csrf.ts'
import type { HistoryDeps } from '../session/history.ts'
import type { Sessions } from '../session/session.ts'
import { operatorByPassword } from '../signin/by-password.ts'
import { type CompleteSignIn, passkeyPath } from '../signin/complete.ts'
import type { LocalSignIn } from '../signin/local.ts'
import { signInPage } from '../signin/pages.ts'
import type { OperatorRecord, Store } from '../store/store.ts'
import type { Departure } from '../web/departure.ts'
import { readForm, readQuery } from '../web/form.ts'
import { noteRefusal } from '../web/refuse.ts'
import { safePath } from '../web/safe-path.ts'

export type OperatorSignInDeps = {
  readonly store: Pick<Store, 'operators' | 'devices'> & HistoryDeps['store']
  readonly clock: Clock
  readonly random: Random
  readonly record: RecordAudit
  readonly sessions: Sessions
  readonly local: Pick<LocalSignIn, 'operator'>
  readonly completeSignIn: CompleteSignIn
  /** Whether operators may have second factors. */
  readonly asksOperators: boolean
}

const HOME = '/console'

/**
 * The operator of a request: signed in, still known, still enabled. Asked anew for each page, so that
 * somebody who has left the company is out at once.
 */
export async function findOperator(
  request: Request,
  deps: { readonly store: Pick<Store, 'operators'>; readonly sessions: Sessions },
): Promise<OperatorRecord | undefined> {
  const signIn = deps.sessions.find(request, 'operator')
  if (signIn === undefined) return undefined
  const operator = await deps.store.operators.find(signIn.id)
  return operator?.isEnabled === true ? operator : undefined
}

/** To the sign-in form, and from there to the page that was asked for. */
export function sendToOperatorSignIn(request: Request): Departure {
  const next = encodeURIComponent(request.originalUrl)
  return { kind: 'redirect', to: `/console/sign-in?next=${next}` }
}

/** GET /console/sign-in. */
export async function showOperatorForm(
  request: Request,
  deps: OperatorSignInDeps,
): Promise<Departure> {
  const query = readQuery(request)
  const next = readConsolePath(query.text('next'))
  const isAgain = query.text('again') !== undefined
  const operator = await findOperator(request, deps)
  if (operator !== undefined && !isAgain) return { kind: 'redirect', to: next }
  return formPage(request, { next, login: '', refusal: undefined }, deps)
}

/** POST /console/sign-in. A wrong password brings the form back; other refusals are pages. */
export async function signInOperator(
  request: Request,
  response: Response,
  deps: OperatorSignInDeps,
): Promise<Departure> {
  const form = readForm(request)
  const login = (form.text('login') ?? '').slice(0, 128)
  const next = readConsolePath(form.text('next'))
  try {
    const password = form.text('password') ?? ''
    const whom = async () => (await deps.store.operators.find(login))?.login
    const id = await operatorByPassword(request, { login, password, whom }, deps)
    const proven = { role: 'operator', id, method: 'password', next } as const
    return await deps.completeSignIn(request, proven)
  } catch (error) {
    if (!(error instanceof Refusal) || !error.code.startsWith('SIGN_IN_')) throw error
    noteRefusal(response, error)
    return formPage(request, { next, login, refusal: error }, deps)
  }
}

/** POST /console/sign-out. A customer who is signed in beside the operator stays so. */
export async function signOutOperator(
  request: Request,
  deps: OperatorSignInDeps,
): Promise<Departure> {
  await deps.sessions.signOut(request, 'operator')
  return { kind: 'redirect', to: '/console/sign-in' }
}

/** A path of the console, or its first page: signing in here leads nowhere else. */
export function readConsolePath(text: string | undefined): string {
  const path = safePath(text)
  return path === HOME || /^\/console[/?]/.test(path) ? path : HOME
}

type Shown = {
  readonly next: string
  readonly login: string
  readonly refusal: Refusal | undefined
}

function formPage(request: Request, shown: Shown, deps: OperatorSignInDeps): Departure {
  const page = signInPage({
    ...shown,
    title: 'Sign in to the console',
    action: '/console/sign-in',
    csrf: csrfField(deps.sessions, request),
    ...(deps.asksOperators ? { passkeyUrl: passkeyPath('operator', shown.next) } : {}),
    portalUrl: undefined,
    formTargets: [],
  })
  const status = shown.refusal === undefined ? 200 : describe(shown.refusal.code).http
  return { kind: 'page', page, status }
}
