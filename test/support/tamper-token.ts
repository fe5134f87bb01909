// Hand-off tokens, built by hand so that every mistake can be made, and what an attacker does to them.

import { constants, createHmac, createSign, randomUUID } from 'node:crypto'
import { type KeyName, keyPair } from './fixed.ts'
import type { Changes } from './tamper.ts'
import { FORM_CHANGES } from './tamper-form.ts'

type Values = Readonly<Record<string, unknown>>

/** A token before it is signed. */
export type Token = {
  readonly header: Values
  readonly claims: Values
  readonly key: KeyName | 'none' | 'public-key-as-secret'
}

/** The portal's own key in these tests. */
export const PORTAL_KEY: KeyName = 'other'

/** The token that a portal makes for an account. */
export function portalToken(facts: {
  readonly issuer: string
  readonly audience: string
  readonly accountId: string
  readonly now: Date
}): Token {
  const iat = Math.floor(facts.now.getTime() / 1000)
  return {
    header: { alg: 'RS256', typ: 'JWT' },
    claims: {
      iss: facts.issuer,
      aud: facts.audience,
      sub: facts.accountId,
      jti: randomUUID(),
      iat,
      nbf: iat,
      exp: iat + 60,
    },
    key: PORTAL_KEY,
  }
}

/** The token as it travels. */
export function writeToken({ header, claims, key }: Token): string {
  const signed = `${encode(header)}.${encode(claims)}`
  if (key === 'none') return `${signed}.`
  if (key === 'public-key-as-secret') {
    const secret = keyPair(PORTAL_KEY).publicKey.export({ type: 'spki', format: 'pem' })
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  }
  const padding =
    header['alg'] === 'PS256' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING
  const signature = createSign('sha256')
    .update(signed)
    .sign({ key: keyPair(key).privateKey, padding, saltLength: 32 })
  return `${signed}.${signature.toString('base64url')}`
}

function encode(values: Values): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

function without(values: Values, name: string): Values {
  return Object.fromEntries(Object.entries(values).filter(([each]) => each !== name))
}

/** Changes of what the token says; the signature is genuine. */
export const CLAIM_CHANGES: Changes<Values> = {
  set: (claims, name: string, json: string) => ({ ...claims, [name]: JSON.parse(json) }),
  remove: without,
  suffix: (claims, name: string, text: string) => ({ ...claims, [name]: `${claims[name]}${text}` }),
  shift: (claims, name: string, seconds: string) => {
    return { ...claims, [name]: Number(claims['nbf']) + Number(seconds) }
  },
  repeat: (claims, name: string, count: string, text: string) => {
    return { ...claims, [name]: text.repeat(Number(count)) }
  },
  'also-for': (claims, audience: string) => ({ ...claims, aud: [audience, claims['aud']] }),
}

/** Changes of the header; the signature is genuine. */
export const HEADER_CHANGES: Changes<Values> = {
  set: (header, name: string, json: string) => ({ ...header, [name]: JSON.parse(json) }),
  remove: without,
  'embed-key': (header, key: string) => {
    // A row names keys that exist.
    return { ...header, jwk: keyPair(key as KeyName).publicKey.export({ format: 'jwk' }) }
  },
}

/** Changes of who signs. */
export const KEY_CHANGES: Changes<Token['key']> = {
  key: (_key, name: string) => name as KeyName, // A row names keys that exist.
  none: () => 'none',
  'public-key-as-secret': () => 'public-key-as-secret',
}

/** Changes of the form body that carries the token. */
export const TOKEN_WIRE_CHANGES: Changes<string> = {
  ...FORM_CHANGES,
  'cut-signature': (wire) => wire.replace(/\.[^.]*$/, '.'),
  'swap-claims': (wire) => {
    return wire.replace(/\.([^.]+)\./, (_all, claims: string) => {
      const text = Buffer.from(claims, 'base64url').toString('utf8')
      const { sub: _sub, ...others } = JSON.parse(text) as Record<string, unknown>
      return `.${encode({ ...others, sub: 'C-OTHER' })}.`
    })
  },
  pad: (wire, count: string) => `${wire}&pad=${'x'.repeat(Number(count))}`,
  'long-token': (_wire, count: string) => `token=${'x'.repeat(Number(count))}`,
}
