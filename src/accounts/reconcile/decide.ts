// An operator accepts a finding or dismisses it. Accepting does what the finding proposes, after Huawei was
// asked once more: what is found is hours old by then.

import type { Actor } from '../../base/audit.ts'
import { Refusal } from '../../base/errors.ts'
import type { BindingMove } from '../../store/binding-move-records.ts'
import type { Finding, Proposal } from '../../store/reconcile-records.ts'
import type { Store } from '../../store/store.ts'
import { type TellDeps, tellMove } from '../binding-told.ts'
import { type Answered, askAbout, type ConfirmDeps } from '../confirm.ts'

export type DecideDeps = ConfirmDeps &
  TellDeps & { readonly store: Pick<Store, 'accounts' | 'bindings' | 'reconciles'> }

/** What an operator decided. */
export type Decision = {
  readonly id: string
  readonly verdict: 'accepted' | 'dismissed'
  readonly actor: Actor & { readonly kind: 'operator' }
  readonly note: string | undefined
}

/**
 * Throws `FINDING_NOT_OPEN`, and when it is accepted `FINDING_STALE`, `ACCOUNT_NOT_FOUND`, `BIND_CONFLICT`
 * or `PARTNER_UNREACHABLE`.
 */
export async function decideFinding(decision: Decision, deps: DecideDeps): Promise<void> {
  const { id, verdict, actor, note } = decision
  const { reconciles } = deps.store
  const finding = await reconciles.findFinding(id)
  if (finding?.state !== 'open') throw new Refusal('FINDING_NOT_OPEN')
  // A crash in between leaves it open; the next comparison does not find it any more.
  if (verdict === 'accepted') await act(finding, decision, deps)
  const told = { state: verdict, by: actor.id, note, now: deps.clock.now() }
  if (!(await reconciles.decide(id, told))) throw new Refusal('FINDING_NOT_OPEN')
  const { kind, accountId, domainId } = finding
  await deps.record({
    action: 'reconcile.decided',
    actor,
    subject: accountId,
    after: { kind, domainId, verdict, note: note ?? null },
  })
}

type Act = (
  finding: Finding,
  how: Decision & { readonly answered: Answered },
  deps: DecideDeps,
) => Promise<BindingMove | undefined>

const ACTS: Readonly<Record<Proposal, Act>> = { bind, release, note, settle }

async function act(finding: Finding, decision: Decision, deps: DecideDeps): Promise<void> {
  const { accountId } = finding
  const ours = await deps.store.bindings.find(accountId)
  if (ours.domainId !== finding.ours.domainId) throw new Refusal('FINDING_STALE')
  // Given up is the connection that is here; made or kept is the one that Huawei names.
  const isGivenUp = finding.proposal === 'release'
  const domainId = (isGivenUp ? ours.domainId : undefined) ?? finding.domainId
  const domainName = ours.domainId === domainId ? ours.domainName : undefined
  const answered = await askAbout({ accountId, domainId, domainName }, deps)
  if (answered.is === 'unreachable') throw new Refusal('PARTNER_UNREACHABLE')
  const move = await ACTS[finding.proposal](finding, { ...decision, answered }, deps)
  if (move !== undefined) await tellMove(move, deps)
}

async function bind(...[finding, { actor, note, answered }, deps]: Parameters<Act>) {
  const { accountId, domainId } = finding
  const account = await deps.store.accounts.find(accountId)
  if (account === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { account: accountId })
  if (answered.is !== 'confirmed') throw new Refusal('FINDING_STALE', { huawei: answered.is })
  const result = await deps.store.bindings.bind({
    accountId,
    domainId,
    domainName: undefined,
    source: 'query',
    isConfirmed: true,
    actor,
    evidence: { answer: answered.answer, note },
    now: deps.clock.now(),
  })
  if (result.outcome === 'conflict') {
    await tellMove(result.move, deps)
    throw new Refusal('BIND_CONFLICT', { account: accountId, domainId })
  }
  return result.move
}

// Huawei may list the old customer still, when the account has two there.
async function release(...[finding, { actor, note, answered }, deps]: Parameters<Act>) {
  const isBoth = finding.domainId !== finding.ours.domainId
  if (answered.is === 'confirmed' && !isBoth) throw new Refusal('FINDING_STALE')
  const answer = 'answer' in answered ? answered.answer : ([] as const)
  const evidence = { answer, note: note ?? `reconciliation: ${finding.kind}` }
  const how = { actor, evidence, now: deps.clock.now() }
  return deps.store.bindings.release(finding.accountId, how)
}

async function note(...[finding, { answered }, deps]: Parameters<Act>) {
  if (answered.is !== 'confirmed') throw new Refusal('FINDING_STALE', { huawei: answered.is })
  const { accountId, domainId } = finding
  const { association_type: association } = answered.answer
  if (association === undefined || association === '') throw new Refusal('FINDING_STALE')
  await deps.store.reconciles.applyFix({ accountId, domainId, association }, deps.clock.now())
  return undefined
}

async function settle(...[finding, { actor, note, answered }, deps]: Parameters<Act>) {
  if (answered.is !== 'confirmed') throw new Refusal('FINDING_STALE', { huawei: answered.is })
  const how = { actor, evidence: { answer: answered.answer, note }, now: deps.clock.now() }
  return deps.store.bindings.settle(finding, how)
}
