// What becomes of a message that arrives, for support: wraps a step of the flow, and has a trace kept
// under the reference that the person sees.

import type { Request, Response } from 'express'
import type { ErrorCode } from '../base/error-codes.ts'
import { asRefusal, Refusal } from '../base/errors.ts'
import { acceptAnyway, addFirstUse, addRefusal, explainFlow } from '../explain/outcome.ts'
import { explainAnswerable, explainLogout, explainRequest } from '../explain/request.ts'
import type { ArrivedExplanation } from '../explain/trail.ts'
import type { AnswerableRequest } from '../saml/accept.ts'
import type { ParkedRequest } from '../store/request-records.ts'
import type { Departure, Step } from '../web/departure.ts'
import { codeOf, referenceOf } from '../web/request-log.ts'
import { type Arrival, decodeArrival } from './arrive.ts'
import type { SsoDeps } from './deps.ts'

/** What kind of message a step takes, and how it is read from the request. */
type Arriving = {
  readonly kind: 'request' | 'logout'
  readonly read: (request: Request) => Arrival
}

type Locals = { proven?: AnswerableRequest; parked?: ParkedRequest }

/** Spares the trace from verifying once more. */
export function rememberProven(response: Response, proven: AnswerableRequest): void {
  const locals: Locals = response.locals
  locals.proven = proven
}

/** Tells the trace which request a later step is about. */
export function rememberParked(response: Response, parked: ParkedRequest): void {
  const locals: Locals = response.locals
  locals.parked = parked
}

/** The step, with a trace of every message that arrives. */
export function traceArrival(arriving: Arriving, step: Step, deps: SsoDeps): Step {
  return trace(step, deps, {
    accepted: (request, response) => {
      if (isReply(arriving, request)) return undefined
      const explain = explainArrival(arriving, request, response, deps)
      if (arriving.kind !== 'request') return () => acceptAnyway(explain())
      return () => acceptAnyway(addFirstUse(explain(), undefined, deps.clock.now()))
    },
    refused: (request, response, code) => {
      if (isReply(arriving, request)) return () => explainFlow(arriving.kind, undefined, code)
      const explain = explainArrival(arriving, request, response, deps)
      return () => addRefusal(explain(), code)
    },
  })
}

/** A step that goes on with a parked request: its arrival has a trace, a refusal gets another one. */
export function traceRefusal(step: Step, deps: SsoDeps): Step {
  return trace(step, deps, {
    accepted: () => undefined,
    refused: (_request, response, code) => () => {
      const { parked }: Locals = response.locals
      return explainFlow('request', parked, code)
    },
  })
}

type Explain = () => ArrivedExplanation

type Explainers = {
  readonly accepted: (request: Request, response: Response) => Explain | undefined
  readonly refused: (request: Request, response: Response, code: ErrorCode) => Explain
}

function trace(step: Step, { traces }: SsoDeps, explainers: Explainers): Step {
  return async (request, response) => {
    const reference = referenceOf(response)
    let departure: Departure
    try {
      departure = await step(request, response)
    } catch (error) {
      const { code } = asRefusal(error)
      await traces.keepRefused(reference, explainers.refused(request, response, code))
      throw error
    }
    const code = departure.kind === 'refusal' ? departure.refusal.code : codeOf(response)
    if (code !== undefined) {
      await traces.keepRefused(reference, explainers.refused(request, response, code))
    } else {
      const explain = explainers.accepted(request, response)
      if (explain !== undefined) traces.keepAccepted(reference, explain)
    }
    return departure
  }
}

// A LogoutResponse comes to the same address. It asks for nothing, so there is nothing to explain.
function isReply({ kind, read }: Arriving, request: Request): boolean {
  try {
    return kind === 'logout' && read(request).parameters.names.includes('SAMLResponse')
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function explainArrival(
  { kind, read }: Arriving,
  request: Request,
  response: Response,
  deps: SsoDeps,
): Explain {
  // As of the arrival, whenever it is explained.
  const house = { ...deps, now: deps.clock.now() }
  const { proven }: Locals = response.locals
  if (proven !== undefined) return () => explainAnswerable(proven, house)
  const decode = () => decodeArrival(read(request))
  if (kind === 'logout') return () => explainLogout(decode, house)
  return () => explainRequest(decode, house)
}
