// A second site beside Huawei Cloud that people sign in to: takes answers, and takes part in single logout
// as well or as badly as a test wants. It verifies what it gets with code that is not ours.

import assert from 'node:assert/strict'
import { verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { inflateRawSync } from 'node:zlib'
import { SignedXml } from 'xml-crypto'
import type { Clock } from '../../src/base/clock.ts'
import { listen } from '../../src/web/listen.ts'
import { newRequestId } from './authn-request.ts'
import type { Browser, Seen } from './browser.ts'
import { authnRequest, HOUSE, SITE, smallMetadata } from './build.ts'
import type { Lifetime } from './engines.ts'
import { certificateOf, type KeyName, keyPair } from './fixed.ts'
import type { House } from './house.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery, signEnveloped } from './send.ts'

/** How the site takes part in single logout. */
export type SiteWay = {
  /** `none` for a site whose metadata names no SingleLogoutService. */
  readonly binding: 'redirect' | 'post' | 'none'
  /** The status it answers, by its last word; `silent` for no answer at all. */
  readonly status: 'Success' | 'Responder' | 'silent'
}

export type SecondSite = {
  readonly entityId: string
  readonly host: string
  /** The LogoutRequests that came, all with a signature of the house that holds. */
  readonly requests: () => readonly string[]
  /** Signs the browser in to the site, which asks the house for it. */
  readonly signIn: (browser: Browser) => Promise<Seen>
  /** The address that brings a LogoutRequest of the site to the house. */
  readonly logoutUrl: (named: { readonly nameId: string; readonly sessionIndex: string }) => string
  /** The NameID and SessionIndex of the newest answer. */
  readonly newestName: () => { readonly nameId: string; readonly sessionIndex: string }
}

const KEY: KeyName = 'other'
const BINDINGS = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-'

/** Starts the site and has the house trust it. */
export async function startSecondSite(
  test: Lifetime,
  house: House,
  way: SiteWay,
): Promise<SecondSite> {
  const answers: string[] = []
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const form = new URLSearchParams(await readBody(request))
    if (url.pathname === '/acs') {
      answers.push(Buffer.from(form.get('SAMLResponse') ?? '', 'base64').toString('utf8'))
      page(response, 'signed in at the second site')
    } else if (url.searchParams.has('SAMLResponse')) {
      requests.push(inflate(url.searchParams.get('SAMLResponse') ?? ''))
      page(response, 'the logout of the second site is answered')
    } else {
      const xml = await readRequest(url, form)
      requests.push(xml)
      if (way.status === 'silent') page(response, 'the second site keeps silent')
      else sendAnswer(response, { xml, way, house, entityId })
    }
  })
  const listener = await listen((request, response) => server.emit('request', request, response), {
    host: '127.0.0.1',
    port: 0,
  })
  const origin = `http://127.0.0.1:${listener.port}`
  const entityId = `${origin}/metadata`
  test.after(() => listener.drain(0))
  const metadata = await siteMetadata({ entityId, acsUrl: `${origin}/acs` }, `${origin}/slo`, way)
  await house.store.parties.save(entityId, metadata, house.clock.now())
  await house.app.tidy()
  return {
    entityId,
    host: new URL(origin).host,
    requests: () => requests,
    signIn: async (browser) => {
      const url = signInUrl(house, { entityId, acsUrl: `${origin}/acs` })
      return browser.settle(await browser.go(url))
    },
    logoutUrl: (named) => logoutUrl(house, entityId, named),
    newestName: () => nameIn(answers.at(-1) ?? ''),
  }
}

async function siteMetadata(
  site: { entityId: string; acsUrl: string },
  sloUrl: string,
  { binding }: SiteWay,
): Promise<string> {
  const metadata = await smallMetadata(site, KEY, true)
  if (binding === 'none') return metadata
  const uri = `${BINDINGS}${binding === 'post' ? 'POST' : 'Redirect'}`
  const service = `<md:SingleLogoutService Binding="${uri}" Location="${sloUrl}"/>`
  return metadata.replace('<md:AssertionConsumerService', `${service}<md:AssertionConsumerService`)
}

function signInUrl(house: House, site: { entityId: string; acsUrl: string }): string {
  const xml = authnRequest(site)
    .replace(HOUSE.ssoUrl, `${house.url}/saml/sso`)
    .replace(SITE.requestId, newRequestId())
    .replace('2026-01-15T09:59:58.446Z', house.clock.now().toISOString())
  const signing = { ...HUAWEI_SIGNING, key: KEY, relayState: undefined }
  return `${house.url}/saml/sso?${redirectQuery('SAMLRequest', deflate(xml), signing)}`
}

/** A LogoutRequest as the site sends it, unsigned. */
export function siteLogoutRequest(
  house: { readonly url: string; readonly clock: Clock },
  entityId: string,
  named: { readonly nameId: string; readonly sessionIndex: string },
): string {
  return (
    '<saml2p:LogoutRequest xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol"' +
    ` Destination="${house.url}/saml/slo" ID="${newRequestId()}"` +
    ` IssueInstant="${house.clock.now().toISOString()}" Version="2.0">` +
    `<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${entityId}</saml2:Issuer>` +
    `<saml2:NameID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${named.nameId}</saml2:NameID>` +
    `<saml2p:SessionIndex>${named.sessionIndex}</saml2p:SessionIndex></saml2p:LogoutRequest>`
  )
}

function logoutUrl(
  house: House,
  entityId: string,
  named: { readonly nameId: string; readonly sessionIndex: string },
): string {
  const xml = siteLogoutRequest(house, entityId, named)
  const signing = { ...HUAWEI_SIGNING, key: KEY, relayState: 'state-of-the-second-site' }
  return `${house.url}/saml/slo?${redirectQuery('SAMLRequest', deflate(xml), signing)}`
}

async function readRequest(url: URL, form: URLSearchParams): Promise<string> {
  const inQuery = url.searchParams.get('SAMLRequest')
  if (inQuery !== null) {
    const [signed = '', signature = ''] = url.search.slice(1).split('&Signature=')
    const bytes = Buffer.from(decodeURIComponent(signature), 'base64')
    assert.ok(verify('sha256', Buffer.from(signed), keyPair('house').publicKey, bytes))
    return inflate(inQuery)
  }
  const xml = Buffer.from(form.get('SAMLRequest') ?? '', 'base64').toString('utf8')
  const verifier = new SignedXml({ publicCert: (await certificateOf('house')).toString() })
  const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(xml)?.[0]
  assert.ok(signature !== undefined, 'a POST message is signed inside')
  verifier.loadSignature(signature)
  assert.ok(verifier.checkSignature(xml))
  return xml
}

type Answering = {
  readonly xml: string
  readonly way: SiteWay
  readonly house: House
  readonly entityId: string
}

// By the binding by which it was asked.
function sendAnswer(response: ServerResponse, { xml, way, house, entityId }: Answering): void {
  const to = `${house.url}/saml/slo`
  const answer = logoutResponse(house, {
    entityId,
    inResponseTo: / ID="([^"]+)"/.exec(xml)?.[1] ?? '',
    status: way.status,
  })
  if (way.binding === 'post') {
    const value = Buffer.from(signEnveloped(answer, keyPair(KEY).privateKey)).toString('base64')
    const field = `<input name="SAMLResponse" value="${value}">`
    page(response, `<form action="${to}" id="leave">${field}</form>`)
    return
  }
  const signing = { ...HUAWEI_SIGNING, key: KEY, relayState: undefined }
  const query = redirectQuery('SAMLResponse', deflate(answer), signing)
  response.writeHead(302, { location: `${to}?${query}` }).end()
}

/** A LogoutResponse as a site sends it, unsigned. */
export function logoutResponse(
  house: { readonly url: string; readonly clock: Clock },
  facts: { readonly entityId: string; readonly inResponseTo: string; readonly status: string },
): string {
  return (
    '<saml2p:LogoutResponse xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol"' +
    ` Destination="${house.url}/saml/slo" ID="${newRequestId()}"` +
    ` InResponseTo="${facts.inResponseTo}" IssueInstant="${house.clock.now().toISOString()}"` +
    ' Version="2.0"><saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">' +
    `${facts.entityId}</saml2:Issuer><saml2p:Status><saml2p:StatusCode` +
    ` Value="urn:oasis:names:tc:SAML:2.0:status:${facts.status}"/></saml2p:Status></saml2p:LogoutResponse>`
  )
}

function inflate(base64: string): string {
  return inflateRawSync(Buffer.from(base64, 'base64')).toString('utf8')
}

/** The name under which an assertion, or a LogoutRequest, means a person. */
export function nameIn(xml: string): { readonly nameId: string; readonly sessionIndex: string } {
  const nameId = /<saml2:NameID[^>]*>([^<]+)</.exec(xml)?.[1] ?? ''
  const index = / SessionIndex="([^"]+)"|<saml2p:SessionIndex>([^<]+)</.exec(xml)
  return { nameId, sessionIndex: index?.[1] ?? index?.[2] ?? '' }
}

function page(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end(`<h1>${body}</h1>`)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
