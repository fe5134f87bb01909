// Single logout, begun at the identity provider: its LogoutRequest is judged, the console session of the
// browser ends, and a signed LogoutResponse leaves.

import { createSign } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { Request, Response } from 'express'
import { newMessageId } from '../base/random.ts'
import type { Departure } from '../web/departure.ts'
import { readQuery } from '../web/form.ts'
import { type SandboxDeps, spAddresses } from './deps.ts'
import { findingsTable, howMany, sorryPage, verdictPage } from './frame.ts'
import type { IdpFacts } from './idp-metadata.ts'
import { brokenLogoutRequestRules } from './logout-request-rules.ts'
import { logoutResponse } from './messages.ts'
import { SAML } from './saml-names.ts'
import { behaviourOf } from './scenarios.ts'
import { findIdp } from './sign-in.ts'
import { isQuerySigned, readMessage, type SignOutDeps } from './sign-out.ts'
import type { Finding } from './state.ts'

/** The step. What breaks a rule gets a page, and no LogoutResponse. */
export async function answerLogout(
  request: Request,
  response: Response,
  deps: SignOutDeps,
): Promise<Departure> {
  const idp = await findIdp(deps)
  if ('kind' in idp) return idp
  const query = readQuery(request)
  const message = readMessage(query.base64('SAMLRequest'))
  if (message === undefined || idp.logoutUrl === undefined) {
    return sorryPage('No sign-out arrived', 'SAMLRequest is missing or cannot be read.', 400)
  }
  const broken = brokenLogoutRequestRules({
    request: message,
    person: deps.consoleSessions.find(request),
    idp,
    address: spAddresses(deps.url).logout,
    now: deps.clock.now(),
    isVerified: isQuerySigned('SAMLRequest', query, idp),
  })
  record(broken, deps)
  if (broken.length > 0) {
    const page = { title: 'The sign-out request was not right', body: findingsTable(broken) }
    return verdictPage('refused', { ...page, isWide: true }, 400)
  }
  const { logout } = behaviourOf(deps.state.read().scenario)
  if (logout === 'silent') {
    return sorryPage('Huawei Cloud does not answer', 'The scenario keeps the sign-out here.', 503)
  }
  if (logout === undefined) deps.consoleSessions.close(request, response)
  const inResponseTo = message.attributes.get('ID') ?? ''
  const status = logout === 'refused' ? SAML.responder : SAML.success
  return { kind: 'redirect', status: 302, to: responseUrl({ inResponseTo, status }, idp, deps) }
}

function record(broken: readonly Finding[], deps: SandboxDeps): void {
  deps.state.record({
    at: deps.clock.now().toISOString(),
    kind: 'logout',
    verdict: broken.length === 0 ? 'accepted' : 'refused',
    summary: `LogoutRequest: ${howMany(broken)}`,
    broken: [...broken],
  })
}

// samlify would write a LogoutResponse of its own; ours is Huawei's in shape, and says no when asked to.
function responseUrl(
  answer: { readonly inResponseTo: string; readonly status: string },
  { logoutUrl = '' }: IdpFacts,
  deps: SandboxDeps,
): string {
  const xml = logoutResponse({
    ...answer,
    id: newMessageId(deps.random),
    issuedAt: deps.clock.now(),
    destination: logoutUrl,
    issuer: spAddresses(deps.url).entityId,
  })
  const encoded = encodeURIComponent(deflateRawSync(xml).toString('base64'))
  const signed = `SAMLResponse=${encoded}&SigAlg=${encodeURIComponent(SAML.rsaSha256)}`
  const signature = createSign('sha256').update(signed).sign(deps.spKey.privateKey, 'base64')
  return `${logoutUrl}?${signed}&Signature=${encodeURIComponent(signature)}`
}
