// The pages of signing in and out.

import { describe, type Refusal } from '../base/errors.ts'
import { type Html, html } from '../web/html.ts'
import type { Page } from '../web/page.ts'
import type { Customer } from './customer.ts'

/** The sign-in form, with what went wrong the last time. */
export function signInPage(shown: {
  readonly title: string
  readonly action: string
  readonly csrf: Html
  readonly next: string
  readonly login: string
  readonly refusal: Refusal | undefined
  /** Where a person who belongs to the portal should go instead. */
  readonly portalUrl: string | undefined
  readonly formTargets: readonly string[]
}): Page {
  const { refusal } = shown
  const problem = refusal === undefined ? undefined : describe(refusal.code)
  const body = html`${problem === undefined ? '' : html`<div class="note bad" role="alert"><p>${problem.say} ${problem.hint}</p></div>`}
<form method="post" action="${shown.action}">
${shown.csrf}
<input type="hidden" name="next" value="${shown.next}">
<label for="login">Sign-in name</label>
<input id="login" name="login" value="${shown.login}" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="128"${shown.login === '' ? html` autofocus` : ''}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="512">
<button type="submit">Sign in</button>
</form>
${shown.portalUrl === undefined ? '' : html`<p class="help">Do you usually sign in at your portal? <a href="${shown.portalUrl}">Go to your portal</a></p>`}`
  return { title: shown.title, body, formTargets: shown.formTargets }
}

/** What stands in the header for somebody who is signed in. */
export function customerNavigation(customer: Customer, csrf: Html): Html {
  const { account } = customer
  return html`<span>${account.name ?? account.login}</span>
<form method="post" action="/sign-out">${csrf}<button class="link" type="submit">Sign out</button></form>`
}

/** Asks before signing out, because a link alone must not do it. */
export function signOutPage(csrf: Html): Page {
  const body = html`<p>You will have to sign in again to open Huawei Cloud from here.</p>
<form method="post" action="/sign-out">${csrf}<button type="submit">Sign out</button></form>`
  return { title: 'Sign out?', body }
}

/** The end, and what it does not cover. */
export function signedOutPage(home: string): Page {
  const body = html`<p>You are signed out here.</p>
<p class="hint">Huawei Cloud and your portal have sign-ins of their own. On a shared computer, sign out there too and close the browser.</p>
<a class="button" href="${home}">Back to your portal</a>`
  return { title: 'Signed out', body }
}
