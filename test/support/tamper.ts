// Named tamperings: what an attacker does to a good message, at the stage at which he does it. A row
// of test/attacks/ names them as ["stage", "name", "argument", …].

import { createHash, sign } from 'node:crypto'
import { DOMParser } from '@xmldom/xmldom'
import { ExclusiveCanonicalization } from 'xml-crypto'
import { certificateOf, type KeyName, keyPair } from './fixed.ts'
import { deflate, type Signing } from './send.ts'
import { wrap } from './wrap.ts'

/** Every stage of every family; test/attacks/README.md explains them. */
export const STAGES = [
  ...(['xml', 'signing', 'deflated', 'signed', 'wire'] as const),
  ...(['header', 'claims', 'notice', 'arrival', 'answer'] as const),
] as const

/** One tampering of a row: stage, name, arguments. */
export type Tampering = readonly [stage: Stage, name: string, ...values: string[]]

/**
 * Where a tampering happens: to the request or metadata file before anybody signs it, to the choices
 * of the signer, to the compressed bytes before they are signed, to the document after it is signed,
 * or to the parameters on the wire.
 */
export type Stage = (typeof STAGES)[number]

type Change<T> = (target: T, ...values: string[]) => T | Promise<T>
/** Named changes of one kind of thing. */
export type Changes<T> = Readonly<Record<string, Change<T>>>

/** The target after every tampering of one stage, in the order of the row. */
export async function applyTamperings<T>(
  target: T,
  stage: Stage,
  changes: Changes<T>,
  tamperings: readonly Tampering[],
): Promise<T> {
  let changed = target
  for (const [at, name, ...values] of tamperings) {
    if (at !== stage) continue
    const change = changes[name]
    if (change === undefined) throw new Error(`there is no tampering "${name}" for "${stage}"`)
    const next = await change(changed, ...values)
    if (next === changed) throw new Error(`the tampering "${name}" changes nothing`)
    changed = next
  }
  return changed
}

const ROOT = /<saml2p:\w+|<md:\w+/

/** Changes of a document's text. */
export const XML_CHANGES: Changes<string> = {
  replace: (xml, from: string, to: string) => xml.replace(from, () => to),
  'set-attribute': (xml, name: string, value: string) => {
    return setAttribute(removeAttribute(xml, name), `${name}="${value}"`)
  },
  'add-attribute': (xml, attribute: string) => setAttribute(xml, attribute),
  'remove-attribute': removeAttribute,
  'before-root': (xml, text: string) => xml.replace(ROOT, (root) => `${text}${root}`),
  'after-root': (xml, text: string) => xml + text,
  'add-child': addChild,
  'add-children': (xml, count: string, text: string) => addChild(xml, text.repeat(Number(count))),
  nest: (xml, count: string) => {
    const times = Number(count)
    return addChild(xml, '<saml2p:E>'.repeat(times) + '</saml2p:E>'.repeat(times))
  },
  'many-attributes': (xml, count: string) => {
    return setAttribute(
      xml,
      Array.from({ length: Number(count) }, (_, at) => `a${at}=""`).join(' '),
    )
  },
  pad: (xml, count: string) => setAttribute(xml, `ProviderName="${'x'.repeat(Number(count))}"`),
  'long-attribute': (xml, name: string, count: string) => {
    return setAttribute(removeAttribute(xml, name), `${name}="${'x'.repeat(Number(count))}"`)
  },
  'replace-by-many': (xml, from: string, count: string, end: string) => {
    return xml.replace(from, 'x'.repeat(Number(count)) + end)
  },
  'pad-hard-to-compress': (xml, count: string) => {
    return setAttribute(xml, `ProviderName="${noise(Number(count))}"`)
  },
  truncate: (xml, count: string) => xml.slice(0, -Number(count)),
  'replace-all': (xml, from: string, to: string) => xml.replaceAll(from, to),
  certificate: async (xml, key: string) => {
    const base64 = (await certificateOf(key as KeyName)).raw.toString('base64')
    return xml.replace(/(<ds:X509Certificate>)[^<]*/, (_all, tag) => tag + base64)
  },
  // The modulus claims to be longer than the certificate is.
  'certificate-with-broken-key': async (xml, key: string) => {
    const der = Buffer.from((await certificateOf(key as KeyName)).raw)
    der[der.indexOf(Buffer.from('0282010100', 'hex')) + 2] = 0x39
    return xml.replace(/(<ds:X509Certificate>)[^<]*/, (_all, tag) => tag + der.toString('base64'))
  },
}

function setAttribute(xml: string, attribute: string): string {
  return xml.replace(ROOT, (root) => `${root} ${attribute}`)
}

function removeAttribute(xml: string, name: string): string {
  return xml.replace(new RegExp(` ${name}="[^"]*"`), '')
}

function addChild(xml: string, text: string): string {
  const end = xml.lastIndexOf('</')
  return xml.slice(0, end) + text + xml.slice(end)
}

function noise(length: number): string {
  const blocks = Array.from({ length: length / 64 }, (_, at) => {
    return createHash('sha256').update(String(at)).digest('hex')
  })
  return blocks.join('')
}

/** Changes of the signer's choices; the signature is genuine under them. */
export const SIGNING_CHANGES: Changes<Signing> = {
  algorithm: (signing, algorithm: string, hash: string) => ({ ...signing, algorithm, hash }),
  key: (signing, key: string) => ({ ...signing, key: key as KeyName }), // A row names keys that exist.
  'relay-state': (signing, relayState: string) => ({ ...signing, relayState }),
  'repeat-relay-state': (signing, count: string, text: string) => {
    return { ...signing, relayState: text.repeat(Number(count)) }
  },
  'no-relay-state': (signing) => ({ ...signing, relayState: undefined }),
  'lower-case-escapes': (signing) => ({ ...signing, encode: encodeInLowerCase }),
  'plus-for-space': (signing) => {
    return { ...signing, encode: (text) => encodeURIComponent(text).replaceAll('%20', '+') }
  },
  'fixed-size-ecdsa': (signing) => ({ ...signing, dsaEncoding: 'ieee-p1363' }),
}

function encodeInLowerCase(text: string): string {
  return encodeURIComponent(text).replace(/%../g, (triplet) => triplet.toLowerCase())
}

/** Changes of the compressed bytes; the signature covers them. */
export const DEFLATED_CHANGES: Changes<Buffer> = {
  append: (bytes, hex: string) => Buffer.concat([bytes, Buffer.from(hex, 'hex')]),
  'append-message': (bytes) => Buffer.concat([bytes, bytes]),
  truncate: (bytes, count: string) => bytes.subarray(0, -Number(count)),
  garbage: () => Buffer.from('fffefdfcfbfa', 'hex'),
  bomb: (_bytes, mebibytes: string) => deflate(' '.repeat(Number(mebibytes) * 1024 * 1024)),
  'bad-utf-8': () => storedBlock(Buffer.from([0x3c, 0xff, 0xfe, 0x3e])),
}

// A stored block, which needs no compressor.
function storedBlock(bytes: Buffer): Buffer {
  const head = Buffer.from([1, bytes.length, 0, 255 - bytes.length, 255])
  return Buffer.concat([head, bytes])
}

/** Changes of a document after its enveloped signature was made. */
export const SIGNED_CHANGES: Changes<string> = {
  ...XML_CHANGES,
  wrap,
  'remove-signature': (xml) => xml.replace(/<ds:Signature .*<\/ds:Signature>/s, ''),
  'move-signature': (xml, into: string) => {
    const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/s.exec(xml) ?? []
    return addChild(xml.replace(signature, ''), into.replace('{signature}', signature))
  },
  'repeat-signature': (xml) => xml.replace(/<ds:Signature .*<\/ds:Signature>/s, '$&$&'),
  'repeat-element': (xml, name: string) => {
    return xml.replace(new RegExp(`<ds:${name}[ >].*</ds:${name}>`, 's'), '$&$&')
  },
  'signature-value': (xml, value: string) => {
    return xml.replace(/(<ds:SignatureValue>)[^<]*/, (_all, tag) => tag + value)
  },
  'truncate-value': (xml) => {
    return xml.replace(/(<ds:SignatureValue>[^<]{100})[^<]*/, '$1')
  },
  'key-info': async (xml, key: string) => {
    const base64 = (await certificateOf(key as KeyName)).raw.toString('base64')
    const certificate = `<ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data>`
    return xml.replace('</ds:SignatureValue>', (tag) => {
      return `${tag}<ds:KeyInfo>${certificate}</ds:KeyInfo>`
    })
  },
  'key-info-in-front': (xml, content: string) => {
    return xml.replace('<ds:SignedInfo>', (tag) => `<ds:KeyInfo>${content}</ds:KeyInfo>${tag}`)
  },
  'digest-by': digestBy,
  'sign-again': signAgain,
}

// As a signer with the site's own key would do it who is careless in everything else: only the check
// that a row is about can then be what refuses.
function signAgain(xml: string, key: string): string {
  const document = new DOMParser().parseFromString(xml, 'text/xml')
  const [signedInfo] = Array.from(document.getElementsByTagName('ds:SignedInfo'))
  if (signedInfo === undefined) throw new Error('there is no SignedInfo to sign again')
  const octets = canonical(signedInfo)
  const { privateKey } = keyPair(key as KeyName)
  const value = sign('sha256', Buffer.from(octets, 'utf8'), privateKey).toString('base64')
  return xml.replace(/(<ds:SignatureValue>)[^<]*/, (_all, tag) => tag + value)
}

function digestBy(xml: string, uri: string, hash: string): string {
  const bare = xml.replace(/<ds:Signature .*<\/ds:Signature>/s, '')
  const { documentElement } = new DOMParser().parseFromString(bare, 'text/xml')
  const digest = createHash(hash).update(canonical(documentElement), 'utf8').digest('base64')
  return xml
    .replace(/(<ds:DigestMethod Algorithm=")[^"]*/, (_all, tag) => tag + uri)
    .replace(/(<ds:DigestValue>)[^<]*/, (_all, tag) => tag + digest)
}

function canonical(element: Element): string {
  return String(new ExclusiveCanonicalization().process(element, {}))
}

/** Changes of a query string or form body on its way. */
export const WIRE_CHANGES: Changes<string> = {
  append: (wire, text: string) => `${wire}&${text}`,
  prepend: (wire, text: string) => `${text}&${wire}`,
  repeat: (wire, name: string) => `${wire}&${name}=${rawValue(wire, name)}`,
  drop: (wire, name: string) => {
    return wire
      .split('&')
      .filter((pair) => !pair.startsWith(`${name}=`))
      .join('&')
  },
  rename: (wire, from: string, to: string) => wire.replace(`${from}=`, `${to}=`),
  set: (wire, name: string, value: string) => setValue(wire, name, value),
  reverse: (wire) => wire.split('&').toReversed().join('&'),
  'lower-case-escapes': (wire) => wire.replace(/%../g, (triplet) => triplet.toLowerCase()),
  'drop-bytes': (wire, name: string, count: string) => {
    const bytes = Buffer.from(decodeURIComponent(rawValue(wire, name)), 'base64')
    const shorter = bytes.subarray(0, -Number(count)).toString('base64')
    return setValue(wire, name, encodeURIComponent(shorter))
  },
  'insert-in-value': (wire, name: string, text: string) => {
    const value = decodeURIComponent(rawValue(wire, name))
    return setValue(wire, name, encodeURIComponent(value.slice(0, 40) + text + value.slice(40)))
  },
}

function rawValue(wire: string, name: string): string {
  return wire.match(new RegExp(`(?:^|&)${name}=([^&]*)`))?.[1] ?? ''
}

function setValue(wire: string, name: string, value: string): string {
  return wire.replace(new RegExp(`(^|&)(${name}=)[^&]*`), (_all, joint, head) => {
    return joint + head + value
  })
}
