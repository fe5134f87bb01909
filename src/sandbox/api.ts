// One API call from arrival to answer: who calls, what a fault spoils, what the operation does.

import type { Request, RequestHandler, Response } from 'express'
import { CATALOGUE, type OperationName } from '../partner/catalogue/index.ts'
import type { AnyOperation } from '../partner/operation.ts'
import { referenceOf } from '../web/request-log.ts'
import { createTemporaryKey } from './api/agency.ts'
import type { ApiCall, ApiCaller } from './api/behaviour.ts'
import { readInput } from './api/input.ts'
import { createLimit, type Limit } from './api/limit.ts'
import { proveCaller } from './api/proof.ts'
import { findFault } from './api/waiting-faults.ts'
import { type ApiAnswer, bssError, codeIn, isSuccess, throttled, writeJson } from './api-answer.ts'
import { answerCall, parameterError } from './bss-api.ts'
import type { SandboxDeps } from './deps.ts'
import { createToken, type IamCall } from './iam-api.ts'

/** Calls a second that Huawei takes for one account unless a row says otherwise. */
const PER_SECOND = 10

/** The handlers of the APIs; they share the limits of calls a second. */
export type ApiHandlers = {
  /** The handler of a catalogue row. */
  readonly operation: (name: OperationName) => RequestHandler
  /** `POST /v3/auth/tokens`. */
  readonly token: RequestHandler
  /** `POST /v3.0/OS-CREDENTIAL/securitytokens`. */
  readonly temporaryKey: RequestHandler
}

/** Makes the handlers. */
export function createApi(deps: SandboxDeps): ApiHandlers {
  const limit = createLimit(deps)
  const iam = (name: string, ask: (call: IamCall) => ApiAnswer): RequestHandler =>
    answering(name, deps, async (request) => {
      const proof = proveCaller(wireOf(request), referenceIn(request), deps)
      const caller = 'caller' in proof ? proof.caller : undefined
      return ask({ body: readJson(request), caller })
    })
  return {
    operation: (name) =>
      answering(name, deps, (request) => answerOperation(name, request, { ...deps, limit })),
    token: iam('createToken', (call) => createToken(call, deps)),
    temporaryKey: iam('createTemporaryKey', (call) => createTemporaryKey(call, deps)),
  }
}

type OperationDeps = SandboxDeps & { readonly limit: Limit }

function answering(
  name: string,
  deps: SandboxDeps,
  answer: (request: Request) => Promise<ApiAnswer>,
): RequestHandler {
  return async (request, response) => {
    const given = await answer(request)
    send(response, given)
    record(name, given, deps)
  }
}

async function answerOperation(
  name: OperationName,
  request: Request,
  deps: OperationDeps,
): Promise<ApiAnswer> {
  const requestId = referenceIn(request)
  const fault = findFault(name, deps)
  const spoilt = { operation: name, requestId, bytes: fault?.bytes ?? 0 }
  if (fault?.instead !== undefined) {
    fault.spend()
    return fault.instead(spoilt)
  }
  const admitted = admit(name, request, deps)
  if ('refused' in admitted) return admitted.refused
  if (fault?.delaySeconds !== undefined) {
    fault.spend()
    await deps.sleep(fault.delaySeconds)
  }
  const call: ApiCall = {
    deps,
    caller: admitted.caller,
    now: deps.clock.now(),
    // Huawei answers in Chinese of its own accord.
    language: request.get('x-language') === 'en_US' ? 'en_US' : 'zh_CN',
  }
  const answer = work(name, request, call)
  if (fault?.afterwards === undefined || !isSuccess(answer)) return answer
  fault.spend()
  return fault.afterwards(answer, spoilt)
}

type Admitted = { readonly caller: ApiCaller } | { readonly refused: ApiAnswer }

function admit(name: OperationName, request: Request, deps: OperationDeps): Admitted {
  const requestId = referenceIn(request)
  const proof = proveCaller(wireOf(request), requestId, deps)
  if ('refused' in proof) return proof
  const row: AnyOperation = CATALOGUE[name]
  const isAllowed =
    row.caller === proof.caller.kind ||
    row.caller === 'either' ||
    row.caller === 'partner-for-customer'
  if (!isAllowed) return { refused: bssError(403, 'CBC.0151', 'Access denied.') }
  const isThrottling = deps.state.read().throttling
  if (isThrottling && !deps.limit(name, row.perSecond ?? PER_SECOND, proof.caller)) {
    return { refused: throttled(requestId, 1) }
  }
  return proof
}

function work(name: OperationName, request: Request, call: ApiCall): ApiAnswer {
  const row: AnyOperation = CATALOGUE[name]
  const input = readInput(request, row)
  if ('bad' in input) return parameterError(input.bad.field, input.bad.problem)
  const answer = answerCall(name, input.fields, call)
  if (row.effect !== 'read' && isSuccess(answer)) {
    const { effects } = call.deps.state.read()
    call.deps.state.change({ effects: { ...effects, [name]: (effects[name] ?? 0) + 1 } })
  }
  return answer
}

function send(response: Response, answer: ApiAnswer): void {
  if (answer.isDropped === true) {
    response.destroy()
    return
  }
  response.status(answer.status).set(answer.headers ?? {})
  if (answer.page !== undefined) response.type('html').send(answer.page)
  else if (answer.body === undefined) response.end()
  else response.type('json').send(writeJson(answer.body))
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

function wireOf(request: Request) {
  const { method, originalUrl: target, headers } = request
  return { method, target, headers, body: bodyOf(request) }
}

// Express sets the response on every request.
function referenceIn(request: Request): string {
  return referenceOf(request.res as Response)
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
