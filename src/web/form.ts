// Form bodies as they were sent: bounded, of one content type, with no parser's opinion in between.

import { type Request, type RequestHandler, raw } from 'express'
import { Refusal } from '../base/errors.ts'
import { type Parameters, readParameters } from '../base/parameters.ts'

/** The largest form that is read. A signed AuthnRequest takes some 10 kB. */
export const FORM_LIMIT_BYTES = 100 * 1024

/** Middleware that keeps a form body as bytes, for `readForm`. */
export function keepForm(): RequestHandler {
  return raw({ type: 'application/x-www-form-urlencoded', limit: FORM_LIMIT_BYTES, inflate: false })
}

/** The parameters of a form post. Throws `BAD_PARAMETERS` when the body is no form. */
export function readForm(request: Request): Parameters {
  const body: unknown = request.body
  if (!Buffer.isBuffer(body)) {
    const type = request.headers['content-type'] ?? 'none'
    throw new Refusal('BAD_PARAMETERS', { problem: 'not a form', contentType: type.slice(0, 100) })
  }
  return readParameters(body.toString('latin1'))
}

/** The parameters of the query string, read from the raw request target. */
export function readQuery(request: Request): Parameters {
  const at = request.originalUrl.indexOf('?')
  return readParameters(at === -1 ? '' : request.originalUrl.slice(at + 1))
}
