// How a browser leaves us: a redirect, a page, a form that posts itself elsewhere, or a refusal. Steps
// return one of these; this file alone turns it into headers and bytes.

import type { Request, RequestHandler, Response } from 'express'
import type { Refusal } from '../base/errors.ts'
import type { Random } from '../base/random.ts'
import { allow } from './content-policy.ts'
import { frameFor } from './frame.ts'
import { type Html, html } from './html.ts'
import { languageFor, type Spoken } from './language.ts'
import { type Page, renderPage } from './page.ts'
import { sendRefusal } from './refuse.ts'
import { FRAME_TEXTS } from './texts/frame.ts'

export type Departure =
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: 302 | 303 }
  | {
      readonly kind: 'page'
      readonly page: Spoken<Page>
      readonly status?: number
      /** Where the browser goes on to by itself; the page stays while that address does not answer. */
      readonly goesOnTo?: string
      /**
       * Where the page is found again, if that takes more than its path: built from what is trusted,
       * because the page carries it.
       */
      readonly address?: string
    }
  | {
      readonly kind: 'post'
      readonly to: string
      readonly fields: Readonly<Record<string, string>>
      /** What the person reads while the browser moves on. */
      readonly say: Spoken<string>
      /** Origins beside that of `to` which the receiver redirects on to. */
      readonly onward?: readonly string[]
      /** What stands under the form. */
      readonly below?: Spoken<Html>
      /** Who the page is from, as on `Page`. */
      readonly brand?: string
    }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }

/** A step that ends with the browser leaving. What it throws becomes a refusal. */
export type Step = (request: Request, response: Response) => Departure | Promise<Departure>

/** An Express handler of a step. */
export function handle(step: Step): RequestHandler {
  return async (request, response) => {
    const departure = await step(request, response)
    // A browser follows a redirect when it has read the headers: what the next request rests on must
    // be stored by then, and express-session stores it after them.
    const { beforeLeaving }: Locals = response.locals
    await beforeLeaving?.()
    depart(response, departure)
  }
}

type Locals = { beforeLeaving?: () => Promise<void> }

/** Has `store` finish before the browser leaves; the last one asked for counts. */
export function storeBeforeLeaving(response: Response, store: () => Promise<void>): void {
  const locals: Locals = response.locals
  locals.beforeLeaving = store
}

/** Sends the browser away. Nothing that says who somebody is may be cached. */
export function depart(response: Response, departure: Departure): void {
  response.set('Cache-Control', 'no-store')
  if (departure.kind === 'redirect') {
    response.redirect(departure.status ?? 303, departure.to)
  } else if (departure.kind === 'page') {
    sendPage(response, departure)
  } else if (departure.kind === 'post') {
    sendForm(response, departure)
  } else {
    sendRefusal(response, departure.refusal)
  }
}

type Shown = Extract<Departure, { kind: 'page' }>

function sendPage(response: Response, shown: Shown): void {
  const { goesOnTo, status = 200 } = shown
  const page = inLanguageOf(response, shown.page)
  const { formTargets = [], script } = page
  allow(response, { formTargets, hasScript: script !== undefined })
  // Not a redirect: one that follows a form would be held against the form-action of its page.
  if (goesOnTo !== undefined) response.set('Refresh', `0; url=${new URL(goesOnTo).href}`)
  // Whoever is being led on must not be led back.
  const backTo = goesOnTo === undefined ? addressOf(shown, response) : undefined
  const document = renderPage(page, frameFor(response, { backTo }))
  response.status(status).type('html').send(document)
}

// A query that nobody has looked at is not repeated: what strangers send stays out of our pages.
function addressOf(shown: Shown, { req: { originalUrl } }: Response): string | undefined {
  if (shown.address !== undefined) return shown.address
  return originalUrl.includes('?') ? undefined : originalUrl
}

function inLanguageOf<Thing extends object | string | undefined>(
  response: Response,
  spoken: Spoken<Thing>,
): Thing {
  return typeof spoken === 'function' ? spoken(languageFor(response)) : spoken
}

// Bindings §3.5.3 asks for both headers on pages that carry messages.
function sendForm(response: Response, form: Extract<Departure, { kind: 'post' }>): void {
  response.set({ 'Cache-Control': 'no-cache, no-store', Pragma: 'no-cache' })
  const random = response.app.get('random') as Random // Set once, by createServer.
  const nonce = random.bytes(16).toString('base64')
  allow(response, { formTargets: [form.to, ...(form.onward ?? [])], nonce, isForeignOnly: true })
  const fields = Object.entries(form.fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
  )
  const texts = FRAME_TEXTS[languageFor(response)]
  const body = html`<p>${inLanguageOf(response, form.say)}</p>
<form method="post" action="${form.to}" id="leave">
${fields}<button type="submit">${texts.goOn}</button>
</form>
${inLanguageOf(response, form.below)}`
  const source = html`document.getElementById('leave').submit()`
  const { brand } = form
  const page = { title: texts.oneMoment, body, ...(brand === undefined ? {} : { brand }) }
  const frame = frameFor(response, { script: { nonce, source } })
  response.type('html').send(renderPage(page, frame))
}
