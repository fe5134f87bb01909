// The identity provider's metadata: where requests go, and which certificates sign its answers.

import type { SandboxDeps } from './deps.ts'
import { find, findAll, is, SAML } from './saml-names.ts'
import { readXml, type XmlElement } from './xml-tree.ts'

/** What the judge believes about the identity provider. */
export type IdpFacts = {
  readonly entityId: string
  readonly ssoUrl: string
  /** Absent when the identity provider offers no single logout by HTTP-Redirect. */
  readonly logoutUrl: string | undefined
  /** Signing certificates: DER in Base64, without line breaks. */
  readonly certificates: readonly string[]
  /** The document itself, for samlify. */
  readonly xml: string
}

const TIMEOUT_MS = 10_000

/** Thrown when the metadata cannot be had or used; the message says why. */
export class IdpMetadataError extends Error {}

/** Fetches the metadata afresh: Huawei has it uploaded, here a new key must not need a restart. */
export async function fetchIdpFacts(deps: SandboxDeps): Promise<IdpFacts> {
  const url = `${deps.idpBackUrl}/saml/metadata`
  let text: string
  try {
    const response = await deps.fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok) throw new IdpMetadataError(`it answered ${response.status}`)
    text = await response.text()
  } catch (cause) {
    const why = cause instanceof IdpMetadataError ? cause.message : 'it cannot be reached'
    throw new IdpMetadataError(`${url}: ${why}`, { cause })
  }
  return readIdpFacts(text)
}

/** Reads the document (SAML Metadata §2.4.3). Throws `IdpMetadataError` or `XmlError`. */
export function readIdpFacts(xml: string): IdpFacts {
  const root = readXml(xml)
  const entityId = root.attributes.get('entityID')
  const role = find(root, 'md:IDPSSODescriptor')
  const ssoUrl = redirectLocation(role, 'md:SingleSignOnService')
  if (!is(root, 'md:EntityDescriptor') || entityId === undefined || ssoUrl === undefined) {
    throw new IdpMetadataError('no EntityDescriptor with a SingleSignOnService by HTTP-Redirect')
  }
  const certificates = findAll(role, 'md:KeyDescriptor')
    .filter((key) => key.attributes.get('use') !== 'encryption')
    .flatMap((key) => findAll(key, 'ds:KeyInfo/ds:X509Data/ds:X509Certificate'))
    .map((element) => element.text.replace(/\s+/g, ''))
    .filter((certificate) => certificate !== '')
  if (certificates.length === 0) throw new IdpMetadataError('no signing certificate')
  const logoutUrl = redirectLocation(role, 'md:SingleLogoutService')
  return { entityId, ssoUrl, logoutUrl, certificates, xml }
}

function redirectLocation(role: XmlElement | undefined, path: string): string | undefined {
  return findAll(role, path)
    .find((endpoint) => endpoint.attributes.get('Binding') === SAML.redirect)
    ?.attributes.get('Location')
}
