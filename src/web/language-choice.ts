// POST /language: what a person chose at the foot of a page, kept in a cookie, and back to that page.

import { type Request, type Response, Router } from 'express'
import { Refusal } from '../base/errors.ts'
import { type Departure, handle } from './departure.ts'
import { readForm } from './form.ts'
import { isLanguage, LANGUAGE_COOKIE } from './language.ts'
import { safePath } from './safe-path.ts'
import { onlyMethods } from './server.ts'

const PATH = '/language'
const YEAR_MS = 365 * 24 * 60 * 60 * 1000

/**
 * The door of the choice. It stands before the session: a choice needs none and starts none, so its form
 * carries no token of one.
 */
export function languageRoutes({ isHttps }: { readonly isHttps: boolean }): Router {
  const router = Router()
  router.post(
    PATH,
    handle((request, response) => choose(request, response, isHttps)),
  )
  onlyMethods(router, PATH, ['POST'])
  return router
}

function choose(request: Request, response: Response, isHttps: boolean): Departure {
  // Another site must not change how we speak to people; what browsers say of themselves is enough here.
  const from = request.headers['sec-fetch-site']
  if (from !== undefined && from !== 'same-origin') {
    throw new Refusal('FORM_EXPIRED', { path: PATH, from: String(from).slice(0, 20) })
  }
  const form = readForm(request)
  const language = form.text('language') ?? ''
  if (!isLanguage(language)) throw new Refusal('BAD_PARAMETERS', { parameter: 'language' })
  response.cookie(LANGUAGE_COOKIE, language, {
    maxAge: YEAR_MS,
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps,
  })
  return { kind: 'redirect', to: safePath(form.text('back')) }
}
