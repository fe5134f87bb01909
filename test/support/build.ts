// Good messages and good metadata, in the shape in which Huawei Cloud sends them: names, order,
// prefixes and oddities are theirs, addresses and keys are ours.

import { readMetadataFiles } from '../../src/saml/metadata-read.ts'
import { createParties, type Parties } from '../../src/saml/relying-party.ts'
import { certificateOf, type KeyName } from './fixed.ts'

const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion'
const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings'

/** Our own addresses in tests. */
export const HOUSE = {
  entityId: 'https://idp.partner.example/saml/metadata',
  ssoUrl: 'https://idp.partner.example/saml/sso',
  sloUrl: 'https://idp.partner.example/saml/slo',
} as const

/** A site that signs its requests and asks as Huawei Cloud asks. */
export const SITE = {
  entityId: 'https://auth.cloud.example/',
  acsUrl: 'https://auth.cloud.example/authui/saml/SAMLAssertionConsumer',
  secondAcsUrl: 'https://auth.cloud.example/authui/saml/SecondConsumer',
  requestId: '_th2k1d6nqqaq61bvbw1cqqkb1d2m7shj5i7x',
} as const

/** A second site that is trusted as well. */
export const OTHER_SITE = {
  entityId: 'https://sp.other.example/metadata',
  acsUrl: 'https://sp.other.example/acs',
} as const

/** A site whose metadata promises no signatures. */
export const OPEN_SITE = {
  entityId: 'https://sp.open.example/metadata',
  acsUrl: 'https://sp.open.example/acs',
} as const

/** An AuthnRequest of Huawei's shape, unsigned. */
export function authnRequest(site: { entityId: string; acsUrl: string } = SITE): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<saml2p:AuthnRequest xmlns:saml2p="${PROTOCOL}"` +
    ` AssertionConsumerServiceURL="${site.acsUrl}" Destination="${HOUSE.ssoUrl}"` +
    ` ForceAuthn="false" ID="${SITE.requestId}" IsPassive="false"` +
    ` IssueInstant="2026-01-15T09:59:58.446Z" ProtocolBinding="${BINDING}:HTTP-POST"` +
    ' Version="2.0">' +
    `<saml2:Issuer xmlns:saml2="${ASSERTION}">${site.entityId}</saml2:Issuer>` +
    '<saml2p:NameIDPolicy AllowCreate="true"' +
    ' Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"' +
    ` SPNameQualifier="${site.entityId}"/>` +
    '</saml2p:AuthnRequest>'
  )
}

/** A LogoutRequest as the same site would send it, unsigned. */
export function logoutRequest(): string {
  return (
    `<saml2p:LogoutRequest xmlns:saml2p="${PROTOCOL}" Destination="${HOUSE.sloUrl}"` +
    ' ID="_logout1" IssueInstant="2026-01-15T09:59:58.446Z"' +
    ' NotOnOrAfter="2026-01-15T10:05:00.000Z" Version="2.0">' +
    `<saml2:Issuer xmlns:saml2="${ASSERTION}">${SITE.entityId}</saml2:Issuer>` +
    `<saml2:NameID xmlns:saml2="${ASSERTION}">_name1</saml2:NameID>` +
    '<saml2p:SessionIndex>_session1</saml2p:SessionIndex>' +
    '</saml2p:LogoutRequest>'
  )
}

/** SP metadata of Huawei's shape for `SITE`, one signing KeyDescriptor for each key. */
export async function siteMetadata(keys: readonly KeyName[] = ['site']): Promise<string> {
  const signing = await Promise.all(keys.map((name) => keyDescriptor('signing', name)))
  const encryption = await keyDescriptor('encryption', keys[0] ?? 'site')
  const base = 'https://auth.cloud.example/authui/saml'
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="M349b" entityID="${SITE.entityId}">
<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="${PROTOCOL}">
${[...signing, encryption].join('\n')}
<md:ArtifactResolutionService Binding="${BINDING}:HTTP-Artifact" Location="${SITE.acsUrl}" index="0" isDefault="true" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"/>
<md:SingleLogoutService Binding="${BINDING}:HTTP-Redirect" Location="${base}/LogoutRedirect" ResponseLocation="${base}/LogoutRedirectResponse" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"/>
<md:SingleLogoutService Binding="${BINDING}:HTTP-POST" Location="${base}/LogoutPost"/>
<md:ManageNameIDService Binding="${BINDING}:SOAP" Location="${base}/ManageNameIDServiceSOAP"/>
<md:NameIDFormat>
    urn:oasis:names:tc:SAML:2.0:nameid-format:transient
</md:NameIDFormat>
<md:AssertionConsumerService Binding="${BINDING}:HTTP-POST" Location="${SITE.secondAcsUrl}" index="1"/>
<md:AssertionConsumerService Binding="${BINDING}:HTTP-POST" Location="${SITE.acsUrl}" index="0" isDefault="true"/>
</md:SPSSODescriptor>
</md:EntityDescriptor>
`
}

/** The smallest metadata a site can have. */
export async function smallMetadata(
  site: { entityId: string; acsUrl: string },
  key: KeyName,
  signs: boolean,
): Promise<string> {
  return `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${site.entityId}">
<md:SPSSODescriptor AuthnRequestsSigned="${signs}" protocolSupportEnumeration="${PROTOCOL}">
${await keyDescriptor('signing', key)}
<md:AssertionConsumerService Binding="${BINDING}:HTTP-POST" Location="${site.acsUrl}" index="0"/>
</md:SPSSODescriptor>
</md:EntityDescriptor>
`
}

/** A KeyDescriptor whose certificate is broken into lines, as Huawei's is. */
export async function keyDescriptor(
  use: 'signing' | 'encryption' | undefined,
  key: KeyName,
): Promise<string> {
  const base64 = (await certificateOf(key)).raw.toString('base64')
  const lines = base64.replace(/.{76}/g, '$&\n')
  const attribute = use === undefined ? '' : ` use="${use}"`
  return (
    `<md:KeyDescriptor${attribute}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">` +
    `<ds:X509Data><ds:X509Certificate>${lines}</ds:X509Certificate></ds:X509Data>` +
    '</ds:KeyInfo></md:KeyDescriptor>'
  )
}

/** The keys that `SITE` has in `trustedParties`. */
export const SITE_KEYS: readonly KeyName[] = ['site-next', 'site', 'site-ec', 'site-ec-384']

/** The three sites, read from their metadata. */
export async function trustedParties(): Promise<Parties> {
  const { parties } = readMetadataFiles([
    { source: 'site.xml', xml: await siteMetadata(SITE_KEYS) },
    { source: 'other.xml', xml: await smallMetadata(OTHER_SITE, 'other', true) },
    { source: 'open.xml', xml: await smallMetadata(OPEN_SITE, 'other', false) },
  ])
  return createParties(parties)
}
