// The pages of opening a Huawei Cloud account: the form, the code, and the wait for an outcome.

import { describe, type Refusal } from '../base/errors.ts'
import type { ActivationRecord } from '../store/store.ts'
import { type Html, html } from '../web/html.ts'
import type { Page } from '../web/page.ts'
import { AREAS } from './areas.ts'

/** Texts or https addresses; Huawei asks that customers see both. */
export type Agreements = { readonly customer: string; readonly privacy: string }

/** What the form shows, as the customer left it. */
export type FormValues = {
  readonly domainName: string
  readonly email: string
  readonly area: string
}

type Frame = {
  readonly csrf: Html
  readonly navigation: Html
  readonly formTargets: readonly string[]
  readonly refusal: Refusal | undefined
}

/** The first form. `problems` are sentences about single fields. */
export function activatePage(
  frame: Frame,
  values: FormValues,
  more: { readonly agreements: Agreements; readonly problems: Readonly<Record<string, string>> },
): Page {
  const { problems, agreements } = more
  const body = html`${alert(frame.refusal)}
<p>We open a Huawei Cloud account for you. You then get in from here, without another password.</p>
<form method="post" action="/activate">
${frame.csrf}
<label for="name">Account name</label>
<input id="name" name="name" value="${values.domainName}" required minlength="5" maxlength="32" autocapitalize="none" spellcheck="false" aria-describedby="name-help"${invalid(problems['name'])}>
${hint('name-help', '5 to 32 letters, digits, hyphens or underscores, not starting with a digit.', problems['name'])}
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" value="${values.email}" required maxlength="64" autocomplete="email" aria-describedby="email-help"${invalid(problems['email'])}>
${hint('email-help', 'Huawei Cloud sends a code to this address.', problems['email'])}
<label for="area">Country or region</label>
<select id="area" name="area" required autocomplete="country" aria-describedby="area-help"${invalid(problems['area'])}>
<option value="">Choose</option>
${AREAS.map(({ code, name }) => html`<option value="${code}"${code === values.area ? html` selected` : ''}>${name}</option>`)}
</select>
${hint('area-help', undefined, problems['area'])}
<h2>Agreements</h2>
${agreement('Huawei Cloud Customer Agreement', agreements.customer)}
${agreement('Huawei Cloud Privacy Statement', agreements.privacy)}
<label class="choice"><input type="checkbox" name="agreed" value="yes" required aria-describedby="agreed-help"${invalid(problems['agreed'])}><span>I have read and accept the Customer Agreement and the Privacy Statement.</span></label>
${hint('agreed-help', undefined, problems['agreed'])}
<button type="submit">Send me a code</button>
</form>
<p class="help">Do you have a Huawei Cloud account already? <a href="/launch">Connect it instead</a></p>`
  return page('Open a Huawei Cloud account', body, frame)
}

/** The second form: the code from the e-mail. */
export function codePage(frame: Frame, record: ActivationRecord): Page {
  const body = html`${alert(frame.refusal)}
<p>Huawei Cloud has sent a code of six digits to <strong>${record.email}</strong>.</p>
<form method="post" action="/activate/code">
${frame.csrf}
<label for="code">Code</label>
<input id="code" name="code" required inputmode="numeric" pattern="[0-9]{6}" maxlength="6" autocomplete="one-time-code">
<button type="submit">Open account “${record.domainName}”</button>
</form>
<form method="post" action="/activate/again">${frame.csrf}<button class="quiet" type="submit">Send another code</button></form>
<p class="help"><a href="/activate?edit=1">Change the name or the address</a></p>`
  return page('Enter the code', body, frame)
}

/** Nobody knows yet whether the account exists. */
export function waitPage(frame: Frame, record: ActivationRecord): Page {
  const body = html`<div class="note warn" role="status"><p>Huawei Cloud has not told us yet whether your account “${record.domainName}” is ready.</p></div>
<p>You need not enter anything again: we asked once, and will not ask a second time until we know. This takes a few minutes at most.</p>
<a class="button" href="/activate">Look again</a>`
  return page('Your account is being opened', body, frame)
}

function page(title: string, body: Html, { navigation, formTargets }: Frame): Page {
  return { title, body, navigation, formTargets }
}

function alert(refusal: Refusal | undefined): Html | undefined {
  if (refusal === undefined) return undefined
  const { say, hint } = describe(refusal.code)
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

function invalid(sentence: string | undefined): Html | undefined {
  return sentence === undefined ? undefined : html` aria-invalid="true"`
}

function agreement(title: string, source: string): Html {
  if (/^https:\/\/\S+$/.test(source)) {
    return html`<p><a href="${source}" target="_blank" rel="noopener noreferrer">${title}</a> (opens a new tab)</p>`
  }
  return html`<h3>${title}</h3>
<div class="agreement" tabindex="0" role="region" aria-label="${title}">${source}</div>`
}
