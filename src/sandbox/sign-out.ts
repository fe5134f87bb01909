// Single logout, begun at Huawei Cloud: a signed LogoutRequest leaves, the LogoutResponse is judged.

import { verify, X509Certificate } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { Request, Response } from 'express'
import { newMessageId } from '../base/random.ts'
import type { Departure, Step } from '../web/departure.ts'
import { readQuery } from '../web/form.ts'
import { html } from '../web/html.ts'
import { type BrowserSessions, keepNewest } from './browser-sessions.ts'
import { type SandboxDeps, spAddresses } from './deps.ts'
import { findingsTable, howMany, sorryPage, verdictPage } from './frame.ts'
import type { IdpFacts } from './idp-metadata.ts'
import type { SignedIn } from './judge.ts'
import { brokenLogoutRules, type LogoutEvidence } from './logout-rules.ts'
import { logoutRequest } from './messages.ts'
import { logoutUrl } from './relying-party.ts'
import { SAML } from './saml-names.ts'
import { findIdp, partyOf } from './sign-in.ts'
import { readXml, type XmlElement } from './xml-tree.ts'

type SentLogout = { readonly id: string; readonly relayState: string; readonly idp: IdpFacts }

/** Beside the usual, who can sign out. */
export type SignOutDeps = SandboxDeps & { readonly consoleSessions: BrowserSessions<SignedIn> }

const MOST_SENT = 1000
const MOST_BYTES = 64 * 1024

/** What the two steps share. */
type Memory = { readonly deps: SignOutDeps; readonly sent: Map<string, SentLogout> }

/** The two steps, which share the requests under way. */
export function createSignOut(deps: SignOutDeps): { readonly start: Step; readonly finish: Step } {
  const memory: Memory = { deps, sent: new Map() }
  return {
    start: (request, response) => startSignOut(request, response, memory),
    finish: (request) => finishSignOut(request, memory),
  }
}

async function startSignOut(
  request: Request,
  response: Response,
  { deps, sent }: Memory,
): Promise<Departure> {
  const person = deps.consoleSessions.find(request)
  if (person === undefined) {
    return sorryPage('You are not signed in to Huawei Cloud', 'There is no session here.', 400)
  }
  const idp = await findIdp(deps)
  if ('kind' in idp) return idp
  if (idp.logoutUrl === undefined) {
    return sorryPage('No single logout', 'The metadata of the identity provider names none.', 502)
  }
  deps.consoleSessions.close(request, response)
  const id = newMessageId(deps.random)
  const relayState = deps.random.bytes(24).toString('base64url')
  keepNewest(sent, MOST_SENT)
  sent.set(id, { id, relayState, idp })
  const xml = logoutRequest({
    id,
    issuedAt: deps.clock.now(),
    destination: idp.logoutUrl,
    issuer: spAddresses(deps.url).entityId,
    nameId: person.nameId,
    sessionIndex: person.sessionIndex,
  })
  const to = logoutUrl(partyOf(deps), idp, { id, xml, relayState, isSigned: true })
  return { kind: 'redirect', to, status: 302 }
}

function finishSignOut(request: Request, { deps, sent }: Memory): Departure {
  const query = readQuery(request)
  const response = readMessage(query.base64('SAMLResponse'))
  if (response === undefined) {
    return sorryPage('No sign-out arrived', 'SAMLResponse is missing or cannot be read.', 400)
  }
  const known = sent.get(response.attributes.get('InResponseTo') ?? '')
  sent.delete(known?.id ?? '')
  const { logout, logoutResponse } = spAddresses(deps.url)
  const evidence = {
    response,
    relayState: query.text('RelayState'),
    known,
    addresses: [logoutResponse, logout],
    isVerified: known !== undefined && isQuerySigned('SAMLResponse', query, known.idp),
  }
  return showVerdict(evidence, deps)
}

/** The XML of a message by HTTP-Redirect; `undefined` when it cannot be read. */
export function readMessage(base64: string | undefined): XmlElement | undefined {
  try {
    const bytes = inflateRawSync(Buffer.from(base64 ?? '', 'base64'), {
      maxOutputLength: MOST_BYTES,
    })
    return readXml(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

/**
 * Bindings §3.4.4.1: over the parameters as they were sent, in this order. samlify cannot do it while
 * the identity provider's metadata holds two certificates, which is when a key is being replaced.
 */
export function isQuerySigned(
  name: 'SAMLRequest' | 'SAMLResponse',
  query: ReturnType<typeof readQuery>,
  idp: IdpFacts,
): boolean {
  const signature = query.base64('Signature')
  if (signature === undefined || query.text('SigAlg') !== SAML.rsaSha256) return false
  const signed = [name, 'RelayState', 'SigAlg']
    .filter((each) => query.raw(each) !== undefined)
    .map((each) => `${each}=${query.raw(each)}`)
    .join('&')
  return idp.certificates.some((certificate) => {
    const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
    return verify('sha256', Buffer.from(signed), publicKey, Buffer.from(signature, 'base64'))
  })
}

function showVerdict(evidence: LogoutEvidence, deps: SandboxDeps): Departure {
  const broken = brokenLogoutRules(evidence)
  deps.state.record({
    at: deps.clock.now().toISOString(),
    kind: 'logout',
    verdict: broken.length === 0 ? 'accepted' : 'refused',
    summary: howMany(broken),
    broken: [...broken],
  })
  if (broken.length > 0) {
    const page = { title: 'The sign-out was not right', body: findingsTable(broken), isWide: true }
    return verdictPage('refused', page, 400)
  }
  const body = html`<p class="note good">The identity provider has confirmed that you are signed out.</p>
<p><a href="/portal">Back to the partner portal</a></p>`
  return verdictPage('accepted', { title: 'You are signed out of Huawei Cloud', body })
}
