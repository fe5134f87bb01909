// URLs of signing in and out: /sign-in, /sign-in/handoff, /sign-out.

import type { Request, Response } from 'express'
import { Router } from 'express'
import { describe, Refusal } from '../base/errors.ts'
import { csrfField } from '../session/csrf.ts'
import type { Sessions, SignedIn } from '../session/session.ts'
import { type Departure, handle } from '../web/departure.ts'
import { readForm, readQuery } from '../web/form.ts'
import { noteRefusal } from '../web/refuse.ts'
import { onlyMethods } from '../web/server.ts'
import { type HandoffArrivalDeps, handoffByGet, handoffByPost } from './arrive-by-handoff.ts'
import type { FindCustomer } from './customer.ts'
import type { LocalSignIn } from './local.ts'
import { signedOutPage, signInPage, signOutPage } from './pages.ts'
import { safePath } from './way-in.ts'

export type SignInDeps = HandoffArrivalDeps & {
  readonly sessions: Sessions
  readonly findCustomer: FindCustomer
  readonly local: LocalSignIn
  /** The path that leads a browser through the sites to be told; `undefined` when there is none. */
  readonly leadThroughSites: (request: Request, ended: SignedIn) => Promise<string | undefined>
  /** Where people go when they are done here. */
  readonly portalHome: string
  readonly hasPortal: boolean
  /** Huawei's login: a sign-in may lead there, and browsers check the whole chain. */
  readonly huaweiAuthUrl: string
}

/** The router of this room. */
export function signInRoutes(deps: SignInDeps): Router {
  const router = Router()
  router.get(
    '/sign-in',
    handle((request) => showForm(request, deps)),
  )
  router.post(
    '/sign-in',
    handle((request, response) => signIn(request, response, deps)),
  )
  onlyMethods(router, '/sign-in', ['GET', 'POST'])
  router.get(
    '/sign-in/handoff',
    handle((request) => handoffByGet(request, deps)),
  )
  router.post(
    '/sign-in/handoff',
    handle((request) => handoffByPost(request, deps)),
  )
  onlyMethods(router, '/sign-in/handoff', ['GET', 'POST'])
  router.get(
    '/sign-out',
    handle((request) => askSignOut(request, deps)),
  )
  router.post(
    '/sign-out',
    handle((request) => signOut(request, deps)),
  )
  onlyMethods(router, '/sign-out', ['GET', 'POST'])
  return router
}

async function showForm(request: Request, deps: SignInDeps): Promise<Departure> {
  const query = readQuery(request)
  const next = safePath(query.text('next'))
  const isAgain = query.text('again') !== undefined
  const customer = await deps.findCustomer(request)
  if (customer !== undefined && !isAgain) return { kind: 'redirect', to: next }
  return formPage(request, { next, login: '', refusal: undefined }, deps)
}

async function signIn(request: Request, response: Response, deps: SignInDeps): Promise<Departure> {
  const form = readForm(request)
  const login = (form.text('login') ?? '').slice(0, 128)
  const next = safePath(form.text('next'))
  try {
    const attempt = { login, password: form.text('password') ?? '', address: request.ip ?? '' }
    const { accountId } = await deps.local.customer(attempt)
    await deps.sessions.signIn(request, 'customer', { id: accountId, method: 'password' })
    return { kind: 'redirect', to: next }
  } catch (error) {
    // These are for the person at the form: the form comes back with the sentence above it.
    if (!(error instanceof Refusal) || !error.code.startsWith('SIGN_IN_')) throw error
    noteRefusal(response, error)
    return formPage(request, { next, login, refusal: error }, deps)
  }
}

type Shown = {
  readonly next: string
  readonly login: string
  readonly refusal: Refusal | undefined
}

function formPage(request: Request, shown: Shown, deps: SignInDeps): Departure {
  const page = signInPage({
    ...shown,
    title: 'Sign in',
    action: '/sign-in',
    csrf: csrfField(deps.sessions, request),
    portalUrl: deps.hasPortal ? deps.portalHome : undefined,
    formTargets: [deps.huaweiAuthUrl],
  })
  const status = shown.refusal === undefined ? 200 : describe(shown.refusal.code).http
  return { kind: 'page', page, status }
}

async function askSignOut(request: Request, deps: SignInDeps): Promise<Departure> {
  const isSignedIn = deps.sessions.find(request, 'customer') !== undefined
  const page = isSignedIn
    ? signOutPage(csrfField(deps.sessions, request))
    : signedOutPage(deps.portalHome)
  return { kind: 'page', page }
}

async function signOut(request: Request, deps: SignInDeps): Promise<Departure> {
  const signIn = deps.sessions.find(request, 'customer')
  // First of all: whatever the sites then do, the person is signed out here.
  await deps.sessions.signOut(request, 'customer')
  const way = signIn && (await deps.leadThroughSites(request, signIn))
  return { kind: 'redirect', to: way ?? '/sign-out' }
}
