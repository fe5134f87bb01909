// URLs of signing in and out: /sign-in, /sign-in/handoff, /sign-in/link, /sign-out and
// /sign-out/portal.

import type { Request, Response } from 'express'
import { Router } from 'express'
import type { RecordAudit } from '../base/audit.ts'
import { describe, Refusal } from '../base/errors.ts'
import { csrfField } from '../session/csrf.ts'
import type { HistoryDeps } from '../session/history.ts'
import type { Sessions, SignedIn } from '../session/session.ts'
import type { Store } from '../store/store.ts'
import { type Departure, handle } from '../web/departure.ts'
import { readForm, readQuery } from '../web/form.ts'
import { noteRefusal } from '../web/refuse.ts'
import { safePath } from '../web/safe-path.ts'
import { onlyMethods, refuseHead } from '../web/server.ts'
import { type HandoffArrivalDeps, handoffByGet, handoffByPost } from './arrive-by-handoff.ts'
import { customerByPassword } from './by-password.ts'
import { type CompleteSignIn, passkeyPath } from './complete.ts'
import type { FindCustomer } from './customer.ts'
import { arriveByLaunchLink, LAUNCH_LINK_PATH } from './launch-link.ts'
import type { LdapSignIn } from './ldap.ts'
import type { LocalSignIn } from './local.ts'
import { getRealm, type Offered, onlyWay, type Realm, realmsOf, showWays } from './methods.ts'
import type { OidcSignIn } from './oidc.ts'
import { leaveUpstream } from './oidc-routes.ts'
import { signedOutPage, signInPage, signOutPage } from './pages.ts'
import {
  endByPortal,
  endInBrowser,
  PORTAL_SIGN_OUT_PATH,
  type PortalSignOut,
} from './portal-sign-out.ts'
import { watchSignIn } from './watch.ts'
import { signInPath } from './way-in.ts'

export type SignInDeps = HandoffArrivalDeps & {
  readonly store: HistoryDeps['store'] & Pick<Store, 'devices'>
  readonly record: RecordAudit
  readonly sessions: Sessions
  readonly findCustomer: FindCustomer
  readonly local: LocalSignIn
  readonly completeSignIn: CompleteSignIn
  readonly asksForFactors: boolean
  /** The path that leads a browser through the sites to be told; `undefined` when there is none. */
  readonly leadThroughSites: (request: Request, ended: SignedIn) => Promise<string | undefined>
  /** `undefined` when no portal is configured. */
  readonly portalSignOut: PortalSignOut | undefined
  readonly offered: Offered
  /** `undefined` when no directory is configured. */
  readonly ldap: LdapSignIn | undefined
  readonly oidc: OidcSignIn | undefined
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
  refuseHead(router, '/sign-in/handoff', ['GET', 'POST'])
  router.get(
    '/sign-in/handoff',
    handle((request) => watchHandoff(request, deps, handoffByGet)),
  )
  router.post(
    '/sign-in/handoff',
    handle((request) => watchHandoff(request, deps, handoffByPost)),
  )
  onlyMethods(router, '/sign-in/handoff', ['GET', 'POST'])
  refuseHead(router, LAUNCH_LINK_PATH, ['GET'])
  router.get(
    LAUNCH_LINK_PATH,
    handle((request) => watchHandoff(request, deps, arriveByLaunchLink)),
  )
  onlyMethods(router, LAUNCH_LINK_PATH, ['GET'])
  router.get(
    '/sign-out',
    handle((request) => askSignOut(request, deps)),
  )
  router.post(
    '/sign-out',
    handle((request) => signOut(request, deps)),
  )
  onlyMethods(router, '/sign-out', ['GET', 'POST'])
  refuseHead(router, PORTAL_SIGN_OUT_PATH, ['GET', 'POST'])
  router.get(
    PORTAL_SIGN_OUT_PATH,
    handle(async (request) => {
      const isTheirs = await endInBrowser(request, deps)
      return isTheirs ? signOut(request, deps) : { kind: 'redirect', to: '/sign-out' }
    }),
  )
  router.post(PORTAL_SIGN_OUT_PATH, async (request, response) => {
    await endByPortal(request, deps)
    response.status(200).set('Cache-Control', 'no-store').end()
  })
  onlyMethods(router, PORTAL_SIGN_OUT_PATH, ['GET', 'POST'])
  return router
}

async function showForm(request: Request, deps: SignInDeps): Promise<Departure> {
  const query = readQuery(request)
  const next = safePath(query.text('next'))
  const isAgain = query.text('again') !== undefined
  const customer = await deps.findCustomer(request)
  if (customer !== undefined && !isAgain) return { kind: 'redirect', to: next }
  const only = onlyWay(deps.offered, { next, isAgain })
  if (only !== undefined) return { kind: 'redirect', to: only }
  return formPage(request, { next, login: '', refusal: undefined, realm: undefined }, deps)
}

async function signIn(request: Request, response: Response, deps: SignInDeps): Promise<Departure> {
  const form = readForm(request)
  const login = (form.text('login') ?? '').slice(0, 128)
  const next = safePath(form.text('next'))
  const realm = getRealm(form.text('realm'), deps.offered)
  try {
    const password = form.text('password') ?? ''
    const { id, method } = await proveIn(request, { realm, login, password }, deps)
    return await deps.completeSignIn(request, { role: 'customer', id, method, next })
  } catch (error) {
    // These are for the person at the form: the form comes back with the sentence above it.
    if (!(error instanceof Refusal) || !error.code.startsWith('SIGN_IN_')) throw error
    noteRefusal(response, error)
    return formPage(request, { next, login, refusal: error, realm }, deps)
  }
}

type TypedIn = { readonly realm: Realm; readonly login: string; readonly password: string }

// A name of the directory says nothing about an account here before its password was right.
async function proveIn(request: Request, { realm, ...typed }: TypedIn, deps: SignInDeps) {
  const { ldap } = deps
  if (realm === 'local') {
    const whom = async () => (await deps.store.accounts.findByLogin(typed.login))?.accountId
    const id = await customerByPassword(request, { ...typed, whom }, deps)
    return { id, method: 'password' } as const
  }
  if (ldap === undefined) throw new Refusal('UPSTREAM_NOT_CONFIGURED', { method: realm })
  const unknown = { whom: async () => undefined, method: 'ldap' } as const
  const id = await customerByPassword(
    request,
    { ...typed, ...unknown },
    { ...deps, local: { customer: ldap } },
  )
  return { id, method: 'ldap' } as const
}

// Only what the portal has signed names an account.
function watchHandoff(
  request: Request,
  deps: SignInDeps,
  step: (request: Request, deps: SignInDeps) => Promise<Departure>,
): Promise<Departure> {
  const whom = async ({ facts }: Refusal) => {
    const { account: id } = facts
    const account = typeof id === 'string' ? await deps.store.accounts.find(id) : undefined
    return account?.accountId
  }
  const watched = { role: 'customer', method: 'portal', whom } as const
  return watchSignIn(request, watched, { ...deps, attempt: () => step(request, deps) })
}

type Shown = {
  readonly next: string
  readonly login: string
  readonly refusal: Refusal | undefined
  /** The one that was chosen; the first one before. */
  readonly realm: Realm | undefined
}

function formPage(request: Request, shown: Shown, deps: SignInDeps): Departure {
  const { offered } = deps
  const isAgain = readQuery(request).text('again') !== undefined
  const { next, realm = realmsOf(offered)[0] ?? 'local' } = shown
  const page = signInPage({
    ...shown,
    action: '/sign-in',
    csrf: csrfField(deps.sessions, request),
    ways: (language) => showWays(offered, { next, isAgain, realm }, language),
    ...(offered.methods.includes('local') ? { forgotten: '/password/forgotten' } : {}),
    ...(deps.asksForFactors && offered.methods.includes('passkey')
      ? { passkeyUrl: passkeyPath('customer', shown.next) }
      : {}),
    portalUrl: offered.methods.includes('portal') ? deps.knownPortals.homeOf(request) : undefined,
    formTargets: [deps.huaweiAuthUrl],
  })
  const status = shown.refusal === undefined ? 200 : describe(shown.refusal.code).http
  return { kind: 'page', page, status, address: signInPath(shown.next, isAgain) }
}

async function askSignOut(request: Request, deps: SignInDeps): Promise<Departure> {
  const isSignedIn = deps.sessions.find(request, 'customer') !== undefined
  const page = isSignedIn
    ? signOutPage(csrfField(deps.sessions, request))
    : signedOutPage(deps.knownPortals.homeOf(request))
  return { kind: 'page', page }
}

async function signOut(request: Request, deps: SignInDeps): Promise<Departure> {
  const signIn = deps.sessions.find(request, 'customer')
  // First of all: whatever the sites then do, the person is signed out here.
  await deps.sessions.signOut(request, 'customer')
  const way = signIn && (await deps.leadThroughSites(request, signIn))
  const next = way ?? '/sign-out'
  const upstream = signIn && (await leaveUpstream(request, { ended: signIn, next }, deps))
  return upstream ?? { kind: 'redirect', to: next }
}
