// The options and the metadata of a party in; how its answers are signed and encrypted out.

import { Refusal } from '../base/errors.ts'
import type { Encryption } from './encrypt.ts'
import type { PartyOptions } from './party-options.ts'
import type { RelyingParty } from './relying-party.ts'

/** What of an answer is signed, and how its assertion is encrypted, if it is. */
export type Protection = {
  readonly sign: PartyOptions['sign']
  readonly encryption: Encryption | undefined
}

/**
 * What the party's options ask for. Throws `SAML_CANNOT_ENCRYPT` when they ask for encryption and the
 * metadata has no RSA certificate for it: what was to be secret is not sent in clear text.
 */
export function protectionFor({ entityId, options, encryptionKeys }: RelyingParty): Protection {
  const { sign, encrypt } = options
  if (encrypt === 'none') return { sign, encryption: undefined }
  const first = encryptionKeys.find(({ key }) => key.asymmetricKeyType === 'rsa')
  if (first === undefined) {
    const certificates = encryptionKeys.length
    throw new Refusal('SAML_CANNOT_ENCRYPT', { issuer: entityId, encrypt, certificates })
  }
  return { sign, encryption: { algorithm: encrypt, key: first.key } }
}
