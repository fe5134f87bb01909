// What an operator can do with an activation: have it looked at again, or give it up. Neither has an account
// created, and neither loses one that exists.

import { Refusal } from '../../base/errors.ts'
import type { ActivationRecord } from '../../store/activation-records.ts'
import { type JourneyDeps, move } from './move.ts'
import { advance, isStopped, lookForCreated } from './resume.ts'
import { mayAbandon, STEPS } from './steps.ts'

/** Whether there is something to look at: the worker's steps, and what may exist at Huawei all the same. */
export function mayRetry({ step }: ActivationRecord): boolean {
  return STEPS[step].resumedBy === 'worker' || step === 'refused' || step === 'abandoned'
}

/**
 * Looks again, at once, and goes on as far as possible; answers how it stands then. Throws
 * `ACTIVATION_OUT_OF_ORDER` when there is nothing to look at.
 */
export async function retryActivation(
  accountId: string,
  deps: JourneyDeps,
): Promise<ActivationRecord | undefined> {
  const record = await getRecord(accountId, mayRetry, deps)
  const problem = isStopped(record) ? undefined : record.problem
  const { step } = record
  const noted = await move(record, { step, outcome: 'retried', changes: { problem } }, deps)
  if (noted === undefined) throw outOfOrder(record)
  if (STEPS[step].resumedBy !== 'worker') await lookForCreated(noted, deps)
  return advance(accountId, deps)
}

/**
 * Gives it up; the customer can begin again, after Huawei was asked whether there is an account now.
 * Throws `ACTIVATION_OUT_OF_ORDER` for one that is finished or given up already.
 */
export async function abandonActivation(accountId: string, deps: JourneyDeps): Promise<void> {
  const record = await getRecord(accountId, ({ step }) => mayAbandon(step), deps)
  const changes = { problem: record.problem }
  const given = await move(record, { step: 'abandoned', outcome: 'abandoned', changes }, deps)
  if (given === undefined) throw outOfOrder(record)
}

async function getRecord(
  accountId: string,
  isFit: (record: ActivationRecord) => boolean,
  { store }: JourneyDeps,
): Promise<ActivationRecord> {
  const record = await store.activations.find(accountId)
  if (record === undefined || !isFit(record)) throw outOfOrder(record)
  return record
}

function outOfOrder(record: ActivationRecord | undefined): Refusal {
  return new Refusal('ACTIVATION_OUT_OF_ORDER', { step: record?.step ?? 'none' })
}
