// A genuine notice is held until the partner API confirms it: at once where the API answers, otherwise by
// the job that asks again every minute. What the API contradicts becomes a conflict.

import { addMinutes } from '../base/clock.ts'
import type { Refusal } from '../base/errors.ts'
import type { BindingMove } from '../store/binding-move-records.ts'
import type { NoticeOutcome } from '../store/binding-records.ts'
import type { Store } from '../store/store.ts'
import { type TellDeps, tellMove } from './binding-told.ts'
import { askAbout, type Claim, type ConfirmDeps, logSilence } from './confirm.ts'

export type SettleDeps = ConfirmDeps &
  TellDeps & {
    readonly store: Pick<Store, 'bindings' | 'notices'>
    /**
     * For how long after being sent to Huawei a customer's connection is believed, and a notice about a
     * customer whom the API does not list is held.
     */
    readonly bindHours: number
  }

/** A notice that is kept as held. */
export type Held = {
  readonly noticeId: string
  readonly claim: Claim
  readonly lastReceivedAt: Date
}

const HUAWEI = { kind: 'huawei', id: 'notice' } as const
const JOB = { kind: 'job', id: 'confirm' } as const

/** Applies a held notice if it is true; `held` while nobody can say. Safe to repeat. */
export async function settleNotice(held: Held, deps: SettleDeps): Promise<NoticeOutcome> {
  const { claim, noticeId } = held
  const { bindings, notices } = deps.store
  const binding = await bindings.find(claim.accountId)
  if (binding.domainId === claim.domainId) {
    await notices.settle(noticeId, 'repeat')
    return 'repeat'
  }
  const holder = await bindings.findByDomain(claim.domainId)
  // What contradicts a connection that is here changes nothing, so that Huawei need not be asked.
  if (binding.domainId !== undefined || holder !== undefined) return contradict(held, {}, deps)

  const answered = await askAbout(claim, deps)
  if (answered.is === 'contradicted') return contradict(held, answered, deps)
  if (answered.is === 'confirmed') return apply(held, answered, deps)
  const isLate = deps.clock.now() > addMinutes(held.lastReceivedAt, deps.bindHours * 60)
  if (answered.is === 'unreachable' || !isLate) return 'held'
  await notices.settle(noticeId, 'unproven')
  deps.log.warn({ event: 'bind.unproven', account: claim.accountId, domainId: claim.domainId })
  return 'unproven'
}

type Told = { readonly answer?: BindingMove['evidence']['answer'] }

async function apply(
  { claim, noticeId }: Held,
  { answer }: Told,
  deps: SettleDeps,
): Promise<NoticeOutcome> {
  const { outcome, move } = await deps.store.bindings.bind({
    ...claim,
    source: 'notice',
    isConfirmed: true,
    evidence: { noticeId, answer },
    now: deps.clock.now(),
  })
  if (move !== undefined) await tellMove(move, deps)
  return outcome
}

async function contradict(
  { claim, noticeId }: Held,
  { answer }: Told,
  deps: SettleDeps,
): Promise<NoticeOutcome> {
  const evidence = { noticeId, answer }
  const how = { actor: HUAWEI, evidence, now: deps.clock.now() }
  const move = await deps.store.bindings.flag(claim, how)
  deps.log.error({
    event: 'binding.contradicted',
    account: claim.accountId,
    domainId: claim.domainId,
  })
  await tellMove(move, deps)
  return 'conflict'
}

/** Where a round of `confirmLater` ended. */
export type ConfirmPlace = {
  readonly binding: string | undefined
  readonly notice: string | undefined
}

const FROM_START: ConfirmPlace = { binding: undefined, notice: undefined }
const AT_ONCE = 20

/**
 * Asks about the notices that are held, and about connections that an earlier version made without
 * asking. Answers where to go on next time; after the last, that is the start.
 */
export async function confirmLater(
  place: ConfirmPlace | undefined,
  given: SettleDeps,
): Promise<ConfirmPlace> {
  const { binding, notice } = place ?? FROM_START
  // An API that is down, or that nobody has a key for, is one line a round and not one a notice.
  const silences: Refusal[] = []
  const deps = { ...given, onSilence: (refusal: Refusal) => void silences.push(refusal) }
  const next = {
    notice: await settleHeld(notice, deps),
    binding: await confirmUnconfirmed(binding, deps),
  }
  const [first] = silences
  if (first !== undefined) logSilence(first, silences.length, given.log)
  return next
}

async function settleHeld(
  after: string | undefined,
  deps: SettleDeps,
): Promise<string | undefined> {
  const page = after === undefined ? {} : { after }
  const held = await deps.store.notices.listHeld({ limit: AT_ONCE, ...page })
  for (const { id: noticeId, xUserId: accountId, domainId, domainName, lastReceivedAt } of held) {
    const claim = { accountId, domainId, domainName }
    await settleNotice({ noticeId, claim, lastReceivedAt }, deps)
  }
  return held.at(-1)?.id
}

async function confirmUnconfirmed(
  after: string | undefined,
  deps: SettleDeps,
): Promise<string | undefined> {
  const page = after === undefined ? { limit: AT_ONCE } : { limit: AT_ONCE, after }
  const open = await deps.store.bindings.list({ ...page, state: 'bound', isConfirmed: false })
  for (const { accountId, domainId, domainName } of open) {
    if (domainId !== undefined) await confirmBound({ accountId, domainId, domainName }, deps)
  }
  return open.at(-1)?.accountId
}

async function confirmBound(claim: Claim, deps: SettleDeps): Promise<void> {
  const answered = await askAbout(claim, deps)
  if (answered.is !== 'confirmed' && answered.is !== 'contradicted') return
  const how = { actor: JOB, evidence: { answer: answered.answer }, now: deps.clock.now() }
  const { bindings } = deps.store
  const move =
    answered.is === 'confirmed'
      ? await bindings.confirm(claim, how)
      : await bindings.flag(claim, how)
  if (move !== undefined) await tellMove(move, deps)
}
