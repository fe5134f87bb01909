// What a LogoutRequest of the identity provider must satisfy (SAML Core §3.7.1, Bindings §3.4).

import { differs, instant, type Rule, shown, unless } from './evidence.ts'
import type { IdpFacts } from './idp-metadata.ts'
import type { SignedIn } from './judge.ts'
import { find, is } from './saml-names.ts'
import type { Finding } from './state.ts'
import type { XmlElement } from './xml-tree.ts'

/** A LogoutRequest, and who is signed in in the browser that brings it. */
export type LogoutRequestEvidence = {
  readonly request: XmlElement
  readonly person: SignedIn | undefined
  readonly idp: IdpFacts
  /** Where we take LogoutRequests. */
  readonly address: string
  readonly now: Date
  /** The signature over the query holds. */
  readonly isVerified: boolean
}

const RULES: readonly Rule<LogoutRequestEvidence>[] = [
  {
    id: 'logout-request',
    says: 'The message is a LogoutRequest of SAML 2.0.',
    check: ({ request }) =>
      unless(
        is(request, 'saml2p:LogoutRequest') && request.attributes.get('Version') === '2.0',
        `found ${request.name}`,
      ),
  },
  {
    id: 'logout-request-signature',
    says: 'The query is signed by rsa-sha256 with a key of the metadata.',
    check: ({ isVerified }) => unless(isVerified, 'the signature is missing or does not verify'),
  },
  {
    id: 'logout-request-issuer',
    says: 'Issuer is the entityID of the identity provider’s metadata.',
    check: ({ request, idp }) => differs(find(request, 'saml2:Issuer')?.text, idp.entityId),
  },
  {
    id: 'logout-request-destination',
    says: 'Destination is where we take LogoutRequests.',
    check: ({ request, address }) => differs(request.attributes.get('Destination'), address),
  },
  {
    id: 'logout-request-time',
    says: 'NotOnOrAfter, when it is there, has not come.',
    check: ({ request, now }) => {
      const value = request.attributes.get('NotOnOrAfter')
      const end = instant(value)
      const isOpen = value === undefined || (end !== undefined && end > now)
      return unless(isOpen, `found ${shown(value)} at ${now.toISOString()}`)
    },
  },
  {
    id: 'logout-request-name',
    says: 'NameID is the one of the assertion that signed this browser in.',
    check: ({ request, person }) =>
      differs(find(request, 'saml2:NameID')?.text, person?.nameId ?? ''),
  },
  {
    id: 'logout-request-session',
    says: 'SessionIndex is the one of that assertion.',
    check: ({ request, person }) =>
      differs(find(request, 'saml2p:SessionIndex')?.text, person?.sessionIndex ?? ''),
  },
]

/** The rules that do not hold. */
export function brokenLogoutRequestRules(evidence: LogoutRequestEvidence): readonly Finding[] {
  return RULES.flatMap(({ id, says, check }) => {
    const found = check(evidence)
    return found === undefined ? [] : [{ id, says, found }]
  })
}
