// One step of an activation: written with its journal entry, then put on record. Whoever loses the race for
// a step learns it here.

import type { Actor, RecordAudit } from '../../base/audit.ts'
import type { AuditAction } from '../../base/audit-actions.ts'
import { addMinutes } from '../../base/clock.ts'
import type { PartnerAsks } from '../../partner/client.ts'
import type {
  ActivationRecord,
  ActivationStep,
  JournalOutcome,
  Moved,
} from '../../store/activation-records.ts'
import type { Store } from '../../store/store.ts'
import type { ConfirmDeps } from '../confirm.ts'
import { type JourneyCall, STEPS } from './steps.ts'

export type ActivationDeps = ConfirmDeps & {
  readonly store: Pick<Store, 'activations' | 'bindings'>
  readonly partner: Pick<PartnerAsks, JourneyCall>
  readonly record: RecordAudit
  /** Sends what waits for the portal at once; without it, within a minute. */
  readonly sendWebhooks?: (() => void) | undefined
}

/** The same, and who takes the step. */
export type JourneyDeps = ActivationDeps & { readonly actor: Actor }

/** A step that is to be taken, with what changes beside it. */
export type Step = Moved & {
  readonly step: ActivationStep
  readonly changes?: Partial<
    Pick<ActivationRecord, 'problem' | 'domainId' | 'domainName' | 'createAskedAt' | 'resumeAt'>
  >
}

const ACTIONS: Readonly<Partial<Record<JournalOutcome, AuditAction>>> = {
  retried: 'activation.retried',
  abandoned: 'activation.abandoned',
}

/** How long a call may be under way before the worker looks what became of it. */
const FIRST_LOOK_MINUTES = 2

/**
 * Moves `from` on; `undefined` when somebody else has moved it meanwhile. A problem is forgotten unless
 * the step names one.
 */
export async function move(
  from: ActivationRecord,
  { step, changes, ...how }: Step,
  deps: JourneyDeps,
): Promise<ActivationRecord | undefined> {
  const to = { ...from, step, problem: undefined, ...changes }
  return write(from, to, { ...deps, how })
}

/** The same for what the customer has just chosen: a new record, or a new attempt in place of `from`. */
export async function write(
  from: ActivationRecord | undefined,
  to: Omit<ActivationRecord, 'entry' | 'changedAt' | 'resumeAt'> &
    Partial<Pick<ActivationRecord, 'resumeAt'>>,
  { how, ...deps }: JourneyDeps & { readonly how: Moved },
): Promise<ActivationRecord | undefined> {
  const changedAt = deps.clock.now()
  const isResumed = STEPS[to.step].resumedBy === 'worker'
  // While whoever wrote it still works on it, the worker need not look.
  const resumeAt = isResumed ? addMinutes(changedAt, FIRST_LOOK_MINUTES) : undefined
  const next = { ...to, changedAt, resumeAt: to.problem === 'BIND_CONFLICT' ? undefined : resumeAt }
  const moved = await deps.store.activations.move(from, next, how)
  if (moved === false) return undefined
  deps.sendWebhooks?.()
  const { accountId, step, attempt, problem = null } = moved
  await deps.record({
    action: ACTIONS[how.outcome] ?? 'activation.moved',
    actor: deps.actor,
    subject: accountId,
    ...(from === undefined ? {} : { before: { step: from.step, attempt: from.attempt } }),
    after: { step, attempt, problem, outcome: how.outcome },
  })
  deps.log.info({ event: 'activation.moved', account: accountId, step, problem })
  return moved
}
