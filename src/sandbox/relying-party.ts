// The one door to samlify, which plays Huawei Cloud as the relying party: it signs what we send and
// has its own opinion of what comes back. The product shares no line of code with it.

import { IdentityProvider, SamlLib, ServiceProvider, setSchemaValidator } from 'samlify'
import type { IdpFacts } from './idp-metadata.ts'
import { SAML } from './saml-names.ts'
import { spMetadata } from './sp-metadata.ts'
import { readXml } from './xml-tree.ts'

// samlify refuses to read anything without one. Ours is stricter than a schema about the constructs
// that attacks need; the shape of messages is judged by rules.ts.
setSchemaValidator({
  validate: async (xml) => readXml(xml),
})

/** The relying party: its address and the private key (PKCS #8, PEM) that signs for it. */
export type RelyingParty = {
  readonly url: string
  readonly certificate: string
  readonly privateKey: string
}

/** A message to be sent by HTTP-Redirect. */
export type Outgoing = {
  readonly id: string
  readonly xml: string
  readonly relayState: string
  readonly isSigned: boolean
}

// samlify judges times by the machine's clock; rules.ts does it by the clock handed in, so samlify
// gets a tolerance of a thousand years. In milliseconds, before and after.
const ANY_TIME: [number, number] = [-3e13, 3e13]

/** The URL that carries an AuthnRequest (Bindings §3.4.4.1: rsa-sha256 over the encoded query). */
export function loginUrl(party: RelyingParty, idp: IdpFacts, message: Outgoing): string {
  const target = redirectTarget(idp, message.isSigned)
  const sender = serviceProvider(party, message.isSigned)
  return sender.createLoginRequest(target, 'redirect', {
    relayState: message.relayState,
    customTagReplacement: () => ({ id: message.id, context: message.xml }),
  }).context
}

/** The URL that carries a LogoutRequest. The identity provider's metadata must name a logout URL. */
export function logoutUrl(party: RelyingParty, idp: IdpFacts, message: Outgoing): string {
  const sender = serviceProvider(party, message.isSigned)
  const options = {
    relayState: message.relayState,
    customTagReplacement: () => ({ id: message.id, context: message.xml }),
  }
  return sender.createLogoutRequest(redirectTarget(idp, true), 'redirect', {}, options).context
}

/** Whether samlify verifies the signature of a Response that says no; why not, otherwise. */
export function askAboutRefusal(idp: IdpFacts, samlResponse: string): string | undefined {
  try {
    const [isVerified] = verifyXml(idp, samlResponse)
    return isVerified ? undefined : 'it is missing or does not verify'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function verifyXml(idp: IdpFacts, samlResponse: string) {
  const { entityMeta: metadata } = IdentityProvider({ metadata: idp.xml })
  const xml = Buffer.from(samlResponse, 'base64').toString('utf8')
  return SamlLib.verifySignature(xml, { metadata, signatureAlgorithm: SAML.rsaSha256 })
}

/** What samlify says about a Response. */
export type Opinion = {
  /** The assertion, exactly as far as the signature covers it; absent when the signature fails. */
  readonly covered: string | undefined
  /** Why samlify refuses, if it does. */
  readonly objection: string | undefined
}

/** Hands the Base64 text of a Response to samlify's verifier and its own `parseLoginResponse`. */
export async function askSamlify(
  party: RelyingParty,
  idp: IdpFacts,
  samlResponse: string,
): Promise<Opinion> {
  const sender = IdentityProvider({ metadata: idp.xml })
  const receiver = serviceProvider(party, true)
  let covered: string | undefined
  try {
    const [isVerified, assertion] = verifyXml(idp, samlResponse)
    if (isVerified && assertion !== null) covered = assertion
    await receiver.parseLoginResponse(sender, 'post', { body: { SAMLResponse: samlResponse } })
    return { covered, objection: undefined }
  } catch (error) {
    return { covered, objection: error instanceof Error ? error.message : String(error) }
  }
}

function serviceProvider(party: RelyingParty, isSigning: boolean) {
  return ServiceProvider({
    metadata: spMetadata(party.url, party.certificate, isSigning),
    privateKey: party.privateKey,
    requestSignatureAlgorithm: SAML.rsaSha256,
    clockDrifts: ANY_TIME,
  })
}

// Only addresses count here. samlify insists that both sides' metadata agree on signing, and Huawei's
// sample of an identity provider's metadata does not mention it; so it is told what we do.
function redirectTarget(idp: IdpFacts, isSigned: boolean) {
  const [signingCert = ''] = idp.certificates
  const at = (Location: string) => ({ Binding: SAML.redirect, Location })
  return IdentityProvider({
    entityID: idp.entityId,
    signingCert,
    wantAuthnRequestsSigned: isSigned,
    wantLogoutRequestSigned: true,
    singleSignOnService: [at(idp.ssoUrl)],
    singleLogoutService: idp.logoutUrl === undefined ? [] : [at(idp.logoutUrl)],
  })
}
