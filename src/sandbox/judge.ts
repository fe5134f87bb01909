// A Response comes in, a verdict goes out: who signed in, or every rule that is broken.

import { ASSERTION_RULES, attributesOf } from './assertion-rules.ts'
import type { Evidence, Expected, Rule, SignedEvidence } from './evidence.ts'
import { MESSAGE_RULES, STATUS_RULES, statusOf } from './message-rules.ts'
import { askAboutRefusal, askSamlify, type RelyingParty } from './relying-party.ts'
import { READABLE, SAMLIFY_ACCEPTS, SIGNATURE_HOLDS } from './rules.ts'
import { find } from './saml-names.ts'
import { SIGN_IN_RULES } from './sign-in-rules.ts'
import type { Finding } from './state.ts'
import { readXml, type XmlElement } from './xml-tree.ts'

/** Whom an accepted answer names, read only from what its signature covers. */
export type SignedIn = {
  readonly xAccountId: string
  readonly attributes: readonly (readonly [name: string, value: string])[]
  /** For single logout. */
  readonly nameId: string
  readonly sessionIndex: string
}

/** What a Response comes to. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly person: SignedIn }
  | { readonly kind: 'status'; readonly words: string }
  | { readonly kind: 'refused'; readonly broken: readonly Finding[] }

/** A form as it was posted to the AssertionConsumerService. */
export type PostedAnswer = {
  readonly samlResponse: string
  readonly relayState: string | undefined
}

/** The XML of a posted Response. Throws `XmlError`, or `TypeError` for what is no UTF-8. */
export function readPostedXml(samlResponse: string): { text: string; response: XmlElement } {
  const bytes = Buffer.from(samlResponse, 'base64')
  if (bytes.toString('base64') !== samlResponse) throw new TypeError('not Base64 in its one form')
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  return { text, response: readXml(text) }
}

/** The verdict on XML that could not be read. */
export function unreadable(error: unknown): Verdict {
  const found = error instanceof Error ? error.message : String(error)
  return { kind: 'refused', broken: [{ ...READABLE, found }] }
}

/** Judges a readable Response. All broken rules are reported, not just the first. */
export async function judge(
  posted: PostedAnswer,
  response: XmlElement,
  sides: { readonly party: RelyingParty; readonly expected: Expected },
): Promise<Verdict> {
  const evidence: Evidence = { response, relayState: posted.relayState, expected: sides.expected }
  const status = statusOf(evidence)
  if (!status.isSuccess) {
    const objection = askAboutRefusal(sides.expected.idp, posted.samlResponse)
    const broken = [
      ...brokenRules([...MESSAGE_RULES, ...STATUS_RULES], evidence),
      ...(objection === undefined ? [] : [{ ...SIGNATURE_HOLDS, found: objection }]),
    ]
    return broken.length > 0 ? { kind: 'refused', broken } : { kind: 'status', words: status.words }
  }
  const broken = brokenRules([...MESSAGE_RULES, ...SIGN_IN_RULES], evidence)
  const { covered, objection } = await askSamlify(
    sides.party,
    sides.expected.idp,
    posted.samlResponse,
  )
  if (covered === undefined) {
    const found = objection ?? 'nothing is signed'
    return { kind: 'refused', broken: [...broken, { ...SIGNATURE_HOLDS, found }] }
  }
  const signed: SignedEvidence = { ...evidence, assertion: readXml(covered) }
  const objections = objection === undefined ? [] : [{ ...SAMLIFY_ACCEPTS, found: objection }]
  const all = [...broken, ...objections, ...brokenRules(ASSERTION_RULES, signed)]
  return all.length > 0
    ? { kind: 'refused', broken: all }
    : { kind: 'accepted', person: signedIn(signed.assertion) }
}

function brokenRules<Seen>(rules: readonly Rule<Seen>[], evidence: Seen): readonly Finding[] {
  return rules.flatMap(({ id, says, check }) => {
    const found = check(evidence)
    return found === undefined ? [] : [{ id, says, found }]
  })
}

function signedIn(assertion: XmlElement): SignedIn {
  const attributes = attributesOf(assertion)
  return {
    xAccountId: attributes.find(([name]) => name === 'xAccountId')?.[1] ?? '',
    attributes,
    nameId: find(assertion, 'saml2:Subject/saml2:NameID')?.text ?? '',
    sessionIndex: find(assertion, 'saml2:AuthnStatement')?.attributes.get('SessionIndex') ?? '',
  }
}
