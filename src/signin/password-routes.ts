// URLs of customers' passwords: /password for who is signed in, /password/reset for who has a link,
// /password/forgotten for who has neither. No page asks for a name, so none tells which names exist.

import { type Request, type Response, Router } from 'express'
import { Refusal } from '../base/errors.ts'
import { csrfField } from '../session/csrf.ts'
import type { Sessions } from '../session/session.ts'
import { type Departure, handle } from '../web/departure.ts'
import { readForm, readQuery } from '../web/form.ts'
import { html } from '../web/html.ts'
import type { Spoken } from '../web/language.ts'
import type { Page } from '../web/page.ts'
import { noteRefusal } from '../web/refuse.ts'
import { onlyMethods } from '../web/server.ts'
import {
  type ChangePasswordDeps,
  changePassword,
  contextOf,
  setPasswordByLink,
} from './change-password.ts'
import type { Customer, FindCustomer } from './customer.ts'
import type { KnownPortals } from './known-portal.ts'
import { customerNavigation } from './pages.ts'
import { findByLink } from './password-link.ts'
import { changePage, noticePage, setPage, statusOf } from './password-pages.ts'
import type { SendToSignIn } from './way-in.ts'

export type PasswordDeps = Omit<ChangePasswordDeps, 'sessions'> & {
  readonly sessions: Sessions
  readonly findCustomer: FindCustomer
  readonly sendToSignIn: SendToSignIn
  readonly knownPortals: Pick<KnownPortals, 'homeOf'>
}

/** The router of customers' passwords. */
export function passwordRoutes(deps: PasswordDeps): Router {
  const router = Router()
  router.get(
    '/password',
    handle((request) => showChange(request, deps)),
  )
  router.post(
    '/password',
    handle((request, response) => change(request, response, deps)),
  )
  onlyMethods(router, '/password', ['GET', 'POST'])
  router.get(
    '/password/reset',
    handle((request) => showSet(request, deps)),
  )
  router.post(
    '/password/reset',
    handle((request, response) => set(request, response, deps)),
  )
  onlyMethods(router, '/password/reset', ['GET', 'POST'])
  const { homeOf } = deps.knownPortals
  const notices: Readonly<Record<string, (request: Request) => Spoken<Page>>> = {
    '/password/changed': () => noticePage('changed', '/'),
    '/password/set': () => noticePage('done', '/sign-in'),
    '/password/forgotten': (request) => noticePage('forgotten', homeOf(request)),
  }
  for (const [path, pageFor] of Object.entries(notices)) {
    router.get(
      path,
      handle((request) => ({ kind: 'page', page: pageFor(request) })),
    )
    onlyMethods(router, path, ['GET'])
  }
  return router
}

async function showChange(request: Request, deps: PasswordDeps): Promise<Departure> {
  const customer = await deps.findCustomer(request)
  if (customer === undefined) return deps.sendToSignIn(request, '/password')
  return changeDeparture(request, { customer, refusal: undefined }, deps)
}

async function change(
  request: Request,
  response: Response,
  deps: PasswordDeps,
): Promise<Departure> {
  const customer = await deps.findCustomer(request)
  if (customer === undefined) return deps.sendToSignIn(request, '/password')
  const { account } = customer
  const owner = { role: 'customer', id: account.accountId } as const
  const { passwordHash } = account
  try {
    await changePassword(request, { owner, passwordHash, context: contextOf(account) }, deps)
    return { kind: 'redirect', to: '/password/changed' }
  } catch (error) {
    const refusal = forTheForm(error, response)
    return changeDeparture(request, { customer, refusal }, deps)
  }
}

function changeDeparture(
  request: Request,
  shown: { readonly customer: Customer; readonly refusal: Refusal | undefined },
  deps: PasswordDeps,
): Departure {
  const { customer, refusal } = shown
  const { login, passwordHash } = customer.account
  if (passwordHash === undefined) return { kind: 'page', page: noticePage('none', '/') }
  const hidden = csrfField(deps.sessions, request)
  const form = { action: '/password', hidden, login, refusal }
  const page = changePage(form, (language) => customerNavigation(customer, hidden, language))
  return { kind: 'page', page, status: statusOf(refusal), address: '/password' }
}

async function showSet(request: Request, deps: PasswordDeps): Promise<Departure> {
  return setDeparture(request, { token: readQuery(request).text('token') }, deps)
}

async function set(request: Request, response: Response, deps: PasswordDeps): Promise<Departure> {
  try {
    await setPasswordByLink(request, deps)
    return { kind: 'redirect', to: '/password/set' }
  } catch (error) {
    const refusal = forTheForm(error, response)
    return setDeparture(request, { token: readForm(request).text('token'), refusal }, deps)
  }
}

// The link is looked at each time the form is shown: one that has run out meanwhile says so.
async function setDeparture(
  request: Request,
  shown: { readonly token: string | undefined; readonly refusal?: Refusal },
  deps: PasswordDeps,
): Promise<Departure> {
  const { token, refusal } = shown
  const { login } = await findByLink(token, deps)
  const hidden = html`${csrfField(deps.sessions, request)}
<input type="hidden" name="token" value="${token}">`
  const page = setPage({ action: '/password/reset', hidden, login, refusal })
  return { kind: 'page', page, status: statusOf(refusal) }
}

const FOR_THE_FORM: ReadonlySet<string> = new Set([
  'PASSWORD_WRONG',
  'PASSWORD_UNFIT',
  'SIGN_IN_THROTTLED',
])

/** A refusal that the form comes back with; what is none of the form's business is thrown on. */
export function forTheForm(error: unknown, response: Response): Refusal {
  if (!(error instanceof Refusal) || !FOR_THE_FORM.has(error.code)) throw error
  noteRefusal(response, error)
  return error
}
