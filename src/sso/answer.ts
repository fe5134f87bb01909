// Parked request + person → signed answer → the browser leaves for the relying party. The answer is on
// record before it leaves, and a request is answered once.

import { Refusal } from '../base/errors.ts'
import { nameFor } from '../saml/name-id.ts'
import { encodePost } from '../saml/post-binding.ts'
import { protectionFor } from '../saml/protection.ts'
import type { RelyingParty } from '../saml/relying-party.ts'
import { buildAnswer, type PersonFacts } from '../saml/response.ts'
import type { Customer } from '../signin/customer.ts'
import type { BindingRecord } from '../store/binding-records.ts'
import type { ParkedRequest } from '../store/request-records.ts'
import type { Departure } from '../web/departure.ts'
import { buildAttributes } from './attributes.ts'
import { getContext, proofOf } from './context.ts'
import { leaveWith } from './departure.ts'
import type { SsoDeps } from './deps.ts'
import { ANSWER_TEXTS } from './texts/answer.ts'

/**
 * Throws `SAML_REPLAYED` when the request has been answered meanwhile, in another tab or process;
 * `SAML_NO_AUTHN_CONTEXT`, `SAML_NAME_ID_POLICY` and `SAML_CANNOT_ENCRYPT` when it cannot be answered
 * as it or the party's options ask; and what `Parties.get` throws.
 */
export async function answer(
  parked: ParkedRequest,
  customer: Customer,
  sessionHash: string,
  deps: SsoDeps,
): Promise<Departure> {
  const { account, signIn } = customer
  const now = deps.clock.now()
  const party = deps.parties.get(parked.issuer, now)
  const binding = await deps.store.bindings.find(account.accountId)
  const person = describePerson({ parked, customer, binding, party }, deps)
  const how = { ...deps, key: deps.keyring.active(), now, protection: protectionFor(party) }
  const { response, ...issued } = await buildAnswer(parked, person, how)

  // Huawei shows its connect page to somebody it does not know: a notification may follow.
  if (binding.domainId === undefined) await deps.store.bindings.ask(account.accountId, now)
  const { issuer, requestId } = parked
  const { accountId } = account
  const { sessionIndex } = signIn
  const record = { ...issued, issuer, requestId, accountId, sessionIndex, sessionHash }
  const isFirst = await deps.store.requests.finish(parked.id, { ...record, answeredAt: now }, now)
  if (!isFirst) throw new Refusal('SAML_REPLAYED', { issuer, requestId })

  deps.counter('answered')
  const { assertionId } = issued
  deps.log.info({ event: 'sso.answered', issuer, account: accountId, assertionId }, 'answer sent')
  return leaveWith(
    encodePost('SAMLResponse', response, parked.relayState),
    parked.acsUrl,
    (language) => ANSWER_TEXTS[language].signedIn,
    deps,
  )
}

type Answered = {
  readonly parked: ParkedRequest
  readonly customer: Customer
  readonly binding: BindingRecord
  readonly party: RelyingParty
}

function describePerson(
  { parked, customer: { account, signIn }, binding, party }: Answered,
  deps: SsoDeps,
): PersonFacts {
  const named = { ...account, issuer: parked.issuer }
  const partnerId = party.options.partnerId ?? deps.partnerId
  return {
    attributes: buildAttributes({ account, binding, partnerId }),
    name: nameFor(named, parked.nameIdFormat, deps),
    sessionIndex: signIn.sessionIndex,
    authnInstant: signIn.at,
    contextClass: getContext(proofOf(signIn), parked, deps),
    // Huawei's sample has the SP's entity ID where SAML means the person's network address.
    locality: party.options.omitsLocality ? undefined : parked.issuer,
  }
}
