// The pages of second factors: the step after the password, setting one up, and what somebody has.

import { describe, type Refusal } from '../base/errors.ts'
import type { FactorSet, PasskeyRecord } from '../store/factor-records.ts'
import { dayIn } from '../web/day.ts'
import { describeIn } from '../web/describe-in.ts'
import { type Html, html } from '../web/html.ts'
import type { Language, Spoken } from '../web/language.ts'
import type { Page } from '../web/page.ts'
import { hasFactor } from './complete.ts'
import { SECOND_FACTOR_TEXTS, type SecondFactorTexts } from './texts/second-factor.ts'
import type { TotpOffer } from './totp.ts'

/** What forms of these pages have in common. */
export type FormFrame = {
  /** Where they post to. */
  readonly action: string
  /** The session's token, and whatever else each of them brings back. */
  readonly hidden: Html
  readonly formTargets: readonly string[]
  /** What went wrong the last time. */
  readonly refusal: Refusal | undefined
}

type Speak = (texts: SecondFactorTexts, language: Language) => Page

function spoken(frame: Pick<FormFrame, 'refusal' | 'formTargets'>, page: Speak): Spoken<Page> {
  return (language) => {
    const { title, body, ...more } = page(SECOND_FACTOR_TEXTS[language], language)
    const shown = html`${noteOf(frame.refusal, language)}${body}`
    return { title, body: shown, formTargets: frame.formTargets, ...more }
  }
}

/** The status of a page that shows this refusal above its form. */
export function statusOf(refusal: Refusal | undefined): number {
  return refusal === undefined ? 200 : describe(refusal.code).http
}

function noteOf(refusal: Refusal | undefined, language: Language): Html | undefined {
  if (refusal === undefined) return undefined
  const { say, hint } = describeIn(language, refusal.code)
  return html`<div class="note bad" role="alert"><p>${say} ${hint}</p></div>
`
}

/** The step after the password, for somebody who has factors. */
export function secondStepPage(
  frame: FormFrame,
  asked: {
    readonly factors: FactorSet
    /** The options for the passkey's form; `undefined` without a passkey. */
    readonly passkeyOptions: string | undefined
    readonly signIn: string
  },
): Spoken<Page> {
  const { factors, passkeyOptions, signIn } = asked
  return spoken(frame, (texts) => ({
    title: texts.secondTitle,
    body: html`${factors.totp === undefined ? '' : codeForm(frame, texts)}
${passkeyOptions === undefined ? '' : passkeyForm(frame, { kind: 'passkey', options: passkeyOptions, texts })}
${factors.recoveryCodes === 0 ? '' : recoveryForm(frame, texts)}
<p class="help"><a href="${signIn}?again=1">${texts.startAgain}</a></p>`,
    script: 'passkey.js',
  }))
}

function codeForm({ action, hidden }: FormFrame, texts: SecondFactorTexts): Html {
  return html`<form method="post" action="${action}">
${hidden}
<input type="hidden" name="kind" value="totp">
${codeField(texts)}
<button type="submit">${texts.goOn}</button>
</form>`
}

function codeField(texts: SecondFactorTexts): Html {
  return html`<label for="code">${texts.code}</label>
<p class="hint" id="code-help">${texts.codeHelp}</p>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" aria-describedby="code-help" required maxlength="7">`
}

function recoveryForm({ action, hidden }: FormFrame, texts: SecondFactorTexts): Html {
  return html`<details><summary>${texts.lost}</summary>
<form method="post" action="${action}">
${hidden}
<input type="hidden" name="kind" value="recovery-code">
<label for="recovery">${texts.recoveryCode}</label>
<input id="recovery" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required maxlength="64">
<button type="submit" class="quiet">${texts.goOn}</button>
</form></details>`
}

type PasskeyForm = {
  readonly kind: 'passkey' | 'add-passkey'
  readonly options: string
  readonly texts: SecondFactorTexts
}

function passkeyForm({ action, hidden }: FormFrame, { kind, options, texts }: PasskeyForm): Html {
  const isNew = kind === 'add-passkey'
  return html`<form method="post" action="${action}" data-passkey="${isNew ? 'create' : 'get'}" data-options="${options}">
${hidden}
<input type="hidden" name="kind" value="${kind}">
<input type="hidden" name="credential">
${isNew ? nameField(texts) : ''}
<div class="note bad" role="alert" data-failed hidden><p>${texts.passkeyFailed}</p></div>
<noscript><p class="hint">${texts.needsScript}</p></noscript>
<button type="submit">${isNew ? texts.addPasskey : texts.usePasskey}</button>
</form>`
}

function nameField(texts: SecondFactorTexts): Html {
  return html`<label for="name">${texts.passkeyName}</label>
<p class="hint" id="name-help">${texts.passkeyNameHelp}</p>
<input id="name" name="name" autocomplete="off" aria-describedby="name-help" maxlength="64">`
}

/** A sign-in by passkey and nothing else. */
export function passkeySignInPage(
  frame: FormFrame,
  asked: { readonly options: string; readonly otherWay: string },
): Spoken<Page> {
  const { options, otherWay } = asked
  return spoken(frame, (texts) => ({
    title: texts.passkeyTitle,
    body: html`<p>${texts.passkeyLead}</p>
${passkeyForm(frame, { kind: 'passkey', options, texts })}
<p class="help"><a href="${otherWay}">${texts.otherWay}</a></p>`,
    script: 'passkey.js',
  }))
}

/** Somebody who has no factor yet, where one is required. */
export function addFirstPage(
  frame: FormFrame,
  offer: { readonly totp: TotpOffer; readonly passkeyOptions: string },
): Spoken<Page> {
  const { totp, passkeyOptions: options } = offer
  return spoken(frame, (texts) => ({
    title: texts.addFirstTitle,
    body: html`<p>${texts.addFirstLead}</p>
<h2>${texts.app}</h2>
${totpForm(frame, totp, texts)}
<h2>${texts.passkeys}</h2>
<p>${texts.passkeyLead}</p>
${passkeyForm(frame, { kind: 'add-passkey', options, texts })}`,
    script: 'passkey.js',
  }))
}

/** Setting up an authenticator app. */
export function addTotpPage(frame: FormFrame, offer: TotpOffer, back: string): Spoken<Page> {
  return spoken(frame, (texts) => ({
    title: texts.addApp,
    body: html`${totpForm(frame, offer, texts)}
<p class="help"><a href="${back}">${texts.back}</a></p>`,
  }))
}

/** Adding a passkey. */
export function addPasskeyPage(frame: FormFrame, options: string, back: string): Spoken<Page> {
  return spoken(frame, (texts) => ({
    title: texts.addPasskey,
    body: html`<p>${texts.passkeyLead}</p>
${passkeyForm(frame, { kind: 'add-passkey', options, texts })}
<p class="help"><a href="${back}">${texts.back}</a></p>`,
    script: 'passkey.js',
  }))
}

function totpForm({ action, hidden }: FormFrame, offer: TotpOffer, texts: SecondFactorTexts): Html {
  return html`<p>${texts.scan}</p>
${drawQr(offer.qr, texts.qrLabel)}
<p>${texts.typeInstead}<br><code>${offer.text}</code></p>
<form method="post" action="${action}">
${hidden}
<input type="hidden" name="kind" value="add-totp">
<input type="hidden" name="sealed" value="${offer.sealed}">
${codeField(texts)}
<button type="submit">${texts.goOn}</button>
</form>`
}

// Dark on light whatever the page's colours are: many cameras cannot read it the other way round.
function drawQr(rows: TotpOffer['qr'], label: string): Html {
  const dark = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  )
  const size = rows.length
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" width="200" height="200" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${dark.join('')}" fill="#000"/></svg>`
}

/** What somebody has set up, and what can be done about it. */
export function securityPage(
  frame: FormFrame,
  shown: {
    readonly factors: FactorSet
    readonly security: string
    readonly home: string
    /** Whether the last factor may go. */
    readonly isRequired: boolean
    /** Signed in where factors are somebody else's. */
    readonly isElsewhere: boolean
    readonly maySetMore: boolean
  },
): Spoken<Page> {
  const { factors, security, home, isRequired } = shown
  return spoken(frame, (texts, language) => {
    const back = html`<p class="help"><a href="${home}">${texts.back}</a></p>`
    if (shown.isElsewhere) {
      return { title: texts.securityTitle, body: html`<p>${texts.elsewhere}</p>${back}` }
    }
    const count = factors.passkeys.length + (factors.totp === undefined ? 0 : 1)
    const canRemove = !isRequired || count > 1
    return {
      title: texts.securityTitle,
      body: html`<p>${texts.securityLead}</p>
${canRemove || count === 0 ? '' : html`<p class="hint">${texts.lastStays}</p>`}
<h2>${texts.app}</h2>
${describeApp(frame, { factors, security, canRemove, texts, language })}
<h2>${texts.passkeys}</h2>
${factors.passkeys.length === 0 ? html`<p>${texts.noPasskeys}</p>` : ''}
${factors.passkeys.map((each) => describePasskey(frame, each, { canRemove, texts, language }))}
${shown.maySetMore ? html`<a class="button quiet" href="${security}/passkey">${texts.addPasskey}</a>` : ''}
${hasFactor(factors) ? describeCodes(frame, factors, texts) : ''}
${back}`,
    }
  })
}

type AppShown = {
  readonly factors: FactorSet
  readonly security: string
  readonly canRemove: boolean
  readonly texts: SecondFactorTexts
  readonly language: Language
}

function describeApp(frame: FormFrame, { factors, security, ...shown }: AppShown): Html {
  const { canRemove, texts, language } = shown
  const { totp } = factors
  if (totp === undefined) {
    return html`<p>${texts.noApp}</p>
<a class="button quiet" href="${security}/totp">${texts.addApp}</a>`
  }
  const fields = html`<input type="hidden" name="kind" value="remove-totp">`
  return html`<p>${texts.appAdded(dayIn(language, totp.addedAt))}</p>
${canRemove ? removeForm(frame, fields, { label: texts.remove, name: texts.removeNamed(texts.app) }) : ''}`
}

function describePasskey(
  frame: FormFrame,
  { name, addedAt, usedAt, credentialId }: PasskeyRecord,
  { canRemove, texts, language }: Pick<AppShown, 'canRemove' | 'texts' | 'language'>,
): Html {
  const fields = html`<input type="hidden" name="kind" value="remove-passkey">
<input type="hidden" name="id" value="${credentialId}">`
  return html`<h3>${name}</h3>
<dl class="facts"><dt>${texts.added}</dt><dd>${dayIn(language, addedAt)}</dd>
<dt>${texts.lastUsed}</dt><dd>${usedAt === undefined ? texts.never : dayIn(language, usedAt)}</dd></dl>
${canRemove ? removeForm(frame, fields, { label: texts.remove, name: texts.removeNamed(name) }) : ''}`
}

function removeForm(
  { action, hidden }: FormFrame,
  fields: Html,
  { label, name }: { readonly label: string; readonly name: string },
): Html {
  return html`<form method="post" action="${action}">${hidden}${fields}<button class="link" type="submit" aria-label="${name}">${label}</button></form>`
}

function describeCodes(
  { action, hidden }: FormFrame,
  { recoveryCodes }: FactorSet,
  texts: SecondFactorTexts,
): Html {
  return html`<h2>${texts.recovery}</h2>
<p>${texts.codesLeft(String(recoveryCodes))}</p>
<form method="post" action="${action}">${hidden}<input type="hidden" name="kind" value="recovery-codes">
<button class="quiet" type="submit">${texts.newCodes}</button></form>`
}

/** New recovery codes, for this once. */
export function codesPage(codes: readonly string[], next: string): Spoken<Page> {
  return spoken({ refusal: undefined, formTargets: [] }, (texts) => ({
    title: texts.codesTitle,
    body: html`<p>${texts.codesLead}</p>
<ul class="codes">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
<a class="button" href="${next}">${texts.goOn}</a>`,
  }))
}
