// A notification from Huawei about a connection: verify → read → match → hold → confirm → apply once → reply. It
// comes through the customer's browser, signed with a key of the whole site, without date or addressee:
// whoever has ever seen one can send it again, and one made for another partner verifies here as well.

import { addMinutes } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import { fingerprint, newToken, type Random } from '../base/random.ts'
import type { BindingRecord, NoticeOutcome } from '../store/binding-records.ts'
import type { Store } from '../store/store.ts'
import { type SettleDeps, settleNotice } from './held-notices.ts'
import {
  decodeNotice,
  type NoticeFacts,
  type NoticeForm,
  readNotice,
  readNoticeForm,
} from './notice.ts'

/** Proves who signed; handed in, because the keys are the relying parties'. */
export type VerifyNoticeSignature = (signed: {
  readonly octets: Buffer
  readonly algorithm: string
  readonly signature: string
}) => void

export type BindDeps = SettleDeps & {
  readonly store: Pick<Store, 'accounts' | 'bindings' | 'notices'>
  readonly random: Random
  readonly verify: VerifyNoticeSignature
  readonly signedBytes: 'base64' | 'json'
}

/** What became of a notification that was not refused. */
export type BindReply = {
  /** `held` waits until the partner API confirms it. */
  readonly outcome: 'applied' | 'held' | 'repeat' | 'unknown-action'
  readonly facts: NoticeFacts
}

type Verified = { readonly form: NoticeForm; readonly facts: NoticeFacts }

/**
 * Takes one notification. Throws `BIND_BAD_MESSAGE`, `BIND_WEAK_ALGORITHM`, `BIND_BAD_SIGNATURE`, and
 * for one that is genuine but not applied `BIND_UNKNOWN_ACCOUNT`, `BIND_NOT_STARTED` and
 * `BIND_CONFLICT`. Every genuine one is kept word for word, whatever became of it.
 */
export async function receiveNotice(parameters: Parameters, deps: BindDeps): Promise<BindReply> {
  const verified = verifyNotice(parameters, deps)
  const { facts } = verified
  const outcome = await settle(verified, deps)
  const { xUserId: account, domainId, bindAction } = facts
  deps.log.info({ event: 'bind.received', outcome, account, domainId, bindAction })
  if (outcome === 'unknown-account')
    throw new Refusal('BIND_UNKNOWN_ACCOUNT', { account, domainId })
  if (outcome === 'not-started') throw new Refusal('BIND_NOT_STARTED', { account, domainId })
  if (outcome === 'conflict') throw new Refusal('BIND_CONFLICT', { account, domainId })
  if (outcome === 'unproven') return { outcome: 'held', facts }
  return { outcome, facts }
}

async function settle(verified: Verified, deps: BindDeps): Promise<NoticeOutcome> {
  const { xUserId, domainId } = verified.facts
  const outcome = await decideHere(verified.facts, deps)
  if (outcome === undefined) return holdAndSettle(verified, deps)
  if (outcome === 'not-started') {
    // The same one that is held already: sent again it neither counts anew nor loses its place.
    const { held } = await deps.store.bindings.find(xUserId)
    if (held?.domainId === domainId) return 'held'
  }
  await keep(verified, outcome, deps)
  return outcome
}

function verifyNotice(parameters: Parameters, deps: BindDeps): Verified {
  const form = readNoticeForm(parameters)
  const json = decodeNotice(form.bindRequest)
  checkSignature(form, json, deps)
  return { form, facts: readNotice(json) }
}

/** Throws `BIND_WEAK_ALGORITHM` or `BIND_BAD_SIGNATURE`. `json` is what `form.bindRequest` decodes to. */
export function checkSignature(
  form: NoticeForm,
  json: Buffer,
  deps: Pick<BindDeps, 'verify' | 'signedBytes'>,
): void {
  // Documented is the Base64 text as it stands in the form; see BIND_SIGNED_BYTES for the doubt.
  const octets = deps.signedBytes === 'json' ? json : Buffer.from(form.bindRequest, 'latin1')
  deps.verify({ octets, algorithm: form.sigAlg, signature: form.signature })
}

// What needs no look at Huawei; `undefined` when it does.
async function decideHere(facts: NoticeFacts, deps: BindDeps): Promise<NoticeOutcome | undefined> {
  const { store, clock, bindHours } = deps
  const { xUserId: accountId, domainId } = facts
  const account = await store.accounts.find(accountId)
  if (account === undefined) return 'unknown-account'
  // Only 1 is documented. Whatever else it means, it must not undo what a customer has.
  if (facts.bindAction !== '1') return 'unknown-action'

  const binding = await store.bindings.find(accountId)
  if (binding.domainId === domainId) return 'repeat'
  return wasStartedLately(binding, clock.now(), bindHours) ? undefined : 'not-started'
}

// It is kept as held before Huawei is asked: whoever dies in between has not lost it.
async function holdAndSettle(verified: Verified, deps: BindDeps): Promise<NoticeOutcome> {
  const noticeId = await keep(verified, 'held', deps)
  const { xUserId: accountId, domainId, domainName } = verified.facts
  const claim = { accountId, domainId, domainName }
  return settleNotice({ claim, noticeId, lastReceivedAt: deps.clock.now() }, deps)
}

/** Whether the customer was sent to connect an account so lately that a result can be believed. */
export function wasStartedLately(
  { askedAt }: Pick<BindingRecord, 'askedAt'>,
  now: Date,
  bindHours: number,
): boolean {
  return askedAt !== undefined && now <= addMinutes(askedAt, bindHours * 60)
}

// Answers the id under which the notice is kept.
async function keep(verified: Verified, outcome: NoticeOutcome, deps: BindDeps): Promise<string> {
  const { facts, form } = verified
  const now = deps.clock.now()
  return deps.store.notices.save({
    ...form,
    ...facts,
    id: newToken(deps.random),
    digest: fingerprint(JSON.stringify([facts.xUserId, facts.domainId, facts.bindAction])),
    outcome,
    receivedAt: now,
    times: 1,
    lastReceivedAt: now,
  })
}
