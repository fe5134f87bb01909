// The signature of a bind notification: Huawei's SAML key over a text, outside of any XML. The room that
// reads notifications is handed this function, because the keys are the relying parties'.

import { Refusal } from '../base/errors.ts'
import { findAlgorithmIgnoringCase, isSignedBy } from './algorithms.ts'
import { keysOf, type Parties } from './relying-party.ts'
import { decodeBase64 } from './signature.ts'

/** What was signed, and how it says it was signed. */
export type SignedNotice = {
  readonly octets: Buffer
  readonly algorithm: string
  readonly signature: string
}

/** Throws `BIND_WEAK_ALGORITHM` or `BIND_BAD_SIGNATURE`. */
export type VerifyNotice = (notice: SignedNotice) => void

/** A verifier with every signing key of every party: a notification does not say whose it is. */
export function createVerifyNotice(parties: Parties): VerifyNotice {
  return ({ octets, algorithm: uri, signature: text }) => {
    // Huawei's documents print the URI in capitals (Basic Configuration), so case must not matter.
    const algorithm = findAlgorithmIgnoringCase(uri)
    if (algorithm === undefined) {
      throw new Refusal('BIND_WEAK_ALGORITHM', { algorithm: uri.slice(0, 100) })
    }
    const signature = decodeBase64(text)
    const keys = parties.all().flatMap(keysOf)
    const fits = keys.some((key) => {
      return (
        signature !== undefined &&
        isSignedBy(key, { algorithm, octets, signature, allowsDer: true })
      )
    })
    if (!fits) throw new Refusal('BIND_BAD_SIGNATURE', { keys: keys.length })
  }
}
