// The ONE translation of errors for browsers and API callers: code → page or JSON, with a reference.

import type { ErrorRequestHandler, Request, Response } from 'express'
import { asRefusal, describe, Refusal } from '../base/errors.ts'
import { type Log, logRefusal } from '../base/log.ts'
import { brandOf } from './brand.ts'
import { allow } from './content-policy.ts'
import { describeIn } from './describe-in.ts'
import { frameFor } from './frame.ts'
import { html } from './html.ts'
import { languageFor } from './language.ts'
import { renderPage } from './page.ts'
import { referenceOf, rememberCode } from './request-log.ts'
import { FRAME_TEXTS } from './texts/frame.ts'

/**
 * What every refusal leaves behind, however it is shown: its log line, its code in the request's line,
 * and when to come back. For those who show it themselves, in a form or as a signed status.
 */
export function noteRefusal(response: Response, refusal: Refusal): void {
  const { http } = describe(refusal.code)
  const log = response.app.get('log') as Log // Set once, by createServer.
  logRefusal(log, refusal, referenceOf(response))
  rememberCode(response, refusal.code)
  if (http === 429 || http === 503) {
    const isShort = http === 503 || refusal.code === 'RATE_LIMITED'
    const { retryAfterSeconds = isShort ? 60 : 900 } = refusal.facts
    response.set('Retry-After', String(retryAfterSeconds))
  }
}

/**
 * Answers with the refusal's sentence and hint; facts and causes stay in the log. Pages speak the
 * person's language, programs are answered in English.
 */
export function sendRefusal(response: Response, refusal: Refusal): void {
  const { say, hint, http } = describe(refusal.code)
  const reference = referenceOf(response)
  noteRefusal(response, refusal)
  response.status(http).set('Cache-Control', 'no-store')
  if (wantsJson(response.req)) {
    response.json({ error: { code: refusal.code, message: say, hint, reference } })
    return
  }
  allow(response, { formTargets: [] })
  response.type('html').send(refusalPage(response, refusal))
}

function refusalPage(response: Response, { code }: Refusal): string {
  const { say, hint, language } = describeIn(languageFor(response), code)
  const texts = FRAME_TEXTS[language]
  const { supportUrl } = brandOf(response)
  const body = html`<p class="hint">${hint}</p>
${supportUrl === undefined ? '' : html`<p><a href="${supportUrl}">${texts.support}</a></p>`}
<p class="reference">${texts.code} <code>${code}</code><br>${texts.reference} <code>${referenceOf(response)}</code></p>`
  return renderPage({ title: say, body }, frameFor(response, { language }))
}

/** Express's error handler, mounted last. */
export const refuse: ErrorRequestHandler = (error, _request, response, next) => {
  // Half an answer is out already: all that is left is to cut the connection.
  if (response.headersSent) next(error)
  else sendRefusal(response, translate(error))
}

// body-parser and the router mark what the client did wrong with a status.
function translate(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 413) return new Refusal('BODY_TOO_LARGE', {}, error)
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Refusal('BAD_PARAMETERS', { problem: 'the request cannot be read', status }, error)
  }
  return asRefusal(error)
}

function wantsJson(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json'
}
