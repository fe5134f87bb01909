// The links above every screen, who is signed in, and the way out.

import { type Html, html } from '../web/html.ts'

const LINKS = [
  ['/console', 'Overview'],
  ['/console/customers', 'Customers'],
  ['/console/bindings', 'Bindings'],
  ['/console/notices', 'Notices'],
  ['/console/activations', 'Activations'],
  ['/console/reconcile', 'Reconciliation'],
  ['/console/traces', 'Traces'],
  ['/console/metadata', 'Metadata'],
  ['/console/call', 'Partner API'],
  ['/console/webhooks', 'Webhooks'],
  ['/console/audit', 'Audit'],
] as const

/** The header of a screen at `path`, for the operator `login`. */
export function consoleNavigation(shown: {
  readonly path: string
  readonly login: string
  readonly csrf: Html
  /** Whether operators have a page of second factors. */
  readonly hasFactorPage: boolean
}): Html {
  const links = LINKS.map(
    ([path, name]) =>
      html`<a href="${path}"${path === shown.path && html` aria-current="page"`}>${name}</a>
`,
  )
  return html`${links}<a href="/console/sessions"${shown.path === '/console/sessions' && html` aria-current="page"`}>${shown.login}</a>
${shown.hasFactorPage && html`<a href="/console/security">Sign-in security</a>`}
<form method="post" action="/console/sign-out">${shown.csrf}<button class="link" type="submit">Sign out</button></form>`
}
