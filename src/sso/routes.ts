// URLs of the flow: /saml/metadata, /saml/sso, /saml/slo, /launch. URL → one function, nothing else.

import { type Request, type Response, Router } from 'express'
import { Refusal } from '../base/errors.ts'
import { buildMetadata } from '../saml/metadata-write.ts'
import { type Departure, handle, type Step } from '../web/departure.ts'
import { readForm, readQuery } from '../web/form.ts'
import { onlyMethods } from '../web/server.ts'
import { type Arrival, parkRequest, receiveRequest } from './arrive.ts'
import { refuseTo } from './departure.ts'
import type { SsoDeps } from './deps.ts'
import { launch } from './launch.ts'
import { goToNextSite, receiveLogoutAnswer } from './logout-walk.ts'
import { nextStep, resumePath } from './next-step.ts'
import { signOutFor } from './sign-out.ts'
import { rememberParked, rememberProven, traceArrival, traceRefusal } from './trace.ts'

/** The router of this room. */
export function ssoRoutes(deps: SsoDeps): Router {
  const router = Router()
  router.get('/saml/metadata', (_request, response) => {
    const metadata = buildMetadata(deps, deps.keyring.active(), deps.keyring.others())
    response.type('application/samlmetadata+xml').send(metadata)
  })
  onlyMethods(router, '/saml/metadata', ['GET'])
  router.get(
    '/saml/sso',
    handle(
      traceArrival(
        { kind: 'request', read: byRedirect },
        (request, response) => arriveByRedirect(request, response, deps),
        deps,
      ),
    ),
  )
  router.post(
    '/saml/sso',
    handle(
      traceArrival(
        { kind: 'request', read: byPost },
        (request, response) => arriveByPost(request, response, deps),
        deps,
      ),
    ),
  )
  onlyMethods(router, '/saml/sso', ['GET', 'POST'])
  router.get(
    '/saml/sso/resume',
    handle(traceRefusal((request, response) => resume(request, response, deps), deps)),
  )
  onlyMethods(router, '/saml/sso/resume', ['GET'])
  addSignOut(router, deps)
  router.get(
    '/launch',
    handle((request) => launch(request, deps)),
  )
  onlyMethods(router, '/launch', ['GET'])
  return router
}

function addSignOut(router: Router, deps: SsoDeps): void {
  router.get('/saml/slo', handle(signOutStep(byRedirect, deps)))
  router.post('/saml/slo', handle(signOutStep(byPost, deps)))
  onlyMethods(router, '/saml/slo', ['GET', 'POST'])
  router.get(
    '/saml/slo/next',
    handle((request) => goToNextSite(request, deps)),
  )
  onlyMethods(router, '/saml/slo/next', ['GET'])
}

// Two kinds of message come to one address: requests of others, and answers to ours.
function signOutStep(read: (request: Request) => Arrival, deps: SsoDeps): Step {
  const takeRequest = traceArrival(
    { kind: 'logout', read },
    (request, response) => signOutFor({ request, arrival: read(request) }, response, deps),
    deps,
  )
  return (request, response) => {
    const arrival = read(request)
    const isAnswer = arrival.parameters.raw('SAMLResponse') !== undefined
    return isAnswer ? receiveLogoutAnswer(arrival, deps) : takeRequest(request, response)
  }
}

function byRedirect(request: Request): Arrival {
  return { binding: 'redirect', parameters: readQuery(request) }
}

function byPost(request: Request): Arrival {
  return { binding: 'post', parameters: readForm(request) }
}

async function arriveByRedirect(
  request: Request,
  response: Response,
  deps: SsoDeps,
): Promise<Departure> {
  const answerable = receiveOrCount(byRedirect(request), deps)
  rememberProven(response, answerable)
  try {
    const browser = deps.sessions.browserHash(request)
    const parked = await parkRequest(answerable, browser, deps)
    return await nextStep(request, parked, deps)
  } catch (error) {
    return refuseTo(addressOf(answerable), error, deps, response)
  }
}

// A cross-site post brings no cookie (SameSite=Lax): the request waits for the GET that brings it.
async function arriveByPost(
  request: Request,
  response: Response,
  deps: SsoDeps,
): Promise<Departure> {
  const answerable = receiveOrCount(byPost(request), deps)
  rememberProven(response, answerable)
  try {
    const parked = await parkRequest(answerable, undefined, deps)
    return { kind: 'redirect', to: resumePath(parked) }
  } catch (error) {
    return refuseTo(addressOf(answerable), error, deps, response)
  }
}

function receiveOrCount(arrival: Arrival, deps: SsoDeps) {
  try {
    return receiveRequest(arrival, deps)
  } catch (error) {
    deps.counter(error instanceof Refusal ? error.code : 'FAULT')
    throw error
  }
}

async function resume(request: Request, response: Response, deps: SsoDeps): Promise<Departure> {
  const { requests } = deps.store
  const id = readQuery(request).text('request') ?? ''
  const parked = await requests.find(id, deps.clock.now())
  const browser = deps.sessions.browserHash(request)
  const isOurs = parked !== undefined && (await requests.claim(id, browser))
  // What is answered has no use for a second answer, and what is another browser's is not told apart.
  if (!isOurs || parked.answeredAt !== undefined) throw new Refusal('SAML_REQUEST_GONE')
  rememberParked(response, parked)
  try {
    return await nextStep(request, parked, deps)
  } catch (error) {
    return refuseTo(parked, error, deps, response)
  }
}

function addressOf({ facts, party, returnTo }: ReturnType<typeof receiveRequest>) {
  const { id: requestId, relayState } = facts
  return { issuer: party.entityId, requestId, acsUrl: returnTo, relayState }
}
