// What an attacker does to a form or a query string that carries no SAML message.

import { type Changes, WIRE_CHANGES } from './tamper.ts'

/** Changes of `a=1&b=2` on its way. */
export const FORM_CHANGES: Changes<string> = {
  ...WIRE_CHANGES,
  'truncate-value': (form, name: string, count: string) => {
    return change(form, name, (value) => value.slice(0, -Number(count)))
  },
  'extend-value': (form, name: string, text: string) => change(form, name, (value) => value + text),
  'long-value': (form, name: string, count: string) => {
    return change(form, name, () => 'x'.repeat(Number(count)))
  },
  'upper-value': (form, name: string) => change(form, name, (value) => value.toUpperCase()),
  'without-value': (form, name: string) =>
    form.replace(new RegExp(`(^|&)${name}=[^&]*`), `$1${name}`),
  'many-fields': (form, count: string) => {
    return form + Array.from({ length: Number(count) }, (_, at) => `&f${at}=`).join('')
  },
}

function change(form: string, name: string, to: (value: string) => string): string {
  return form.replace(new RegExp(`(^|&)(${name}=)([^&]*)`), (_all, joint, head, value) => {
    return joint + head + to(value)
  })
}
