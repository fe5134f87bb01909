// The answer of Huawei's sample (Partner Center API §3.2): one signed assertion in an unsigned Response;
// or, when there is no person to speak for, a signed Response that holds a status and nothing else.

import { addMinutes, addSeconds } from '../base/clock.ts'
import type { SamlStatus } from '../base/error-codes.ts'
import { newMessageId, type Random } from '../base/random.ts'
import { type AssertionFacts, buildAssertion } from './assertion.ts'
import { writeInstant } from './instant.ts'
import type { SigningKey } from './keys.ts'
import { CONSENT_UNSPECIFIED, NAME_ID_FORMATS, STATUS_PREFIX } from './names.ts'
import { signTree } from './signature.ts'
import { element, writeXml, type XmlTree } from './xml-write.ts'

declare const signed: unique symbol

/** The text of a Response that this house has signed. */
export type SignedResponse = string & { readonly [signed]: true }

/** What answers need of the house. */
export type AnswerDeps = {
  readonly entityId: string
  readonly key: SigningKey
  readonly random: Random
  readonly assertionMinutes: number
  readonly clockSkewSeconds: number
}

/** Who asked, and where the answer goes. */
export type Addressee = {
  readonly issuer: string
  readonly requestId: string
  readonly acsUrl: string
}

/** Who signed in, as the assertion will say it. */
export type PersonFacts = Pick<AssertionFacts, 'attributes' | 'sessionIndex' | 'authnInstant'>

/** A signed answer and the names under which it is remembered. */
export type Answer = {
  readonly response: SignedResponse
  readonly assertionId: string
  readonly nameId: string
}

/** The answer for a person who is signed in. */
export async function buildAnswer(
  to: Addressee,
  person: PersonFacts,
  deps: AnswerDeps & { readonly now: Date },
): Promise<Answer> {
  const { now, random, clockSkewSeconds } = deps
  const assertionId = newMessageId(random)
  const nameId = newMessageId(random)
  const assertion = buildAssertion({
    ...person,
    id: assertionId,
    nameId,
    entityId: deps.entityId,
    audience: to.issuer,
    recipient: to.acsUrl,
    inResponseTo: to.requestId,
    issuedAt: now,
    notBefore: addSeconds(now, -clockSkewSeconds),
    notOnOrAfter: addMinutes(now, deps.assertionMinutes),
  })
  const success = buildStatus({ top: 'Success' }, `${STATUS_PREFIX}Success`)
  const response = buildResponse(to, deps, [success, await signTree(assertion, deps.key, ['xsd'])])
  return { response: writeDocument(response), assertionId, nameId }
}

/**
 * A signed refusal. It repeats nothing of the request but the ID that was checked to be a name: what a
 * stranger could choose must not end up under our signature.
 */
export async function buildRefusal(
  to: Addressee,
  status: SamlStatus,
  deps: AnswerDeps & { readonly now: Date; readonly say: string },
): Promise<SignedResponse> {
  const response = buildResponse(to, deps, [buildStatus(status, deps.say)])
  return writeDocument(await signTree(response, deps.key))
}

function buildResponse(
  to: Addressee,
  deps: AnswerDeps & { readonly now: Date },
  content: readonly XmlTree[],
): XmlTree {
  const attributes = {
    Consent: CONSENT_UNSPECIFIED,
    Destination: to.acsUrl,
    ID: newMessageId(deps.random),
    InResponseTo: to.requestId,
    IssueInstant: writeInstant(deps.now),
    Version: '2.0',
  }
  const issuer = element('saml2:Issuer', { Format: NAME_ID_FORMATS.entity }, [deps.entityId])
  return element('saml2p:Response', attributes, [issuer, ...content])
}

/** The Status element (Core §3.2.2.1). */
export function buildStatus(
  status: { readonly top: 'Success' | SamlStatus['top']; readonly second?: string },
  message: string,
): XmlTree {
  const second =
    status.second === undefined
      ? []
      : [element('saml2p:StatusCode', { Value: `${STATUS_PREFIX}${status.second}` })]
  return element('saml2p:Status', {}, [
    element('saml2p:StatusCode', { Value: `${STATUS_PREFIX}${status.top}` }, second),
    element('saml2p:StatusMessage', {}, [message]),
  ])
}

function writeDocument(tree: XmlTree): SignedResponse {
  // The callers above have signed it, or the assertion in it.
  return `<?xml version="1.0" encoding="UTF-8"?>${writeXml(tree)}` as SignedResponse
}
