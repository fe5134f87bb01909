// One API call from arrival to answer: who calls, what the scenario spoils, what the operation does.

import type { Request, RequestHandler, Response } from 'express'
import { SANDBOX } from '../base/sandbox-names.ts'
import type { OperationName } from '../partner/catalogue/index.ts'
import { referenceOf } from '../web/request-log.ts'
import { type ApiAnswer, bssError, codeIn, gatewayError, throttled } from './api-answer.ts'
import { answerCall } from './bss-api.ts'
import type { SandboxDeps } from './deps.ts'
import { createToken, isLiveToken } from './iam-api.ts'
import { type Behaviour, behaviourOf } from './scenarios.ts'
import { checkSignature } from './signature-check.ts'

// Twice the time that the product waits by default.
const SLOW_SECONDS = 30

/** The handler of a catalogue row. */
export function operationHandler(name: OperationName, deps: SandboxDeps): RequestHandler {
  return async (request, response) => {
    const answer = await answerOperation(name, request, deps)
    send(response, answer)
    record(name, answer, deps)
  }
}

/** The handler of `POST /v3/auth/tokens`. */
export function tokenHandler(deps: SandboxDeps): RequestHandler {
  return (request, response) => {
    const answer = createToken(readJson(request), deps)
    send(response, answer)
    record('createToken', answer, deps)
  }
}

async function answerOperation(
  name: OperationName,
  request: Request,
  deps: SandboxDeps,
): Promise<ApiAnswer> {
  const requestId = referenceOf(request.res as Response) // Express sets it on every request.
  const { api } = behaviourOf(deps.state.read().scenario)
  if (api === 'throttled') return throttled(requestId)
  const stranger = refuseStranger(request, requestId, deps)
  if (stranger !== undefined) return stranger
  if (api === 'slow') await deps.sleep(SLOW_SECONDS)
  const answer = answerCall(name, readJson(request), deps)
  return name === 'createCustomer' && answer.status === 200 ? spoil(answer, api) : answer
}

// By token when there is one, otherwise by access key; that is how Huawei's gateway decides too.
function refuseStranger(
  request: Request,
  requestId: string,
  deps: SandboxDeps,
): ApiAnswer | undefined {
  const token = request.headers['x-auth-token']
  if (typeof token === 'string') {
    return isLiveToken(token, deps)
      ? undefined
      : bssError(401, 'CBC.0154', 'Invalid or expired token.')
  }
  const { method, originalUrl: target, headers } = request
  const wire = { method, target, headers, body: bodyOf(request) }
  const complaint = checkSignature(wire, SANDBOX, deps.clock.now())
  if (complaint === undefined) return undefined
  const message = `Incorrect IAM authentication information: ${complaint}`
  return gatewayError('APIGW.0301', message, requestId)
}

function spoil(answer: ApiAnswer, api: Behaviour['api']): ApiAnswer {
  if (api === 'created-but-silent') return { ...answer, isDropped: true }
  if (api !== 'created-but-500') return answer
  // Huawei's own: the account exists, and the association was not known in time.
  const error = { error_code: 'CBC.99000050', error_msg: 'Query for the result timed out.' }
  return { status: 500, body: { ...error, ...(answer.body as object) } }
}

function send(response: Response, answer: ApiAnswer): void {
  if (answer.isDropped === true) {
    response.destroy()
    return
  }
  response.status(answer.status).set(answer.headers ?? {})
  if (answer.body === undefined) response.end()
  else response.json(answer.body)
}

function record(operation: string, answer: ApiAnswer, deps: SandboxDeps): void {
  const verdict = answer.isDropped === true ? 'no answer' : String(answer.status)
  const code = codeIn(answer)
  deps.state.record({
    at: deps.clock.now().toISOString(),
    kind: 'call',
    verdict,
    summary: code === undefined ? operation : `${operation}: ${code}`,
    broken: [],
  })
}

function readJson(request: Request): unknown {
  try {
    return JSON.parse(bodyOf(request).toString('utf8'))
  } catch {
    return undefined
  }
}

function bodyOf(request: Request): Buffer {
  const body: unknown = request.body
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}
