// Finishes what was begun: activations whose process has died, and those for which Huawei needs time. Of
// several processes one does it; the lease of one that has died runs out.

import { addMinutes, addSeconds } from '../../base/clock.ts'
import { newToken, type Random } from '../../base/random.ts'
import type { Store } from '../../store/store.ts'
import { type ActivationDeps, move } from './move.ts'
import { advance } from './resume.ts'

export type WorkerDeps = ActivationDeps & {
  readonly store: ActivationDeps['store'] & Pick<Store, 'leases'>
  readonly random: Random
}

const LEASE = 'activations'

/** Longer than an account takes, each of whose calls has its time limit. */
const LEASE_SECONDS = 300

/** In one round; the next comes a minute later. */
const MOST = 50

/** What keeps failing is looked at again after so long. */
const FAILED_MINUTES = 10

/** One round over all activations whose time has come; nothing when another process is at it. */
export function createWorker(deps: WorkerDeps): () => Promise<void> {
  const holder = newToken(deps.random)
  return async () => {
    if (!(await renew(holder, deps))) return
    try {
      const due = await deps.store.activations.listDue(deps.clock.now(), MOST)
      for (const record of due) {
        if (!(await renew(holder, deps))) return
        await finishOne(record, deps)
      }
    } finally {
      await deps.store.leases.release(LEASE, holder)
    }
  }
}

function renew(holder: string, { store, clock }: WorkerDeps): Promise<boolean> {
  const now = clock.now()
  return store.leases.take(LEASE, { holder, now, until: addSeconds(now, LEASE_SECONDS) })
}

type Due = Awaited<ReturnType<Store['activations']['listDue']>>[number]

// One that cannot be finished must not keep the others waiting.
async function finishOne(record: Due, deps: WorkerDeps): Promise<void> {
  const journey = { ...deps, actor: { kind: 'job', id: 'activation' } } as const
  try {
    // From here on it is certain that nobody waits for an answer any more.
    const open = record.step === 'create-asked' ? await note(record, journey) : record
    if (open !== undefined) await advance(open.accountId, journey)
  } catch (error) {
    deps.log.error({ event: 'activation.stuck', account: record.accountId, err: error })
    await deps.store.activations.postpone(record, addMinutes(deps.clock.now(), FAILED_MINUTES))
  }
}

function note(record: Due, journey: Parameters<typeof move>[2]) {
  const changes = { problem: 'PARTNER_UNREACHABLE' }
  return move(record, { step: 'unknown', outcome: 'unknown', changes }, journey)
}
