// The sandbox's SAML metadata, in the shape of the file Huawei Cloud serves: its line-broken
// certificates and its endpoints that mean nothing to a sign-in are there so that readers meet them.

import { html, markupOf } from '../web/html.ts'
import { spAddresses } from './deps.ts'
import { NAMESPACES, SAML } from './saml-names.ts'

/** The document. `isSigning` is what AuthnRequestsSigned says; Huawei's says true. */
export function spMetadata(url: string, certificate: string, isSigning = true): string {
  const at = spAddresses(url)
  const key = (use: string) =>
    html`<md:KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="${NAMESPACES.ds}"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`
  return markupOf(html`<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor xmlns:md="${NAMESPACES.md}" ID="Msandbox" entityID="${at.entityId}"><md:SPSSODescriptor AuthnRequestsSigned="${String(isSigning)}" WantAssertionsSigned="true" protocolSupportEnumeration="${NAMESPACES.saml2p}">${key('signing')}${key('encryption')}<md:ArtifactResolutionService Binding="${SAML.artifact}" Location="${at.acs}" index="0" isDefault="true"/><md:SingleLogoutService Binding="${SAML.redirect}" Location="${at.logout}" ResponseLocation="${at.logoutResponse}"/><md:NameIDFormat>${SAML.transient}</md:NameIDFormat><md:AssertionConsumerService Binding="${SAML.post}" Location="${at.acs}" index="0" isDefault="true"/></md:SPSSODescriptor></md:EntityDescriptor>
`)
}
