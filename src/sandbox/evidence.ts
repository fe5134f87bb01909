// What a rule is, what it looks at, and how it says what it found instead.

import type { IdpFacts } from './idp-metadata.ts'
import type { XmlElement } from './xml-tree.ts'

/** What we expect of an answer; all of it known before the answer came. */
export type Expected = {
  readonly now: Date
  /** The relying party's own entity id and answer address. */
  readonly entityId: string
  readonly acs: string
  readonly partnerId: string
  readonly idp: IdpFacts
  /** The request that InResponseTo names, if we sent one with that id. */
  readonly request: SentRequest | undefined
}

/** An AuthnRequest of ours. */
export type SentRequest = {
  readonly id: string
  readonly relayState: string
  /** An answer to it has been taken already. */
  readonly isAnswered: boolean
}

/** The Response as it came. Only its signed part may say who somebody is. */
export type Evidence = {
  readonly response: XmlElement
  readonly relayState: string | undefined
  readonly expected: Expected
}

/** The same, with the assertion read again from the bytes that the signature covers. */
export type SignedEvidence = Evidence & { readonly assertion: XmlElement }

/** One statement about an answer; a row of the tables behind rules.ts. */
export type Rule<Seen> = {
  /** Stable: tests name it. */
  readonly id: string
  /** The rule as a sentence. */
  readonly says: string
  /** What was found instead; `undefined` when the rule holds. */
  readonly check: (evidence: Seen) => string | undefined
}

/** `undefined` when both are the same, otherwise the sentence that shows the difference. */
export function differs(found: string | undefined, wanted: string): string | undefined {
  return found === wanted ? undefined : `found ${shown(found)}, expected ${shown(wanted)}`
}

/** The same for a condition. */
export function unless(holds: boolean, found: string): string | undefined {
  return holds ? undefined : found
}

/** A value as people read it in a finding. */
export function shown(value: string | undefined): string {
  return value === undefined ? 'nothing' : `"${value}"`
}

/** An xs:dateTime in UTC, as SAML Core §1.3.3 asks; `undefined` for anything else. */
export function instant(value: string | undefined): Date | undefined {
  if (value === undefined) return undefined
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(value)) return undefined
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? undefined : date
}
