// Single logout as Huawei Cloud asks for it: a signed LogoutRequest ends the session that earned the
// assertion it names, and nothing else. The answer goes where the party's metadata says.

import type { Response } from 'express'
import { asRefusal, describe, Refusal } from '../base/errors.ts'
import { logRefusal } from '../base/log.ts'
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
import type { Departure } from '../web/departure.ts'
import { referenceOf, rememberCode } from '../web/request-log.ts'
import type { Arrival } from './arrive.ts'
import { leaveWith } from './departure.ts'
import type { SsoDeps } from './deps.ts'

type AcceptedLogout = {
  readonly facts: LogoutFacts
  readonly returnTo: LogoutService
  readonly relayState: string | undefined
}

/** /saml/slo: ends the session and answers; refusals before the sender is proven are pages. */
export async function signOutFor(
  arrival: Arrival,
  response: Response,
  deps: SsoDeps,
): Promise<Departure> {
  const accepted = receiveLogout(arrival, deps)
  try {
    await endSession(accepted.facts, deps)
    return await leave(accepted, { top: 'Success' }, deps)
  } catch (error) {
    const refusal = asRefusal(error)
    const { saml } = describe(refusal.code)
    if (saml === undefined) throw error
    logRefusal(deps.log, refusal, referenceOf(response))
    rememberCode(response, refusal.code)
    return leave(accepted, saml, deps)
  }
}

function receiveLogout({ binding, parameters }: Arrival, deps: SsoDeps): AcceptedLogout {
  if (parameters.raw('SAMLResponse') !== undefined) {
    // We send no LogoutRequest, so there is nothing that this could answer.
    throw new Refusal('SAML_BAD_REQUEST', { problem: 'a LogoutResponse that nobody asked for' })
  }
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

async function endSession(facts: LogoutFacts, deps: SsoDeps): Promise<void> {
  const { issuer, nameId, sessionIndex } = facts
  const answer = await deps.store.requests.findAnswer({ issuer, nameId, sessionIndex })
  if (answer === undefined) throw new Refusal('SAML_UNKNOWN_SESSION', { issuer })
  await deps.store.sessions.remove(answer.sessionHash)
  deps.log.info({ event: 'slo.ended', issuer, account: answer.accountId })
}

async function leave(
  { facts, returnTo, relayState }: AcceptedLogout,
  status: Parameters<typeof buildLogoutResponse>[1],
  deps: SsoDeps,
): Promise<Departure> {
  const to = { requestId: facts.id, destination: returnTo.responseUrl }
  const tree = buildLogoutResponse(to, status, { ...deps, now: deps.clock.now() })
  if (returnTo.binding === 'redirect') {
    const message = { name: 'SAMLResponse', relayState, location: returnTo.responseUrl } as const
    const url = await encodeRedirect({ ...message, xml: writeXml(tree) }, deps.key)
    return { kind: 'redirect', status: 302, to: url }
  }
  const xml = writeXml(await signTree(tree, deps.key))
  const fields = encodePost('SAMLResponse', xml, relayState)
  return leaveWith(fields, returnTo.responseUrl, 'You are signed out.', deps)
}
