// What somebody copied → what it is: an address, a form body, a message in Base64 or XML, a bind
// notification or metadata. Only its kind is judged here; the decoders of the product do the rest.

import { inflateRawSync } from 'node:zlib'
import { type Parameters, readParameters } from '../base/parameters.ts'
import { decodePost } from '../saml/post-binding.ts'
import { type DecodedMessage, decodeRedirect } from '../saml/redirect-binding.ts'
import { MESSAGE_LIMITS } from '../saml/xml-read.ts'

/** Something that can be explained. The functions throw what the product's decoders throw. */
export type Recognised =
  | { readonly kind: 'request' | 'logout' | 'response'; readonly decode: () => DecodedMessage }
  | { readonly kind: 'notice'; readonly read: () => Parameters }
  | { readonly kind: 'metadata'; readonly xml: string }

type MessageName = 'SAMLRequest' | 'SAMLResponse'

/** What the text is; `undefined` when it is nothing of the list. */
export function recognise(text: string): Recognised | undefined {
  const trimmed = text.trim()
  if (/^\uFEFF?</.test(trimmed)) return recogniseXml(text.trimStart())
  if (trimmed.startsWith('{')) return recogniseNotice(Buffer.from(trimmed).toString('base64'))
  if (/(^|[?&])(SAMLRequest|SAMLResponse|bindRequest)=/.test(trimmed)) {
    return recogniseParameters(trimmed.slice(trimmed.indexOf('?') + 1).replace(/#.*$/, ''))
  }
  return recogniseBase64(trimmed.replace(/\s/g, ''))
}

function recogniseXml(xml: string): Recognised | undefined {
  const root = rootOf(xml)
  if (root === 'EntityDescriptor' || root === 'EntitiesDescriptor') return { kind: 'metadata', xml }
  // Text alone has lost how it travelled: a signature, if there is one, is inside.
  const decode = () =>
    ({ binding: 'post', xml, relayState: undefined, detached: undefined }) as const
  if (root === 'Response') return { kind: 'response', decode }
  return { kind: root === 'LogoutRequest' ? 'logout' : 'request', decode }
}

function recogniseParameters(source: string): Recognised {
  const read = () => readParameters(source)
  if (/(^|&)bindRequest=/.test(source)) return { kind: 'notice', read }
  const name = /(^|&)SAMLRequest=/.test(source) ? 'SAMLRequest' : 'SAMLResponse'
  const value = new RegExp(`(?:^|&)${name}=([^&]*)`).exec(source)?.[1] ?? ''
  const looks = peek(value)
  // A signature beside the message belongs to HTTP-Redirect, and so does compression.
  const isRedirect = looks?.isDeflated ?? /(^|&)Signature=/.test(source)
  const decode = () => (isRedirect ? decodeRedirect(read(), name) : decodePost(read(), name))
  return { kind: kindOf(name, looks?.xml), decode }
}

function recogniseBase64(base64: string): Recognised | undefined {
  const looks = peek(base64)
  if (looks === undefined) return undefined
  if (looks.xml.startsWith('{')) return recogniseNotice(base64)
  const isResponse = rootOf(looks.xml) === 'Response'
  const name = isResponse ? 'SAMLResponse' : 'SAMLRequest'
  return recogniseParameters(`${name}=${encodeURIComponent(decodeURIComponent(base64))}`)
}

// Without the form around it there is no signature to check, which the explanation then says.
function recogniseNotice(bindRequest: string): Recognised {
  return {
    kind: 'notice',
    read: () => readParameters(`bindRequest=${encodeURIComponent(bindRequest)}`),
  }
}

function kindOf(name: MessageName, xml: string | undefined): 'request' | 'logout' | 'response' {
  if (name === 'SAMLResponse') return 'response'
  return xml !== undefined && rootOf(xml) === 'LogoutRequest' ? 'logout' : 'request'
}

// The local name of the first element, as far as a glance tells.
function rootOf(xml: string): string | undefined {
  return /<(?:[\w.-]+:)?([A-Z]\w*)[\s/>]/.exec(xml)?.[1]
}

// A glance at what the value is. Nothing of it is used but the kind.
function peek(value: string): { readonly xml: string; readonly isDeflated: boolean } | undefined {
  let bytes: Buffer
  try {
    bytes = Buffer.from(decodeURIComponent(value), 'base64')
  } catch {
    return undefined // Percent-encoding that is broken; the decoder will say so.
  }
  const plain = bytes.toString('utf8')
  if (/^\uFEFF?\s*[<{]/.test(plain)) return { xml: plain, isDeflated: false }
  try {
    const inflated = inflateRawSync(bytes, { maxOutputLength: MESSAGE_LIMITS.characters })
    return { xml: inflated.toString('utf8'), isDeflated: true }
  } catch {
    return undefined
  }
}
