// URLs of sign-in at an OpenID provider: /sign-in/oidc leads there, /sign-in/oidc/callback takes the code,
// /sign-in/oidc/signed-out is where a logout over there comes back to.

import type { Request } from 'express'
import { Router } from 'express'
import { Refusal } from '../base/errors.ts'
import type { HistoryDeps } from '../session/history.ts'
import type { Sessions, SignedIn } from '../session/session.ts'
import type { Store } from '../store/store.ts'
import { type Departure, handle } from '../web/departure.ts'
import { readQuery } from '../web/form.ts'
import { html } from '../web/html.ts'
import { safePath } from '../web/safe-path.ts'
import { onlyMethods, refuseHead } from '../web/server.ts'
import type { Offered } from './methods.ts'
import type { OidcSignIn } from './oidc.ts'
import { CALLBACK_PATH, SIGNED_OUT_PATH } from './oidc-terms.ts'
import { UPSTREAM_TEXTS } from './texts/upstream.ts'
import { watchSignIn } from './watch.ts'

export type OidcRouteDeps = HistoryDeps & {
  readonly store: Pick<Store, 'accounts'>
  readonly sessions: Sessions
  /** `undefined` when no provider is configured. */
  readonly oidc: OidcSignIn | undefined
  readonly offered: Offered
}

/** The router of these URLs. */
export function oidcRoutes(deps: OidcRouteDeps): Router {
  const router = Router()
  const get = (path: string, step: (request: Request, oidc: OidcSignIn) => Promise<Departure>) => {
    // The code that comes back, and the step that leads there, count once.
    refuseHead(router, path, ['GET'])
    router.get(
      path,
      handle((request) => step(request, getOidc(deps))),
    )
    onlyMethods(router, path, ['GET'])
  }
  get('/sign-in/oidc', start)
  get(CALLBACK_PATH, (request, oidc) => finish(request, oidc, deps))
  get(SIGNED_OUT_PATH, async (request, oidc) => {
    return { kind: 'redirect', to: await oidc.afterLeaving(request) }
  })
  return router
}

function getOidc({ oidc, offered }: OidcRouteDeps): OidcSignIn {
  if (oidc !== undefined && offered.methods.includes('oidc')) return oidc
  throw new Refusal('UPSTREAM_NOT_CONFIGURED', { method: 'oidc' })
}

async function start(request: Request, oidc: OidcSignIn): Promise<Departure> {
  const query = readQuery(request)
  const wantsFresh = query.text('again') !== undefined
  return {
    kind: 'redirect',
    to: await oidc.start(request, safePath(query.text('next')), wantsFresh),
  }
}

async function finish(request: Request, oidc: OidcSignIn, deps: OidcRouteDeps): Promise<Departure> {
  const watched = {
    role: 'customer',
    method: 'oidc',
    whom: (refusal: Refusal) => whom(refusal, deps),
  } as const
  const attempt = () => oidc.finish(request)
  const { proven, next } = await watchSignIn(request, watched, { ...deps, attempt })
  await deps.sessions.signIn(request, 'customer', proven)
  return { kind: 'redirect', to: next }
}

// Only what the provider has signed leads to an account.
async function whom({ facts }: Refusal, { store }: OidcRouteDeps): Promise<string | undefined> {
  const { account: id } = facts
  const account = typeof id === 'string' ? await store.accounts.find(id) : undefined
  return account?.accountId
}

export type LeaveDeps = Pick<OidcRouteDeps, 'oidc' | 'offered'>

/**
 * Goes on to the provider to end the sign-in there too, and from there to `next`; `undefined` when there
 * is nothing to end.
 */
export async function leaveUpstream(
  request: Request,
  { ended, next }: { readonly ended: SignedIn; readonly next: string },
  { oidc, offered }: LeaveDeps,
): Promise<Departure | undefined> {
  const url = await oidc?.leave(request, ended, next)
  if (url === undefined) return undefined
  const name = offered.oidcName ?? ''
  return {
    kind: 'page',
    goesOnTo: url,
    page: (language) => {
      const texts = UPSTREAM_TEXTS[language]
      const body = html`<p>${texts.leaving(name)}</p>
<a class="button" href="${url}">${texts.leave}</a>`
      return { title: texts.leavingTitle, body }
    },
  }
}
