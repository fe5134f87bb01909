// Rules for the part of a Response that any answer has, a refusal included. The signature of an
// assertion does not cover it, so nothing here says who somebody is.

import { addSeconds } from '../base/clock.ts'
import { differs, type Evidence, instant, type Rule, shown, unless } from './evidence.ts'
import { find, findAll, is, NAMESPACES, SAML } from './saml-names.ts'
import { everyElement } from './xml-tree.ts'

// The prefixes of Huawei's sample, by namespace.
const PREFIXES = new Map<string, string>(
  (['saml2p', 'saml2', 'ds', 'ec'] as const).map((prefix) => [NAMESPACES[prefix], prefix]),
)

/** Rules for any Response. */
export const MESSAGE_RULES: readonly Rule<Evidence>[] = [
  {
    id: 'response',
    says: 'The message is a Response of SAML 2.0.',
    check: ({ response }) =>
      unless(
        is(response, 'saml2p:Response') && response.attributes.get('Version') === '2.0',
        `found ${response.name}, Version ${shown(response.attributes.get('Version'))}`,
      ),
  },
  {
    id: 'ids',
    says: 'Every ID is an XML name, and no ID comes twice.',
    check: ({ response }) => {
      const ids = everyElement(response).flatMap((element) => element.attributes.get('ID') ?? [])
      const bad = ids.find((id) => !/^[A-Za-z_][\w.-]*$/.test(id))
      if (bad !== undefined) return `found ${shown(bad)}`
      return unless(new Set(ids).size === ids.length && ids.length > 0, `found ${ids.join(', ')}`)
    },
  },
  {
    id: 'issue-instant',
    says: 'The Response was issued within the last five minutes.',
    check: ({ response, expected }) => {
      const value = response.attributes.get('IssueInstant')
      const at = instant(value)
      const isRecent =
        at !== undefined &&
        at <= addSeconds(expected.now, 60) &&
        at > addSeconds(expected.now, -300)
      return unless(isRecent, `found ${shown(value)} at ${expected.now.toISOString()}`)
    },
  },
  {
    id: 'destination',
    says: 'Destination is the address of our AssertionConsumerService.',
    check: ({ response, expected }) =>
      differs(response.attributes.get('Destination'), expected.acs),
  },
  {
    id: 'in-response-to',
    says: 'InResponseTo is the ID of a request we sent.',
    check: ({ response, expected }) =>
      unless(
        expected.request !== undefined,
        `found ${shown(response.attributes.get('InResponseTo'))}, which we did not send`,
      ),
  },
  {
    id: 'relay-state',
    says: 'RelayState comes back unchanged.',
    check: ({ relayState, expected }) =>
      expected.request === undefined ? undefined : differs(relayState, expected.request.relayState),
  },
  {
    id: 'issuer',
    says: 'Issuer is the entityID of the identity provider’s metadata.',
    check: ({ response, expected }) =>
      differs(find(response, 'saml2:Issuer')?.text, expected.idp.entityId),
  },
  {
    id: 'prefixes',
    says: 'Elements have the namespace prefixes of Huawei’s sample.',
    check: ({ response }) => {
      const odd = everyElement(response).find(
        ({ name, namespace, localName }) => name !== `${PREFIXES.get(namespace)}:${localName}`,
      )
      return odd === undefined ? undefined : `found ${odd.name} of ${odd.namespace}`
    },
  },
]

/** What a refusal must look like beside being signed: it says no, and gives nothing away. */
export const STATUS_RULES: readonly Rule<Evidence>[] = [
  {
    id: 'status',
    says: 'A Response names one top-level status of SAML.',
    check: ({ response }) => {
      const codes = findAll(response, 'saml2p:Status/saml2p:StatusCode')
      const values = codes.map((code) => code.attributes.get('Value') ?? '')
      const isKnown = /^urn:oasis:names:tc:SAML:2\.0:status:(Requester|Responder|VersionMismatch)$/
      const [only = ''] = values
      return unless(values.length === 1 && isKnown.test(only), `found ${values.join(', ')}`)
    },
  },
  {
    id: 'status-without-assertion',
    says: 'A refusal carries no assertion.',
    check: ({ response }) =>
      unless(
        !everyElement(response).some((element) => element.localName.endsWith('Assertion')),
        'found one',
      ),
  },
]

/** The status of a Response: its top-level code and the one inside it, without the common start. */
export function statusOf({ response }: Pick<Evidence, 'response'>): {
  readonly isSuccess: boolean
  readonly words: string
} {
  const top = find(response, 'saml2p:Status/saml2p:StatusCode')
  const second = find(top, 'saml2p:StatusCode')
  const words = [top, second]
    .flatMap((code) => code?.attributes.get('Value') ?? [])
    .map((value) => value.slice(value.lastIndexOf(':') + 1))
  return {
    isSuccess: top?.attributes.get('Value') === SAML.success,
    words: words.join(', ') || 'no status',
  }
}
