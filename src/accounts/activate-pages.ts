// The pages of opening a Huawei Cloud account: the form, the code, and the wait for an outcome.

import type { Refusal } from '../base/errors.ts'
import type { ActivationRecord } from '../store/activation-records.ts'
import { describeIn } from '../web/describe-in.ts'
import { type Html, html } from '../web/html.ts'
import type { Language, Spoken } from '../web/language.ts'
import type { Page } from '../web/page.ts'
import { areasIn } from './areas.ts'
import { ACTIVATION_TEXTS, type ActivationTexts } from './texts/activation.ts'

/** Texts or https addresses; Huawei asks that customers see both. */
export type Agreements = { readonly customer: string; readonly privacy: string }

/** What the form shows, as the customer left it. */
export type FormValues = {
  readonly domainName: string
  readonly email: string
  readonly area: string
}

/** A field of the form about which there is something to say. */
export type FormField = keyof ActivationTexts['problems']

type Frame = {
  readonly csrf: Html
  readonly navigation: (language: Language) => Html
  readonly formTargets: readonly string[]
  readonly refusal: Refusal | undefined
}

type Speak = (texts: ActivationTexts, language: Language) => Pick<Page, 'title' | 'body'>

function spoken(frame: Frame, page: Speak): Spoken<Page> {
  return (language) => {
    const { title, body } = page(ACTIVATION_TEXTS[language], language)
    const { navigation, formTargets, refusal } = frame
    const shown = html`${alert(refusal, language)}${body}`
    return { title, body: shown, navigation: navigation(language), formTargets }
  }
}

/** The first form. `problems` are the fields that have to be filled in differently. */
export function activatePage(
  frame: Frame,
  values: FormValues,
  more: { readonly agreements: Agreements; readonly problems: ReadonlySet<FormField> },
): Spoken<Page> {
  const { problems, agreements } = more
  return spoken(frame, (texts, language) => {
    const mark = (field: FormField) => problems.has(field) && html` aria-invalid="true"`
    const help = (field: FormField, text?: string) => {
      return hint(`${field}-help`, text, problems.has(field) ? texts.problems[field] : undefined)
    }
    const body = html`
<p>${texts.lead}</p>
<form method="post" action="/activate">
${frame.csrf}
<label for="name">${texts.name}</label>
<input id="name" name="name" value="${values.domainName}" required minlength="5" maxlength="32" autocapitalize="none" spellcheck="false" aria-describedby="name-help"${mark('name')}>
${help('name', texts.nameHelp)}
<label for="email">${texts.email}</label>
<input id="email" name="email" type="email" value="${values.email}" required maxlength="64" autocomplete="email" aria-describedby="email-help"${mark('email')}>
${help('email', texts.emailHelp)}
<label for="area">${texts.area}</label>
<select id="area" name="area" required autocomplete="country" aria-describedby="area-help"${mark('area')}>
<option value="">${texts.choose}</option>
${areaOptions(values.area, language)}
</select>
${help('area')}
<h2>${texts.agreements}</h2>
${agreement(texts.customerAgreement, agreements.customer, texts)}
${agreement(texts.privacyStatement, agreements.privacy, texts)}
<label class="choice"><input type="checkbox" name="agreed" value="yes" required aria-describedby="agreed-help"${mark('agreed')}><span>${texts.agree}</span></label>
${help('agreed')}
<button type="submit">${texts.sendCode}</button>
</form>
<p class="help">${texts.haveOne} <a href="/connect">${texts.connectInstead}</a></p>`
    return { title: texts.formTitle, body }
  })
}

function areaOptions(chosen: string, language: Language): readonly Html[] {
  return areasIn(language).map(
    ({ code, name }) =>
      html`<option value="${code}"${code === chosen ? html` selected` : ''}>${name}</option>`,
  )
}

/** The second form: the code from the e-mail. */
export function codePage(frame: Frame, record: ActivationRecord): Spoken<Page> {
  return spoken(frame, (texts) => {
    const body = html`
<p>${texts.codeSent(record.email)}</p>
<form method="post" action="/activate/code">
${frame.csrf}
<label for="code">${texts.code}</label>
<input id="code" name="code" required inputmode="numeric" pattern="[0-9]{6}" maxlength="6" autocomplete="one-time-code">
<button type="submit">${texts.open(record.domainName)}</button>
</form>
<form method="post" action="/activate/again">${frame.csrf}<button class="quiet" type="submit">${texts.another}</button></form>
<p class="help"><a href="/activate?edit=1">${texts.change}</a></p>`
    return { title: texts.codeTitle, body }
  })
}

/** Huawei has to be waited for: nobody knows whether the account exists, or if it is the customer's yet. */
export function waitPage(frame: Frame, record: ActivationRecord): Spoken<Page> {
  const isThere = record.domainId !== undefined
  return spoken(frame, (texts) => {
    const lead = isThere ? texts.createdLead : texts.waitLead
    const body = html`<div class="note warn" role="status"><p>${lead(record.domainName)}</p></div>
<p>${isThere ? texts.createdHelp : texts.waitHelp}</p>
<a class="button" href="/activate">${texts.lookAgain}</a>`
    return { title: isThere ? texts.createdTitle : texts.waitTitle, body }
  })
}

function alert(refusal: Refusal | undefined, language: Language): Html | undefined {
  if (refusal === undefined) return undefined
  const { say, hint } = describeIn(language, refusal.code)
  return html`<div class="note bad" role="alert"><p>${say} ${hint}</p></div>`
}

// What is wrong takes the place of the help: both say what the field must be.
function hint(id: string, help: string | undefined, problem: string | undefined): Html {
  const shown =
    problem === undefined
      ? help !== undefined && html`<p class="help">${help}</p>`
      : html`<p class="error">${problem}</p>`
  return html`<div id="${id}">${shown}</div>`
}

function agreement(title: string, source: string, texts: ActivationTexts): Html {
  if (/^https:\/\/\S+$/.test(source)) {
    return html`<p><a href="${source}" target="_blank" rel="noopener noreferrer">${title}</a> ${texts.newTab}</p>`
  }
  return html`<h3>${title}</h3>
<div class="agreement" tabindex="0" role="region" aria-label="${title}">${source}</div>`
}
