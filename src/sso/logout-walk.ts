// A browser is led through the sites of a sign-in that has ended: a signed LogoutRequest to one after the
// other, their LogoutResponses back, and at the end an answer to the site that asked, or a page.

import type { Request } from 'express'
import { Refusal } from '../base/errors.ts'
import { newMessageId } from '../base/random.ts'
import { peekIssuer, verifyMessage } from '../saml/authn-request.ts'
import { findLogoutService, getLogoutReturn } from '../saml/logout.ts'
import { acceptLogoutResponse, buildLogoutRequest } from '../saml/logout-others.ts'
import { nameGiven } from '../saml/name-id.ts'
import { decodePost, encodePost } from '../saml/post-binding.ts'
import { decodeRedirect, encodeRedirect } from '../saml/redirect-binding.ts'
import type { LogoutService } from '../saml/relying-party.ts'
import { signTree } from '../saml/signature.ts'
import { writeXml } from '../saml/xml-write.ts'
import type { LogoutRecord, LogoutStep } from '../store/logout-records.ts'
import type { Departure } from '../web/departure.ts'
import { readQuery } from '../web/form.ts'
import type { Spoken } from '../web/language.ts'
import type { Page } from '../web/page.ts'
import type { Arrival } from './arrive.ts'
import type { SsoDeps } from './deps.ts'
import {
  goOnWithout,
  returningPage,
  signedOutEverywherePage,
  siteName,
  tellingPage,
} from './logout-pages.ts'
import { nextSitePath } from './logout-way.ts'
import { answerLogout } from './sign-out.ts'
import { LOGOUT_TEXTS } from './texts/logout.ts'

/**
 * A LogoutResponse at /saml/slo. Which browser brings it does not matter: the signature says whose it
 * is, and where it leads is for the browser that signed out. Throws `SAML_LOGOUT_UNEXPECTED` and what
 * `acceptLogoutResponse` throws.
 */
export async function receiveLogoutAnswer(arrival: Arrival, deps: SsoDeps): Promise<Departure> {
  const { binding, parameters } = arrival
  const decode = binding === 'redirect' ? decodeRedirect : decodePost
  const message = decode(parameters, 'SAMLResponse')
  const now = deps.clock.now()
  const party = deps.parties.get(peekIssuer(message), now)
  const rules = { ...deps, now }
  const answer = acceptLogoutResponse(verifyMessage(message, party, true), party, rules)
  const { issuer, inResponseTo: requestId, isConfirmed, status } = answer
  const outcome = isConfirmed ? 'confirmed' : 'refused'
  const id = await deps.store.logouts.settle({ issuer, requestId }, outcome, now)
  if (id === undefined) throw new Refusal('SAML_LOGOUT_UNEXPECTED', { issuer })
  deps.log.info({ event: 'slo.answered', issuer, status })
  return { kind: 'redirect', to: nextSitePath({ id }) }
}

/** GET /saml/slo/next: on to the next site, or to the end. Throws `SAML_LOGOUT_GONE`. */
export async function goToNextSite(request: Request, deps: SsoDeps): Promise<Departure> {
  const { logouts } = deps.store
  const id = readQuery(request).text('logout') ?? ''
  const logout = await logouts.find(id, deps.clock.now())
  const browser = deps.sessions.browserHash(request)
  // What is another browser's is not told apart from what has ended.
  if (logout === undefined || !(await logouts.claim(id, browser))) {
    throw new Refusal('SAML_LOGOUT_GONE')
  }
  // Whoever comes here while a site is awaited has gone on without it.
  await logouts.giveUp(id)
  for (const step of logout.steps.filter(({ outcome }) => outcome === 'waiting')) {
    const departure = await tellSite(logout, step, deps)
    if (departure !== undefined) return departure
  }
  return arriveAtEnd(request, id, deps)
}

async function tellSite(
  { id }: LogoutRecord,
  step: LogoutStep,
  deps: SsoDeps,
): Promise<Departure | undefined> {
  const { issuer } = step
  const service = findService(issuer, deps)
  if (service === undefined) {
    await deps.store.logouts.skip({ id, issuer })
    return undefined
  }
  const requestId = newMessageId(deps.random)
  const isFirst = await deps.store.logouts.tell({ id, issuer }, requestId)
  if (!isFirst) return undefined
  deps.log.info({ event: 'slo.sent', issuer, account: step.accountId })
  return sendRequest(requestId, { ...step, service, next: nextSitePath({ id }) }, deps)
}

// A site whose metadata has gone or run out meanwhile cannot be told, and must not stop the others.
function findService(issuer: string, { parties, clock }: SsoDeps): LogoutService | undefined {
  const party = parties.all().find(({ entityId }) => entityId === issuer)
  const now = clock.now()
  const isOver = party?.validUntil !== undefined && party.validUntil <= now
  return party === undefined || isOver ? undefined : findLogoutService(party)
}

type Telling = LogoutStep & { readonly service: LogoutService; readonly next: string }

async function sendRequest(
  requestId: string,
  { issuer, accountId, nameId, sessionIndex, service, next }: Telling,
  deps: SsoDeps,
): Promise<Departure> {
  const name = nameGiven(nameId, { accountId, issuer }, deps)
  const ended = { requestId, destination: service.url, name, sessionIndex }
  const tree = buildLogoutRequest(ended, { entityId: deps.entityId, now: deps.clock.now() })
  const key = deps.keyring.active()
  if (service.binding === 'redirect') {
    const xml = writeXml(tree)
    const message = { name: 'SAMLRequest', xml, relayState: undefined } as const
    const to = await encodeRedirect({ ...message, location: service.url }, key)
    const page: Spoken<Page> = (language) =>
      tellingPage({ issuer, to, next }, LOGOUT_TEXTS[language])
    return { kind: 'page', page, goesOnTo: to }
  }
  return {
    kind: 'post',
    to: service.url,
    fields: encodePost('SAMLRequest', writeXml(await signTree(tree, key)), undefined),
    say: (language) => LOGOUT_TEXTS[language].hereNowThere(siteName(issuer)),
    // Its answer may come by redirect.
    onward: [new URL(deps.sloUrl).origin],
    below: (language) => goOnWithout({ issuer, next }, LOGOUT_TEXTS[language]),
  }
}

async function arriveAtEnd(request: Request, id: string, deps: SsoDeps): Promise<Departure> {
  const now = deps.clock.now()
  const ended = await deps.store.logouts.find(id, now)
  if (ended === undefined) throw new Refusal('SAML_LOGOUT_GONE')
  const { askedBy, steps } = ended
  if (askedBy === undefined) {
    const home = deps.knownPortals.homeOf(request)
    const page: Spoken<Page> = (language) =>
      signedOutEverywherePage(steps, home, LOGOUT_TEXTS[language])
    return { kind: 'page', page, address: nextSitePath({ id }) }
  }
  const isFirst = await deps.store.logouts.take(id, now)
  if (!isFirst) throw new Refusal('SAML_LOGOUT_GONE')
  const { issuer, requestId, relayState } = askedBy
  const returnTo = getLogoutReturn(deps.parties.get(issuer, now))
  const isWhole = steps.every(({ outcome }) => outcome === 'confirmed')
  const departure = await answerLogout(
    { facts: { id: requestId }, returnTo, relayState },
    isWhole ? { top: 'Success' } : { top: 'Success', second: 'PartialLogout' },
    deps,
  )
  if (departure.kind !== 'redirect') return departure
  // Not by a redirect: it may be the end of a chain that began with a form to another site.
  const { to } = departure
  const page: Spoken<Page> = (language) => returningPage({ issuer, to }, LOGOUT_TEXTS[language])
  return { kind: 'page', page, goesOnTo: to }
}
