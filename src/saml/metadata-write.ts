// Our own metadata, with the elements and the order that Huawei's page "Generating the IDP Metadata
// File" shows, because it is uploaded by hand and read by their parser. Nothing else is in it.

import type { X509Certificate } from 'node:crypto'
import { BINDINGS, NAME_ID_FORMATS, NAMESPACES } from './names.ts'
import type { SigningKey } from './signing-key.ts'
import { element, writeXml, type XmlTree } from './xml-write.ts'

/** Where we are, for those who send people to us. */
export type OwnEndpoints = {
  readonly entityId: string
  readonly ssoUrl: string
  readonly sloUrl: string
}

/**
 * The document for Partner Center, as text. `also` are certificates that may sign as well while keys
 * roll over: the next one before it signs, the one before while its last answers are on their way.
 */
export function buildMetadata(
  own: OwnEndpoints,
  key: Pick<SigningKey, 'certificateBase64'>,
  also: readonly X509Certificate[] = [],
): string {
  const keyInfo = buildKeyInfo(key.certificateBase64)
  const role = element('md:IDPSSODescriptor', { protocolSupportEnumeration: NAMESPACES.saml2p }, [
    element('md:KeyDescriptor', { use: 'signing' }, [keyInfo]),
    ...also.map(({ raw }) => {
      return element('md:KeyDescriptor', { use: 'signing' }, [buildKeyInfo(raw.toString('base64'))])
    }),
    element('md:KeyDescriptor', { use: 'encryption' }, [keyInfo]),
    element('md:SingleLogoutService', { Binding: BINDINGS.redirect, Location: own.sloUrl }),
    element('md:NameIDFormat', {}, [NAME_ID_FORMATS.transient]),
    element('md:SingleSignOnService', { Binding: BINDINGS.redirect, Location: own.ssoUrl }),
  ])
  const root = element('md:EntityDescriptor', { entityID: own.entityId }, [role])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(root)}\n`
}

function buildKeyInfo(certificateBase64: string): XmlTree {
  return element('ds:KeyInfo', {}, [
    element('ds:X509Data', {}, [element('ds:X509Certificate', {}, [certificateBase64])]),
  ])
}
