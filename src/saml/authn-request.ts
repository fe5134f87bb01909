// The AuthnRequest (Core §3.4.1): whose it claims to be, whether its signature holds, and what it says.

import { Refusal } from '../base/errors.ts'
import { COMPARISONS, type WantedContext } from '../base/wanted-context.ts'
import { readInstant } from './instant.ts'
import { NAMESPACES } from './names.ts'
import type { DecodedMessage } from './redirect-binding.ts'
import { keysOf, type RelyingParty } from './relying-party.ts'
import { hasSignature, verifyDetached, verifyEnveloped } from './signature.ts'
import {
  attributeOf,
  childrenOf,
  elementsIn,
  findChild,
  isNamed,
  MESSAGE_LIMITS,
  readXml,
  textOf,
  type XmlElement,
} from './xml-read.ts'
import { scanXml } from './xml-scan.ts'

/** XML that may be read: its sender has signed it, or need not and did not. */
export type CheckedMessage = {
  /** Read from what the signature covers, and from nothing else. */
  readonly root: XmlElement
  readonly isSigned: boolean
  readonly relayState: string | undefined
}

/** What an AuthnRequest asks, as it says it; no value has been compared with anything yet. */
export type AuthnRequestFacts = {
  readonly id: string
  readonly version: string
  readonly issueInstant: Date
  readonly issuer: string
  readonly destination: string | undefined
  readonly acsUrl: string | undefined
  readonly acsIndex: number | undefined
  readonly protocolBinding: string | undefined
  readonly nameIdFormat: string | undefined
  readonly spNameQualifier: string | undefined
  readonly wantsFreshSignIn: boolean
  readonly isPassive: boolean
  readonly wantedContext: WantedContext | undefined
  /** Whether the request says who must sign in (Core §3.4.1). */
  readonly namesSubject: boolean
  readonly isSigned: boolean
  readonly relayState: string | undefined
}

/**
 * The entity id a message claims. A hint, to pick the keys to verify with: whatever it says, the
 * facts are read again from what the signature covers.
 */
export function peekIssuer(message: DecodedMessage): string {
  let issuer: string | undefined
  let isInIssuer = false
  scanXml(message.xml, MESSAGE_LIMITS, {
    start: (tag) => {
      isInIssuer = tag.depth === 2 && tag.local === 'Issuer' && issuer === undefined
      if (isInIssuer) issuer = ''
    },
    text: (text, depth) => {
      if (isInIssuer && depth === 2) issuer += text
    },
  })
  if (issuer === undefined) throw incomplete('Issuer')
  return issuer.trim()
}

/**
 * Verifies a message with the party's keys. Throws `SAML_UNSIGNED` when the party's metadata promises
 * signatures and there is none, `SAML_WEAK_ALGORITHM` and `SAML_BAD_SIGNATURE`. What is signed is
 * verified even where it need not be (SDP-IDP05).
 */
export function verifyMessage(
  message: DecodedMessage,
  party: RelyingParty,
  mustBeSigned = party.signsRequests,
): CheckedMessage {
  const { relayState, detached, xml } = message
  if (detached !== undefined) verifyDetached(detached, keysOf(party))
  const root = readXml(xml, MESSAGE_LIMITS)
  if (message.binding === 'redirect' && hasSignature(root)) {
    // Bindings §3.4.4.1: the signature of a Redirect message is outside; one inside is odd enough to
    // be somebody else's message.
    throw new Refusal('SAML_BAD_SIGNATURE', { problem: 'a signature inside a Redirect message' })
  }
  if (detached !== undefined) return { root, isSigned: true, relayState }
  if (hasSignature(root)) {
    const covered = verifyEnveloped(xml, root, keysOf(party))
    return { root: readXml(covered, MESSAGE_LIMITS), isSigned: true, relayState }
  }
  if (mustBeSigned) throw new Refusal('SAML_UNSIGNED', { issuer: party.entityId })
  return { root, isSigned: false, relayState }
}

/** Reads the facts. Throws `SAML_BAD_REQUEST`, naming what is missing or wrong. */
export function readAuthnRequest(message: CheckedMessage): AuthnRequestFacts {
  const { root } = message
  if (!isNamed(root, NAMESPACES.saml2p, 'AuthnRequest')) {
    throw new Refusal('SAML_BAD_REQUEST', { problem: 'not an AuthnRequest', found: root.localName })
  }
  const policy = findChild(root, NAMESPACES.saml2p, 'NameIDPolicy')
  return {
    ...readHead(root),
    acsUrl: attributeOf(root, 'AssertionConsumerServiceURL'),
    acsIndex: readIndex(root),
    protocolBinding: attributeOf(root, 'ProtocolBinding'),
    nameIdFormat: policy && attributeOf(policy, 'Format'),
    spNameQualifier: policy && attributeOf(policy, 'SPNameQualifier'),
    wantsFreshSignIn: readFlag(root, 'ForceAuthn'),
    isPassive: readFlag(root, 'IsPassive'),
    wantedContext: readContext(root),
    namesSubject: findChild(root, NAMESPACES.saml2, 'Subject') !== undefined,
    isSigned: message.isSigned,
    relayState: message.relayState,
  }
}

/** What every SAML request has (Core §3.2.1). */
export function readHead(root: XmlElement) {
  const id = attributeOf(root, 'ID')
  if (id === undefined || !/^[A-Za-z_][\w.-]{0,255}$/.test(id)) {
    throw new Refusal('SAML_BAD_REQUEST', { problem: 'the ID is missing or no XML name' })
  }
  const instant = readInstant(attributeOf(root, 'IssueInstant') ?? '')
  if (instant === undefined) {
    throw new Refusal('SAML_BAD_REQUEST', { problem: 'IssueInstant is missing or no UTC time' })
  }
  const issuer = findChild(root, NAMESPACES.saml2, 'Issuer')
  if (issuer === undefined) throw incomplete('Issuer')
  return {
    id,
    version: attributeOf(root, 'Version') ?? '',
    issueInstant: instant,
    issuer: textOf(issuer),
    destination: attributeOf(root, 'Destination'),
  }
}

function incomplete(element: string): Refusal {
  return new Refusal('SAML_BAD_REQUEST', { problem: 'an element is missing', element })
}

function readIndex(root: XmlElement): number | undefined {
  const text = attributeOf(root, 'AssertionConsumerServiceIndex')
  if (text === undefined) return undefined
  if (!/^\d{1,5}$/.test(text)) {
    const problem = 'AssertionConsumerServiceIndex is no small whole number'
    throw new Refusal('SAML_BAD_REQUEST', { problem })
  }
  return Number(text)
}

function readFlag(root: XmlElement, name: string): boolean {
  const text = attributeOf(root, name)
  if (text === undefined || text === 'false' || text === '0') return false
  if (text === 'true' || text === '1') return true
  throw new Refusal('SAML_BAD_REQUEST', { problem: 'neither true nor false', attribute: name })
}

// Core §3.3.2.2.1. A declaration instead of a class is listed too: we can satisfy none.
function readContext(root: XmlElement): WantedContext | undefined {
  const requested = findChild(root, NAMESPACES.saml2p, 'RequestedAuthnContext')
  if (requested === undefined) return undefined
  const asked = attributeOf(requested, 'Comparison') ?? 'exact'
  const comparison = COMPARISONS.find((known) => known === asked)
  if (comparison === undefined) {
    const problem = 'Comparison is none of exact, minimum, better and maximum'
    throw new Refusal('SAML_BAD_REQUEST', { problem })
  }
  const classes = childrenOf(requested, NAMESPACES.saml2, 'AuthnContextClassRef').map(textOf)
  const others = elementsIn(requested).filter((each) => each.localName !== 'AuthnContextClassRef')
  if (classes.length + others.length === 0) throw incomplete('AuthnContextClassRef')
  return { comparison, classes: [...classes, ...others.map((each) => each.localName)] }
}
