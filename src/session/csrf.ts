// Forms of ours carry the session's token; a post without it is refused, whatever it asks for. The doors
// that others post to are exempt by name, because they prove their sender by signature.

import { timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { Refusal } from '../base/errors.ts'
import { readForm } from '../web/form.ts'
import { type Html, html } from '../web/html.ts'
import type { Sessions } from './session.ts'

const EXEMPT: ReadonlySet<string> = new Set([
  '/saml/sso',
  '/saml/slo',
  '/bind',
  '/sign-in/handoff',
  '/sign-out/portal',
])

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Middleware: `FORM_EXPIRED` for a post without this session's token. */
export function guardForms(sessions: Sessions): RequestHandler {
  return (request, _response, next) => {
    const { method, path } = request
    if (!SAFE.has(method) && !EXEMPT.has(path)) {
      // Forms post; whatever else comes is nobody's form.
      if (method !== 'POST') throw new Refusal('METHOD_NOT_ALLOWED', { method, path })
      checkToken(request, sessions)
    }
    next()
  }
}

function checkToken(request: Request, sessions: Sessions): void {
  const given = Buffer.from(readForm(request).text('csrf') ?? '')
  const expected = Buffer.from(sessions.csrf(request))
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Refusal('FORM_EXPIRED', { path: request.path })
  }
}

/** The hidden field that belongs into every form that posts to us. */
export function csrfField(sessions: Sessions, request: Request): Html {
  return html`<input type="hidden" name="csrf" value="${sessions.csrf(request)}">`
}
