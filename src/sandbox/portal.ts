// A partner's sales platform, as small as it can be: people sign in here, it vouches for them to the
// identity provider with a hand-off token, and tells it when they sign out. What a real portal has to build
// is in this file.

import { SignJWT } from 'jose'
import { newToken } from '../base/random.ts'
import type { Departure, Step } from '../web/departure.ts'
import { readForm, readQuery } from '../web/form.ts'
import { html } from '../web/html.ts'
import { createBrowserSessions } from './browser-sessions.ts'
import { onwardOrigins, type SandboxDeps } from './deps.ts'
import { factsList, PORTAL_BRAND, portalPage } from './frame.ts'
import { findPerson, type Person } from './people.ts'

/** The steps of the portal. */
export type Portal = {
  readonly home: Step
  readonly askToSignIn: Step
  readonly signIn: Step
  readonly signOut: Step
  /** The public keys that hand-off tokens are verified with. */
  readonly jwks: { readonly keys: readonly object[] }
}

const TOKEN_SECONDS = 60

/** Who is signed in here, and what the session is called to the identity provider. */
type Visit = { readonly person: Person; readonly sid: string }

/** The portal and its own sessions. */
export function createPortal(deps: SandboxDeps): Portal {
  const sessions = createBrowserSessions<Visit>('sandbox_portal', deps)

  const leave = async (visit: Visit, returnTo: string | undefined): Promise<Departure> =>
    returnTo === undefined
      ? { kind: 'redirect', to: '/portal' }
      : handOff(returnTo, await signToken(visit, HAND_OFF, deps), deps)

  return {
    home: (request) => homePage(sessions.find(request)?.person, deps.idpUrl),
    askToSignIn: (request) => {
      const returnTo = readQuery(request).text('return_to')
      if (!isHandOff(returnTo, deps.idpUrl)) return strangeReturnPage()
      const visit = sessions.find(request)
      return visit === undefined ? signInPage(returnTo) : leave(visit, returnTo)
    },
    signIn: (request, response) => {
      const form = readForm(request)
      const returnTo = form.text('return_to')
      if (!isHandOff(returnTo, deps.idpUrl)) return strangeReturnPage()
      const login = form.text('login') ?? ''
      const person = findPerson(deps.dataDir, login, form.text('password') ?? '')
      if (person === undefined) return signInPage(returnTo, login)
      const visit = { person, sid: newToken(deps.random) }
      sessions.open(response, visit)
      return leave(visit, returnTo)
    },
    signOut: async (request, response) => {
      const visit = sessions.close(request, response)
      const isTold = visit === undefined || (await tellSignOut(visit, deps))
      return isTold ? { kind: 'redirect', to: '/portal' } : untoldPage(deps.idpUrl)
    },
    jwks: { keys: [deps.portalKey.publicJwk] },
  }
}

/** What tells the two sorts of tokens apart. */
type Sort = { readonly typ: string; readonly claims: Readonly<Record<string, unknown>> }

const HAND_OFF: Sort = { typ: 'JWT', claims: {} }

// OpenID Connect Back-Channel Logout 1.0 §2.4.
const LOGOUT: Sort = {
  typ: 'logout+jwt',
  claims: { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
}

/** The token that says who came or left: for this identity provider only, once, for a minute. */
async function signToken(
  { person, sid }: Visit,
  { typ, claims }: Sort,
  deps: SandboxDeps,
): Promise<string> {
  const issuedAt = Math.floor(deps.clock.now().getTime() / 1000)
  return new SignJWT({ ...claims, sid })
    .setProtectedHeader({ alg: 'ES256', kid: deps.portalKey.kid, typ })
    .setIssuer(`${deps.url}/portal`)
    .setAudience(deps.idpUrl)
    .setSubject(person.accountId)
    .setJti(newToken(deps.random))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + TOKEN_SECONDS)
    .sign(deps.portalKey.privateKey)
}

const TELL_MS = 5000
const TRIES = 2

/** Ends what came of this session at the identity provider. Each try has a token of its own: they work once. */
async function tellSignOut(visit: Visit, deps: SandboxDeps): Promise<boolean> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const body = new URLSearchParams({ logout_token: await signToken(visit, LOGOUT, deps) })
    const signal = AbortSignal.timeout(TELL_MS)
    const asked = { method: 'POST', body, signal, redirect: 'manual' } as const
    const status = await deps.fetch(`${deps.idpBackUrl}/sign-out/portal`, asked).then(
      (answer) => answer.status,
      () => undefined,
    )
    if (status === 200) return true
  }
  return false
}

/**
 * Whether a return address is the identity provider's hand-off, perhaps with a query; absent is fine.
 * Anything else would give a stranger the token, so the text is compared before it is ever parsed.
 */
function isHandOff(returnTo: string | undefined, idpUrl: string): boolean {
  if (returnTo === undefined) return true
  const handOff = `${idpUrl}/sign-in/handoff`
  if (returnTo === handOff) return true
  return returnTo.startsWith(`${handOff}?`) && /^[\w.~%=&?/:-]+$/.test(returnTo)
}

// By POST: a token in a URL would stay in histories and logs.
function handOff(returnTo: string, token: string, deps: SandboxDeps): Departure {
  return {
    kind: 'post',
    to: returnTo,
    fields: { token },
    say: 'You are signed in at the portal and are taken on.',
    onward: onwardOrigins(deps),
    brand: PORTAL_BRAND,
  }
}

function homePage(person: Person | undefined, idpUrl: string): Departure {
  const body =
    person === undefined
      ? html`<p>This is where your customers shop. In the sandbox it is a page; in real life it is your
sales platform.</p>
<p><a class="button" href="/portal/sign-in">Sign in</a></p>`
      : html`<p>You are signed in as ${person.name}.</p>
${factsList([
  ['Login', person.login],
  ['Customer id', person.accountId],
  ...(person.email === undefined ? [] : ([['E-mail', person.email]] as const)),
])}
<p><a class="button" href="${idpUrl}/launch">Open Huawei Cloud</a></p>
<p><a class="button quiet" href="${idpUrl}/">Your Huawei Cloud</a></p>
<div><form method="post" action="/portal/sign-out"><button type="submit" class="link">Sign out of the portal</button></form></div>`
  return { kind: 'page', page: portalPage({ title: 'Example partner portal', body }) }
}

// A login is given when it was tried and did not fit.
function signInPage(returnTo: string | undefined, login?: string): Departure {
  const failed = login !== undefined
  const state = failed ? html` aria-invalid="true" aria-describedby="sign-in-error"` : html``
  const body = html`<form method="post" action="/portal/sign-in">
${returnTo === undefined ? '' : html`<input type="hidden" name="return_to" value="${returnTo}">`}
${failed && html`<div class="note bad" id="sign-in-error" role="alert"><p>The sign-in name or the password is not right.</p></div>`}
<label for="login">Sign-in name</label>
<input id="login" name="login" value="${login ?? ''}" autocomplete="username" required${state}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${state}>
<button type="submit">Sign in</button>
</form>
<p class="help">The start program printed a name and a password.</p>`
  const page = portalPage({ title: 'Sign in to the partner portal', body })
  return { kind: 'page', page, status: failed ? 401 : 200 }
}

function untoldPage(idpUrl: string): Departure {
  const body = html`<p class="note bad">You are signed out of the portal. Your Huawei Cloud sign-in could
not be ended.</p>
<p><a class="button" href="${idpUrl}/sign-out">End it there</a></p>`
  const page = portalPage({ title: 'Signed out of the portal only', body })
  return { kind: 'page', page, status: 502 }
}

function strangeReturnPage(): Departure {
  const body = html`<p class="note bad">The address to return to is not the identity provider’s. Nobody
was told that you are signed in.</p>`
  const page = portalPage({ title: 'The portal does not send you there', body })
  return { kind: 'page', page, status: 400 }
}
