// Our metadata against what Huawei's page "Generating the IDP Metadata File" shows: size, elements and
// their order, addresses.

import { buildMetadata } from '../../saml/metadata-write.ts'
import { BINDINGS, NAMESPACES } from '../../saml/names.ts'
import {
  attributeOf,
  elementsIn,
  findChild,
  METADATA_LIMITS,
  readXml,
  type XmlElement,
} from '../../saml/xml-read.ts'
import { type Check, type Examination, error, type Finding, note, ok } from './check.ts'

const MOST_BYTES = 2 * 1024 * 1024
const UPLOAD = 'Upload the output of partner-idp metadata idp to Partner Center again.'

export const OWN_METADATA_CHECKS: readonly Check[] = [
  {
    id: 'metadata.own',
    group: 'Our metadata',
    title: 'Document for Huawei',
    expected: "at most 2 MB, Huawei's elements in Huawei's order, https addresses",
    needs: [
      'HUAWEI_SITE',
      'PUBLIC_URL',
      'ENTITY_ID',
      'CERTS_DIR',
      'SIGNING_KEY_PASSPHRASE',
      'SIGNER_COMMAND',
    ],
    run: async (examination) => {
      const isSandbox = examination.config.site === 'sandbox'
      return judgeOwnMetadata(await buildOwn(examination), isSandbox)
    },
  },
]

/** What /saml/metadata of this configuration gives out. Throws `KEY_UNUSABLE`. */
export async function buildOwn({ config, keys }: Pick<Examination, 'config' | 'keys'>) {
  const { entityId, publicUrl } = config
  const { active, next, previous } = await keys()
  const others = [next, previous].filter((each) => each !== undefined)
  const urls = { ssoUrl: `${publicUrl}/saml/sso`, sloUrl: `${publicUrl}/saml/slo` }
  return buildMetadata({ entityId, ...urls }, active, others)
}

/** Judges a document by Huawei's rules. Throws `SAML_BAD_XML` for one that is no XML. */
export function judgeOwnMetadata(xml: string, isSandbox: boolean): readonly Finding[] {
  const size = Buffer.byteLength(xml)
  if (size > MOST_BYTES) {
    const meaning = 'Partner Center takes no file above 2 MB.'
    return [error({ found: `${size} bytes`, meaning }, 'Shorten ENTITY_ID and PUBLIC_URL.')]
  }
  const role = findChild(readXml(xml, METADATA_LIMITS), NAMESPACES.md, 'IDPSSODescriptor')
  if (role === undefined) {
    return [error({ found: 'no IDPSSODescriptor', meaning: 'It describes no IdP.' }, UPLOAD)]
  }
  const problems = [...judgeOrder(role), ...judgeAddresses(role, isSandbox)]
  return problems.length > 0
    ? problems
    : [ok(`${size} bytes`, 'It has the form that Huawei shows.')]
}

const ORDER = /^(KeyDescriptor )+(SingleLogoutService )+(NameIDFormat )+(SingleSignOnService )+$/

function judgeOrder(role: XmlElement): readonly Finding[] {
  const found = elementsIn(role)
    .map(({ localName }) => `${localName} `)
    .join('')
  if (ORDER.test(found)) return []
  const meaning = "Huawei's reader is shown these elements in another order, and may refuse them."
  return [error({ found: found.trim(), meaning }, UPLOAD)]
}

function judgeAddresses(role: XmlElement, isSandbox: boolean): readonly Finding[] {
  const services = elementsIn(role).filter((each) => attributeOf(each, 'Location') !== undefined)
  return services.flatMap((service) => {
    const found = attributeOf(service, 'Location') ?? ''
    if (attributeOf(service, 'Binding') !== BINDINGS.redirect) {
      const meaning = 'Huawei sends its requests by HTTP-Redirect, to no other binding.'
      return [error({ found: `${found} with another binding`, meaning }, UPLOAD)]
    }
    if (found.startsWith('https://')) return []
    const meaning = 'Sign-ins would travel in clear text.'
    if (isSandbox) return [note({ found, meaning: 'Good enough in sandbox mode, and only there.' })]
    return [error({ found, meaning }, 'Set PUBLIC_URL to an https address, and upload again.')]
  })
}
