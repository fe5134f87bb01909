// Parked request + person → signed answer → the browser leaves for the relying party. The answer is on
// record before it leaves, and a request is answered once.

import { Refusal } from '../base/errors.ts'
import { encodePost } from '../saml/post-binding.ts'
import { buildAnswer } from '../saml/response.ts'
import type { Customer } from '../signin/customer.ts'
import type { ParkedRequest } from '../store/store.ts'
import type { Departure } from '../web/departure.ts'
import { buildAttributes } from './attributes.ts'
import { leaveWith } from './departure.ts'
import type { SsoDeps } from './deps.ts'

/** Throws `SAML_REPLAYED` when the request has been answered meanwhile, in another tab or process. */
export async function answer(
  parked: ParkedRequest,
  { account, signIn }: Customer,
  sessionHash: string,
  deps: SsoDeps,
): Promise<Departure> {
  const now = deps.clock.now()
  const binding = await deps.store.bindings.find(account.accountId)
  const attributes = buildAttributes({ account, binding, partnerId: deps.partnerId })
  const { sessionIndex } = signIn
  const person = { attributes, sessionIndex, authnInstant: signIn.at }
  const { response, assertionId, nameId } = await buildAnswer(parked, person, { ...deps, now })

  // Huawei shows its connect page to somebody it does not know: a notification may follow.
  if (binding.domainId === undefined) await deps.store.bindings.ask(account.accountId, now)
  const { issuer, requestId } = parked
  const { accountId } = account
  const record = { assertionId, issuer, requestId, accountId, nameId, sessionIndex, sessionHash }
  const isFirst = await deps.store.requests.finish(parked.id, { ...record, answeredAt: now }, now)
  if (!isFirst) throw new Refusal('SAML_REPLAYED', { issuer, requestId })

  deps.counter('answered')
  deps.log.info({ event: 'sso.answered', issuer, account: accountId, assertionId }, 'answer sent')
  const say = 'You are signed in. Your browser goes on to Huawei Cloud.'
  return leaveWith(
    encodePost('SAMLResponse', response, parked.relayState),
    parked.acsUrl,
    say,
    deps,
  )
}
