// A partner's sales platform, as small as it can be: people sign in here, and it vouches for them to
// the identity provider with a hand-off token. What a real portal has to build is in this file.

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

/** The portal and its own sessions. */
export function createPortal(deps: SandboxDeps): Portal {
  const sessions = createBrowserSessions<Person>('sandbox_portal', deps)

  const leave = async (person: Person, returnTo: string | undefined): Promise<Departure> =>
    returnTo === undefined
      ? { kind: 'redirect', to: '/portal' }
      : handOff(returnTo, await signHandOffToken(person.accountId, deps), deps)

  return {
    home: (request) => homePage(sessions.find(request), deps.idpUrl),
    askToSignIn: (request) => {
      const returnTo = readQuery(request).text('return_to')
      if (!isHandOff(returnTo, deps.idpUrl)) return strangeReturnPage()
      const person = sessions.find(request)
      return person === undefined ? signInPage(returnTo) : leave(person, returnTo)
    },
    signIn: (request, response) => {
      const form = readForm(request)
      const returnTo = form.text('return_to')
      if (!isHandOff(returnTo, deps.idpUrl)) return strangeReturnPage()
      const login = form.text('login') ?? ''
      const person = findPerson(deps.dataDir, login, form.text('password') ?? '')
      if (person === undefined) return signInPage(returnTo, login)
      sessions.open(response, person)
      return leave(person, returnTo)
    },
    signOut: (request, response) => {
      sessions.close(request, response)
      return { kind: 'redirect', to: '/portal' }
    },
    jwks: { keys: [deps.portalKey.publicJwk] },
  }
}

/** The token that says who came: for this identity provider only, once, for a minute. */
async function signHandOffToken(accountId: string, deps: SandboxDeps): Promise<string> {
  const issuedAt = Math.floor(deps.clock.now().getTime() / 1000)
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: deps.portalKey.kid, typ: 'JWT' })
    .setIssuer(`${deps.url}/portal`)
    .setAudience(deps.idpUrl)
    .setSubject(accountId)
    .setJti(newToken(deps.random))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + TOKEN_SECONDS)
    .sign(deps.portalKey.privateKey)
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

function strangeReturnPage(): Departure {
  const body = html`<p class="note bad">The address to return to is not the identity provider’s. Nobody
was told that you are signed in.</p>`
  const page = portalPage({ title: 'The portal does not send you there', body })
  return { kind: 'page', page, status: 400 }
}
