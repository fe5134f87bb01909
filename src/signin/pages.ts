// The pages of signing in and out, in the language of whoever is there.

import type { Refusal } from '../base/errors.ts'
import { describeIn } from '../web/describe-in.ts'
import { type Html, html } from '../web/html.ts'
import type { Language, Spoken } from '../web/language.ts'
import type { Page } from '../web/page.ts'
import type { Customer } from './customer.ts'
import type { Ways } from './methods.ts'
import { SECOND_FACTOR_TEXTS } from './texts/second-factor.ts'
import { SESSION_TEXTS } from './texts/sessions.ts'
import { SIGN_IN_TEXTS, type SignInTexts } from './texts/sign-in.ts'

type SignInForm = {
  /** What the page is called where it is not the customers' own. */
  readonly title?: string
  readonly action: string
  readonly csrf: Html
  readonly next: string
  readonly login: string
  readonly refusal: Refusal | undefined
  /** Where somebody goes who has forgotten their password. */
  readonly forgotten?: string
  /** What stands around and in the form where there are other ways in. */
  readonly ways?: (language: Language) => Ways
  /** Where a passkey alone is enough. */
  readonly passkeyUrl?: string
  /** Where a person who belongs to the portal should go instead. */
  readonly portalUrl: string | undefined
  readonly formTargets: readonly string[]
}

/** The sign-in form, with what went wrong the last time. */
export function signInPage(shown: SignInForm): Spoken<Page> {
  return (language) => {
    const texts = SIGN_IN_TEXTS[language]
    const { title = texts.title, refusal, formTargets } = shown
    const ways = shown.ways?.(language)
    const body = html`${refusal === undefined ? '' : html`<div class="note bad" role="alert" id="problem"><p>${sayRefusal(refusal, language)}</p></div>`}
${ways?.before}${ways?.hasForm === false ? '' : passwordForm(shown, ways?.realm, language)}${ways?.after}
${passkeyWay(shown, language)}
${otherWays(shown, texts)}`
    return { title, body, formTargets }
  }
}

function passwordForm(shown: SignInForm, realm: Html | undefined, language: Language): Html {
  const texts = SIGN_IN_TEXTS[language]
  // Read out again at each field: the sentence is about both.
  const described = shown.refusal === undefined ? '' : html` aria-describedby="problem"`
  return html`<form method="post" action="${shown.action}">
${shown.csrf}
<input type="hidden" name="next" value="${shown.next}">
${realm}
<label for="login">${texts.login}</label>
<input id="login" name="login" value="${shown.login}" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="128"${described}${shown.login === '' ? html` autofocus` : ''}>
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="512"${described}>
<button type="submit">${texts.signIn}</button>
</form>`
}

function passkeyWay({ passkeyUrl }: SignInForm, language: Language): Html | undefined {
  if (passkeyUrl === undefined) return undefined
  const { passkeyTitle } = SECOND_FACTOR_TEXTS[language]
  return html`<a class="button quiet" href="${passkeyUrl}">${passkeyTitle}</a>`
}

function otherWays({ forgotten, portalUrl }: SignInForm, texts: SignInTexts): Html {
  return html`${forgotten === undefined ? '' : html`<p class="help"><a href="${forgotten}">${texts.forgotten}</a></p>`}
${portalUrl === undefined ? '' : html`<p class="help">${texts.portalAsk} <a href="${portalUrl}">${texts.portalGo}</a></p>`}`
}

/** A refusal above a form; one that passes by itself says when. */
export function sayRefusal({ code, facts }: Refusal, language: Language): string {
  const { say, hint } = describeIn(language, code)
  const { retryAfterSeconds } = facts
  if (typeof retryAfterSeconds !== 'number') return `${say} ${hint}`
  const minutes = Math.ceil(retryAfterSeconds / 60)
  return `${say} ${SIGN_IN_TEXTS[language].waitMinutes(String(minutes))}`
}

/** What stands in the header for somebody who is signed in. */
export function customerNavigation(customer: Customer, csrf: Html, language: Language): Html {
  const { account } = customer
  const texts = SIGN_IN_TEXTS[language]
  return html`<span>${account.name ?? account.login}</span>
${account.passwordHash === undefined ? '' : html`<a href="/password">${texts.changePassword}</a>`}
${customer.hasFactorPage === true && html`<a href="/security">${SECOND_FACTOR_TEXTS[language].securityTitle}</a>`}
<a href="/sessions">${SESSION_TEXTS[language].link}</a>
<form method="post" action="/sign-out">${csrf}<button class="link" type="submit">${texts.signOut}</button></form>`
}

/** Asks before signing out, because a link alone must not do it. */
export function signOutPage(csrf: Html): Spoken<Page> {
  return (language) => {
    const texts = SIGN_IN_TEXTS[language]
    const body = html`<p>${texts.signOutLead}</p>
<form method="post" action="/sign-out">${csrf}<button type="submit">${texts.signOut}</button></form>`
    return { title: texts.signOutTitle, body }
  }
}

/** The end, and what it does not cover. */
export function signedOutPage(home: string): Spoken<Page> {
  return (language) => {
    const texts = SIGN_IN_TEXTS[language]
    const body = html`<p>${texts.signedOutLead}</p>
<p class="hint">${texts.signedOutHint}</p>
<a class="button" href="${home}">${texts.backToPortal}</a>`
    return { title: texts.signedOutTitle, body }
  }
}
