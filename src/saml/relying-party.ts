// What we know about a site that asks us to sign people in: everything of it from its metadata.

import type { KeyObject } from 'node:crypto'
import { Refusal } from '../base/errors.ts'
import type { PartyOptions } from './party-options.ts'

/** An AssertionConsumerService for HTTP-POST. */
export type ConsumerService = {
  readonly url: string
  readonly index: number
  readonly isDefault: boolean
}

/** A SingleLogoutService. */
export type LogoutService = {
  readonly binding: 'redirect' | 'post'
  readonly url: string
  /** Where a LogoutResponse goes; `url` unless the metadata names a ResponseLocation. */
  readonly responseUrl: string
}

/** A certificate of the party and when it ends; the end warns and does not refuse (IIP-MD12). */
export type PartyKey = { readonly key: KeyObject; readonly endsAt: Date }

/** A SAML service provider that we trust. */
export type RelyingParty = {
  readonly entityId: string
  /** The file or address it comes from, for messages to the operator. */
  readonly source: string
  /** What operators and `/launch?site=` call it: the name of its file, without the extension. */
  readonly name: string
  readonly signsRequests: boolean
  readonly signingKeys: readonly PartyKey[]
  /** Certificates that assertions may be encrypted with. */
  readonly encryptionKeys: readonly PartyKey[]
  readonly consumers: readonly ConsumerService[]
  readonly logouts: readonly LogoutService[]
  readonly validUntil: Date | undefined
  readonly options: PartyOptions
}

/** Finds parties by entity id, letter by letter. */
export type Parties = {
  readonly all: () => readonly RelyingParty[]
  /** Throws `SAML_UNKNOWN_ISSUER` or, when its metadata has run out, `SAML_PARTY_EXPIRED`. */
  readonly get: (entityId: string, now: Date) => RelyingParty
  /** Looks for what has changed; from then on the two above answer by it. Never throws. */
  readonly refresh: (now: Date) => Promise<void>
}

/** The parties of a list in which no entity id comes twice. Such a list never changes. */
export function createParties(parties: readonly RelyingParty[]): Parties {
  const byId = new Map(parties.map((party) => [party.entityId, party]))
  return {
    all: () => parties,
    refresh: async () => undefined,
    get: (entityId, now) => {
      const party = byId.get(entityId)
      if (party === undefined) {
        const facts = { issuer: entityId.slice(0, 256), known: [...byId.keys()] }
        throw new Refusal('SAML_UNKNOWN_ISSUER', facts)
      }
      if (party.validUntil !== undefined && party.validUntil <= now) {
        const { source, validUntil } = party
        throw new Refusal('SAML_PARTY_EXPIRED', { issuer: entityId, source, validUntil })
      }
      return party
    },
  }
}

/** The signing keys of a party, to be tried one after the other. */
export function keysOf(party: RelyingParty): readonly KeyObject[] {
  return party.signingKeys.map(({ key }) => key)
}
