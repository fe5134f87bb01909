// The pages of passwords, in the language of whoever is there.

import { describe, type Refusal } from '../base/errors.ts'
import { type Html, html } from '../web/html.ts'
import type { Language, Spoken } from '../web/language.ts'
import type { Page } from '../web/page.ts'
import { sayRefusal } from './pages.ts'
import { SHORTEST } from './password.ts'
import { PASSWORD_TEXTS, type PasswordTexts } from './texts/password.ts'

/** What the forms of these pages have in common. */
export type PasswordForm = {
  /** Where it posts to. */
  readonly action: string
  /** The hidden fields: the session's token, and a link's. */
  readonly hidden: Html
  /** Whose password it is; browsers keep the new one under this name. */
  readonly login: string
  /** What went wrong the last time. */
  readonly refusal: Refusal | undefined
}

/** The form of somebody who is signed in, without the page around it. */
export function changeForm(form: PasswordForm, language: Language): Html {
  const texts = PASSWORD_TEXTS[language]
  const isOfCurrent = form.refusal !== undefined && form.refusal.code !== 'PASSWORD_UNFIT'
  return html`${noteOf(form.refusal, language)}
<form method="post" action="${form.action}">
${form.hidden}
${nameField(form)}
<label for="current">${texts.current}</label>
<input id="current" name="current" type="password" autocomplete="current-password" required maxlength="512"${isOfCurrent ? html` aria-describedby="problem"` : ''}>
${newFields(texts, form.refusal)}
<button type="submit">${texts.change}</button>
</form>`
}

/** The page of somebody who is signed in. */
export function changePage(
  form: PasswordForm,
  navigation: (language: Language) => Html,
): Spoken<Page> {
  return (language) => ({
    title: PASSWORD_TEXTS[language].changeTitle,
    body: changeForm(form, language),
    navigation: navigation(language),
  })
}

/** The page behind a one-time link. */
export function setPage(form: PasswordForm): Spoken<Page> {
  return (language) => {
    const texts = PASSWORD_TEXTS[language]
    const body = html`${noteOf(form.refusal, language)}
<p>${texts.setLead(form.login)}</p>
<form method="post" action="${form.action}">
${form.hidden}
${nameField(form)}
${newFields(texts, form.refusal)}
<button type="submit">${texts.set}</button>
</form>`
    return { title: texts.setTitle, body }
  }
}

/** Pages that say something and lead on. */
export type Notice = 'changed' | 'done' | 'none' | 'forgotten'

/** A page that says how it stands, and leads to `onward`. */
export function noticePage(notice: Notice, onward: string, further?: Html): Spoken<Page> {
  return (language) => {
    const texts = PASSWORD_TEXTS[language]
    const tone = notice === 'changed' || notice === 'done' ? 'note good' : 'note'
    const body = html`<div class="${tone}"><p>${texts[`${notice}Lead`]}</p></div>
<a class="button" href="${onward}">${notice === 'done' ? texts.signIn : texts.back}</a>
${further}`
    return { title: texts[`${notice}Title`], body }
  }
}

/** The status of a page that shows this refusal above its form. */
export function statusOf(refusal: Refusal | undefined): number {
  return refusal === undefined ? 200 : describe(refusal.code).http
}

function noteOf(refusal: Refusal | undefined, language: Language): Html | undefined {
  if (refusal === undefined) return undefined
  const { problems } = PASSWORD_TEXTS[language]
  const { problem } = refusal.facts
  const said = isSaid(problem, problems) ? problems[problem] : sayRefusal(refusal, language)
  return html`<div class="note bad" role="alert" id="problem"><p>${said}</p></div>`
}

function isSaid<Problems extends object>(
  problem: unknown,
  problems: Problems,
): problem is keyof Problems {
  return typeof problem === 'string' && Object.hasOwn(problems, problem)
}

// Password managers look for it; people need not.
function nameField({ login }: PasswordForm): Html {
  return html`<input type="text" name="username" value="${login}" autocomplete="username" hidden readonly>`
}

// Read out again at the field that the sentence above the form is about.
function newFields(texts: PasswordTexts, refusal: Refusal | undefined): Html {
  const described = refusal?.code === 'PASSWORD_UNFIT' ? 'problem rules' : 'rules'
  return html`<label for="password">${texts.next}</label>
<p class="hint" id="rules">${texts.rules}</p>
<input id="password" name="password" type="password" autocomplete="new-password" aria-describedby="${described}" required minlength="${SHORTEST}" maxlength="512">
<label for="again">${texts.again}</label>
<input id="again" name="again" type="password" autocomplete="new-password" required minlength="${SHORTEST}" maxlength="512">`
}
