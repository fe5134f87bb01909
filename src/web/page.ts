// The one layout of every page: a heading, a body, plain CSS, no script unless a nonce allows it.

import { type Brand, hasColors } from './brand.ts'
import { type Html, html, markupOf } from './html.ts'
import { LANGUAGES, type Language } from './language.ts'
import { FRAME_TEXTS } from './texts/frame.ts'

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
  /** The name of a script of our assets that the page runs. */
  readonly script?: 'passkey.js'
}

/** What stands around a page. */
export type Frame = {
  /** The language of the page's texts. */
  readonly language: Language
  readonly brand: Brand
  /** Where a choice of language leads back to; none is offered without it. */
  readonly backTo?: string
  /** Runs under its nonce and is the only script there is. */
  readonly script?: { readonly nonce: string; readonly source: Html }
}

/** The whole document as text. */
export function renderPage(page: Page, frame: Frame): string {
  const { language, brand, script } = frame
  const texts = FRAME_TEXTS[language]
  const document = html`<!doctype html>
<html lang="${LANGUAGES[language].tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/site.css">
${page.script === undefined ? '' : html`<script src="/assets/${page.script}" defer></script>`}
${hasColors(brand) ? html`<link rel="stylesheet" href="/assets/brand.css">` : ''}
</head>
<body>
<a class="skip" href="#content">${texts.skip}</a>
<header class="site"><div class="inner">${signature(page, frame)}${
    page.navigation === undefined ? '' : html`<nav>${page.navigation}</nav>`
  }</div></header>
<main id="content" tabindex="-1" class="${page.isWide === true ? 'wide' : 'card'}">
<h1>${page.title}</h1>
${page.body}
</main>
${languageForm(frame)}
${script === undefined ? '' : html`<script nonce="${script.nonce}">${script.source}</script>`}
</body>
</html>
`
  return markupOf(document)
}

// A page that says who it is from has no logo of the partner's.
function signature(page: Page, { language, brand }: Frame): Html {
  const name = page.brand ?? brand.name ?? FRAME_TEXTS[language].service
  if (page.brand !== undefined || brand.logo === undefined) {
    return html`<span class="brand plain">${name}</span>`
  }
  return html`<span class="brand"><img src="/assets/logo" alt="">${name}</span>`
}

// Buttons, not a list to choose from: one step, and it works without script.
function languageForm({ language, backTo }: Frame): Html | undefined {
  if (backTo === undefined) return undefined
  const choices = Object.entries(LANGUAGES).map(([key, { tag, name }]) =>
    key === language
      ? html`<span lang="${tag}" aria-current="true">${name}</span>
`
      : html`<button class="link" type="submit" name="language" value="${key}" lang="${tag}">${name}</button>
`,
  )
  return html`<footer class="site"><form method="post" action="/language" aria-label="${FRAME_TEXTS[language].language}">
<input type="hidden" name="back" value="${backTo}">
${choices}</form></footer>`
}
