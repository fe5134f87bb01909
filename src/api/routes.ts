// URLs of the portal API: /api/openapi.json and everything under /api/v1, from the table.

import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express'
import { asRefusal, describe, Refusal } from '../base/errors.ts'
import { noteRefusal } from '../web/refuse.ts'
import { referenceOf } from '../web/request-log.ts'
import type { ApiDeps, Call, Reply } from './context.ts'
import { createHandlers } from './handlers.ts'
import { authenticate } from './key.ts'
import { type Answer, answerOnce } from './once.ts'
import { buildOpenApi } from './openapi.ts'
import { isWrite, type Operation } from './operation.ts'
import { OPERATIONS, type OperationName } from './operations.ts'
import { problemBody } from './problem.ts'
import { readInput } from './read-input.ts'

const LIMIT_BYTES = 100 * 1024

/** The router of this room. It goes before sessions: cookies mean nothing here. */
export function apiRoutes(deps: ApiDeps): Router {
  const router = Router()
  const document = buildOpenApi(deps.publicUrl)
  router.get('/api/openapi.json', (_request, response) => {
    response.json(document)
  })
  // The bytes as they came: what is signed for repeats is what was sent.
  router.use('/api', express.raw({ type: () => true, limit: LIMIT_BYTES, inflate: false }))
  const handlers = createHandlers(deps)
  for (const [name, row] of Object.entries<Operation>(OPERATIONS)) {
    const path = `/api/v1${row.path.replaceAll(/\{(\w+)\}/g, ':$1')}`
    // The function of a row takes what the row's own schemas let through.
    const handler = handlers[name as OperationName] as unknown as Handler
    router[METHODS[row.method]](path, answerBy(row, handler, deps))
  }
  for (const path of new Set(Object.values(OPERATIONS).map((row) => row.path))) {
    router.all(`/api/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, refuseMethod(path))
  }
  router.use('/api', (request) => {
    throw new Refusal('NOT_FOUND', { method: request.method })
  })
  router.use('/api', refuseInJson)
  return router
}

type Handler = (input: unknown, call: Call) => Promise<Reply<unknown>>

const METHODS = {
  GET: 'get',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
} as const satisfies Readonly<Record<Operation['method'], string>>

function answerBy(row: Operation, handler: Handler, deps: ApiDeps): RequestHandler {
  return async (request, response) => {
    response.set('Cache-Control', 'no-store')
    const { authorization } = request.headers
    const caller = await authenticate({ authorization, address: request.ip }, row.scope, deps)
    const input = readInput(request, row)
    const reference = referenceOf(response)
    const actor = { kind: 'portal', id: caller.name } as const
    const work = async (since: Date | undefined): Promise<Answer> => {
      try {
        const call = { actor, address: request.ip, reference, since }
        const { status = row.statuses[0], body } = await handler(input, call)
        return { status, body }
      } catch (error) {
        if (!isFinal(error)) throw error
        noteRefusal(response, error)
        return { status: describe(error.code).http, body: problemBody(error, reference) }
      }
    }
    const key = isWrite(row) ? request.get('idempotency-key') : undefined
    const content = [request.method, request.originalUrl, bytesOf(request)]
    const told = await answerOnce({ caller, key, content }, work, deps)
    if (told.isRepeated) response.set('Idempotency-Replayed', 'true')
    response.status(told.status)
    if (told.body === undefined) response.end()
    else response.json(told.body)
  }
}

// A refusal that would be the same again; what may pass is tried anew under the same key.
function isFinal(error: unknown): error is Refusal {
  if (!(error instanceof Refusal)) return false
  const { http } = describe(error.code)
  return http < 500 && http !== 429
}

function bytesOf({ body }: Request): Uint8Array {
  const bytes: unknown = body
  return Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0)
}

function refuseMethod(path: string): RequestHandler {
  const methods = Object.values(OPERATIONS).filter((row) => row.path === path)
  return (request, response) => {
    response.set('Allow', methods.map(({ method }) => method).join(', '))
    throw new Refusal('METHOD_NOT_ALLOWED', { method: request.method, path })
  }
}

const refuseInJson: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) {
    next(error)
    return
  }
  sendProblem(response, translate(error))
}

function sendProblem(response: Response, refusal: Refusal): void {
  const { http } = describe(refusal.code)
  noteRefusal(response, refusal)
  if (http === 401) response.set('WWW-Authenticate', 'Bearer')
  if (http === 429) response.set('Retry-After', '60')
  if (refusal.code === 'IDEMPOTENCY_UNDER_WAY') response.set('Retry-After', '5')
  response.set('Cache-Control', 'no-store').status(http)
  response.json(problemBody(refusal, referenceOf(response)))
}

// What body-parser and the router mark with a status is the client's mistake.
function translate(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 413) return new Refusal('BODY_TOO_LARGE', {}, error)
  if (status === 415) return new Refusal('API_CONTENT_TYPE', {}, error)
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Refusal('BAD_PARAMETERS', { problem: 'the request cannot be read', status }, error)
  }
  return asRefusal(error)
}
