// Single logout as Huawei Cloud asks for it: a signed LogoutRequest ends the session that earned the
// assertion it names. The other sites of that session are told next; the answer goes where the metadata
// of the party that asks says.

import type { Request, Response } from 'express'
import { addMinutes } from '../base/clock.ts'
import { asRefusal, describe, Refusal } from '../base/errors.ts'
import { fingerprint } from '../base/random.ts'
import { peekIssuer, verifyMessage } from '../saml/authn-request.ts'
import {
  acceptLogoutRequest,
  buildLogoutResponse,
  getLogoutReturn,
  type LogoutFacts,
} from '../saml/logout.ts'
import { decodePost, encodePost } from '../saml/post-binding.ts'
import { decodeRedirect, encodeRedirect } from '../saml/redirect-binding.ts'
import type { LogoutService } from '../saml/relying-party.ts'
import { signTree } from '../saml/signature.ts'
import { writeXml } from '../saml/xml-write.ts'
import type { AnswerRecord } from '../store/request-records.ts'
import type { Departure } from '../web/departure.ts'
import type { Spoken } from '../web/language.ts'
import { noteRefusal } from '../web/refuse.ts'
import type { Arrival } from './arrive.ts'
import { leaveWith } from './departure.ts'
import type { SsoDeps } from './deps.ts'
import { leadThroughSites } from './logout-way.ts'
import { LOGOUT_TEXTS } from './texts/logout.ts'

type AcceptedLogout = {
  readonly facts: LogoutFacts
  readonly returnTo: LogoutService
  readonly relayState: string | undefined
}

/** /saml/slo: ends the session and answers; refusals before the sender is proven are pages. */
export async function signOutFor(
  { request, arrival }: { readonly request: Request; readonly arrival: Arrival },
  response: Response,
  deps: SsoDeps,
): Promise<Departure> {
  const accepted = receiveLogout(arrival, deps)
  try {
    await checkFirstUse(accepted.facts, deps)
    const ended = await endSession(request, accepted.facts, deps)
    const { issuer, id: requestId } = accepted.facts
    const askedBy = { issuer, requestId, relayState: accepted.relayState }
    // A cross-site post brings no cookie: the browser shows itself at the next step.
    const browserOf = arrival.binding === 'post' ? undefined : request
    const way = await leadThroughSites(browserOf, { ...ended, askedBy }, deps)
    if (way !== undefined) return { kind: 'redirect', to: way }
    return await answerLogout(accepted, { top: 'Success' }, deps)
  } catch (error) {
    const refusal = asRefusal(error)
    const { saml } = describe(refusal.code)
    if (saml === undefined) throw error
    noteRefusal(response, refusal)
    return answerLogout(accepted, saml, deps)
  }
}

function receiveLogout({ binding, parameters }: Arrival, deps: SsoDeps): AcceptedLogout {
  const message =
    binding === 'redirect'
      ? decodeRedirect(parameters, 'SAMLRequest')
      : decodePost(parameters, 'SAMLRequest')
  const now = deps.clock.now()
  const party = deps.parties.get(peekIssuer(message), now)
  // Core §3.7.3.2: a LogoutRequest must be authenticated, whatever the metadata says of AuthnRequests.
  const checked = verifyMessage(message, party, true)
  const facts = acceptLogoutRequest(checked, party, { ...deps, now })
  return { facts, returnTo: getLogoutReturn(party), relayState: message.relayState }
}

// A request stays fresh for five minutes and the skew, ten at most, both ways.
const REMEMBERED_MINUTES = 30

// What came once must not end a later session: without SessionIndex it names the newest one.
async function checkFirstUse({ issuer, id }: LogoutFacts, deps: SsoDeps): Promise<void> {
  const until = addMinutes(deps.clock.now(), REMEMBERED_MINUTES)
  const isFirst = await deps.store.handoffs.useToken(fingerprint(`logout\n${issuer}\n${id}`), until)
  if (!isFirst) throw new Refusal('SAML_REPLAYED', { issuer, requestId: id })
}

async function endSession(
  request: Request,
  { issuer, nameId, sessionIndex }: LogoutFacts,
  deps: SsoDeps,
): Promise<AnswerRecord> {
  const answer = await deps.store.requests.findAnswer({ issuer, nameId, sessionIndex })
  if (answer === undefined) throw new Refusal('SAML_UNKNOWN_SESSION', { issuer })
  // An operator who is signed in in the same browser stays.
  const isHere = deps.sessions.find(request, 'customer')?.sessionIndex === answer.sessionIndex
  if (isHere) await deps.sessions.signOut(request, 'customer')
  else await deps.store.sessions.remove(answer.sessionHash)
  deps.log.info({ event: 'slo.ended', issuer, account: answer.accountId })
  return answer
}

type Answerable = Pick<AcceptedLogout, 'returnTo' | 'relayState'> & {
  readonly facts: Pick<LogoutFacts, 'id'>
}

/** The LogoutResponse leaves for the site that asked. */
export async function answerLogout(
  { facts, returnTo, relayState }: Answerable,
  status: Parameters<typeof buildLogoutResponse>[1],
  deps: SsoDeps,
): Promise<Departure> {
  const to = { requestId: facts.id, destination: returnTo.responseUrl }
  const key = deps.keyring.active()
  const tree = buildLogoutResponse(to, status, { ...deps, now: deps.clock.now() })
  if (returnTo.binding === 'redirect') {
    const message = { name: 'SAMLResponse', relayState, location: returnTo.responseUrl } as const
    const url = await encodeRedirect({ ...message, xml: writeXml(tree) }, key)
    return { kind: 'redirect', status: 302, to: url }
  }
  const xml = writeXml(await signTree(tree, key))
  const fields = encodePost('SAMLResponse', xml, relayState)
  const say: Spoken<string> = (language) => LOGOUT_TEXTS[language].signedOut
  return leaveWith(fields, returnTo.responseUrl, say, deps)
}
