// Single logout outwards (Core §3.7.3.2): the LogoutRequest that tells a site, and what its signed
// LogoutResponse says.

import { type Check, runChecks } from '../base/check.ts'
import { addMinutes } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { type AcceptanceRules, HEAD_CHECKS, type HeadSubject } from './accept.ts'
import { type CheckedMessage, readHead } from './authn-request.ts'
import { writeInstant } from './instant.ts'
import { ISSUER_COVERED } from './logout.ts'
import type { NameId } from './name-id.ts'
import { NAME_ID_FORMATS, NAMESPACES, STATUS_PREFIX } from './names.ts'
import type { RelyingParty } from './relying-party.ts'
import { attributeOf, findChild, isNamed, type XmlElement } from './xml-read.ts'
import { element, type XmlTree } from './xml-write.ts'

/** Whose sign-in has ended, as the site knows it. */
export type Ended = {
  readonly requestId: string
  readonly destination: string
  readonly name: NameId
  readonly sessionIndex: string
}

/** What a site says to a LogoutRequest of ours. */
export type LogoutAnswer = {
  readonly issuer: string
  /** Whom it answers; whether we have sent that is for the store to say. */
  readonly inResponseTo: string
  /** False too for a site that signed out only partly. */
  readonly isConfirmed: boolean
  /** The status codes without their common start, from the outer to the inner. */
  readonly status: readonly string[]
}

// A browser brings it at once; a site need not take it later.
const MEANT_MINUTES = 5

/** The LogoutRequest (Core §3.7.1), unsigned: the binding says how it is signed. */
export function buildLogoutRequest(
  ended: Ended,
  deps: { readonly entityId: string; readonly now: Date },
): XmlTree {
  const attributes = {
    Destination: ended.destination,
    ID: ended.requestId,
    IssueInstant: writeInstant(deps.now),
    NotOnOrAfter: writeInstant(addMinutes(deps.now, MEANT_MINUTES)),
    Version: '2.0',
  }
  const { format, value, nameQualifier, spNameQualifier } = ended.name
  const named = {
    Format: format,
    ...(nameQualifier === undefined ? {} : { NameQualifier: nameQualifier }),
    ...(spNameQualifier === undefined ? {} : { SPNameQualifier: spNameQualifier }),
  }
  return element('saml2p:LogoutRequest', attributes, [
    element('saml2:Issuer', { Format: NAME_ID_FORMATS.entity }, [deps.entityId]),
    element('saml2:NameID', named, [value]),
    element('saml2p:SessionIndex', {}, [ended.sessionIndex]),
  ])
}

type ResponseFacts = HeadSubject['facts'] & LogoutAnswer

/**
 * Reads and checks a LogoutResponse that `verifyMessage` passed with a signature demanded. Throws what
 * `acceptLogoutRequest` throws.
 */
export function acceptLogoutResponse(
  message: CheckedMessage,
  party: RelyingParty,
  rules: AcceptanceRules & { readonly sloUrl: string },
): LogoutAnswer {
  const facts = readLogoutResponse(message)
  runChecks(RESPONSE_CHECKS, { facts, party, rules: { ...rules, ssoUrl: rules.sloUrl } })
  const { issuer, inResponseTo, isConfirmed, status } = facts
  return { issuer, inResponseTo, isConfirmed, status }
}

const RESPONSE_CHECKS: readonly Check<
  HeadSubject & { readonly facts: ResponseFacts; readonly party: RelyingParty }
>[] = [ISSUER_COVERED, ...HEAD_CHECKS]

function readLogoutResponse({ root, isSigned }: CheckedMessage): ResponseFacts {
  if (!isNamed(root, NAMESPACES.saml2p, 'LogoutResponse')) {
    const problem = 'not a LogoutResponse'
    throw new Refusal('SAML_BAD_REQUEST', { problem, found: root.localName })
  }
  const inResponseTo = attributeOf(root, 'InResponseTo')
  if (inResponseTo === undefined) {
    throw new Refusal('SAML_BAD_REQUEST', { problem: 'InResponseTo is missing' })
  }
  const status = readStatus(root)
  const isConfirmed = status.length === 1 && status[0] === 'Success'
  return { ...readHead(root), isSigned, inResponseTo, isConfirmed, status }
}

function readStatus(root: XmlElement): readonly string[] {
  const status = findChild(root, NAMESPACES.saml2p, 'Status')
  const top = status && findChild(status, NAMESPACES.saml2p, 'StatusCode')
  if (top === undefined) {
    const problem = 'an element is missing'
    throw new Refusal('SAML_BAD_REQUEST', { problem, element: 'StatusCode' })
  }
  const second = findChild(top, NAMESPACES.saml2p, 'StatusCode')
  return [top, second].flatMap((code) => {
    const value = code && attributeOf(code, 'Value')?.slice(0, 256)
    if (value === undefined) return []
    return value.startsWith(STATUS_PREFIX) ? value.slice(STATUS_PREFIX.length) : value
  })
}
