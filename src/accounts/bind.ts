// A notification from Huawei about a connection: verify → read → match → confirm → apply once → reply. It
// comes through the customer's browser, signed with a key of the whole site, without date or addressee:
// whoever has ever seen one can send it again, and one made for another partner verifies here as well.

import { addMinutes, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { Parameters } from '../base/parameters.ts'
import { fingerprint, newToken, type Random } from '../base/random.ts'
import type { BindingRecord, NoticeOutcome, Store } from '../store/store.ts'
import { type ConfirmDeps, confirmClaim } from './confirm.ts'
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

export type BindDeps = ConfirmDeps & {
  readonly store: Pick<Store, 'accounts' | 'bindings' | 'notices'>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly verify: VerifyNoticeSignature
  /** For how long after being sent to Huawei a customer's connection is believed. */
  readonly bindHours: number
  readonly signedBytes: 'base64' | 'json'
}

/** What became of a notification that was not refused. */
export type BindReply = {
  readonly outcome: 'applied' | 'repeat' | 'unknown-action'
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
  const outcome = await decide(verified.facts, deps)
  await keep(verified, outcome, deps)
  const { facts } = verified
  const { xUserId: account, domainId, bindAction } = facts
  deps.log.info({ event: 'bind.received', outcome, account, domainId, bindAction })
  if (outcome === 'unknown-account')
    throw new Refusal('BIND_UNKNOWN_ACCOUNT', { account, domainId })
  if (outcome === 'not-started') throw new Refusal('BIND_NOT_STARTED', { account, domainId })
  if (outcome === 'conflict') throw new Refusal('BIND_CONFLICT', { account, domainId })
  return { outcome, facts }
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

async function decide(facts: NoticeFacts, deps: BindDeps): Promise<NoticeOutcome> {
  const { store, clock } = deps
  const { xUserId: accountId, domainId, domainName } = facts
  const account = await store.accounts.find(accountId)
  if (account === undefined) return 'unknown-account'
  // Only 1 is documented. Whatever else it means, it must not undo what a customer has.
  if (facts.bindAction !== '1') return 'unknown-action'

  const binding = await store.bindings.find(accountId)
  if (binding.domainId === domainId) return 'repeat'
  if (!wasStartedLately(binding, deps.clock.now(), deps.bindHours)) return 'not-started'
  const claim = { accountId, domainId, domainName }
  const verdict = await confirmClaim(claim, deps)
  if (verdict === 'contradicted') {
    await store.bindings.flag(accountId, claim)
    return 'conflict'
  }
  const isConfirmed = verdict === 'confirmed'
  const now = clock.now()
  const result = await store.bindings.bind({ ...claim, source: 'notice', isConfirmed, now })
  return result.outcome
}

/** Whether the customer was sent to connect an account so lately that a result can be believed. */
export function wasStartedLately(
  { askedAt }: Pick<BindingRecord, 'askedAt'>,
  now: Date,
  bindHours: number,
): boolean {
  return askedAt !== undefined && now <= addMinutes(askedAt, bindHours * 60)
}

async function keep(verified: Verified, outcome: NoticeOutcome, deps: BindDeps): Promise<void> {
  const { facts, form } = verified
  const now = deps.clock.now()
  await deps.store.notices.save({
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
