// A sign-in at Huawei Cloud: the login link sends the browser to the identity provider, its answer
// comes back to the AssertionConsumerService and is judged, and the person sees what came of it.

import type { Request, Response } from 'express'
import { addMinutes } from '../base/clock.ts'
import { newMessageId } from '../base/random.ts'
import { SANDBOX } from '../base/sandbox-names.ts'
import type { Departure, Step } from '../web/departure.ts'
import { readForm, readQuery } from '../web/form.ts'
import { findBound } from './accounts.ts'
import type { Binding } from './bind.ts'
import { type BrowserSessions, keepNewest } from './browser-sessions.ts'
import { type SandboxDeps, spAddresses } from './deps.ts'
import type { Expected } from './evidence.ts'
import { howMany, type PageVerdict, sorryPage } from './frame.ts'
import { fetchIdpFacts, type IdpFacts, IdpMetadataError } from './idp-metadata.ts'
import { judge, readPostedXml, type SignedIn, unreadable, type Verdict } from './judge.ts'
import { makeForeignKey } from './keys.ts'
import { authnRequest } from './messages.ts'
import { loginUrl, type RelyingParty } from './relying-party.ts'
import { type Behaviour, behaviourOf } from './scenarios.ts'
import {
  consolePage,
  notBoundPage,
  refusedPage,
  statusPage,
  unknownPlatformPage,
} from './sign-in-pages.ts'
import type { Finding } from './state.ts'
import { XmlError } from './xml-tree.ts'

/** An AuthnRequest that was sent. */
type Sent = {
  readonly id: string
  readonly relayState: string
  readonly isFirstLogin: boolean
  /** Where the person wants to go, from the login link. */
  readonly service: string
  /** The metadata that this sign-in was started with. */
  readonly idp: IdpFacts
  readonly isAnswered: boolean
}

/** Beside the usual, what a sign-in leads to. */
export type SignInDeps = SandboxDeps & {
  readonly binding: Binding
  readonly consoleSessions: BrowserSessions<SignedIn>
}

const MOST_SENT = 1000

// As long as Huawei's, which is five times what SAML allows.
const RELAY_STATE_BYTES = 372

/** What the two steps share. */
type Memory = {
  readonly deps: SignInDeps
  readonly sent: Map<string, Sent>
  /** The URL that the scenario "replayed-request" sends again and again. */
  repeated: string | undefined
}

/** The two steps, which share the requests under way. */
export function createSignIn(deps: SignInDeps): { readonly start: Step; readonly finish: Step } {
  const memory: Memory = { deps, sent: new Map(), repeated: undefined }
  return {
    start: (request) => startSignIn(request, memory),
    finish: (request, response) => finishSignIn(request, response, memory),
  }
}

async function startSignIn(request: Request, memory: Memory): Promise<Departure> {
  const { deps, sent } = memory
  const query = readQuery(request)
  const platform = query.text('xAccountType')
  if (platform !== SANDBOX.platformId) return unknownPlatformPage(platform)
  const { request: spoil } = behaviourOf(deps.state.read().scenario)
  if (spoil !== 'replayed') memory.repeated = undefined
  if (memory.repeated !== undefined) return { kind: 'redirect', to: memory.repeated, status: 302 }

  const idp = await findIdp(deps)
  if ('kind' in idp) return idp
  const fresh: Sent = {
    id: newMessageId(deps.random),
    relayState: deps.random.bytes(RELAY_STATE_BYTES).toString('base64url'),
    isFirstLogin: query.text('isFirstLogin') === 'true',
    service: query.text('service') ?? '',
    idp,
    isAnswered: false,
  }
  keepNewest(sent, MOST_SENT)
  sent.set(fresh.id, fresh)
  const to = requestUrl(fresh, spoil, deps)
  if (spoil === 'replayed') memory.repeated = to
  return { kind: 'redirect', to, status: 302 }
}

async function finishSignIn(
  request: Request,
  response: Response,
  { deps, sent }: Memory,
): Promise<Departure> {
  const form = readForm(request)
  const relayState = form.text('RelayState')
  const samlResponse = form.base64('SAMLResponse') ?? ''
  const read = tryToRead(samlResponse)
  if ('kind' in read) return showVerdict(read, undefined, { deps, xml: '' })

  const known = sent.get(read.response.attributes.get('InResponseTo') ?? '')
  const idp = known?.idp ?? (await findIdp(deps))
  if ('kind' in idp) return idp
  const sides = { party: partyOf(deps), expected: expectedOf(known, idp, deps) }
  const verdict = await judge({ samlResponse, relayState }, read.response, sides)
  // What anybody can post must not use up a request; a right answer does.
  if (known !== undefined && verdict.kind !== 'refused') {
    sent.set(known.id, { ...known, isAnswered: true })
  }
  if (verdict.kind === 'accepted') deps.consoleSessions.open(response, verdict.person)
  return showVerdict(verdict, known, { deps, xml: read.text })
}

function tryToRead(samlResponse: string): ReturnType<typeof readPostedXml> | Verdict {
  try {
    return readPostedXml(samlResponse)
  } catch (error) {
    if (error instanceof XmlError || error instanceof TypeError) return unreadable(error)
    throw error
  }
}

/** The identity provider's metadata, or the page that says why it cannot be had. */
export async function findIdp(deps: SandboxDeps): Promise<IdpFacts | Departure> {
  try {
    return await fetchIdpFacts(deps)
  } catch (error) {
    if (!(error instanceof IdpMetadataError || error instanceof XmlError)) throw error
    return sorryPage('The identity provider’s metadata cannot be read', error.message, 502)
  }
}

/** The sandbox as samlify's service provider. */
export function partyOf({ url, spKey }: SandboxDeps): RelyingParty {
  return { url, certificate: spKey.certificate, privateKey: spKey.privateKey }
}

function requestUrl(sent: Sent, spoil: Behaviour['request'], deps: SandboxDeps): string {
  const at = spAddresses(deps.url)
  const now = deps.clock.now()
  const xml = authnRequest({
    id: sent.id,
    issuedAt: spoil === 'expired' ? addMinutes(now, -60) : now,
    destination: sent.idp.ssoUrl,
    issuer: at.entityId,
    acs: spoil === 'wrong-acs' ? 'https://attacker.example/collect' : at.acs,
  })
  const party = partyOf(deps)
  const signer = spoil === 'forged-signature' ? { ...party, privateKey: makeForeignKey() } : party
  const isSigned = spoil !== 'unsigned'
  return loginUrl(signer, sent.idp, { id: sent.id, xml, relayState: sent.relayState, isSigned })
}

function expectedOf(known: Sent | undefined, idp: IdpFacts, deps: SandboxDeps): Expected {
  const { entityId, acs } = spAddresses(deps.url)
  const { partnerId } = SANDBOX
  return { now: deps.clock.now(), entityId, acs, partnerId, idp, request: known }
}

// Every verdict is a page and an entry in the list of what arrived.
function showVerdict(
  verdict: Verdict,
  known: Sent | undefined,
  { deps, xml }: { readonly deps: SignInDeps; readonly xml: string },
): Departure {
  const record = (pageVerdict: PageVerdict, summary: string, broken: readonly Finding[] = []) => {
    const at = deps.clock.now().toISOString()
    deps.state.record({
      at,
      kind: 'answer',
      verdict: pageVerdict,
      summary,
      broken: [...broken],
      xml,
    })
  }
  if (verdict.kind === 'refused') {
    record('refused', howMany(verdict.broken), verdict.broken)
    return refusedPage(verdict.broken)
  }
  if (verdict.kind === 'status') {
    record('status', verdict.words)
    return statusPage(verdict.words)
  }

  const { person } = verdict
  const state = deps.state.read()
  const account = findBound(state, person.xAccountId)
  if (account !== undefined && behaviourOf(state.scenario).asksToBind !== true) {
    record('accepted', `${person.xAccountId} as ${account.domainName}`)
    return consolePage(person, account, known?.service ?? '')
  }
  if (known?.isFirstLogin === true || account !== undefined) {
    record('create-and-bind', person.xAccountId)
    return deps.binding.ask(person.xAccountId)
  }
  record('not-bound', person.xAccountId)
  return notBoundPage(person)
}
