// The answer of Huawei's sample (Partner Center API §3.2): one signed assertion in an unsigned Response,
// or what else the party's options ask for; or, when there is no person to speak for, a signed Response
// that holds a status and nothing else.

import { createHash } from 'node:crypto'
import { addMinutes, addSeconds } from '../base/clock.ts'
import type { SamlStatus } from '../base/error-description.ts'
import { newMessageId, type Random } from '../base/random.ts'
import { type AssertionFacts, buildAssertion } from './assertion.ts'
import { encryptAssertion } from './encrypt.ts'
import { writeInstant } from './instant.ts'
import { type NameId, transientName } from './name-id.ts'
import { CONSENT_UNSPECIFIED, NAME_ID_FORMATS, STATUS_PREFIX } from './names.ts'
import type { Protection } from './protection.ts'
import { signTree } from './signature.ts'
import type { SigningKey } from './signing-key.ts'
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
export type PersonFacts = Pick<
  AssertionFacts,
  'attributes' | 'sessionIndex' | 'authnInstant' | 'contextClass' | 'locality'
> & {
  /** `undefined` for a new transient one. */
  readonly name: NameId | undefined
}

/** A signed answer and the names under which it is remembered. */
export type Answer = {
  readonly response: SignedResponse
  readonly assertionId: string
  readonly nameId: string
  /** SHA-256 in hexadecimal of the assertion's text, with its signature and before it is encrypted. */
  readonly digest: string
}

/** The answer for a person who is signed in. */
export async function buildAnswer(
  to: Addressee,
  person: PersonFacts,
  deps: AnswerDeps & { readonly now: Date; readonly protection: Protection },
): Promise<Answer> {
  const { now, random, clockSkewSeconds, protection } = deps
  const assertionId = newMessageId(random)
  const name = person.name ?? transientName(newMessageId(random), to.issuer)
  const assertion = buildAssertion({
    ...person,
    id: assertionId,
    name,
    entityId: deps.entityId,
    audience: to.issuer,
    recipient: to.acsUrl,
    inResponseTo: to.requestId,
    issuedAt: now,
    notBefore: addSeconds(now, -clockSkewSeconds),
    notOnOrAfter: addMinutes(now, deps.assertionMinutes),
  })
  const success = buildStatus({ top: 'Success' }, `${STATUS_PREFIX}Success`)
  const { content, digest } = await protectAssertion(assertion, deps)
  const response = buildResponse(to, deps, [success, content])
  const whole = protection.sign === 'assertion' ? response : await sign(response, deps)
  return { response: writeDocument(whole), assertionId, nameId: name.value, digest }
}

// Signed before it is encrypted: the party keeps an assertion that proves itself.
async function protectAssertion(
  assertion: XmlTree,
  deps: AnswerDeps & { readonly protection: Protection },
): Promise<{ readonly content: XmlTree; readonly digest: string }> {
  const { sign: signs, encryption } = deps.protection
  const tree = signs === 'response' ? assertion : await sign(assertion, deps)
  const digest = createHash('sha256').update(writeXml(tree), 'utf8').digest('hex')
  if (encryption === undefined) return { content: tree, digest }
  return { content: encryptAssertion(tree, encryption, deps.random), digest }
}

// The values of xsi:type use the prefix; whoever canonicalizes must be told to keep it.
function sign(tree: XmlTree, { key }: Pick<AnswerDeps, 'key'>): Promise<XmlTree> {
  return signTree(tree, key, ['xsd'])
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
