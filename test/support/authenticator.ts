// An authenticator in software: makes ES256 passkeys and signs what it is asked, right or wrong.

import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** What an answer says; each can be told otherwise. */
export type Told = {
  readonly origin: string
  readonly rpId: string
  readonly counter: number
  readonly isVerified: boolean
}

/** One passkey, with its private key. */
export type SoftPasskey = {
  /** The answer to `navigator.credentials.create`, as JSON. */
  readonly create: (challenge: string, told: Told) => string
  /** The answer to `navigator.credentials.get`; `changes` are made after it was signed. */
  readonly get: (
    asked: { readonly challenge: string; readonly userHandle?: string | undefined },
    told: Told,
    changes?: Readonly<Record<string, unknown>>,
  ) => string
}

// WebAuthn §6.1: user present, user verified, attested credential data.
const PRESENT = 0x01
const VERIFIED = 0x04
const ATTESTED = 0x40

/** A passkey under this id. */
export function softPasskey(id: string): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const rawId = Buffer.from(id)
  const credentialId = rawId.toString('base64url')
  const named = { id: credentialId, rawId: credentialId, type: 'public-key' }
  return {
    create: (challenge, told) => {
      const size = Buffer.alloc(2)
      size.writeUInt16BE(rawId.length)
      const attested = Buffer.concat([Buffer.alloc(16), size, rawId, coseOf(publicKey)])
      const authData = Buffer.concat([authenticatorData(told, ATTESTED), attested])
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ])
      const response = {
        clientDataJSON: clientData('webauthn.create', challenge, told).toString('base64url'),
        attestationObject: Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url'),
        transports: ['internal'],
      }
      return JSON.stringify({ ...named, response, clientExtensionResults: {} })
    },
    get: ({ challenge, userHandle }, told, changes = {}) => {
      const authData = authenticatorData(told, 0)
      const client = clientData('webauthn.get', challenge, told)
      const hash = createHash('sha256').update(client).digest()
      const response = {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', Buffer.concat([authData, hash]), privateKey).toString(
          'base64url',
        ),
        ...(userHandle === undefined ? {} : { userHandle }),
        ...changes,
      }
      return JSON.stringify({ ...named, response, clientExtensionResults: {} })
    },
  }
}

function clientData(type: string, challenge: string, { origin }: Told): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}

function authenticatorData({ rpId, counter, isVerified }: Told, more: number): Buffer {
  const flags = Buffer.from([PRESENT | (isVerified ? VERIFIED : 0) | more])
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([createHash('sha256').update(rpId).digest(), flags, count])
}

// RFC 9052: an EC2 key (1: 2) for ES256 (3: -7) on P-256 (-1: 1).
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const cose = new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
    [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
  ])
  return Buffer.from(isoCBOR.encode(cose as never))
}
