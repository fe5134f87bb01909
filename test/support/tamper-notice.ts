// What an attacker does to a bind notification: to the JSON before it is signed, to the choices of the
// signer, and to the form on its way.

import { type KeyName, keyPair } from './fixed.ts'
import { encodeNotice, type NoticeSigning } from './notice.ts'
import type { Changes } from './tamper.ts'
import { FORM_CHANGES } from './tamper-form.ts'

/** Changes of the JSON; the signature is genuine. Bytes, because not every row is UTF-8. */
export const NOTICE_CHANGES: Changes<Buffer> = {
  value: (json, name: string, value: string) => setValue(json, name, value),
  'long-value': (json, name: string, count: string) => {
    return setValue(json, name, `"${'x'.repeat(Number(count))}"`)
  },
  without: (json, name: string) => {
    const { [name]: _gone, ...others } = JSON.parse(json.toString()) as Record<string, unknown>
    return Buffer.from(JSON.stringify(others))
  },
  'append-member': (json, member: string) => {
    return Buffer.from(`${json.toString().slice(0, -1)},${member}}`)
  },
  'in-list': (json) => Buffer.from(`[${json}]`),
  nest: (_json, count: string) => {
    return Buffer.from(`{"a":${'['.repeat(Number(count))}${']'.repeat(Number(count))}}`)
  },
  text: (_json, text: string) => Buffer.from(text),
  truncate: (json, count: string) => json.subarray(0, -Number(count)),
  append: (json, text: string) => Buffer.concat([json, Buffer.from(text)]),
  'append-hex': (json, hex: string) => Buffer.concat([json, Buffer.from(hex, 'hex')]),
  'prepend-hex': (json, hex: string) => Buffer.concat([Buffer.from(hex, 'hex'), json]),
  // White space until the Base64 text ends with two signs of padding.
  'pad-to-two': (json) => {
    const missing = (4 - (json.length % 3)) % 3
    return Buffer.concat([json, Buffer.from(' '.repeat(missing === 0 ? 3 : missing))])
  },
}

function setValue(json: Buffer, name: string, value: string): Buffer {
  const text = json.toString()
  return Buffer.from(text.replace(new RegExp(`("${name}":)("[^"]*"|\\d+)`), `$1${value}`))
}

/** Changes of the signer's choices. */
export const NOTICE_SIGNING_CHANGES: Changes<NoticeSigning> = {
  algorithm: (signing, sigAlg: string, hash: string) => ({
    ...(hash === 'hmac' ? asSecret(signing) : signing),
    sigAlg,
    hash,
  }),
  hash: (signing, hash: string) => ({ ...(hash === 'hmac' ? asSecret(signing) : signing), hash }),
  // A row names keys that exist.
  key: (signing, name: string) => ({ ...signing, key: keyPair(name as KeyName).privateKey }),
  'over-json': (signing) => ({ ...signing, over: 'json' }),
}

// The public key is known to everybody: as the secret of an HMAC it proves nothing.
function asSecret(signing: NoticeSigning): NoticeSigning {
  return { ...signing, key: signing.publicKey }
}

/** Changes of the form on its way. */
export const NOTICE_WIRE_CHANGES: Changes<string> = {
  ...FORM_CHANGES,
  'swap-account': (wire) => {
    const json = '{"xUserId":"C-10001","domainId":"d-stolen","bindAction":1}'
    return wire.replace(
      /bindRequest=[^&]*/,
      `bindRequest=${encodeURIComponent(encodeNotice(json))}`,
    )
  },
  'drop-padding': (wire, name: string) => {
    return wire.replace(new RegExp(`(${name}=[^&]*?)(%3D)+`), '$1')
  },
}
