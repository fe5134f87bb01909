// The form of one operation, made from its row: a control for each field, filled with what was typed.

import type { NamedRow } from '../../partner/catalogue/groups.ts'
import { type Field, inputFields } from '../../partner/field.ts'
import type { AnyOperation } from '../../partner/operation.ts'
import { type Html, html } from '../../web/html.ts'
import { address } from '../screen.ts'

/** What was typed, by the name of its control. */
export type TypedTexts = ReadonlyMap<string, string>

/** Where the form of an operation is, and where it posts to. */
export function formPath(operation: string): string {
  return address('/console/call/form', { operation })
}

/** The control of a field; our own controls have no prefix, so that none can be taken for the other. */
export function controlOf({ name }: Pick<Field, 'name'>): string {
  return `f.${name}`
}

/** The controls that say for whom an operation is called. */
export const CUSTOMER_CONTROLS = ['customer', 'agency', 'project'] as const

/** The fields that the form asks for. Secrets have no place in a page. */
export function askedFields(row: AnyOperation): readonly Field[] {
  return inputFields(row).filter(({ isSecret }) => !isSecret)
}

/** The whole form. */
export function callForm({ name, row }: NamedRow, texts: TypedTexts, csrf: Html): Html {
  return html`<form method="post" action="${formPath(name)}">
${csrf}
${row.caller !== 'partner' && customerControls(row, texts)}
${askedFields(row).map((field) => fieldControl(field, texts.get(controlOf(field)) ?? ''))}
<button type="submit">Ask Huawei Cloud</button>
</form>
`
}

function customerControls({ caller }: AnyOperation, texts: TypedTexts): Html {
  const labels = {
    customer: 'Huawei Cloud account id or name of the customer',
    agency: 'Agency of the customer, if it has a name of its own',
    project: 'Project, if not the whole account',
  }
  const controls = CUSTOMER_CONTROLS.map((control) => {
    const isRequired = control === 'customer' && caller === 'customer'
    return html`<label for="${control}">${labels[control]}</label>
<input id="${control}" name="${control}" value="${texts.get(control) ?? ''}" maxlength="128" autocapitalize="none" autocomplete="off" spellcheck="false"${isRequired && html` required`}>
`
  })
  return html`<fieldset><legend>For whom</legend>
${controls}</fieldset>
`
}

function fieldControl(field: Field, text: string): Html {
  const id = controlOf(field)
  const hint = `${id}.hint`
  return html`<label for="${id}"><code>${field.name}</code>${field.isRequired && ' (required)'}</label>
${control(field, { id, hint, text })}
<p class="hint" id="${hint}">${field.description} ${ruleOf(field)}</p>
`
}

type Control = { readonly id: string; readonly hint: string; readonly text: string }

function control(field: Field, { id, hint, text }: Control): Html {
  const required = field.isRequired && html` required`
  const choices = choicesOf(field)
  if (field.isList || field.kind === 'object') {
    return html`<textarea id="${id}" name="${id}" rows="3" spellcheck="false" aria-describedby="${hint}"${required}>
${text}</textarea>`
  }
  if (choices.length > 0) {
    return html`<select id="${id}" name="${id}" aria-describedby="${hint}"${required}>
<option value=""></option>
${choices.map(([value, meaning]) => option(value, meaning, text))}</select>`
  }
  return html`<input id="${id}" name="${id}" value="${text}" maxlength="2000" autocapitalize="none" autocomplete="off" spellcheck="false" aria-describedby="${hint}"${required}>`
}

function option(value: string, meaning: string, text: string): Html {
  const words = meaning === '' ? value : `${value}: ${meaning}`
  return html`<option value="${value}"${value === text && html` selected`}>${words}</option>
`
}

function choicesOf({ kind, meanings }: Field): readonly (readonly [string, string])[] {
  if (kind !== 'boolean') return Object.entries(meanings)
  return [
    ['true', ''],
    ['false', ''],
  ]
}

function ruleOf(field: Field): string {
  if (field.kind === 'object') {
    const names = field.fields.map(({ name, isRequired }) => (isRequired ? `${name}*` : name))
    const shape = field.isList ? 'A JSON list of objects' : 'A JSON object'
    return `${shape} of ${names.join(', ')}; * is required.`
  }
  if (field.isList) return 'One on each line.'
  if (choicesOf(field).length > 0) return ''
  // Patterns are for docs/partner-api.md.
  return `Rule: ${field.rule.split(', fits ')[0]}.`
}
