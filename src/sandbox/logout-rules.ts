// What a LogoutResponse must satisfy (SAML Core §3.7.2, Bindings §3.4).

import { differs, type Rule, unless } from './evidence.ts'
import type { IdpFacts } from './idp-metadata.ts'
import { statusOf } from './message-rules.ts'
import { find, is } from './saml-names.ts'
import type { Finding } from './state.ts'
import type { XmlElement } from './xml-tree.ts'

/** A LogoutResponse and what we know about its request. */
export type LogoutEvidence = {
  readonly response: XmlElement
  readonly relayState: string | undefined
  /** The request that InResponseTo names, if we sent it. */
  readonly known: { readonly relayState: string; readonly idp: IdpFacts } | undefined
  /** Where we take LogoutResponses. */
  readonly addresses: readonly string[]
  /** The signature over the query holds. */
  readonly isVerified: boolean
}

/** Every rule for a LogoutResponse. */
const LOGOUT_RULES: readonly Rule<LogoutEvidence>[] = [
  {
    id: 'logout-response',
    says: 'The message is a LogoutResponse of SAML 2.0.',
    check: ({ response }) =>
      unless(
        is(response, 'saml2p:LogoutResponse') && response.attributes.get('Version') === '2.0',
        `found ${response.name}`,
      ),
  },
  {
    id: 'logout-in-response-to',
    says: 'InResponseTo is the ID of a LogoutRequest we sent, answered once.',
    check: ({ known }) => unless(known !== undefined, 'we sent none of that ID'),
  },
  {
    id: 'logout-signature',
    says: 'The query is signed by rsa-sha256 with a key of the metadata.',
    check: ({ isVerified }) => unless(isVerified, 'the signature is missing or does not verify'),
  },
  {
    id: 'logout-destination',
    says: 'Destination is where we take LogoutResponses.',
    check: ({ response, addresses }) => {
      const found = response.attributes.get('Destination') ?? ''
      return unless(addresses.includes(found), `found "${found}"`)
    },
  },
  {
    id: 'logout-issuer',
    says: 'Issuer is the entityID of the identity provider’s metadata.',
    check: ({ response, known }) =>
      known === undefined
        ? undefined
        : differs(find(response, 'saml2:Issuer')?.text, known.idp.entityId),
  },
  {
    id: 'logout-status',
    says: 'The status is Success.',
    check: (evidence) => {
      const { isSuccess, words } = statusOf(evidence)
      return unless(isSuccess, `found ${words}`)
    },
  },
  {
    id: 'logout-relay-state',
    says: 'RelayState comes back unchanged.',
    check: ({ relayState, known }) =>
      known === undefined ? undefined : differs(relayState, known.relayState),
  },
]

/** The rules that do not hold. */
export function brokenLogoutRules(evidence: LogoutEvidence): readonly Finding[] {
  return LOGOUT_RULES.flatMap(({ id, says, check }) => {
    const found = check(evidence)
    return found === undefined ? [] : [{ id, says, found }]
  })
}
