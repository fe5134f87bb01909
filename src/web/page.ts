// The one layout of every page: a heading, a body, plain CSS, no script unless a nonce allows it.

import { type Html, html, markupOf } from './html.ts'

/** What one page shows, and where its forms may lead. */
export type Page = {
  readonly title: string
  readonly body: Html
  /** Links for people who are signed in. */
  readonly navigation?: Html
  /** For tables; a page is a narrow card otherwise. */
  readonly isWide?: boolean
  /**
   * Origins or URLs beside our own that a form of this page may reach, redirects included: browsers
   * enforce CSP form-action along the whole chain.
   */
  readonly formTargets?: readonly string[]
  /** Who the page is from; the sandbox says something else. */
  readonly brand?: string
}

const BRAND = 'Huawei Cloud sign-in'

/** The whole document as text. `script` runs under `nonce` and is the only script there is. */
export function renderPage(
  page: Page,
  script?: { readonly nonce: string; readonly source: Html },
): string {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/site.css">
</head>
<body>
<header class="site"><div class="inner"><span class="brand">${page.brand ?? BRAND}</span>${
    page.navigation === undefined ? '' : html`<nav>${page.navigation}</nav>`
  }</div></header>
<main class="${page.isWide === true ? 'wide' : 'card'}">
<h1>${page.title}</h1>
${page.body}
</main>
${script === undefined ? '' : html`<script nonce="${script.nonce}">${script.source}</script>`}
</body>
</html>
`
  return markupOf(document)
}
