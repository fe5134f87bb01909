// The SAML messages the sandbox writes, attribute for attribute as Huawei Cloud's sample has them.

import { html, markupOf } from '../web/html.ts'
import { NAMESPACES, SAML } from './saml-names.ts'

type Envelope = {
  readonly id: string
  readonly issuedAt: Date
  readonly destination: string
  /** Our entity id. */
  readonly issuer: string
}

const DECLARATION = html`<?xml version="1.0" encoding="UTF-8"?>`

/** An AuthnRequest (SAML Core §3.4.1). `acs` is where the answer shall go. */
export function authnRequest(message: Envelope & { readonly acs: string }): string {
  return markupOf(
    html`${DECLARATION}<saml2p:AuthnRequest xmlns:saml2p="${NAMESPACES.saml2p}" AssertionConsumerServiceURL="${message.acs}" Destination="${message.destination}" ForceAuthn="false" ID="${message.id}" IsPassive="false" IssueInstant="${message.issuedAt.toISOString()}" ProtocolBinding="${SAML.post}" Version="2.0">${issuer(message)}<saml2p:NameIDPolicy AllowCreate="true" Format="${SAML.transient}" SPNameQualifier="${message.issuer}"/></saml2p:AuthnRequest>`,
  )
}

/** A LogoutRequest (SAML Core §3.7.1) for the session that an assertion opened. */
export function logoutRequest(
  message: Envelope & { readonly nameId: string; readonly sessionIndex: string },
): string {
  return markupOf(
    html`${DECLARATION}<saml2p:LogoutRequest xmlns:saml2p="${NAMESPACES.saml2p}" Destination="${message.destination}" ID="${message.id}" IssueInstant="${message.issuedAt.toISOString()}" Version="2.0">${issuer(message)}<saml2:NameID xmlns:saml2="${NAMESPACES.saml2}" Format="${SAML.transient}" NameQualifier="${message.issuer}">${message.nameId}</saml2:NameID><saml2p:SessionIndex>${message.sessionIndex}</saml2p:SessionIndex></saml2p:LogoutRequest>`,
  )
}

/** A LogoutResponse (SAML Core §3.7.2) with that status. */
export function logoutResponse(
  message: Envelope & { readonly inResponseTo: string; readonly status: string },
): string {
  return markupOf(
    html`${DECLARATION}<saml2p:LogoutResponse xmlns:saml2p="${NAMESPACES.saml2p}" Destination="${message.destination}" ID="${message.id}" InResponseTo="${message.inResponseTo}" IssueInstant="${message.issuedAt.toISOString()}" Version="2.0">${issuer(message)}<saml2p:Status><saml2p:StatusCode Value="${message.status}"/></saml2p:Status></saml2p:LogoutResponse>`,
  )
}

function issuer(message: Envelope) {
  return html`<saml2:Issuer xmlns:saml2="${NAMESPACES.saml2}">${message.issuer}</saml2:Issuer>`
}
