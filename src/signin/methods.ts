// What people may sign in with here, and how the sign-in page offers it: SIGN_IN_METHODS in, pieces of the
// page out.

import { Refusal } from '../base/errors.ts'
import { type Html, html } from '../web/html.ts'
import type { Language } from '../web/language.ts'
import { UPSTREAM_TEXTS } from './texts/upstream.ts'

/** Where a password is looked up. */
export type Realm = 'local' | 'ldap'

/**
 * THE table of methods: `password` shares the form, where the person says whose password it is, so that
 * no answer tells which realm knows a name; `page` has a page or a provider of its own.
 */
const METHODS = {
  local: { kind: 'password' },
  ldap: { kind: 'password' },
  oidc: { kind: 'page', path: '/sign-in/oidc' },
  passkey: { kind: 'page', path: '/sign-in/passkey' },
  portal: { kind: 'page', path: '/sign-in/handoff' },
} as const satisfies Readonly<
  Record<string, { readonly kind: 'password' } | { readonly kind: 'page'; readonly path: string }>
>

export type Method = keyof typeof METHODS

/** What this installation offers, in the order of the page. */
export type Offered = {
  readonly methods: readonly Method[]
  /** What people call the OpenID provider. */
  readonly oidcName: string | undefined
  /** Whether the provider tells of second factors. */
  readonly tellsSecond: boolean
  /** What people call the directory. */
  readonly ldapName: string | undefined
}

/** Where the sign-in is to lead, and the realm that was chosen the last time. */
export type WaysAt = { readonly next: string; readonly isAgain: boolean; readonly realm: Realm }

/** The pieces that stand around and in the form. */
export type Ways = {
  readonly hasForm: boolean
  /** Whose password it is: a choice, when there is one. */
  readonly realm: Html
  readonly before: Html
  readonly after: Html
}

/** The realms that passwords may come from, in the order of the page. */
export function realmsOf({ methods }: Pick<Offered, 'methods'>): readonly Realm[] {
  return methods.filter((method): method is Realm => METHODS[method].kind === 'password')
}

/** The realm that a form names; the first one without a name. Throws `UPSTREAM_NOT_CONFIGURED`. */
export function getRealm(name: string | undefined, offered: Pick<Offered, 'methods'>): Realm {
  const realms = realmsOf(offered)
  const realm = name === undefined ? realms[0] : realms.find((each) => each === name)
  if (realm === undefined) throw new Refusal('UPSTREAM_NOT_CONFIGURED', { method: 'password' })
  return realm
}

/** The address of the only page that there is to sign in at, when the choice would be one of one. */
export function onlyWay({ methods }: Offered, at: Omit<WaysAt, 'realm'>): string | undefined {
  return methods.length === 1 && methods[0] === 'oidc' ? oidcPath(at) : undefined
}

/** What the page shows beside the form's two fields. */
export function showWays(offered: Offered, at: WaysAt, language: Language): Ways {
  const { methods } = offered
  const realms = realmsOf(offered)
  const button = oidcButton(offered, at, language)
  const { or } = UPSTREAM_TEXTS[language]
  const isFirst = realms[0] !== undefined && methods.indexOf('oidc') < methods.indexOf(realms[0])
  const divider = realms.length === 0 ? '' : html`<p class="or">${or}</p>`
  return {
    hasForm: realms.length > 0,
    realm: realmChoice(realms, offered, { at, language }),
    before: button !== undefined && isFirst ? html`${button}${divider}` : html``,
    after: button !== undefined && !isFirst ? html`${divider}${button}` : html``,
  }
}

function oidcPath({ next, isAgain }: Omit<WaysAt, 'realm'>): string {
  const { path } = METHODS.oidc
  return `${path}?next=${encodeURIComponent(next)}${isAgain ? '&again=1' : ''}`
}

// A link, not a form: browsers hold the whole way of a form to the page's form-action.
function oidcButton({ methods, oidcName }: Offered, at: WaysAt, language: Language) {
  if (!methods.includes('oidc') || oidcName === undefined) return undefined
  const { signInWith } = UPSTREAM_TEXTS[language]
  return html`<p><a class="button" href="${oidcPath(at)}">${signInWith(oidcName)}</a></p>
`
}

function realmChoice(
  realms: readonly Realm[],
  { ldapName }: Offered,
  { at, language }: { readonly at: WaysAt; readonly language: Language },
): Html {
  const [only] = realms
  if (realms.length === 1) return html`<input type="hidden" name="realm" value="${only}">`
  const texts = UPSTREAM_TEXTS[language]
  const labels = { local: texts.realmLocal, ldap: ldapName ?? texts.realmLdap }
  const choices = realms.map(
    (
      realm,
    ) => html`<label class="choice"><input type="radio" name="realm" value="${realm}"${realm === at.realm ? html` checked` : ''}> ${labels[realm]}</label>
`,
  )
  return html`<fieldset><legend>${texts.realm}</legend>
${choices}</fieldset>`
}
