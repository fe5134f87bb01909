// Every request gets a reference that a person can quote, and one log line when it ends. The line has
// the path but never the query: messages and tokens travel there.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import type { ErrorCode } from '../base/error-codes.ts'
import { newReference, type Random } from '../base/random.ts'

type Locals = { reference?: string; code?: ErrorCode }

/** The reference of the request that `response` answers. */
export function referenceOf(response: Response): string {
  return (response.locals as Locals).reference ?? ''
}

/** Puts the code of a refusal into the request's log line. */
export function rememberCode(response: Response, code: ErrorCode): void {
  const locals: Locals = response.locals
  locals.code = code
}

/** The code that `rememberCode` was told, if it was. */
export function codeOf(response: Response): ErrorCode | undefined {
  return (response.locals as Locals).code
}

/** Middleware: reference and log line. */
export function logRequests(logger: Logger, random: Random): RequestHandler {
  const write = pinoHttp({
    logger,
    genReqId: () => newReference(random),
    customAttributeKeys: { reqId: 'reference', responseTime: 'durationMs' },
    quietReqLogger: true,
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    customLogLevel: () => 'info',
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    customSuccessObject: (request, response, line: object) => ({
      ...line,
      ...tell(request, response),
    }),
    customErrorObject: (request, response, _error, line: object) => ({
      ...line,
      ...tell(request, response),
    }),
  })
  return (request, response, next) => {
    write(request, response)
    const locals: Locals = response.locals
    locals.reference = String(request.id)
    response.set('X-Request-Id', locals.reference)
    next()
  }
}

function tell(request: IncomingMessage, response: ServerResponse) {
  const { code }: Locals = (response as Response).locals
  return {
    event: 'request',
    method: request.method,
    path: pathOf(request),
    status: response.statusCode,
    ...(code === undefined ? {} : { code }),
  }
}

function pathOf(request: IncomingMessage & { readonly originalUrl?: string }): string {
  const url = request.originalUrl ?? request.url ?? ''
  const query = url.indexOf('?')
  return (query === -1 ? url : url.slice(0, query)).slice(0, 200)
}
