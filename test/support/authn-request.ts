// AuthnRequests that Huawei Cloud could send to a running house, signed with the sandbox's key. The sandbox
// itself always asks in one way; these ask in others.

import { randomBytes } from 'node:crypto'
import type { Browser, Seen } from './browser.ts'
import { authnRequest, HOUSE, SITE } from './build.ts'
import type { House } from './house.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery, signEnveloped } from './send.ts'
import { huaweiKey } from './steps.ts'

/** What a request asks beyond the usual. */
export type Wish = {
  readonly id?: string
  readonly isPassive?: boolean
  readonly wantsFreshSignIn?: boolean
  readonly relayState?: string
  /** The Format of the NameIDPolicy; transient unless told otherwise. */
  readonly nameIdFormat?: string
  /** A RequestedAuthnContext: the comparison, and classes by their OASIS names or as URIs. */
  readonly context?: readonly [comparison: string, ...classes: string[]]
}

/** An unguessable request id. */
export function newRequestId(): string {
  return `_${randomBytes(16).toString('hex')}`
}

/** The address that brings a request by HTTP-Redirect. */
export function requestUrl(house: House, wish: Wish = {}): string {
  const signing = { ...HUAWEI_SIGNING, key: huaweiKey(house) }
  const { relayState = 'state-of-the-tests' } = wish
  const query = redirectQuery('SAMLRequest', deflate(requestXml(house, wish)), {
    ...signing,
    relayState,
  })
  return `${house.url}/saml/sso?${query}`
}

/** A page of Huawei Cloud posts a request. */
export function postRequest(house: House, browser: Browser, wish: Wish = {}): Promise<Seen> {
  const xml = signEnveloped(requestXml(house, wish), huaweiKey(house))
  const SAMLRequest = Buffer.from(xml, 'utf8').toString('base64')
  const { relayState = 'state-of-the-tests' } = wish
  const form = { SAMLRequest, RelayState: relayState }
  return browser.post(`${house.url}/saml/sso`, form, house.sandbox.url)
}

const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'

function contextXml(context: Wish['context']): string {
  if (context === undefined) return ''
  const [comparison, ...classes] = context
  const assertion = 'urn:oasis:names:tc:SAML:2.0:assertion'
  const references = classes.map((name) => {
    const uri = name.includes(':') ? name : `urn:oasis:names:tc:SAML:2.0:ac:classes:${name}`
    return `<saml2:AuthnContextClassRef xmlns:saml2="${assertion}">${uri}</saml2:AuthnContextClassRef>`
  })
  return `<saml2p:RequestedAuthnContext Comparison="${comparison}">${references.join('')}</saml2p:RequestedAuthnContext>`
}

function requestXml(house: House, wish: Wish): string {
  const { url } = house.sandbox
  const acsUrl = `${url}/authui/saml/SAMLAssertionConsumer`
  return authnRequest({ entityId: `${url}/`, acsUrl })
    .replace(HOUSE.ssoUrl, `${house.url}/saml/sso`)
    .replace(SITE.requestId, wish.id ?? newRequestId())
    .replace('2026-01-15T09:59:58.446Z', house.clock.now().toISOString())
    .replace('IsPassive="false"', `IsPassive="${wish.isPassive ?? false}"`)
    .replace('ForceAuthn="false"', `ForceAuthn="${wish.wantsFreshSignIn ?? false}"`)
    .replace(TRANSIENT, wish.nameIdFormat ?? TRANSIENT)
    .replace('</saml2p:AuthnRequest>', `${contextXml(wish.context)}</saml2p:AuthnRequest>`)
}
